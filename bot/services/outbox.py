"""
The outbox as the use cases need it: who is told, and how each attempt ended.

The rules are those of the architecture page; every method is part of a transaction.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from bot.model.alert import Terms
from bot.model.post import Post, Posted


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
