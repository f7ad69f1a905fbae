"""
Where may a price stand without any plain threshold having a word to say?

Most listings are inside all of their thresholds in every pass. What is armed and stays inside
is left as it was, so that it need not be stepped. Said on the safe side only: what extended
hours ask for besides is not looked at, and whoever is not quiet is stepped in full.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.model.alert import Direction, Measure, Terms
from bot.model.market import Move

PLAIN = frozenset({Measure.MOVE, Measure.LEVEL})
_FAR = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Quiet:
    """
    Of plain thresholds together: percents from `lowest` to `highest`, both excluded, and the
    lines that matter when they are crossed on the way up, or down, with the first of each.
    """

    lowest: Decimal
    highest: Decimal
    above: tuple[Decimal, ...]
    below: tuple[Decimal, ...]
    first_above: Decimal
    first_below: Decimal

    def holds(self, move: Move) -> bool:
        """Whether all of these thresholds, where armed, stay as they are and say nothing."""
        if not self.lowest < move.percent < self.highest:
            return False
        last, was = move.last, move.reference.price
        if last > self.first_above and any(was <= line < last for line in self.above):
            return False
        return last >= self.first_below or not any(last < line <= was for line in self.below)


def quiet_of(terms: Iterable[Terms]) -> Quiet:
    """Where those terms are quiet; all of them must be plain."""
    moves: dict[bool, list[Decimal]] = {True: [], False: []}
    lines: dict[bool, list[Decimal]] = {True: [], False: []}
    for one in terms:
        levels = moves if one.measure is Measure.MOVE else lines
        if one.direction is not Direction.DOWN:
            levels[True].append(one.level)
        if one.direction is not Direction.UP:
            levels[False].append(one.level)
    return Quiet(
        -min(moves[False], default=_FAR),
        min(moves[True], default=_FAR),
        tuple(lines[True]),
        tuple(lines[False]),
        min(lines[True], default=_FAR),
        max(lines[False], default=-_FAR),
    )
