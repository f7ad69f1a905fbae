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
    CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class Update:
    """One stamped line: what changed, when, at which figures. Old figures stay findable."""

    kind: UpdateKind
    at: datetime
    percent: Decimal
    last: Decimal
    text: str = ""


class CorrectionKind(Enum):
    """By rule (N28): a figure, a ticker or a direction; a slip of the words; a false premise."""

    CORRECTED = "CORRECTED"
    REFILE = "REFILE"
    WITHDRAWN = "WITHDRAWN"


@dataclass(frozen=True, slots=True)
class Correction:
    """
    What was wrong, what is right, why and when. `was` and `now` stay findable for ever.

    `what` names the thing in words ("the rise", "Friday's close"); `now` is "" when withdrawn.
    `guild` is the server whose copies it concerns, None for every copy; `by` a Discord user id,
    None for the operator and for the desk itself.
    """

    kind: CorrectionKind
    what: str
    was: str
    now: str
    why: str
    at: datetime
    guild: int | None = None
    by: int | None = None
