"""
Would this threshold make sense on this share, beside those that are there already?

Every refusal says why, with the figures, and what to try.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bot.brief.wording import money, rounded
from bot.errors import UserError
from bot.model.alert import Direction, Measure, Terms
from bot.model.market import Quote
from bot.services.thresholds.defaults import TENTH, Defaults
from bot.services.thresholds.describing import name
from bot.services.thresholds.figures import figure, lasting
from bot.services.thresholds.known import Known
from bot.services.thresholds.wish import Options, Wish

MOST_ON_ONE = 10
FARTHEST = 10  # times the price
NEAR = TENTH
NEAR_PRICE = Decimal("0.01")
DAY = timedelta(days=1)
TRADING_DAY = timedelta(hours=6.5)


def judge(ticker: str, terms: Terms, known: Known, defaults: Defaults) -> None:
    """`UserError` where it is absurd for what the share does; what is not known is not held."""
    if terms.measure is Measure.LEVEL and known.quote and known.quote.last:
        _price(ticker, terms, known.quote, known.quote.last)
    if terms.measure in (Measure.MOVE, Measure.WINDOW) and known.usual_move:
        _small(ticker, terms, known, defaults)


def waiting(terms: Terms, known: Known) -> str:
    """
    Why a price level that was passed before keeps silent for now, "" where it does not.

    A level speaks when it is crossed, so never while the close before is beyond it already.
    """
    quote = known.quote
    if terms.measure is not Measure.LEVEL or quote is None:
        return ""
    open_or_early = quote.state in ("PRE", "REGULAR")
    close = quote.close if open_or_early else quote.regular_last or quote.last
    above = terms.direction is Direction.UP
    if not close or not (close > terms.level if above else close < terms.level):
        return ""
    side, other = ("above", "below") if above else ("below", "above")
    price, level = money(close, quote.currency), money(terms.level, quote.currency)
    return (
        f"the previous close of {price} is {side} {level} already, so it can speak only in a "
        f"session after a close {other} that"
    )


def refuse_crowding(ticker: str, terms: Terms, there: Sequence[Terms]) -> None:
    """`UserError` for a near-duplicate of one of `there`, or for one too many."""
    for one in there:
        if _near(terms, one):
            raise UserError(
                f"{name(terms)} on {ticker} is nearly {name(one)}, which is set here already",
                hint=f"to replace it, first /alert remove {ticker} {name(one)}",
            )
    others = [one for one in there if one.slot != terms.slot]
    if len(others) >= MOST_ON_ONE:
        raise UserError(
            f"at most {MOST_ON_ONE} thresholds go on {ticker} here, were {len(others)} already",
            hint=f"remove one first, such as /alert remove {ticker} {name(others[0])}",
        )


def settled(wish: Wish, terms: Terms, there: Sequence[Terms], known: Known) -> Terms:
    """
    The default of whoever names no figure: one set before stays where it is hardly another, or
    where nothing is known to set it anew.
    """
    if wish.level is not None or wish.options != Options():
        return terms
    for one in there:
        alike = one.slot == terms.slot and one.direction is terms.direction
        if alike and (known.usual_move is None or _close(terms, one)):
            return one
    return terms


def _near(terms: Terms, one: Terms) -> bool:
    """An equal threshold is no near-duplicate: setting it again changes its options."""
    if terms.measure is not one.measure or terms.direction is not one.direction:
        return False
    if (terms.level, terms.window) == (one.level, one.window):
        return False
    windows = abs(terms.window - one.window) <= one.window * float(NEAR)
    return windows and _close(terms, one)


def _close(terms: Terms, one: Terms) -> bool:
    share = NEAR_PRICE if one.measure is Measure.LEVEL else NEAR
    return abs(terms.level - one.level) <= one.level * share


def _price(ticker: str, terms: Terms, quote: Quote, last: Decimal) -> None:
    level, at = money(terms.level, quote.currency), money(last, quote.currency)
    above = terms.direction is Direction.UP
    side = "above" if above else "below"
    hint = f"try {side} {figure(_beyond(last, above))}"
    if terms.level > last * FARTHEST or terms.level < last / FARTHEST:
        far = f"more than {FARTHEST} times" if terms.level > last else "less than a tenth of"
        raise UserError(f"{level} for {ticker} is {far} its price of {at}", hint=hint)
    if last > terms.level if above else last < terms.level:
        raise UserError(f"{ticker} is at {at}, already {side} {level}", hint=hint)


def _beyond(last: Decimal, above: bool) -> Decimal:
    """A round price a little beyond the last: 170 above 165.68, 160 below."""
    exponent = (last * Decimal("0.04")).adjusted()
    steps = [Decimal(digit).scaleb(exponent) for digit in (5, 2, 1)]
    step = next(step for step in steps if step <= last * Decimal("0.04"))
    if above:
        return (last * Decimal("1.01") / step).to_integral_value(ROUND_CEILING) * step
    return (last * Decimal("0.99") / step).to_integral_value(ROUND_FLOOR) * step


def _small(ticker: str, terms: Terms, known: Known, defaults: Defaults) -> None:
    """Under half of what it usually does in that time, a threshold speaks all the time."""
    usual = (known.usual_move or Decimal(0)) * _root_of_days(terms.window)
    if terms.level >= usual / 2:
        return
    window = terms.window
    daily = not window or window % DAY == timedelta(0)
    moves = f"usual move within {lasting(window)}" if window else "usual daily move"
    often = ""
    if daily:
        days, of = known.days_beyond(terms.level, terms.direction, max(1, window // DAY))
        often = f" and would have spoken on {days} of the last {of} days"
    times = rounded(terms.level / usual, 1)
    figures = f"{figure(terms.level)}% is {times} times {ticker}'s {moves} ({rounded(usual, 1)}%)"
    raise UserError(f"{figures}{often}", hint=f"try {_instead(terms, usual, defaults)}")


def _root_of_days(window: timedelta) -> Decimal:
    """Moves grow with the root of time; a day has six and a half hours of it."""
    if not window:
        return Decimal(1)
    days = window / DAY if window >= DAY else window / TRADING_DAY
    return Decimal(f"{math.sqrt(min(days, 1) if window < DAY else days):.4f}")


def _instead(terms: Terms, usual: Decimal, defaults: Defaults) -> str:
    level = defaults.level(usual)
    way = "" if terms.direction is Direction.BOTH else f" {terms.direction.value}"
    within = f" in {lasting(terms.window)}" if terms.window else ""
    return f"{figure(level)}%{within}{way}"
