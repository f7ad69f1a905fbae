"""
The outbox: nothing is sent that was not first written here, and nothing written is forgotten.

A row is published by its level: no message id means create, `posted_rev < desired_rev`
means edit. The rules are those of the architecture page.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import sqlalchemy as sa

from bot.model.post import Post
from bot.services.outbox import Audience, Settled
from bot.store import claim, fan_out, rows, settle, slots, tables
from bot.store.slots import Pace
from bot.store.work import Work

_OWED = (
    sa.select(sa.func.count())
    .select_from(rows.post)
    .join(tables.destination, tables.destination.c.id == rows.post.c.destination)
    .where(rows.unfinished(rows.post), tables.destination.c.broken == "")
)


class SqlOutbox:
    """Satisfies `bot.services.outbox.Outbox`; each verb's rules stand in its own module."""

    def __init__(self, work: Work, pace: Pace) -> None:
        self._work = work
        self._pace = pace

    async def fan_out(self, piece: str, audience: Audience, revision: int) -> int:
        return await fan_out.fan_out(self._work, piece, audience, revision)

    async def fan_out_wide(
        self, piece: str, tickers: Collection[str], each: int, revision: int
    ) -> int:
        return await fan_out.fan_out_wide(self._work, piece, tickers, each, revision)

    async def reaches(self, audience: Audience) -> bool:
        return await fan_out.reaches(self._work, audience)

    async def add_rung(self, piece: str, audience: Audience, revision: int) -> int:
        return await fan_out.add_rung(self._work, piece, audience, revision)

    async def raise_all(self, piece: str, revision: int) -> int:
        return await fan_out.raise_all(self._work, piece, revision)

    async def expire(self, piece: str) -> int:
        return await fan_out.expire(self._work, piece)

    async def claim(
        self, owner: str, limit: int, lease: timedelta
    ) -> tuple[list[tuple[float, Post]], float]:
        return await claim.claim(self._work, self._pace, owner, limit, lease)

    async def start(self, post: Post) -> bool:
        return await settle.start(self._work, post)

    async def settle(self, settled: Settled) -> None:
        await settle.settle(self._work, settled)

    async def follow_up(self, post: Post) -> None:
        await settle.follow_up(self._work, post)

    async def release(self, owner: str) -> int:
        return await settle.release(self._work, owner)

    async def pause(self, seconds: float) -> None:
        await slots.pause(self._work, seconds)

    async def pending(self) -> int:
        """How many posts are owed to destinations that can be told."""
        owed: int = await self._work.value(_OWED)
        return owed

    async def find(self, post_id: int) -> Post | None:
        row = await self._work.row(rows.posts().where(rows.post.c.id == post_id))
        return None if row is None else rows.to_post(row, self._work.installation)

    async def message_of(self, piece: str, destination: int) -> int | None:
        message: int | None = await self._work.value(
            sa.select(rows.post.c.message_id)
            .where(
                rows.post.c.piece == piece,
                rows.post.c.destination == destination,
                rows.post.c.kind.in_(rows.LIVING),
            )
            .order_by(rows.post.c.part.desc())
            .limit(1)
        )
        return message
