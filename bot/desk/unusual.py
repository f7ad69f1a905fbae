"""
How unusual is the move: against its own days, its volume, its average and its year?

Every figure is None where the bars do not carry it; nothing is ever zero for want of data.
Daily bars are completed sessions, oldest first, and end with the one whose close is the
reference: for an evening's move that is today. The provider adjusts them for splits; what it
has not adjusted yet on the day itself, `split_adjusted` does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from math import log
from statistics import stdev
from zoneinfo import ZoneInfo

from bot.desk.volume import VOLUME_SESSIONS, curve_of
from bot.model.brief import Average, Range52
from bot.model.gathered import Gathered
from bot.model.market import ActionKind, Bar, Phase, Reference, ReferenceKind, Session

SIGMA_SESSIONS, SIGMA_AT_LEAST = 60, 40
AVERAGE_SESSIONS, AVERAGE_AT_LEAST = 200, 50
YEAR_SESSIONS, YEAR_AT_LEAST = 252, 240
SAME_PRICE = Decimal("0.02")


def usual_move(daily: Sequence[Bar]) -> Decimal | None:
    """The usual daily move in percent: σ of the last 60 daily log returns, of 40 at least."""
    sigma = _sigma(daily)
    return Decimal(f"{sigma * 100:.4f}") if sigma else None


def average200_of(daily: Sequence[Bar]) -> tuple[Decimal, int] | None:
    """The mean of the last 200 closes, or of as many as there are (50 at least), and how many."""
    closes = [bar.close for bar in daily[-AVERAGE_SESSIONS:]]
    if len(closes) < AVERAGE_AT_LEAST:
        return None
    return sum(closes, Decimal(0)) / len(closes), len(closes)


def year_range(daily: Sequence[Bar]) -> tuple[Decimal, Decimal] | None:
    """The lowest low and the highest high of the last 252 sessions, of 240 at least."""
    bars = daily[-YEAR_SESSIONS:]
    if len(bars) < YEAR_AT_LEAST:
        return None
    low, high = min(bar.low for bar in bars), max(bar.high for bar in bars)
    return (low, high) if low > 0 else None


def average_volume_of(daily: Sequence[Bar]) -> int | None:
    """Shares a full session: the mean of the last 20; None where one of them has none."""
    recent = [bar.volume for bar in daily[-VOLUME_SESSIONS:]]
    if len(recent) < VOLUME_SESSIONS or not all(recent):
        return None
    return sum(recent) // len(recent)


def extended_dollars(
    minutes: Sequence[Bar], session: Session, phase: Phase, until: datetime
) -> Decimal | None:
    """Money traded in that extended phase so far; None where its minutes carry no shares."""
    bars = _extended(minutes, session, phase, until)
    return sum((bar.close * bar.volume for bar in bars), Decimal(0)) or None


def split_adjusted(daily: Sequence[Bar], reference: Reference) -> tuple[Bar, ...]:
    """
    The bars in shares of today.

    On the day of a split they may still be of the old ones: when the newest closes where the
    reference stood before it was adjusted. Then prices are divided by it, and shares multiplied.
    """
    split, printed = reference.adjusted, reference.unadjusted
    if split is None or split.kind is not ActionKind.SPLIT or printed is None or not daily:
        return tuple(daily)
    if abs(daily[-1].close / printed - 1) > SAME_PRICE:
        return tuple(daily)
    return tuple(_split(bar, split.amount) for bar in daily)


def multiple(gathered: Gathered) -> Decimal | None:
    """The move in usual daily moves: |ln(last / reference)| over σ of 60 daily log returns."""
    sigma = _sigma(_daily(gathered))
    if not sigma:
        return None
    size = abs(log(gathered.move.last / gathered.move.reference.price))
    return Decimal(f"{size / sigma:.4f}")


def rarity(gathered: Gathered) -> tuple[date, int] | None:
    """
    The last session that closed at least as far the same way, and how many sessions back.

    Closes are compared with closes. None when no session on record did.
    """
    size, zone, daily = gathered.move.percent, ZoneInfo(gathered.session.zone), _daily(gathered)
    days = zip(reversed(daily), reversed(daily[:-1]), strict=False)
    for back, (bar, before) in enumerate(days, start=1):
        percent = (bar.close / before.close - 1) * 100
        if percent >= size if gathered.move.up else percent <= size:
            return bar.at.astimezone(zone).date(), back
    return None


def average_volume(gathered: Gathered) -> int | None:
    """Shares a full session: the mean of the last 20, else the provider's own average."""
    return average_volume_of(_daily(gathered)) or gathered.quote.average_volume or None


