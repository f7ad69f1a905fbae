"""When may a feed be asked again? As its server likes it, between a floor and a day. Pure."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from itertools import pairwise

from bot.model.feed import FeedState
from bot.model.news import Story

RECENT = 20  # stories whose times tell how often a feed has something new
_AT_LEAST = 5
_SKEWED = timedelta(minutes=5)
_HOUR = timedelta(hours=1)
_NONE = timedelta(0)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """
    How the desk polls, and under what name.

    `interval` is usual and the usual floor; down to `floor` go feeds that are fresh for no more
    than `quick`, or that the operator wants so. `backoff` doubles with every failure; nothing
    waits longer than `longest`, or `idle` where only its rare stories slow a feed down.
    `spacing` is the real time between two requests to one host, for which `queue` polls may
    wait; `at_once` are under way in all. `name` and `contact` introduce the desk to servers; without a name its client does.
    """

    interval: timedelta = timedelta(minutes=15)
    floor: timedelta = timedelta(minutes=5)
    quick: timedelta = timedelta(minutes=5)
    backoff: timedelta = timedelta(minutes=5)
    idle: timedelta = timedelta(hours=6)
    longest: timedelta = timedelta(hours=24)
    spacing: timedelta = timedelta(seconds=1)
    queue: int = 5
    at_once: int = 100
    name: str = ""
    contact: str = ""

    def after_answer(
        self, headers: Mapping[str, str], state: FeedState, now: datetime
    ) -> timedelta:
        """
        The longest of the floor, what the headers say and the document's own pace.

        Where both are silent, half the time between two stories; and none of its skipped hours.
        """
        max_age = _max_age(headers)
        floor = self._floor(state, max_age)
        told = [
            each for each in (_freshness(headers, max_age, now), state.every) if each is not None
        ]
        if told:
            wait = max(floor, *told)
        elif state.gap is not None and state.feed.interval is None:
            wait = max(floor, min(state.gap / 2, self.idle))
        else:
            wait = floor
        wait = min(wait, self.longest)
        if state.skip_hours or state.skip_days:
            wait += _until_wanted(now + wait, state.skip_hours, state.skip_days)
        return wait

    def after_failure(self, failures: int, chance: float) -> timedelta:
        """Back off after so many failures in a row; `chance` in [0, 1) lengthens it to 1.2 fold."""
        wait = self.backoff * (1 << min(failures - 1, 16))
        return min(wait * (1 + 0.2 * chance), self.longest)

    def after_refusal(self, headers: Mapping[str, str], now: datetime) -> timedelta | None:
        """What Retry-After asks for; None where it is missing or garbage."""
        value = headers.get("Retry-After", "").strip()
        if (seconds := _seconds(value)) is not None:
            asked = timedelta(seconds=seconds)
        elif (at := _date(value)) is not None:
            asked = at - (_date(headers.get("Date", "")) or now)
        else:
            return None
        return min(max(asked, self.floor), self.longest)

    def agent(self, readers: int) -> str:
        """The User-Agent: who asks, where they can be reached, and for how many."""
        many = f"{readers} subscriber" + ("s" if readers != 1 else "")
        return f"{self.name} ({f'+{self.contact}; ' if self.contact else ''}{many})"

    def _floor(self, state: FeedState, max_age: timedelta | None) -> timedelta:
        if (wish := state.feed.interval) is not None:
            return max(self.floor, wish)
        return self.floor if max_age is not None and max_age <= self.quick else self.interval


def median_gap(stories: Collection[Story]) -> timedelta | None:
    """The median time between the newest stories of a document; None where too few are dated."""
    dated = sorted((one.published for one in stories if one.published), reverse=True)[:RECENT]
    gaps = sorted(later - earlier for later, earlier in pairwise(dated))
    return gaps[len(gaps) // 2] if len(dated) >= _AT_LEAST else None


def skew(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How far the server's clock is ahead of `now`; None up to five minutes, or where unknown."""
    at = _date(headers.get("Date", ""))
    if at is None:
        return None
    # An answer from a cache bears the date of when it was put there.
    ahead = at + timedelta(seconds=_seconds(headers.get("Age", "")) or 0) - now
    return ahead if abs(ahead) > _SKEWED else None


def _until_wanted(
    at: datetime, hours: Collection[int], days: Collection[int], most: int = 24
) -> timedelta:
    """Whole hours, so that feeds which skip the same ones keep apart; a hint, so a day at most."""
    at = at.astimezone(UTC)
    for later in range(most):
        when = at + later * _HOUR
        if when.hour not in hours and when.weekday() not in days:
            return later * _HOUR
    return most * _HOUR


def _max_age(headers: Mapping[str, str]) -> timedelta | None:
    for directive in headers.get("Cache-Control", "").lower().split(","):
        name, _, value = directive.strip().partition("=")
        if name == "max-age" and (seconds := _seconds(value.strip('"'))) is not None:
            return timedelta(seconds=seconds)
    return None


def _freshness(
    headers: Mapping[str, str], max_age: timedelta | None, now: datetime
) -> timedelta | None:
    """How long the answer stays fresh: max-age less Age, else Expires."""
    if max_age is not None:
        return max(_NONE, max_age - timedelta(seconds=_seconds(headers.get("Age", "")) or 0))
    if (expires := _date(headers.get("Expires", ""))) is None:
        return None
    return max(_NONE, expires - (_date(headers.get("Date", "")) or now))


def _seconds(value: str) -> int | None:
    value = value.strip()
    return min(int(value[:10]), 10**7) if value.isascii() and value.isdigit() else None


@lru_cache(maxsize=256)
def _date(value: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)
