"""A threshold as a person asks for it: what they leave open is None, and gets its default."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.model.alert import Direction, Hours, Measure


@dataclass(frozen=True, slots=True)
class Options:
    """What may be said beside the threshold itself. A rung of 0 is no ladder."""

    hold: timedelta | None = None
    rearm: Decimal | None = None
    rung: Decimal | None = None
    cooldown: timedelta | None = None
    hours: Hours | None = None
    dollars: Decimal | None = None
    anything: bool | None = None


@dataclass(frozen=True, slots=True)
class Wish:
    """`level` is in the unit of `measure`, None for the default; `typed` is what stood there."""

    measure: Measure = Measure.MOVE
    level: Decimal | None = None
    direction: Direction = Direction.BOTH
    window: timedelta = timedelta(0)
    options: Options = Options()
    typed: str = ""
