"""What a threshold is where a person does not say, and how far one may go."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Defaults:
    """
    Percents are percentage points.

    Who names no move gets `usual` times the share's usual daily move, `at_least` all the same;
    `move` is the plain default for a share whose history cannot be had.
    """

    move: Decimal = Decimal(5)
    usual: Decimal = Decimal(3)
    at_least: Decimal = Decimal(3)
    hold: timedelta = timedelta(minutes=1)
    rearm: Decimal = Decimal(1)
    rung: Decimal = Decimal(5)
    cooldown: timedelta = timedelta(minutes=30)
    smallest: Decimal = Decimal("0.5")
    largest: Decimal = Decimal(50)

    def level(self, usual_move: Decimal | None) -> Decimal:
        """The default threshold of a share with that usual daily move, to a tenth of a percent."""
        if usual_move is None:
            return self.move
        measured = max(self.at_least, self.usual * usual_move)
        return min(measured, self.largest).quantize(TENTH, ROUND_HALF_UP)
