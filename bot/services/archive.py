"""
What the use cases need remembered of the wire, as shapes: feeds, polls, stories, mentions, halts.

`bot.store` satisfies them; see `bot.services.ledger`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.desk.identity import Keys, Known, Sorted
from bot.model.feed import FeedState, Fetched
from bot.model.halt import Halt
from bot.model.news import Feed, Mention, Story
from bot.model.wish import Notice, Overheard, Sieve, Wish, Wished


@dataclass(frozen=True, slots=True)
class Poll:
    """What `feed why` reads back of one poll; `fresh` counts stories that were new."""

    at: datetime
    status: int
    size: int
    millis: int
    fresh: int
    next_poll_at: datetime | None
    reason: str


class Wire(Protocol):
    """The feeds, and the polls of them."""

    async def put(self, feeds: Sequence[Feed]) -> None:
        """
        The whole list: one no longer in it is stopped unless a server wants it, one named again
        goes on.
        """
        ...

    async def begin(self, feeds: Sequence[Feed]) -> None:
        """Further feeds of the list: one that was ended goes on."""
        ...

    async def end(self, urls: Collection[str]) -> None:
        """Those are no longer of the list; what no server wants for itself is stopped."""
        ...

    async def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> list[FeedState]:
        """Feeds to poll, the longest overdue first; none of `but` (their URLs)."""
        ...

    async def next_due(self) -> datetime | None:
        """The earliest due time; 1970 for a feed that was never polled, None without feeds."""
        ...

    async def save(self, polls: Sequence[tuple[Fetched, int]]) -> None:
        """The states after these polls, and a row for each with how many stories were new."""
        ...

    async def adopt(self, old: str, new: str) -> FeedState | None:
        """
        A feed has moved for good: the new address goes on where the old one was, or where it
        is known already stays as it is. None when `old` is not known.
        """
        ...

    async def feeds(self) -> list[FeedState]: ...
    async def feed(self, url: str) -> FeedState | None: ...
    async def listed(self, url: str) -> bool:
        """Whether the operator lists it: then every server reads it."""
        ...

    async def search(self, words: str, limit: int) -> list[FeedState]:
        """Listed feeds with `words` in their outlet or address, by address."""
        ...

    async def in_trouble(self) -> tuple[int, list[FeedState]]:
        """How many are listed, and those of them whose trouble is worth telling, at most 50."""
        ...

    async def put_state(self, state: FeedState) -> None: ...
    async def polls(self, url: str) -> list[Poll]:
        """The last polls of that feed, the newest first."""
        ...


class Wishes(Protocol):
    """
    Feeds that servers want for themselves, and the filters of their channels.

    A feed is polled while the operator lists it or anybody wishes for it, once for all of them.
    """

    async def put(self, wish: Wish) -> None:
        """Add, or change it; the feed is polled from now on."""
        ...

    async def remove(self, feed_url: str, guild: int) -> bool:
        """Whether there was one; with the last of them the feed stops."""
        ...

    async def of_guild(self, guild: int) -> list[Wished]: ...
    async def of_feeds(self, urls: Collection[str]) -> dict[str, list[Wish]]: ...
    async def stories(self, ticker: str, since: datetime, until: datetime) -> list[Overheard]:
        """Of feeds that only servers want: those that mention `ticker`, oldest first."""
        ...

    async def put_sieve(self, one: Sieve) -> None:
        """Set a channel's filter; one without any rule takes it away."""
        ...

    async def sieves(self, channel: int) -> list[Sieve]: ...
    async def filtering(self, ticker: str) -> frozenset[int]:
        """The channels that have a filter for that ticker, or for all of theirs."""
        ...

    async def sieves_of_guild(self, guild: int) -> list[Sieve]: ...


class Notices(Protocol):
    """What the channels that want a feed are told of its trouble."""

    async def say(self, feed: str, words: str, at: datetime, *, over: bool = False) -> bool:
        """
        The living message about this trouble says `words`, in every channel that wants the feed.

        When it is `over`, only those hear of it who heard of the trouble. False when nobody does.
        """
        ...

    async def get(self, piece: str, revision: int) -> Notice | None: ...


class News(Protocol):
    async def known(self, keys: Sequence[Keys]) -> list[Known]:
        """What is remembered under any of these keys."""
        ...

    async def add(
        self, sorted: Sequence[Sorted], mentions: Sequence[Mention], at: datetime
    ) -> list[Story]:
        """Remember what polls brought at `at`; returns those that nobody else had added."""
        ...

    async def stories(
        self, ticker: str, since: datetime, until: datetime
    ) -> list[tuple[Story, str]]:
        """Stories that mention `ticker`, out in that span, oldest first, with the words."""
        ...

    async def lags(self, feed: str, limit: int = 50) -> list[timedelta]:
        """First seen less published, of that feed's latest stories since its first batch."""
        ...

    async def note_dropped(self, url: str, carried: Sequence[Story], at: datetime) -> None:
        """
        A whole document was read: a story newer than half of it that it lacks was dropped; so
        was the only one.
        """
        ...

    async def dropped(self, ids: Collection[str], before: datetime) -> set[str]:
        """
        Which of those stories their feed had stopped carrying by `before`, though it goes on
        carrying older ones and drops no others like that.
        """
        ...

    async def count(self, since: datetime, until: datetime) -> int: ...
    async def purge(self, before: datetime) -> int:
        """Forget stories that no feed has carried since; returns how many."""
        ...


class Halts(Protocol):
    """Halts of trading, as exchanges list them; one is known by its ticker and its beginning."""

    async def put(self, feed: str, halts: Sequence[Halt], at: datetime) -> None:
        """
        That list, read whole at `at`. One that it told before, without an end, and tells no
        more stands no longer, though nobody said when it ended.
        """
        ...

    async def standing(self, now: datetime) -> dict[str, Halt]:
        """By ticker, those that have begun and of which no end has passed."""
        ...

    async def of(self, ticker: str, since: datetime, until: datetime) -> list[Halt]:
        """Those that began in that span, oldest first."""
        ...

    async def purge(self, before: datetime) -> int:
        """Forget those that ended before; returns how many."""
        ...
