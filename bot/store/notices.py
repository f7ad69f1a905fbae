"""
What channels are told of a feed's trouble: a piece of its own, one living message for each.

It is never live, so that no pass revises it; its revisions are notices, not briefs.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from bot.model.piece import NOTICE, PieceKey, PieceState
from bot.model.post import PostKind, PostState, Priority
from bot.model.wish import Notice
from bot.services.ledger import PieceRow
from bot.store import codec, tables
from bot.store.fan_out import insert_posts, raise_all
from bot.store.pieces import to_piece
from bot.store.rows import never_tried, post
from bot.store.tables_wishes import feed_wish
from bot.store.work import Work

_RECOVERED = "the feed was read again before the channel could be told"


class SqlNotices:
    """Satisfies `bot.services.archive.Notices`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def say(self, feed: str, words: str, at: datetime, *, over: bool = False) -> bool:
        row = await self._newest(feed)
        before = await self.get(row.key.id, row.revision) if row else None
        if before is not None and not before.over:
            notice = replace(before, revision=before.revision + 1, words=words, at=at, over=over)
        elif over or not await self._wanted(feed):
            return False
        else:
            notice = Notice(await self._begin(feed, row, at), 1, feed, words, at)
        await self._revise(notice)
        await (self._tell_over(notice) if over else self._tell(notice))
        return True

    async def get(self, piece: str, revision: int) -> Notice | None:
        body = await self._work.value(
            sa.select(tables.brief.c.body).where(
                tables.brief.c.piece == piece, tables.brief.c.revision == revision
            )
        )
        return None if body is None else codec.load(Notice, body)

    async def _newest(self, feed: str) -> PieceRow | None:
        row = await self._work.row(
            sa.select(tables.piece)
            .where(tables.piece.c.ticker == _ticker(feed))
            .order_by(tables.piece.c.session.desc(), tables.piece.c.ordinal.desc())
            .limit(1)
        )
        return None if row is None else to_piece(row)

    async def _wanted(self, feed: str) -> bool:
        wishes = sa.select(feed_wish.c.guild).where(feed_wish.c.feed == feed)
        return await self._work.row(wishes.limit(1)) is not None

    async def _begin(self, feed: str, last: PieceRow | None, at: datetime) -> str:
        """A new piece, without a revision yet; returns its id."""
        again = last.key.ordinal if last and last.key.session == at.date() else 0
        key = PieceKey(feed, _ticker(feed), at.date(), False, again + 1)
        await self._work.run(
            sa.insert(tables.piece).values(
                id=key.id,
                subject=key.subject,
                ticker=key.ticker,
                session=key.session,
                evening=key.evening,
                up=key.up,
                ordinal=key.ordinal,
                state=PieceState.CLOSED,
                revision=0,
                first_at=at,
            )
        )
        return key.id

    async def _revise(self, notice: Notice) -> None:
        change = sa.update(tables.piece).where(tables.piece.c.id == notice.piece)
        await self._work.run(change.values(revision=notice.revision))
        row = {"piece": notice.piece, "revision": notice.revision}
        await self._work.run(sa.insert(tables.brief).values(**row, body=codec.dump(notice)))

    async def _tell(self, notice: Notice) -> None:
        """Every channel that wants the feed."""
        wanting = (
            sa.select(
                sa.literal(notice.piece),
                feed_wish.c.channel,
                sa.literal(0),
                sa.literal(PostKind.BRIEF, post.c.kind.type),
                sa.literal(Priority.BULK.value),
                sa.literal(notice.revision),
            )
            .where(feed_wish.c.feed == notice.feed)
            .distinct()
            .order_by(feed_wish.c.channel)
        )
        await insert_posts(self._work, wanting)
        await raise_all(self._work, notice.piece, notice.revision)

    async def _tell_over(self, notice: Notice) -> None:
        """Only who heard of the trouble hears that it is over."""
        unsaid = never_tried(post, await self._work.now())
        gone = {"state": PostState.CANCELLED, "reason": _RECOVERED}
        theirs = sa.update(post).where(post.c.piece == notice.piece)
        await self._work.run(theirs.where(post.c.state == PostState.OPEN, unsaid).values(gone))
        await raise_all(self._work, notice.piece, notice.revision)


def _ticker(feed: str) -> str:
    return NOTICE + hashlib.sha256(feed.encode()).hexdigest()[:16]
