"""When may a feed be asked again? What the server allows, between a floor and a day. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    How the desk polls. `floor` applies to whatever a server says or leaves unsaid; `backoff`
    doubles with every failure; nothing waits longer than `longest`; `spacing` is the real time
    between two requests to one host.
    """

    interval: timedelta = timedelta(minutes=15)
    floor: timedelta = timedelta(minutes=5)
    backoff: timedelta = timedelta(minutes=5)
    longest: timedelta = timedelta(hours=24)
    spacing: timedelta = timedelta(seconds=1)

    def after_answer(
        self, headers: Mapping[str, str], every: timedelta | None, now: datetime
    ) -> timedelta:
        """The longest of the floor, what the headers say and the document's own pace."""
        told = [each for each in (_freshness(headers, now), every) if each is not None]
        return min(max(self.floor, *told) if told else self.interval, self.longest)

    def after_failure(self, failures: int, chance: float) -> timedelta:
        """Back off after so many failures in a row; `chance` in [0, 1) lengthens it to 1.2 fold."""
        wait = self.backoff * (1 << min(failures - 1, 16))
        return min(wait * (1 + 0.2 * chance), self.longest)

    def after_refusal(self, headers: Mapping[str, str], now: datetime) -> timedelta | None:
        """What Retry-After asks for; None where it is missing or garbage."""
        value = headers.get("Retry-After", "").strip()
        if value.isascii() and value.isdigit():
            asked = timedelta(seconds=min(int(value[:9]), 86_400))
        elif (at := _date(value)) is not None:
            asked = at - (_date(headers.get("Date", "")) or now)
        else:
            return None
        return min(max(asked, self.floor), self.longest)


def _freshness(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long the answer stays fresh: max-age less Age, else Expires."""
    for directive in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and (seconds := _seconds(value.strip('"'))) is not None:
            return timedelta(seconds=max(0, seconds - (_seconds(headers.get("Age", "")) or 0)))
    expires = _date(headers.get("Expires", ""))
    if expires is None:
        return None
    return max(timedelta(0), expires - (_date(headers.get("Date", "")) or now))


def _seconds(value: str) -> int | None:
    value = value.strip()
    return min(int(value[:10]), 10**7) if value.isascii() and value.isdigit() else None


def _date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
