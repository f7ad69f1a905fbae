"""
What did the others do meanwhile: index, peers, and the share at home?

Only moves on the same time basis are compared; what is left out says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.model.brief import Comparison, HomeMove
from bot.model.gathered import Gathered, Other
from bot.model.market import Phase

SAME_TIME = timedelta(minutes=5)
HOME_AGE = timedelta(days=5)
_PRINTED = Decimal("0.1")


class Compared(NamedTuple):
    """`residual` is in points, from the figures as printed; `omitted` are sentences."""

    benchmarks: tuple[Comparison, ...]
    residual: Decimal | None
    peers: tuple[Comparison, ...]
    omitted: tuple[str, ...]


def compare(gathered: Gathered) -> Compared:
    """Set the move against the instrument's benchmarks and peers, in the instrument's order."""
    benchmarks, without = _moves(gathered, gathered.instrument.benchmarks)
    peers, too = _moves(gathered, gathered.instrument.peers)
    residual = None
    if benchmarks:
        residual = _printed(gathered.move.percent) - _printed(benchmarks[0].percent)
    return Compared(benchmarks, residual, peers, without + too)


def home_move(gathered: Gathered) -> HomeMove | None:
    """
    What the ordinary share did in the session its last print belongs to.

    None when there is no home listing, no quote of it, or only one of days ago.
    """
    home = gathered.instrument.home
    other = gathered.others.get(home.ticker) if home else None
    if home is None or other is None or not other.quote.close:
        return None
    quote, session = other.quote, other.session
    day = quote.as_of.astimezone(ZoneInfo(session.zone)).date()
    if gathered.now - quote.as_of > HOME_AGE or quote.close_date == day:
        return None
    trading = session.day == day and session.phase(gathered.now) is not Phase.CLOSED
    return HomeMove(
        ticker=home.ticker,
        city=home.city,
        percent=(quote.last / other.quote.close - 1) * 100,
        last=quote.last,
        currency=quote.currency,
        session=day,
        at=quote.as_of,
        closed=not trading,
    )


def _moves(
    gathered: Gathered, tickers: Sequence[str]
) -> tuple[tuple[Comparison, ...], tuple[str, ...]]:
    found: list[Comparison] = []
    omitted: list[str] = []
    for ticker in tickers:
        other = gathered.others.get(ticker)
        if why := _unfit(gathered, other):
            omitted.append(f"{ticker}: {why}")
        elif other and other.quote.close:
            percent = (other.quote.last / other.quote.close - 1) * 100
            short = other.instrument.short
            found.append(Comparison(ticker, short, percent, other.quote.as_of))
    return tuple(found), tuple(omitted)


def _unfit(gathered: Gathered, other: Other | None) -> str:
    if other is None:
        return "no quote in time"
    if not other.quote.close or other.quote.close <= 0 or other.quote.last <= 0:
        return "its previous close is not known"
    if other.session.day != gathered.session.day:
        return f"its session is that of {other.session.day.isoformat()}"
    if abs(other.quote.as_of - gathered.quote.as_of) > SAME_TIME:
        return "its last print is more than 5 minutes apart"
    if other.quote.close_date not in (None, gathered.move.reference.day):
        return "its close is that of another session"
    return ""


def _printed(percent: Decimal) -> Decimal:
    return percent.quantize(_PRINTED, ROUND_HALF_UP)
