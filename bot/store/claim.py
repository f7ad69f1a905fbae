"""
Who sends which post now? A claim leases due rows and reserves their slots in one transaction.

Claims of all replicas follow one another, because each first locks the row of slots. A
channel has one post in flight at a time, strictly by id, so nothing overtakes in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.model.post import Post
from bot.store import slots, tables
from bot.store.rows import post, posts, ready, to_post, turn, unfinished
from bot.store.slots import Pace, Slots
from bot.store.work import Work

LEASE_CAP = timedelta(minutes=1)
LATER_CAP = timedelta(hours=1)


async def claim(
    work: Work, pace: Pace, owner: str, limit: int, lease: timedelta
) -> tuple[list[tuple[float, Post]], float]:
    """See `bot.services.outbox.Outbox.claim`."""
    free = await slots.look(work, pace)
    await _expire(work, free.now)
    rows = await _heads(work, min(limit, free.within(pace.horizon)) + 1)
    chosen = _fit(rows, free)[:limit]
    if chosen:
        await slots.take(work, free, len(chosen))
        await _lease(work, chosen, owner, free.now + min(lease, LEASE_CAP))
    claimed = await _claimed(work, chosen)
    timed = [(free.wait(index), one) for index, one in enumerate(claimed)]
    if len(chosen) == min(len(rows), limit):
        return timed, 0.0
    return timed, free.opens_in(len(chosen), pace.reach(rows[len(chosen)].priority))


async def _expire(work: Work, now: datetime) -> None:
    """Free what was leased or put off until now, or further off than is ever written."""
    await _free(work, post.c.lease_until, now, LEASE_CAP, {"lease_until": None, "owner": None})
    await _free(work, post.c.due_at, now, LATER_CAP, {"due_at": None})


async def _free(
    work: Work,
    until: sa.Column[datetime],
    now: datetime,
    cap: timedelta,
    values: dict[str, None],
) -> None:
    over = (
        sa.select(post.c.id)
        .where(until.is_not(None), sa.or_(until <= now, until > now + cap))
        .with_for_update(skip_locked=True)
    )
    await work.run(sa.update(post).where(post.c.id.in_(over)).values(values))


async def _heads(work: Work, limit: int) -> Sequence[sa.Row[Any]]:
    """The first unfinished post of every channel that has none in flight, in turn."""
    other = post.alias("other")
    in_the_way = sa.exists().where(
        other.c.destination == post.c.destination,
        unfinished(other),
        sa.or_(other.c.id < post.c.id, other.c.lease_until.is_not(None)),
    )
    return await work.rows(
        sa.select(post.c.id, post.c.priority)
        .join(tables.destination, tables.destination.c.id == post.c.destination)
        .where(ready(post), tables.destination.c.broken == "", ~in_the_way)
        .order_by(*turn(post))
        .limit(limit)
        .with_for_update(of=post, skip_locked=True)
    )


def _fit(rows: Sequence[sa.Row[Any]], free: Slots) -> list[int]:
    """As many as find a slot within their reach; hot posts come first."""
    return [
        row.id
        for index, row in enumerate(rows)
        if index < free.within(free.pace.reach(row.priority))
    ]


async def _lease(work: Work, chosen: list[int], owner: str, until: datetime) -> None:
    await work.run(
        sa.update(post)
        .where(post.c.id.in_(chosen))
        .values(owner=owner, lease_until=until, tries=post.c.tries + 1)
    )


async def _claimed(work: Work, chosen: list[int]) -> list[Post]:
    found = await work.rows(posts().where(post.c.id.in_(chosen)))
    by_id = {one.id: one for one in (to_post(row, work.installation) for row in found)}
    return [by_id[id] for id in chosen]