def volume(gathered: Gathered) -> int | None:
    """
    Shares so far in the hours of the move.

    In extended hours those of their minute bars: the provider's own count is still that of the
    regular session. None for crypto pairs, whose count is of rolling 24 hours.
    """
    move = gathered.move
    if move.reference.kind is ReferenceKind.UTC_MIDNIGHT:
        return None
    if move.phase.extended:
        bars = _extended(gathered.minutes, gathered.session, move.phase, move.as_of)
        return sum(bar.volume for bar in bars) or None
    return gathered.quote.volume or None


def volume_ratio(gathered: Gathered) -> Decimal | None:
    """
    Shares so far, against the median of the last 20 sessions at the same time of day.

    None in extended hours and on a half day, which no full day's curve fits.
    """
    traded, usual = volume(gathered), average_volume(gathered)
    unlike = gathered.move.phase.extended or gathered.session.half_day
    if unlike or not traded or not usual:
        return None
    curve = curve_of(gathered.five_minutes, gathered.session)
    share = curve.by(gathered.quote.as_of - gathered.session.opens) if curve else 0.0
    return Decimal(f"{traded / (usual * share):.4f}") if share else None


def average200(gathered: Gathered) -> Average | None:
    """
    The 200-day average, and whether the price has crossed it or only touched it.

    Compared at the decimals of the last price, as a reader does: equal figures are no crossing.
    """
    found = average200_of(_daily(gathered))
    if found is None:
        return None
    value, sessions = found
    last = gathered.move.last
    printed = value.quantize(last) if last.as_tuple().exponent else value
    crossed = (gathered.move.reference.price - printed) * (last - printed) < 0
    touched = None if crossed else _beyond(gathered, printed)
    return Average(value, sessions, crossed, touched)


def range52(gathered: Gathered) -> Range52 | None:
    """The range of the last 252 sessions and today, and where in it the last price stands."""
    year = year_range(_daily(gathered))
    if year is None:
        return None
    prices = [*year, gathered.move.last, *_today(gathered)]
    low, high = min(prices), max(prices)
    if low == high:
        return None
    return Range52(low, high, (gathered.move.last - low) / (high - low) * 100)


def _daily(gathered: Gathered) -> tuple[Bar, ...]:
    return split_adjusted(gathered.daily, gathered.move.reference)


def _sigma(daily: Sequence[Bar]) -> float | None:
    closes = [float(bar.close) for bar in daily[-SIGMA_SESSIONS - 1 :]]
    if len(closes) < SIGMA_AT_LEAST + 1 or min(closes) <= 0:
        return None
    return stdev(log(after / before) for before, after in pairwise(closes))


def _split(bar: Bar, amount: Decimal) -> Bar:
    return replace(
        bar,
        open=bar.open / amount,
        high=bar.high / amount,
        low=bar.low / amount,
        close=bar.close / amount,
        volume=int(bar.volume * amount),
    )


def _extended(minutes: Sequence[Bar], session: Session, phase: Phase, until: datetime) -> list[Bar]:
    start, end = session.early or session.opens, session.opens
    if phase is Phase.AFTER_HOURS:
        start, end = session.closes, session.late or session.closes
    return [bar for bar in minutes if start <= bar.at < end and bar.at <= until]


def _today(gathered: Gathered) -> list[Decimal]:
    """The day's low and high; before the open the provider's are those of the session before."""
    quote, regular = gathered.quote, not gathered.move.phase.extended
    return [price for price in (quote.day_low, quote.day_high) if price and regular]


def _beyond(gathered: Gathered, average: Decimal) -> Decimal | None:
    """The day's low or high that lay beyond an average on whose near side the last price is."""
    for price in _today(gathered):
        if (price - average) * (gathered.move.last - average) < 0:
            return price
    return None
