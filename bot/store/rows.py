"""
The words of the outbox as conditions on a row of `post`, and the indexes that serve them.

They take the table or an alias of it.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from bot.model.post import Post, PostKind, PostState, nonce
from bot.store import tables
from bot.store.columns import EPOCH
from bot.store.watches import to_destination

post = tables.post
LIVING = (PostKind.BRIEF, PostKind.FOLLOW_UP)


def unfinished(row: sa.FromClause) -> sa.ColumnElement[bool]:
    """Open, and Discord does not show the newest revision yet: a create or an edit is owed."""
    # a literal, not a parameter: otherwise SQLite does not use the partial indexes
    is_open = row.c.state == sa.literal_column(f"'{PostState.OPEN.value}'")
    return sa.and_(
        is_open, sa.or_(row.c.message_id.is_(None), row.c.posted_rev < row.c.desired_rev)
    )


def ready(row: sa.FromClause) -> sa.ColumnElement[bool]:
    """Unfinished, and neither leased nor waiting for a later try."""
    return sa.and_(unfinished(row), row.c.lease_until.is_(None), row.c.due_at.is_(None))


def turn(row: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """The order of the outbox: priority, attempted first, id."""
    return row.c.priority, row.c.tries == sa.literal_column("0"), row.c.id


def beside(row: sa.FromClause, other: sa.FromClause) -> sa.ColumnElement[bool]:
    """Both are parts of one piece at one destination."""
    return sa.and_(row.c.piece == other.c.piece, row.c.destination == other.c.destination)


def never_tried(row: sa.FromClause, at: datetime) -> sa.ColumnElement[bool]:
    """Discord has not heard of it, and nobody is about to tell: it may still change."""
    return sa.and_(
        row.c.message_id.is_(None),
        row.c.first_attempt_at.is_(None),
        sa.or_(row.c.lease_until.is_(None), row.c.lease_until <= at),
    )


def held(claimed: Post) -> sa.ColumnElement[bool]:
    """The fence of every retry: leased still, to the one who claimed it, by that very claim."""
    return sa.and_(
        post.c.id == claimed.id,
        post.c.owner == claimed.owner,
        post.c.tries == claimed.tries,
        post.c.lease_until == claimed.lease_until,
    )


def become(state: PostState, *, where: sa.ColumnElement[bool]) -> sa.ColumnElement[PostState]:
    """The row's new state: that one where the condition holds, else as it was."""
    return sa.case((where, sa.literal(state, post.c.state.type)), else_=post.c.state)


def reply_to() -> sa.ScalarSelect[int]:
    """The message a further part hangs on: the living one before it."""
    living = post.alias("living")
    return (
        sa.select(living.c.message_id)
        .where(
            beside(living, post),
            living.c.part < post.c.part,
            living.c.kind.in_(LIVING),
            living.c.message_id.is_not(None),
        )
        .order_by(living.c.part.desc())
        .limit(1)
        .scalar_subquery()
    )


def posts() -> sa.Select[Any]:
    """Posts with their destinations and what they reply to; see `to_post`."""
    return sa.select(post, tables.destination, reply_to().label("reply_to")).join(
        tables.destination, tables.destination.c.id == post.c.destination
    )


def to_post(row: sa.Row[Any], installation: str) -> Post:
    there = row._mapping
    piece, place, part = (there[post.c[name]] for name in ("piece", "destination", "part"))
    return Post(
        id=there[post.c.id],
        piece=piece,
        destination=to_destination(row),
        part=part,
        kind=row.kind,
        desired_rev=row.desired_rev,
        posted_rev=row.posted_rev,
        message_id=row.message_id,
        reply_to=row.reply_to,
        tries=row.tries,
        owner=row.owner or "",
        first_attempt_at=row.first_attempt_at,
        lease_until=row.lease_until or EPOCH,
        nonce=nonce(installation, piece, place, part),
    )


def _partial(name: str, *columns: Any, where: sa.ColumnElement[bool]) -> None:
    sa.Index(name, *columns, sqlite_where=where, postgresql_where=where)


_partial("post_ready", *turn(post), where=ready(post))
_partial("post_channel", post.c.destination, post.c.id, where=unfinished(post))
_partial("post_leased", post.c.lease_until, where=post.c.lease_until.is_not(None))
_partial("post_waiting", post.c.due_at, where=post.c.due_at.is_not(None))
