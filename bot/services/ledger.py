"""
What the use cases need remembered, as shapes. `bot.store` satisfies them, on SQLite and PostgreSQL.

Everything inside one `transaction` commits together, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.model.alert import Episode, Terms
from bot.model.brief import Brief, Colours, Rendered, Variant
from bot.model.news import Feed, Mention, Story
from bot.model.piece import PieceKey, PieceState
from bot.model.post import Destination, Post, Posted, Watch
from bot.services.ports import FeedState, Fetched


@dataclass(frozen=True, slots=True)
class Wanted:
    """Distinct terms on a ticker that at least one working destination watches."""

    ticker: str
    terms: Terms


class Watches(Protocol):
    async def put(self, watch: Watch, *, origin: str = "command") -> bool:
        """Add, or replace the destination's watch on that ticker; False when it was equal."""
        ...

    async def remove(self, destination: int, ticker: str) -> bool: ...
    async def of(self, destination: int) -> list[Watch]: ...
    async def of_guild(self, guild: int) -> list[Watch]: ...
    async def wanted(self) -> list[Wanted]: ...
    async def colours(self, ticker: str) -> list[Colours]:
        """The colour conventions of those who watch it: one chart is drawn for each."""
        ...

    async def keep_only(self, origin: str, keep: Collection[tuple[int, str]]) -> int:
        """Drop watches of that origin (a config file) that are no longer named there."""
        ...


class Destinations(Protocol):
    async def put(self, destination: Destination) -> None:
        """Add, or update layout, colours and zone; `broken` is left alone."""
        ...

    async def get(self, id: int) -> Destination | None: ...
    async def mark(self, id: int, broken: str) -> bool:
        """Set or clear (`""`) why it cannot be told; True when that changed something."""
        ...

    async def of_guild(self, guild: int) -> list[Destination]: ...


@dataclass(frozen=True, slots=True)
class EpisodeKey:
    """Whose episode: of these terms (by their key) on this ticker in this session."""

    terms: str
    ticker: str
    session: date


class Episodes(Protocol):
    async def load(self, keys: Collection[EpisodeKey]) -> dict[EpisodeKey, Episode]: ...
    async def save(self, key: EpisodeKey, episode: Episode, at: datetime) -> None: ...
    async def add_alert(self, key: EpisodeKey, episode: Episode, piece: str, at: datetime) -> None:
        """Record the moment it decided to speak: one row per (episode ordinal, rung)."""
        ...


@dataclass(frozen=True, slots=True)
class PieceRow:
    key: PieceKey
    state: PieceState
    revision: int


class Pieces(Protocol):
    async def latest(self, ticker: str, session: date, up: bool) -> PieceRow | None:
        """The newest piece of that move, whatever its ordinal."""
        ...

    async def live(self) -> list[PieceRow]:
        """Pieces not yet closed, oldest first."""
        ...

    async def add_revision(self, row: PieceRow, brief: Brief) -> None:
        """Write the piece and one immutable brief; `row.revision` is the new revision."""
        ...

    async def close(self, piece: str) -> None:
        """Mark it closed without a new revision."""
        ...

    async def brief(self, piece: str, revision: int) -> Brief | None: ...
    async def put_rendered(
        self, piece: str, revision: int, variant: Variant, rendered: Rendered
    ) -> None: ...
    async def rendered(self, piece: str, revision: int, variant: Variant) -> Rendered | None: ...
    async def put_chart(self, piece: str, revision: int, colours: Colours, png: bytes) -> None: ...
    async def chart(self, piece: str, revision: int, colours: Colours) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class Audience:
    """Who watches `ticker` on `terms`, without those whom the piece `but` speaks to ("": none)."""

    ticker: str
    terms: Terms
    but: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """How an attempt ended, in the words of the outbox."""

    post: Post
    posted: Posted | None = None
    later: timedelta | None = None
    dead: str = ""
    uncertain: str = ""


class Outbox(Protocol):
    """The rules are those of the architecture page; every method is part of a transaction."""

    async def fan_out(self, piece: str, audience: Audience, revision: int) -> int:
        """
        One INSERT … SELECT: a living post (part 0, HOT) at every destination of the audience;
        where it exists already, raise its desired revision.
        """
        ...

    async def fan_out_wide(
        self, piece: str, tickers: Collection[str], each: int, revision: int
    ) -> int:
        """The same, at every destination that watches at least `each` of those tickers."""
        ...

    async def reaches(self, audience: Audience) -> bool:
        """Whether the audience is anybody."""
        ...

    async def add_rung(self, piece: str, audience: Audience, revision: int) -> int:
        """A one-line reply (next part) wherever those terms watch and the message exists."""
        ...

    async def raise_all(self, piece: str, revision: int) -> int:
        """Raise the desired revision of every living post of the piece (priority UPDATE)."""
        ...

    async def expire(self, piece: str) -> int:
        """The day is over: what a broken channel was never told it is not told tomorrow."""
        ...

    async def claim(
        self, owner: str, limit: int, lease: timedelta
    ) -> tuple[list[tuple[float, Post]], float]:
        """
        Lease due posts and reserve their send slots in the same transaction.

        Returns ([(seconds to wait before sending, post)], seconds until the next slot or 0).
        Order: priority, attempted first, id; within a channel, strictly by id.
        """
        ...

    async def start(self, post: Post) -> bool:
        """Store first_attempt_at before the request; False when the lease was lost."""
        ...

    async def settle(self, settled: Settled) -> None: ...
    async def follow_up(self, post: Post) -> None:
        """The living message is gone or frozen: a further part takes its place, linked."""
        ...

    async def release(self, owner: str) -> int:
        """Give back one's own leases: at start on SQLite, and when stopping."""
        ...

    async def pause(self, seconds: float) -> None:
        """A global limit: nothing leaves before that, capped, for every replica."""
        ...

    async def pending(self) -> int: ...
    async def find(self, post_id: int) -> Post | None: ...
    async def message_of(self, piece: str, destination: int) -> int | None: ...


class News(Protocol):
    async def put_feeds(self, feeds: Sequence[Feed]) -> None:
        """The whole list: one no longer in it is stopped, one named again goes on."""
        ...

    async def due(self, now: datetime, limit: int) -> list[FeedState]: ...
    async def next_due(self) -> datetime | None: ...
    async def save_poll(self, fetched: Fetched, mentions: Sequence[Mention]) -> list[Story]:
        """One transaction: state, new stories, mentions, the poll's row. Returns what is new."""
        ...

    async def stories(
        self, ticker: str, since: datetime, until: datetime
    ) -> list[tuple[Story, str]]:
        """Stories that mention `ticker`, out in that span, oldest first, with the words."""
        ...

    async def count(self, since: datetime, until: datetime) -> int: ...
    async def feeds(self) -> list[FeedState]: ...


class Facts(Protocol):
    """Small remembered values: the installation id, the hash of the synced command tree."""

    async def get(self, key: str) -> str | None: ...
    async def set(self, key: str, value: str) -> None: ...


class Transaction(Protocol):
    watches: Watches
    destinations: Destinations
    episodes: Episodes
    pieces: Pieces
    outbox: Outbox
    news: News
    facts: Facts


class Store(Protocol):
    """A unit of work: everything inside commits together, or not at all."""

    def transaction(self, name: str) -> AbstractAsyncContextManager[Transaction]: ...
    async def wake(self, timeout: float) -> None:
        """Return when posts may be due: woken by a commit, else after `timeout` seconds."""
        ...
