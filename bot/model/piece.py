"""What the desk publishes about one move of one issuer in one session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum


@dataclass(frozen=True, slots=True)
class PieceKey:
    """One living message per destination, whichever thresholds spoke."""

    subject: str
    ticker: str
    session: date
    up: bool
    ordinal: int

    @property
    def id(self) -> str:
        side = "up" if self.up else "down"
        return f"{self.ticker}/{self.session.isoformat()}/{side}/{self.ordinal}"


class PieceState(Enum):
    LIVE = "live"
    FADED = "faded"
    CLOSED = "closed"


class UpdateKind(Enum):
    FIRST = "first published"
    EXTENDED = "extended"
    CATALYST = "catalyst"
    DETAILS = "details added"
    FADED = "faded"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Update:
    """One stamped line: what changed, when, at which figures. Old figures stay findable."""

    kind: UpdateKind
    at: datetime
    percent: Decimal
    last: Decimal
    text: str = ""
