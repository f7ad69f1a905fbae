"""
What did the price do, or why can that not be said?

A quote passes one gate after the other; the first that refuses names the reason. A move is
always measured by us from a dated reference (`bot.desk.reference`), never taken from the
provider's own percent: before the open that one is still yesterday's, and of a crypto pair it
is of rolling 24 hours, so that it is compared with ours in regular hours only, and never there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.desk.reference import adjusted, like_a_split, phase_of, reference_of
from bot.model.market import Move, Phase, Quote, Reference, ReferenceKind, Session
from bot.model.no_move import NoMove


@dataclass(frozen=True, slots=True)
class Limits:
    """
    When a quote is no longer believed. Percents and points are percentage points.

    `stale_after` and `halted_after` are added to the provider's own delay; a stock of fewer than
    `thin` shares a day is never called halted. `contradiction` is how far the provider's percent
    may be from ours, `range_slack` how far a price may leave the day's range. `spike` is the jump
    from a look not more than `spike_within` before that wants a second print. From `doubt` on the
    day's splits and dividends are worth a look, from `implausible` on nothing is believed without
    it; `dividend` is worth adjusting for. `closing` is how long the closing print may take.
    """

    stale_after: timedelta = timedelta(minutes=2)
    halted_after: timedelta = timedelta(minutes=5)
    thin: int = 100_000
    contradiction: Decimal = Decimal("0.05")
    range_slack: Decimal = Decimal("0.1")
    spike: Decimal = Decimal(3)
    spike_within: timedelta = timedelta(minutes=15)
    doubt: Decimal = Decimal(3)
    implausible: Decimal = Decimal(25)
    dividend: Decimal = Decimal("0.5")
    closing: timedelta = timedelta(minutes=15)


@dataclass(slots=True)
class Surroundings:
    """
    What else is known at this look.

    `before` is the last quote of the ticker that made a move, `odd` the one since that was not
    confirmed. `ticking` is how many others of its exchange trade, `silent` says that nobody
    there does. `read`: today's splits and dividends were asked for, and are in the quote.
    """

    before: Quote | None = None
    odd: Quote | None = None
    ticking: int = 0
    silent: bool = False
    read: bool = False


NOTHING_ELSE = Surroundings()
TICKING_AT_LEAST = 3
# For every quote: in Python 3.11 a member of an enum takes ten times as long to find as a name.
_MIDDAY, _PRE = Phase.MIDDAY, Phase.PRE
_REGULAR_CLOSE, _UTC_MIDNIGHT = ReferenceKind.REGULAR_CLOSE, ReferenceKind.UTC_MIDNIGHT


@dataclass(slots=True)
class _Case:
    """`at` is now, less the delay; `phase` is coarse: any regular hours stand for all of them."""

    quote: Quote
    session: Session
    at: datetime
    age: timedelta
    phase: Phase
    limits: Limits
    around: Surroundings


def measure(
    quote: Quote | None,
    session: Session,
    now: datetime,
    limits: Limits,
    around: Surroundings = NOTHING_ELSE,
) -> Move | NoMove:
    """Return the move since its reference, or the named reason there is none. Never 0 %."""
    if quote is None or not quote.last.is_finite() or quote.last <= 0:
        return NoMove.NO_QUOTE
    at = now - quote.delay
    case = _Case(quote, session, at, at - quote.as_of, _hours(session, at), limits, around)
    for gate in _GATES:
        if refused := gate(case):
            return refused
    printed = reference_of(quote, session)
    if isinstance(printed, NoMove):
        return printed
    phase = phase_of(quote, session)
    move = Move(quote.ticker, quote.currency, printed, quote.last, quote.as_of, phase)
    if refused := _dated(case, printed) or _agrees(case, move):
        return refused
    reference = adjusted(printed, quote, session, limits.dividend)
    if isinstance(reference, NoMove):
        return reference
    if reference is not printed:
        return replace(move, reference=reference)
    return _plausible(case, move) or move


def doubtful(quote: Quote, session: Session, found: Move | NoMove, limits: Limits) -> bool:
    """Whether the day's splits and dividends should be asked for before that is believed."""
    if isinstance(found, NoMove):
        return found is NoMove.IMPLAUSIBLE
    return abs(found.percent) >= limits.doubt or session.day in quote.action_days


def _hours(session: Session, at: datetime) -> Phase:
    """As `Session.phase`, without asking for the local time: it is needed for every quote."""
    if session.opens <= at < session.closes:
        return _MIDDAY
    return session.phase(at)


def _currency(case: _Case) -> NoMove | None:
    unit = case.quote.currency
    return None if len(unit) == 3 and unit.isalpha() else NoMove.NO_CURRENCY


