"""
How unusual is the move: against its own days, its volume, its average and its year?

Every figure is None where the bars do not carry it; nothing is ever zero for want of data.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from math import log
from statistics import median, stdev
from zoneinfo import ZoneInfo

from bot.model.brief import Average, Range52
from bot.model.gathered import Gathered
from bot.model.market import Bar, Phase, Quote, Session

SIGMA_SESSIONS, SIGMA_AT_LEAST = 60, 40
VOLUME_SESSIONS, VOLUME_AT_LEAST = 20, 10
AVERAGE_SESSIONS, AVERAGE_AT_LEAST = 200, 50
YEAR_SESSIONS, YEAR_AT_LEAST = 252, 240
FIVE_MINUTES = timedelta(minutes=5)


def multiple(gathered: Gathered) -> Decimal | None:
    """The move in usual daily moves: |ln(last / reference)| over σ of 60 daily log returns."""
    closes = [float(bar.close) for bar in gathered.daily[-SIGMA_SESSIONS - 1 :]]
    if len(closes) < SIGMA_AT_LEAST + 1:
        return None
    sigma = stdev(log(after / before) for before, after in pairwise(closes))
    if not sigma:
        return None
    size = abs(log(gathered.move.last / gathered.move.reference.price))
    return Decimal(f"{size / sigma:.4f}")


def rarity(gathered: Gathered) -> tuple[date, int] | None:
    """
    The last session that closed at least as far the same way, and how many sessions back.

    None when no session on record did.
    """
    size, zone = gathered.move.percent, ZoneInfo(gathered.session.zone)
    days = zip(reversed(gathered.daily), reversed(gathered.daily[:-1]), strict=False)
    for back, (bar, before) in enumerate(days, start=1):
        percent = (bar.close / before.close - 1) * 100
        if percent >= size if gathered.move.up else percent <= size:
            return bar.at.astimezone(zone).date(), back
    return None


def average_volume(gathered: Gathered) -> int | None:
    """Shares a full session: the mean of the last 20, else the provider's own average."""
    recent = [bar.volume for bar in gathered.daily[-VOLUME_SESSIONS:]]
    if len(recent) == VOLUME_SESSIONS and all(recent):
        return sum(recent) // len(recent)
    return gathered.quote.average_volume or None


def volume(gathered: Gathered) -> int | None:
    """Shares so far. Before the open the provider still tells those of the session before."""
    return None if gathered.move.phase is Phase.PRE else gathered.quote.volume or None


def volume_ratio(gathered: Gathered) -> Decimal | None:
    """Shares so far, against the median of the last 20 sessions at the same time of day."""
    traded, usual = volume(gathered), average_volume(gathered)
    if not traded or not usual:
        return None
    share = _usual_share(gathered.five_minutes, gathered.session, gathered.quote.as_of)
    return Decimal(f"{traded / (usual * share):.4f}") if share else None


def average200(gathered: Gathered) -> Average | None:
    """The mean of the last 200 completed closes, or of as many as there are (50 at least)."""
    closes = [bar.close for bar in gathered.daily[-AVERAGE_SESSIONS:]]
    if len(closes) < AVERAGE_AT_LEAST:
        return None
    value = sum(closes, Decimal(0)) / len(closes)
    was, now = gathered.move.reference.price - value, gathered.move.last - value
    return Average(value, len(closes), crossed=was * now < 0)


def range52(gathered: Gathered) -> Range52 | None:
    """The range of the last 252 sessions and today, and where in it the last price stands."""
    bars = gathered.daily[-YEAR_SESSIONS:]
    if len(bars) < YEAR_AT_LEAST:
        return None
    today = _today(gathered.quote, gathered.move.phase)
    low = min(*(bar.low for bar in bars), *today)
    high = max(*(bar.high for bar in bars), *today)
    if low <= 0 or low == high:
        return None
    return Range52(low, high, (gathered.move.last - low) / (high - low) * 100)


def _today(quote: Quote, phase: Phase) -> list[Decimal]:
    """Before the open, the provider's day range is still that of the session before."""
    told = (None, None) if phase is Phase.PRE else (quote.day_low, quote.day_high)
    return [price for price in (quote.last, *told) if price]


def _usual_share(bars: Sequence[Bar], session: Session, until: datetime) -> float | None:
    """The median share of a session's volume traded by that time of day, from its last 20."""
    zone = ZoneInfo(session.zone)
    opens = session.opens.astimezone(zone).time()
    closes = session.closes.astimezone(zone).time()
    days: dict[date, list[Bar]] = defaultdict(list)
    for bar in bars:
        local = bar.at.astimezone(zone)
        if local.date() < session.day and opens <= local.time() < closes:
            days[local.date()].append(bar)
    recent = sorted(days)[-VOLUME_SESSIONS:]
    if len(recent) < VOLUME_AT_LEAST:
        return None
    elapsed = until - session.opens
    shares = [_share(days[day], elapsed) for day in recent if sum(b.volume for b in days[day])]
    return median(shares) if shares else None


def _share(bars: Sequence[Bar], elapsed: timedelta) -> float:
    """The bar in progress counts by the part of it that has passed."""
    start, passed = bars[0].at, 0.0
    for bar in bars:
        part = (elapsed - (bar.at - start)) / FIVE_MINUTES
        passed += bar.volume * min(1.0, max(0.0, part))
    return passed / sum(bar.volume for bar in bars)
