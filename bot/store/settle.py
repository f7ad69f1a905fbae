"""How did the attempt end? A success is true whoever reports it; all else is fenced by the claim."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from bot.model.post import Post, Posted, PostKind, PostState, Priority
from bot.services.outbox import Settled
from bot.store.claim import LATER_CAP
from bot.store.columns import moment
from bot.store.dialect import greatest
from bot.store.rows import LIVING, become, held, post, unfinished
from bot.store.work import Work

_FREE: dict[str, Any] = {"owner": None, "lease_until": None}
_NO_MESSAGE = "there is no message to reply to"
_REPLACED = "the message was gone or frozen: a follow-up took its place"


async def start(work: Work, claimed: Post) -> bool:
    """See `bot.services.outbox.Outbox.start`."""
    now = await work.now()
    started = await work.run(
        sa.update(post)
        .where(held(claimed), post.c.lease_until > now, unfinished(post))
        .values(first_attempt_at=sa.func.coalesce(post.c.first_attempt_at, moment(now)))
    )
    return bool(started)


async def settle(work: Work, settled: Settled) -> None:
    """See `bot.services.outbox.Outbox.settle`."""
    if settled.posted is not None:
        await _posted(work, settled.post, settled.posted)
    elif settled.dead:
        await _end(work, settled.post, PostState.DEAD, settled.dead)
    elif settled.uncertain:
        await _end(work, settled.post, PostState.UNCERTAIN, settled.uncertain)
    else:
        await _later(work, settled.post, settled.later or timedelta(0))
    work.wakes |= await _more(work, settled.post.destination.id)


async def follow_up(work: Work, gone: Post) -> None:
    """See `bot.services.outbox.Outbox.follow_up`. Lines not yet said are said by it."""
    cancelled = {"state": PostState.CANCELLED, "reason": _REPLACED, **_FREE}
    if not await work.run(sa.update(post).where(held(gone)).values(cancelled)):
        return
    here = sa.and_(post.c.piece == gone.piece, post.c.destination == gone.destination.id)
    owed = sa.or_(post.c.kind.in_(LIVING), post.c.message_id.is_(None))
    await work.run(
        sa.update(post).where(here, post.c.state == PostState.OPEN, owed).values(cancelled)
    )
    newest = sa.select(
        sa.func.max(post.c.part).label("part"), sa.func.max(post.c.desired_rev).label("revision")
    )
    last = (await work.rows(newest.where(here)))[0]
    await work.add(
        post,
        piece=gone.piece,
        destination=gone.destination.id,
        part=last.part + 1,
        kind=PostKind.FOLLOW_UP,
        priority=Priority.HOT.value,
        desired_rev=last.revision,
    )
    work.wakes = True


async def release(work: Work, owner: str) -> int:
    """See `bot.services.outbox.Outbox.release`."""
    released = await work.run(sa.update(post).where(post.c.owner == owner).values(_FREE))
    work.wakes |= bool(released)
    return released


async def _posted(work: Work, claimed: Post, posted: Posted) -> None:
    """The first message that is known for a row is its message; it ends whoever's claim."""
    over = sa.or_(held(claimed), post.c.message_id.is_(None))
    proved = post.c.state.in_((PostState.DEAD, PostState.UNCERTAIN))
    await work.run(
        sa.update(post)
        .where(
            post.c.id == claimed.id,
            sa.or_(post.c.message_id.is_(None), post.c.message_id == posted.message_id),
        )
        .values(
            message_id=posted.message_id,
            posted_rev=greatest(post.c.posted_rev, sa.literal(posted.revision)),
            state=become(PostState.OPEN, where=proved),
            reason=sa.case((proved, ""), else_=post.c.reason),
            owner=sa.case((over, None), else_=post.c.owner),
            lease_until=sa.case((over, None), else_=post.c.lease_until),
            due_at=sa.case((over, None), else_=post.c.due_at),
            tries=sa.case((over, 0), else_=post.c.tries),
        )
    )


async def _later(work: Work, claimed: Post, later: timedelta) -> None:
    due_at = await work.now() + min(later, LATER_CAP) if later else None
    await work.run(sa.update(post).where(held(claimed)).values(due_at=due_at, **_FREE))


async def _end(work: Work, claimed: Post, state: PostState, reason: str) -> None:
    ended = await work.run(
        sa.update(post).where(held(claimed)).values(state=state, reason=reason, **_FREE)
    )
    if not ended or claimed.kind not in LIVING or claimed.message_id is not None:
        return
    await work.run(
        sa.update(post)
        .where(
            post.c.piece == claimed.piece,
            post.c.destination == claimed.destination.id,
            post.c.kind.not_in(LIVING),
            post.c.state == PostState.OPEN,
            post.c.message_id.is_(None),
        )
        .values(state=PostState.CANCELLED, reason=_NO_MESSAGE)
    )


async def _more(work: Work, destination: int) -> bool:
    """A settled post lets the next of its channel go."""
    waiting = sa.exists().where(post.c.destination == destination, unfinished(post))
    return bool(await work.value(sa.select(waiting)))