def _open(case: _Case) -> NoMove | None:
    if case.phase is _MIDDAY:
        return None
    if case.phase is Phase.AFTER_HOURS:
        return None if case.quote.state in ("POST", "REGULAR") else NoMove.CLOSED
    return NoMove.CLOSED if case.phase is Phase.CLOSED and not _closing(case) else None


def _closing(case: _Case) -> bool:
    """Where nothing trades late, the closing print may be made a while after the close."""
    session = case.session
    latest = session.closes + case.limits.closing
    return session.late is None and session.closes <= case.at <= latest


def _seen_to_trade(case: _Case) -> NoMove | None:
    """A closure that no calendar knew of; the open itself may take a while."""
    if not (case.around.silent and case.phase.regular):
        return None
    settled = case.session.opens + 2 * case.limits.halted_after <= case.at
    return NoMove.NO_TRADING if settled else None


def _traded(case: _Case) -> NoMove | None:
    before_open = case.phase is _PRE and case.session.early
    start = before_open or case.session.opens
    return NoMove.NOT_TRADED if case.quote.as_of < start else None


def _running(case: _Case) -> NoMove | None:
    """There is no halt in the provider's data: a time that stands still while others' run is one."""
    usual, limits = case.quote.average_volume, case.limits
    if case.age <= limits.halted_after or not case.phase.regular:
        return None
    busy = usual is None or usual >= limits.thin
    return NoMove.HALTED if busy and case.around.ticking >= TICKING_AT_LEAST else None


def _fresh(case: _Case) -> NoMove | None:
    return NoMove.STALE if case.age > case.limits.stale_after else None


def _in_range(case: _Case) -> NoMove | None:
    low, high, last = case.quote.day_low, case.quote.day_high, case.quote.last
    if case.quote.state != "REGULAR" or not low or not high or low <= last <= high:
        return None
    slack = case.limits.range_slack / 100
    inside = low * (1 - slack) <= last <= high * (1 + slack)
    return None if inside else NoMove.OUT_OF_RANGE


def _confirmed(case: _Case) -> NoMove | None:
    """
    A jump from the look before wants a second print on its side, or more shares traded there.

    One that goes on is confirmed too, if it stays of the same order; one that is gone at the
    next look never was.
    """
    before, odd, quote = case.around.before, case.around.odd, case.quote
    if before is None or quote.as_of - before.as_of > case.limits.spike_within:
        return None
    if abs(quote.last / before.last - 1) * 100 < case.limits.spike:
        return None
    if odd is None or odd.last == before.last:
        return NoMove.UNCONFIRMED
    along = (quote.last - before.last) / (odd.last - before.last)
    later = quote.as_of > odd.as_of or (quote.volume or 0) > (odd.volume or 0)
    return None if later and Decimal("0.5") <= along <= 3 else NoMove.UNCONFIRMED


def _dated(case: _Case, reference: Reference) -> NoMove | None:
    """
    The close before the open must be dated, today's must be today's, and a pair's be new.

    After midnight the provider may tell a pair's reference of the day before for a while.
    """
    quote, session, before = case.quote, case.session, case.around.before
    if reference.kind is _REGULAR_CLOSE:
        old = quote.regular_at is not None and quote.regular_at < session.opens
        return NoMove.OLD_REFERENCE if old else None
    if reference.kind is _UTC_MIDNIGHT:
        old = before is not None and before.as_of < session.opens and before.close == quote.close
        return NoMove.OLD_REFERENCE if old else None
    if quote.close_date is None and case.phase is not _PRE:
        return None
    return None if quote.close_date == session.previous else NoMove.OLD_REFERENCE


def _agrees(case: _Case, move: Move) -> NoMove | None:
    told = case.quote.percent
    if case.quote.state != "REGULAR" or told is None or move.reference.kind is _UTC_MIDNIGHT:
        return None
    return None if abs(move.percent - told) <= case.limits.contradiction else NoMove.CONTRADICTION


def _plausible(case: _Case, move: Move) -> NoMove | None:
    """A very large move is believed once it is known not to be a split that nobody told."""
    if abs(move.percent) < case.limits.implausible:
        return None
    if not case.around.read:
        return NoMove.IMPLAUSIBLE
    if move.reference.kind is _REGULAR_CLOSE:
        return None
    return NoMove.SPLIT if like_a_split(move.last / move.reference.price) else None


_GATES: tuple[Callable[[_Case], NoMove | None], ...] = (
    _currency,
    _open,
    _seen_to_trade,
    _traded,
    _running,
    _fresh,
    _in_range,
    _confirmed,
)
