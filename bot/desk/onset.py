"""
When did this move begin?

At the first minute after the price was last near its reference: 8 % of the move away at most,
and half a point in any case. An earlier swing that came back is not part of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

from bot.model.market import Bar, Move, ReferenceKind, Session

NEAR_SHARE = Decimal("0.08")
NEAR_POINTS = Decimal("0.5")
ONE_MINUTE = timedelta(minutes=1)


def onset(minutes: Sequence[Bar], move: Move, session: Session) -> datetime | None:
    """
    Return the start of the first minute of the run that led to `move`.

    `minutes` are one-minute bars, oldest first, extended hours included. The first print of
    the session if the price was away from the start; None without a print to go by. An evening's
    move begins after the close that it is measured from.
    """
    start = session.early or session.opens
    if move.reference.kind is ReferenceKind.REGULAR_CLOSE:
        start = session.closes
    bars = [bar for bar in minutes if start <= bar.at <= move.as_of]
    if not bars:
        return None
    near = max(NEAR_SHARE * abs(move.percent), NEAR_POINTS)
    began = bars[0].at
    for bar in bars:
        if _along(bar.close, move) <= near:
            began = bar.at + ONE_MINUTE
    return min((bar.at for bar in bars if bar.at >= began), default=min(began, move.as_of))


def _along(price: Decimal, move: Move) -> Decimal:
    """Points from the reference in the direction of the move; negative the other way."""
    percent = (price / move.reference.price - 1) * 100
    return percent if move.up else -percent
