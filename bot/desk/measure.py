"""
What did the price do, or why can that not be said?

A quote passes one gate after the other; the first that refuses names the reason. A move is
always measured by us from a dated close, never taken from the provider's own percent: before
the open that one is still yesterday's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from bot.model.market import Move, NoMove, Phase, Quote, Reference, ReferenceKind, Session


@dataclass(frozen=True, slots=True)
class Limits:
    """
    When a quote is no longer believed.

    `stale_after` is added to the provider's own delay; `implausible` and `contradiction` are
    percentage points; `range_slack` is the percent by which a price may leave the day's range.
    """

    stale_after: timedelta = timedelta(minutes=2)
    implausible: Decimal = Decimal(50)
    contradiction: Decimal = Decimal("0.05")
    range_slack: Decimal = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Case:
    quote: Quote
    session: Session
    phase: Phase
    now: datetime
    limits: Limits

    @property
    def percent(self) -> Decimal:
        """Percentage points from the quote's close; ask only once that is known to be sound."""
        return (self.quote.last / (self.quote.close or self.quote.last) - 1) * 100


def measure(quote: Quote | None, session: Session, now: datetime, limits: Limits) -> Move | NoMove:
    """
    Return the move since the close of the session before, or the named reason there is none.

    After hours the day's move goes on while the provider says POST, or has not turned from
    REGULAR yet (the closing print). It is still measured from the close of the session before:
    a provider that tells only today's close then has no reference for it.
    """
    if quote is None or not quote.last.is_finite() or quote.last <= 0:
        return NoMove.NO_QUOTE
    phase = session.phase(now - quote.delay)
    case = _Case(quote, session, phase, now, limits)
    if refused := next((reason for gate in _GATES if (reason := gate(case))), None):
        return refused
    return Move(
        ticker=quote.ticker,
        currency=quote.currency,
        reference=Reference(
            ReferenceKind.PREVIOUS_CLOSE, quote.close or quote.last, session.previous
        ),
        last=quote.last,
        as_of=quote.as_of,
        phase=_phase(quote, session),
    )


def _phase(quote: Quote, session: Session) -> Phase:
    """The closing print is stamped at or after the close, but belongs to the afternoon."""
    if quote.state != "REGULAR":
        return session.phase(quote.as_of)
    return session.phase(min(quote.as_of, session.closes - timedelta(seconds=1)))


def _currency(case: _Case) -> NoMove | None:
    return None if case.quote.currency else NoMove.NO_CURRENCY


def _open(case: _Case) -> NoMove | None:
    if case.phase is Phase.AFTER_HOURS:
        return None if case.quote.state in ("POST", "REGULAR") else NoMove.CLOSED
    return NoMove.CLOSED if case.phase is Phase.CLOSED else None


def _traded(case: _Case) -> NoMove | None:
    before_open = case.phase is Phase.PRE and case.session.early
    start = before_open or case.session.opens
    return NoMove.NOT_TRADED if case.quote.as_of < start else None


def _fresh(case: _Case) -> NoMove | None:
    limit = case.limits.stale_after + case.quote.delay
    return NoMove.STALE if case.now - case.quote.as_of > limit else None


def _reference(case: _Case) -> NoMove | None:
    close = case.quote.close
    return None if close is not None and close.is_finite() and close > 0 else NoMove.NO_REFERENCE


def _dated(case: _Case) -> NoMove | None:
    """Before the open the close must be dated: an undated one may be a session too old."""
    told = case.quote.close_date
    if told is None and case.phase is not Phase.PRE:
        return None
    return None if told == case.session.previous else NoMove.OLD_REFERENCE


def _in_range(case: _Case) -> NoMove | None:
    low, high = case.quote.day_low, case.quote.day_high
    if case.quote.state != "REGULAR" or not low or not high:
        return None
    slack = case.limits.range_slack / 100
    inside = low * (1 - slack) <= case.quote.last <= high * (1 + slack)
    return None if inside else NoMove.OUT_OF_RANGE


def _agrees(case: _Case) -> NoMove | None:
    told = case.quote.percent
    if case.quote.state != "REGULAR" or told is None:
        return None
    apart = abs(case.percent - told)
    return NoMove.CONTRADICTION if apart > case.limits.contradiction else None


def _plausible(case: _Case) -> NoMove | None:
    return NoMove.IMPLAUSIBLE if abs(case.percent) >= case.limits.implausible else None


_GATES: tuple[Callable[[_Case], NoMove | None], ...] = (
    _currency,
    _open,
    _traded,
    _fresh,
    _reference,
    _dated,
    _in_range,
    _agrees,
    _plausible,
)
