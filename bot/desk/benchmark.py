"""
What did the others do meanwhile: index, peers, and the share at home?

Only what passed the same data gate, from the same reference in the same hours, is compared;
what is left out says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.desk.measure import Limits, measure
from bot.desk.reference import regular_print
from bot.model.brief import Comparison
from bot.model.gathered import Gathered, Other
from bot.model.home import HomeMove
from bot.model.market import HomeListing, Move, Phase, ReferenceKind
from bot.model.no_move import NoMove
from bot.model.units import whole_currency

SAME_TIME = timedelta(minutes=5)
HOME_AGE = timedelta(days=5)
LIMITS = Limits()
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
    implied, rate, leg = _first_leg(gathered, home, other)
    return HomeMove(
        ticker=home.ticker,
        city=home.city,
        percent=(quote.last / other.quote.close - 1) * 100,
        last=quote.last,
        currency=quote.currency,
        session=day,
        at=quote.as_of,
        closed=not trading,
        implied=implied,
        rate=rate,
        leg=leg,
    )


def _first_leg(
    gathered: Gathered, home: HomeListing, other: Other
) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The ADR's price by its ordinary share, the rate, and how far that was from the reference."""
    rate, reference = gathered.rate, gathered.move.reference
    currency, units = whole_currency(other.quote.currency)
    if other.session.day <= reference.day or other.quote.as_of > gathered.move.as_of:
        return None, None, None
    if currency == gathered.move.currency:
        price = Decimal(1)
    elif rate is not None and rate.currency == currency and rate.last > 0:
        price = rate.last
    else:
        return None, None, None
    implied = other.quote.last / units * home.ratio / price
    return implied, price, (implied / reference.price - 1) * 100


def _moves(
    gathered: Gathered, tickers: Sequence[str]
) -> tuple[tuple[Comparison, ...], tuple[str, ...]]:
    found: list[Comparison] = []
    omitted: list[str] = []
    for ticker in tickers:
        move = _on_the_same_basis(gathered, gathered.others.get(ticker))
        if isinstance(move, str):
            omitted.append(f"{ticker}: {move}")
        else:
            short = gathered.others[ticker].instrument.short
            found.append(Comparison(ticker, short, move.percent, move.as_of))
    return tuple(found), tuple(omitted)


def _on_the_same_basis(gathered: Gathered, other: Other | None) -> Move | str:
    """Its move, or the reason it cannot stand beside ours."""
    if other is None:
        return "no quote in time"
    ours, quote = gathered.move, other.quote
    if ours.reference.kind is not ReferenceKind.REGULAR_CLOSE:
        quote = regular_print(quote)
    if other.session.day != gathered.session.day:
        return f"its session is that of {other.session.day.isoformat()}"
    if abs(quote.as_of - ours.as_of) > SAME_TIME:
        return "its last print is more than 5 minutes apart"
    move = measure(quote, other.session, quote.as_of + quote.delay, LIMITS)
    if isinstance(move, NoMove):
        return move.value
    if move.reference.kind is not ours.reference.kind:
        return f"it is measured from its {move.reference.kind.value}"
    if move.reference.day != ours.reference.day:
        return "its close is that of another session"
    if (move.phase is Phase.PRE) is not (ours.phase is Phase.PRE):
        return f"its last print is of {move.phase.value}"
    return move


def _printed(percent: Decimal) -> Decimal:
    return percent.quantize(_PRINTED, ROUND_HALF_UP)
