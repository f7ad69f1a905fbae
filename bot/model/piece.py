"""What the desk publishes about one move of one issuer in one session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum

WIDE = "@"
NOTICE = "feed:"
"""What the id of a piece begins with that tells of a feed's trouble, and not of a move."""


@dataclass(frozen=True, slots=True)
class PieceKey:
    """
    One living message per destination, whichever thresholds spoke.

    `up` is the direction of the day's move at the first word, also where the threshold that
    spoke measures something else. `evening` is the leg after the close, measured from it.
    """

    subject: str
    ticker: str
    session: date
    up: bool
    ordinal: int
    evening: bool = False

    @property
    def id(self) -> str:
        side = ("evening-" if self.evening else "") + ("up" if self.up else "down")
        return f"{self.ticker}/{self.session.isoformat()}/{side}/{self.ordinal}"

    @property
    def wide(self) -> bool:
        """It is about a market or a sector: the ticker is that of its benchmark, after "@"."""
        return self.ticker.startswith(WIDE)


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
    """
    One stamped line: what changed, when, at which figures. Old figures stay findable.

    Of a market-wide piece `names` are the tickers that moved by then, counted anew for each
    destination; `percent` and `last` are the index's, 0 where it is not known.
    """

    kind: UpdateKind
    at: datetime
    percent: Decimal
    last: Decimal
    text: str = ""
    names: tuple[str, ...] = ()


class CorrectionKind(Enum):
    """By rule (N28): a figure, a ticker or a direction; a slip of the words; a false premise."""

    CORRECTED = "CORRECTED"
    REFILE = "REFILE"
    WITHDRAWN = "WITHDRAWN"


class Matter(Enum):
    """What a correction is about; values are what a person may call it."""

    CAUSE = "the cause"
    HEADLINE = "the quoted headline"
    PRICE = "the price"
    REFERENCE = "the previous close"
    WORDS = "the words"
    PIECE = "the whole brief"


@dataclass(frozen=True, slots=True)
class Remedy:
    """
    The change of the record behind a correction, made again in every later revision.

    `wrong` and `right` are exact: a headline, a price without its currency, words. A record
    that does not say `wrong` (any more) is left as it is.
    """

    matter: Matter
    wrong: str
    right: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """
    What was wrong, what is right, why and when. `was` and `now` stay findable for ever.

    `what` names the thing in words ("the rise", "Friday's close"); `now` is "" when withdrawn.
    `guild` is the server whose copies it concerns, None for every copy; `by` a Discord user id,
    None for the operator and for the desk itself. `remedy` is None where only words were said.
    """

    kind: CorrectionKind
    what: str
    was: str
    now: str
    why: str
    at: datetime
    guild: int | None = None
    by: int | None = None
    remedy: Remedy | None = None
