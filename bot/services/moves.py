"""A threshold in a person's words, and back: "5%", "5% up", "2.5 % down"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bot.errors import UserError
from bot.model.alert import Direction, Terms

_MOVE = re.compile(
    r"[±+]?\s*(?P<number>-?\d{1,6}(?:[.,]\d{1,4})?)\s*(?:%|percent|pct)?\s*(?P<way>up|down|either way)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Defaults:
    """What a threshold is where a person does not say. Percents are percentage points."""

    move: Decimal = Decimal(5)
    hold: timedelta = timedelta(minutes=1)
    rearm: Decimal = Decimal(1)
    rung: Decimal = Decimal(5)
    cooldown: timedelta = timedelta(minutes=30)
    smallest: Decimal = Decimal("0.5")
    largest: Decimal = Decimal(50)


def parse(ticker: str, words: str, defaults: Defaults) -> Terms:
    """Terms from a person's words; "" is the default. `UserError` names the way out."""
    percent, direction = defaults.move, Direction.BOTH
    if words.strip():
        found = _MOVE.fullmatch(words.strip())
        if found is None:
            raise UserError(
                f"I cannot read the move “{words.strip()[:40]}” for {ticker}",
                hint=f"try /subscribe {ticker} 5% or /subscribe {ticker} 5% down",
            )
        percent = Decimal(found["number"].replace(",", "."))
        direction = Direction((found["way"] or Direction.BOTH.value).lower())
        if percent < 0 and found["way"] is None:
            percent, direction = -percent, Direction.DOWN
    if not defaults.smallest <= percent <= defaults.largest:
        raise UserError(
            f"threshold for {ticker} must be between {figure(defaults.smallest)} and "
            f"{figure(defaults.largest)} percent, was {figure(percent)}",
            hint=f"try /alert set {ticker} {figure(defaults.move)}",
        )
    rearm = max(percent - defaults.rearm, percent / 2)
    return Terms(percent, direction, defaults.hold, rearm, defaults.rung, defaults.cooldown)


def describe(terms: Terms) -> str:
    """The threshold in figures: "±5%, held 1 minute, again every 5 points"."""
    sign = {Direction.BOTH: "±", Direction.UP: "+", Direction.DOWN: "−"}[terms.direction]
    held = f", held {_span(terms.hold)}" if terms.hold else ""
    return f"{sign}{figure(terms.percent)}%{held}, again every {figure(terms.rung)} points"


def figure(number: Decimal) -> str:
    """A number as a person writes it: 5, 9.5, 0.25."""
    return f"{number.normalize():f}"


def _span(span: timedelta) -> str:
    seconds = int(span.total_seconds())
    amount, unit = (seconds // 60, "minute") if seconds % 60 == 0 else (seconds, "second")
    return f"{amount} {unit}{'' if amount == 1 else 's'}"
