"""
What is a price measured from?

    before the open   the regular close before it
    regular hours     the close of the session before; the closing print still belongs to the day
    after hours       today's regular close, from the first late print on
    crypto pairs      the price at 00:00 UTC, which is what the provider calls their previous close

On the day of a split or of a dividend worth telling, the close before it is adjusted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from math import log, prod

from bot.model.market import (
    AROUND_THE_CLOCK,
    ActionKind,
    CorporateAction,
    Phase,
    Quote,
    Reference,
    ReferenceKind,
    Session,
)
from bot.model.no_move import NoMove

NEAR_NOTHING = Decimal("0.000001")
NEAR_SPLIT = Decimal("0.02")  # of a whole number of shares for one, or one for that many
MOST_SHARES = 50
_PREVIOUS_CLOSE = ReferenceKind.PREVIOUS_CLOSE  # for every quote; see `bot.desk.measure`


def in_the_evening(quote: Quote, session: Session) -> bool:
    """Whether the last print was made after the regular close, and is not the closing print."""
    if quote.state != "POST" or quote.as_of <= session.closes:
        return False
    return quote.regular_at is None or quote.as_of > quote.regular_at


def phase_of(quote: Quote, session: Session) -> Phase:
    """The phase of the print; the closing print is stamped at or after the close."""
    if quote.as_of < session.closes or in_the_evening(quote, session):
        return session.phase(quote.as_of)
    return session.phase(session.closes - timedelta(seconds=1))


def regular_print(quote: Quote) -> Quote:
    """The quote at its last regular print; an early one has lost what that was measured from."""
    if quote.state == "PRE" and quote.as_of != quote.regular_at:
        return quote
    last, as_of = quote.regular_last or quote.last, quote.regular_at or quote.as_of
    return replace(quote, state="REGULAR", last=last, as_of=as_of)


def with_actions(quote: Quote, read: Iterable[CorporateAction]) -> Quote:
    """The quote with splits and dividends that were read, before its own hints of their days."""
    told = tuple(read)
    days = {one.day for one in told}
    hinted = (one for one in quote.actions if one.day not in days)
    return replace(quote, actions=(*hinted, *told)) if told else quote


def reference_of(quote: Quote, session: Session) -> Reference | NoMove:
    """The close or the price that the move is measured from, as the provider printed it."""
    kind, price, day = _PREVIOUS_CLOSE, quote.close, session.previous
    if session.calendar == AROUND_THE_CLOCK:
        kind, day = ReferenceKind.UTC_MIDNIGHT, session.day
    elif in_the_evening(quote, session):
        kind, price, day = ReferenceKind.REGULAR_CLOSE, quote.regular_last, session.day
    if price is None or not price.is_finite() or price < NEAR_NOTHING:
        return NoMove.NO_REFERENCE
    return Reference(kind, price, day)


def adjusted(
    reference: Reference, quote: Quote, session: Session, least: Decimal
) -> Reference | NoMove:
    """
    The reference in shares of today, less a dividend of at least `least` percent of it.

    Whether the provider has divided its close by the split already is told by which of the two
    lies nearer to the last price. SPLIT where neither does, or where a dividend comes with it.
    """
    if not quote.actions or reference.kind is not _PREVIOUS_CLOSE:
        return reference
    today = [one for one in quote.actions if one.day == session.day]
    splits = [one for one in today if one.kind is ActionKind.SPLIT and one.amount != 1]
    paid = sum((one.amount for one in today if one.kind is ActionKind.DIVIDEND), Decimal(0))
    special = paid / reference.price * 100 >= least and paid > 0
    if splits and special:
        return NoMove.SPLIT
    if splits:
        shares = prod((one.amount for one in splits), start=Decimal(1))
        return _split(reference, quote.last, CorporateAction(ActionKind.SPLIT, session.day, shares))
    if not special:
        return reference
    dividend = CorporateAction(ActionKind.DIVIDEND, session.day, paid)
    left = reference.price - paid
    if left < NEAR_NOTHING:
        return NoMove.NO_REFERENCE
    return Reference(reference.kind, left, reference.day, dividend, reference.price)


def like_a_split(ratio: Decimal) -> bool:
    """Whether last over reference looks like so many shares for one, or one for so many."""
    shares = ratio if ratio > 1 else 1 / ratio
    whole = round(shares)
    return 2 <= whole <= MOST_SHARES and abs(shares / whole - 1) <= NEAR_SPLIT


def _split(reference: Reference, last: Decimal, split: CorporateAction) -> Reference | NoMove:
    price, shares = reference.price, split.amount
    told, divided = abs(log(last / price)), abs(log(last * shares / price))
    if min(told, divided) > abs(log(shares)) / 3:
        return NoMove.SPLIT
    if told <= divided:
        return Reference(reference.kind, price, reference.day, split, price * shares)
    return Reference(reference.kind, price / shares, reference.day, split, price)
