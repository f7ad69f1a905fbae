"""
Why does an exchange stop trading in a listing, and does that stop still stand?

The codes are those of Nasdaq's list, which tells the halts of every exchange of the United States.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.model.halt import Halt
from bot.model.market import Phase, Quote, Session
from bot.model.no_move import NoMove

REASONS = {
    "T1": "news pending",
    "T2": "news released",
    "T3": "news released",
    "T5": "single-stock pause",
    "T6": "extraordinary market activity",
    "T7": "single-stock pause",
    "T8": "a fund whose components are halted",
    "T12": "additional information requested",
    "H4": "listing rules not met",
    "H9": "filings not current",
    "H10": "suspended by the SEC",
    "H11": "regulatory concern",
    "O1": "operations halt",
    "IPO1": "new listing, not trading yet",
    "IPOQ": "new listing, quoting only",
    "IPOE": "new listing, first trade put off",
    "M1": "corporate action",
    "M2": "quotation not available",
    "M": "volatility pause",
    "LUDP": "volatility pause",
    "LUDS": "volatility pause",
    "MWC0": "market-wide circuit breaker, carried over",
    "MWC1": "market-wide circuit breaker, level 1",
    "MWC2": "market-wide circuit breaker, level 2",
    "MWC3": "market-wide circuit breaker, level 3",
    "D": "removed from the listing",
}
RESUMED = {
    "C3": "no news to come",
    "C4": "listing rules met",
    "C9": "filings current",
    "C11": "another regulator's halt over",
    "MWCQ": "market-wide circuit breaker over",
    "R1": "new issue",
    "R2": "issue available",
    "R4": "listing rules met",
    "R9": "filings current",
}
_TRADES, _NONE = timedelta(minutes=5), timedelta(0)


def reason(code: str) -> str:
    """The code in words; one that nobody listed stands for itself."""
    return REASONS.get(code) or RESUMED.get(code) or f"code {code}"


def listed_as(symbol: str) -> str:
    """The ticker that the desk knows a symbol of the list by: "BRK.B" is BRK-B."""
    return symbol.strip().upper().replace(".", "-")


def halted(halt: Halt, quote: Quote | None, session: Session, now: datetime) -> bool:
    """
    Whether trading is stopped, so that the quote says nothing of what the listing is worth.

    A delayed price is of the halt for as long after it. A halt without an announced end is over
    when the listing trades all the same: the list may not have been read since.
    """
    delay = quote.delay if quote else _NONE
    stands = halt.stands(now) or halt.stands(now - delay)
    if not stands or session.phase(now) is Phase.CLOSED:
        return False
    return halt.resumes_at is not None or quote is None or quote.as_of - halt.at <= _TRADES


def said(halt: Halt, zone: str) -> str:
    """ "halted by its exchange since 10:31 EST (news pending), until 11:01 EST"."""
    until = f", until {_clock(halt.resumes_at, zone)}" if halt.resumes_at else ""
    since = _clock(halt.at, zone)
    return f"{NoMove.HALTED_BY_EXCHANGE.value} since {since} ({halt.reason}){until}"


def of_session(halts: Iterable[Halt], session: Session, now: datetime) -> tuple[Halt, ...]:
    """Those that stopped trading in that session so far, or stood as it began; oldest first."""
    starts = session.early or session.opens
    ends = min(now, session.late or session.closes)
    found = (
        one
        for one in halts
        if one.at <= ends
        and (one.at >= starts or one.resumes_at is None or one.resumes_at > starts)
    )
    return tuple(sorted(found, key=lambda one: one.at))


def _clock(at: datetime, zone: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%H:%M} {local.tzname()}"
