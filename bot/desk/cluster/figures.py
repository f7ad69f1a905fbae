"""Do the figures of two headlines agree, as far as each of them is rounded?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.desk.cluster.title import Figure

NEARLY = 0.055  # of a figure: "nearly $12 billion" is 11.6
ROUGHLY = 0.12  # where one of them has a single digit: "a fifth" is 22 %
_DATES = ("quarter", "half", "year", "date", "day")


@dataclass(frozen=True, slots=True)
class Compared:
    """How much of both is the same; and whether money, counts or dates differ."""

    shared: float
    money: bool
    counts: bool
    dates: bool

    @property
    def differ(self) -> bool:
        return self.money or self.counts or self.dates


_NONE = Compared(0.0, False, False, False)


def compared(one: Sequence[Figure], other: Sequence[Figure]) -> Compared:
    """Compare the figures of two headlines."""
    if not one or not other:
        return _NONE
    shared, differ = 0.0, dict.fromkeys(("$", "n", "%"), False)
    for unit in differ:
        mine = [figure for figure in one if figure.unit == unit]
        theirs = [figure for figure in other if figure.unit == unit]
        equal = [_worth(a, b) for a in mine for b in theirs if _close(a, b)]
        shared += sum(equal)
        differ[unit] = bool(mine and theirs and not equal)
    shared += _across(one, other) + _across(other, one)
    dates = any(_disjoint(one, other, unit) for unit in _DATES)
    return Compared(shared, differ["$"], differ["n"] or differ["%"], dates)


def _worth(one: Figure, other: Figure) -> float:
    if min(one.digits, other.digits) >= 2 or one.value >= 1_000:
        return 1.0
    return 0.3 if one.unit == "n" else 0.7


def _across(one: Iterable[Figure], other: Iterable[Figure]) -> int:
    """Money that the other headline writes without a currency."""
    large = [figure for figure in one if figure.unit == "$" and figure.value >= 1_000]
    bare = [figure for figure in other if figure.unit == "n"]
    return sum(_close(a, b) for a in large for b in bare)


def _close(one: Figure, other: Figure) -> bool:
    rounded = one.digits + other.digits > 2 and min(one.digits, other.digits) == 1
    within = ROUGHLY if rounded and max(one.value, other.value) > 10 else NEARLY
    return abs(one.value - other.value) <= within * max(one.value, other.value)


def _disjoint(one: Iterable[Figure], other: Iterable[Figure], unit: str) -> bool:
    mine = {figure.value for figure in one if figure.unit == unit}
    theirs = {figure.value for figure in other if figure.unit == unit}
    return bool(mine and theirs and not mine & theirs)
