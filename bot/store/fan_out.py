"""Who is told? Each answer is one statement, so it cannot stop half-way."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.model.post import PostKind, PostState, Priority
from bot.services.outbox import Audience
from bot.store import tables
from bot.store.dialect import greatest
from bot.store.rows import LIVING, become, beside, never_tried, post, unfinished
from bot.store.work import Work

_KEY = ("piece", "destination", "part")
_OVER = "the day was over before the channel could be told"
_COLUMNS = (*_KEY, "kind", "priority", "desired_rev")


async def fan_out(work: Work, piece: str, audience: Audience, revision: int) -> int:
    """See `bot.services.outbox.Outbox.fan_out`."""
    living = post.alias("living")
    part = sa.select(sa.func.max(living.c.part)).where(
        living.c.piece == piece,
        living.c.destination == tables.watch.c.destination,
        living.c.kind.in_(LIVING),
    )
    told = await insert_posts(
        work,
        sa.select(
            sa.literal(piece),
            tables.watch.c.destination,
            sa.func.coalesce(part.scalar_subquery(), 0),
            *_hot(PostKind.BRIEF, revision),
        )
        .select_from(_watching(audience))
        .where(_untold(audience.but))
        .order_by(tables.watch.c.destination),
    )
    await _lift(work, piece)
    return told


async def fan_out_wide(
    work: Work, piece: str, tickers: Collection[str], each: int, revision: int
) -> int:
    """See `bot.services.outbox.Outbox.fan_out_wide`."""
    told = await insert_posts(
        work,
        sa.select(
            sa.literal(piece),
            tables.watch.c.destination,
            sa.literal(0),
            *_hot(PostKind.BRIEF, revision),
        )
        .where(tables.watch.c.ticker.in_(sorted(tickers)))
        .group_by(tables.watch.c.destination)
        .having(sa.func.count(tables.watch.c.ticker.distinct()) >= each)
        .order_by(tables.watch.c.destination),
    )
    await _lift(work, piece)
    return told


async def reaches(work: Work, audience: Audience) -> bool:
    """See `bot.services.outbox.Outbox.reaches`."""
    watching = sa.select(tables.watch.c.destination).select_from(_watching(audience))
    return await work.row(watching.where(_untold(audience.but)).limit(1)) is not None


async def add_rung(work: Work, piece: str, audience: Audience, revision: int) -> int:
    """
    See `bot.services.outbox.Outbox.add_rung`.

    No line where the living message is still unsaid, for it will show the newest figures;
    a line that is itself unsaid says the newer rung instead.
    """
    living, other, waiting = (post.alias(name) for name in ("living", "other", "waiting"))
    at = await work.now()
    next_part = sa.select(sa.func.max(other.c.part) + 1).where(beside(other, living))
    unsaid = sa.select(sa.func.max(waiting.c.part)).where(
        beside(waiting, living),
        waiting.c.kind == PostKind.RUNG,
        waiting.c.state == PostState.OPEN,
        never_tried(waiting, at),
    )
    watching = _watching(audience)
    return await insert_posts(
        work,
        sa.select(
            living.c.piece,
            living.c.destination,
            sa.func.coalesce(unsaid.scalar_subquery(), next_part.scalar_subquery()),
            *_hot(PostKind.RUNG, revision),
        )
        .select_from(watching.join(living, living.c.destination == tables.watch.c.destination))
        .where(
            living.c.piece == piece,
            living.c.kind.in_(LIVING),
            living.c.state == PostState.OPEN,
            ~never_tried(living, at),
        )
        .order_by(living.c.destination)
        .with_for_update(of=living),
    )


async def raise_all(work: Work, piece: str, revision: int) -> int:
    """See `bot.services.outbox.Outbox.raise_all`. What is owed already keeps its priority."""
    raised = await work.run(
        sa.update(post)
        .where(
            post.c.piece == piece,
            post.c.kind.in_(LIVING),
            post.c.state == PostState.OPEN,
            post.c.desired_rev < revision,
        )
        .values(
            desired_rev=revision,
            priority=sa.case((unfinished(post), post.c.priority), else_=Priority.UPDATE.value),
        )
    )
    work.wakes |= bool(raised)
    return raised


async def expire(work: Work, piece: str) -> int:
    """See `bot.services.outbox.Outbox.expire`."""
    shut = sa.select(tables.destination.c.id).where(tables.destination.c.broken != "")
    return await work.run(
        sa.update(post)
        .where(
            post.c.piece == piece,
            post.c.message_id.is_(None),
            post.c.state == PostState.OPEN,
            post.c.destination.in_(shut),
        )
        .values(state=PostState.CANCELLED, reason=_OVER)
    )


def _watching(audience: Audience) -> sa.Join:
    """Watches of that ticker on those terms; a channel that cannot be told is told later."""
    return tables.watch.join(
        tables.destination,
        sa.and_(
            tables.destination.c.id == tables.watch.c.destination,
            tables.watch.c.ticker == audience.ticker,
            tables.watch.c.terms == audience.terms.key,
        ),
    )


def _untold(but: str) -> sa.ColumnElement[bool]:
    """Destinations that the piece `but` does not speak to; all of them where it is ""."""
    if not but:
        return sa.true()
    told = post.alias("told")
    return ~sa.exists().where(told.c.piece == but, told.c.destination == tables.watch.c.destination)


def _hot(kind: PostKind, revision: int) -> tuple[sa.ColumnElement[Any], ...]:
    return (
        sa.literal(kind, post.c.kind.type),
        sa.literal(Priority.HOT.value),
        sa.literal(revision),
    )


async def insert_posts(work: Work, told: sa.Select[Any]) -> int:
    """New posts; where the part is there already it is raised, and a dead one lives again."""
    new = work.insert(post).from_select(_COLUMNS, told.where(sa.true()))
    count = await work.run(
        new.on_conflict_do_update(
            index_elements=_KEY,
            set_={
                "desired_rev": greatest(post.c.desired_rev, new.excluded.desired_rev),
                "priority": new.excluded.priority,
                "state": become(PostState.OPEN, where=post.c.state == PostState.DEAD),
            },
        )
    )
    work.wakes |= bool(count)
    return count


async def _lift(work: Work, piece: str) -> None:
    """What stands in a channel before a hot post of the piece must not hold it up."""
    hot, early = post.alias("hot"), post.alias("early")
    channels = sa.select(hot.c.destination).where(
        hot.c.piece == piece, unfinished(hot), hot.c.priority == Priority.HOT.value
    )
    slower = (
        sa.select(early.c.id)
        .where(
            early.c.destination.in_(channels),
            unfinished(early),
            early.c.priority > Priority.HOT.value,
        )
        .with_for_update(skip_locked=True)
    )
    await work.run(sa.update(post).where(post.c.id.in_(slower)).values(priority=Priority.HOT.value))
