"""What thresholds are read from: a ticker at one moment, and what its past sessions say."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bot.desk.track import Track
from bot.desk.volume import Curve
from bot.model.market import Move, Quote, ReferenceKind, Session


@dataclass(frozen=True, slots=True)
class Past:
    """
    What completed sessions say; None where that is not known (yet).

    `sigma` is the usual daily move in percent, `year` the lowest low and the highest high of 52
    weeks, `usual` the shares of a whole session, `days` the sessions before, oldest first.
    """

    sigma: Decimal | None = None
    average200: Decimal | None = None
    year: tuple[Decimal, Decimal] | None = None
    usual: int | None = None
    curve: Curve | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a threshold may be read from, of one ticker at one moment."""

    move: Move
    quote: Quote
    session: Session
    past: Past = field(default_factory=Past)
    benchmark: Move | None = None
    track: Track | None = None

    @property
    def evening(self) -> bool:
        return self.move.reference.kind is ReferenceKind.REGULAR_CLOSE

    @property
    def begins(self) -> datetime:
        """When this leg began: the evening at the close, the day with its first extended hour."""
        return self.session.closes if self.evening else self.session.early or self.session.opens
