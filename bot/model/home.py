"""What the ordinary share behind an ADR did at home."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class HomeMove:
    """
    What the ordinary share did in its own last session, and when that session closed.

    `implied` is what its last price makes of one ADR (times the ratio, at `rate` units of the
    home currency for one of the ADR's), `leg` the points of the ADR's move that it had gone by
    then. Both are None where no rate was at hand, or the session is older than the reference.
    """

    ticker: str
    city: str
    percent: Decimal
    last: Decimal
    currency: str
    session: date
    at: datetime
    closed: bool
    implied: Decimal | None = None
    rate: Decimal | None = None
    leg: Decimal | None = None
