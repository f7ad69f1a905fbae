"""
What the use cases need remembered, as shapes. `bot.store` satisfies them, on SQLite and PostgreSQL.

Everything inside one `transaction` commits together, or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple, Protocol

from bot.model.alert import Episode, Terms
from bot.model.brief import AnyBrief, Colours, Rendered, Variant
from bot.model.piece import Correction, PieceKey, PieceState
from bot.model.post import Destination, Watch
from bot.services.archive import Halts, News, Notices, Wire, Wishes
from bot.services.outbox import Outbox


@dataclass(frozen=True, slots=True)
class Wanted:
    """Distinct terms on a ticker that at least one working destination watches."""

    ticker: str
    terms: Terms


class Watches(Protocol):
    async def put(self, watch: Watch, *, origin: str = "command") -> bool:
        """
        Add, or replace the destination's watch on that ticker in the same slot
        (`Terms.slot`); False when it was equal.
        """
        ...

    async def remove(self, destination: int, ticker: str, terms: str | None = None) -> bool:
        """Drop the watch on those terms (by their key), or every watch on that ticker."""
        ...

    async def expire(self, now: datetime) -> int:
        """Drop what has expired by `now`; from then on nobody is told."""
        ...

    async def of(self, destination: int) -> list[Watch]: ...
    async def of_guild(self, guild: int) -> list[Watch]: ...
    async def wanted(self, now: datetime | None = None) -> Sequence[Wanted]:
        """By ticker; the very same object as long as nothing changed."""
        ...

    async def colours(self, ticker: str) -> list[Colours]:
        """The colour conventions of those who watch it: one chart is drawn for each."""
        ...

    async def keep_only(self, origin: str, keep: Collection[Watch]) -> int:
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


class EpisodeKey(NamedTuple):
    """
    Whose episode: of these terms (by their key) on this ticker in this session, or in the
    evening after it. A tuple, because a pass makes and looks up ten thousand.
    """

    terms: str
    ticker: str
    session: date
    evening: bool = False


class Episodes(Protocol):
    async def of(self, days: Collection[date]) -> dict[EpisodeKey, Episode]:
        """Every episode of those sessions that was ever changed."""
        ...

    async def save(self, key: EpisodeKey, episode: Episode, at: datetime) -> None: ...
    async def save_all(self, changed: Mapping[EpisodeKey, Episode], at: datetime) -> None: ...
    async def add_alert(self, key: EpisodeKey, episode: Episode, piece: str, at: datetime) -> None:
        """Record the moment it decided to speak: one row per (episode ordinal, rung)."""
        ...

    async def purge(self, before: date) -> int:
        """Forget those of sessions before that day; what they said stays."""
        ...


@dataclass(frozen=True, slots=True)
class PieceRow:
    key: PieceKey
    state: PieceState
    revision: int


class Pieces(Protocol):
    async def latest(
        self, ticker: str, session: date, up: bool, evening: bool = False
    ) -> PieceRow | None:
        """The newest piece of that move, whatever its ordinal."""
        ...

    async def get(self, piece: str) -> PieceRow | None:
        """As it stands; nobody else revises it until the transaction ends."""
        ...

    async def live(self) -> list[PieceRow]:
        """Pieces not yet closed, oldest first."""
        ...

    async def add_revision(self, row: PieceRow, brief: AnyBrief) -> None:
        """Write the piece and one immutable brief; `row.revision` is the new revision."""
        ...

    async def close(self, piece: str) -> None:
        """Mark it closed without a new revision."""
        ...

    async def brief(self, piece: str, revision: int) -> AnyBrief | None: ...
    async def put_rendered(
        self, piece: str, revision: int, variant: Variant, rendered: Rendered
    ) -> None: ...
    async def rendered(self, piece: str, revision: int, variant: Variant) -> Rendered | None: ...
    async def put_chart(self, piece: str, revision: int, colours: Colours, png: bytes) -> None: ...
    async def chart(self, piece: str, revision: int, colours: Colours) -> bytes | None: ...


class Corrections(Protocol):
    """
    What was corrected. `guild` is the server whose copies are meant, None for every copy.

    A server's own corrections are kept here, those of every copy in the brief.
    """

    async def add(self, piece: str, revision: int, guild: int, one: Correction) -> None:
        """A server's own, first shown by that revision."""
        ...

    async def of(self, piece: str, revision: int, guild: int) -> list[Correction]:
        """The server's own up to that revision, oldest first."""
        ...

    async def guilds(self, piece: str, revision: int) -> frozenset[int]:
        """The servers that have any of their own by that revision."""
        ...

    async def tell(self, piece: str, revision: int, guild: int | None) -> int:
        """Every living post is to show that revision, and a line in reply says what changed."""
        ...

    async def cancel(self, piece: str, guild: int | None) -> int:
        """It is withdrawn: what Discord has not heard of yet is never told, a follow-up is."""
        ...

    async def recent(self, guild: int | None, limit: int) -> list[PieceRow]:
        """Pieces that stand in a channel there, the newest first."""
        ...

    async def shown_by(self, message: int, guild: int | None) -> str | None:
        """The piece that a message belongs to."""
        ...

    async def since(self, day: date) -> list[PieceRow]:
        """Pieces of that session and later ones, oldest first."""
        ...

    async def terms(self, piece: str) -> list[Terms]:
        """The thresholds that spoke in it."""
        ...


class Facts(Protocol):
    """Small remembered values: the installation id, the hash of the synced command tree."""

    async def get(self, key: str) -> str | None: ...
    async def set(self, key: str, value: str) -> None: ...


class Transaction(Protocol):
    watches: Watches
    destinations: Destinations
    episodes: Episodes
    pieces: Pieces
    corrections: Corrections
    outbox: Outbox
    wire: Wire
    wishes: Wishes
    notices: Notices
    news: News
    halts: Halts
    facts: Facts


class Store(Protocol):
    """A unit of work: everything inside commits together, or not at all."""

    def transaction(self, name: str) -> AbstractAsyncContextManager[Transaction]: ...
    async def wake(self, timeout: float) -> None:
        """Return when posts may be due: woken by a commit, else after `timeout` seconds."""
        ...
