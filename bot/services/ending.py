"""How a leg ended: the day at its regular close, the evening with its last late print."""

from __future__ import annotations

from datetime import datetime

from bot.desk.measure import Limits
from bot.desk.reference import in_the_evening, reference_of, regular_print
from bot.model.market import Move, Phase, Quote, Session
from bot.model.no_move import NoMove
from bot.model.piece import PieceKey
from bot.services.gathering import Seen
from bot.services.sighting import Sight


def end_of(piece: PieceKey, session: Session) -> datetime:
    """When the last line of a piece of that session is due."""
    return session.late or session.closes if piece.evening else session.closes


def day_ended(sight: Sight, now: datetime, limits: Limits) -> Seen | None:
    """
    The listing at its regular close, whatever trades after it.

    None where the close is not known, and while its closing print may still come.
    """
    session, quote = sight.session, sight.quote
    if session is None or quote is None or _lacks_its_close(quote, session):
        return None
    regular = regular_print(quote)
    settled = session.closes + limits.closing + quote.delay
    pending = quote.state == "REGULAR" or bool(quote.delay)  # a late provider is still on its way
    if pending and regular.as_of < session.closes and now < settled:
        return None
    return _seen(sight, regular, session, Phase.AFTERNOON)


def evening_ended(sight: Sight, before: Seen | None) -> Seen | None:
    """The listing at its last late print: as it is told now, else as it was seen `before`."""
    session, quote = sight.session, sight.quote
    if session is None:
        return None
    if quote is not None and in_the_evening(quote, session):
        return _seen(sight, quote, session, Phase.AFTER_HOURS)
    return before if before and before.session.day == session.day else None


def _lacks_its_close(quote: Quote, session: Session) -> bool:
    old = (quote.regular_at or quote.as_of) < session.opens
    return old or (quote.state == "POST" and quote.regular_last is None)


def _seen(sight: Sight, quote: Quote, session: Session, phase: Phase) -> Seen | None:
    """No figure is measured here from a reference that the piece has not: see `follow`."""
    reference = reference_of(quote, session)
    if sight.instrument is None or isinstance(reference, NoMove):
        return None
    as_of = session.closes if phase.regular else quote.as_of
    move = Move(quote.ticker, quote.currency, reference, quote.last, as_of, phase)
    return Seen(sight.instrument, session, quote, move)
