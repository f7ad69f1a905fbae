"""An exchange stopped trading in a listing, as it says itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Halt:
    """
    Trading in `ticker` stopped at `at`, for `code` ("T1", "LUDP", "M"...), `reason` in words.

    `quotes_at` is when quoting, `resumes_at` when trading starts again; None: not announced.
    """

    ticker: str
    at: datetime
    code: str
    reason: str
    quotes_at: datetime | None = None
    resumes_at: datetime | None = None

    def stands(self, now: datetime) -> bool:
        """Halted at `now`: it has begun, and no announced resumption has passed."""
        return self.at <= now and (self.resumes_at is None or now < self.resumes_at)
