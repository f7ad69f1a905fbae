"""
What was corrected, and who must hear of it.

A server's own corrections are rows here, by the revision that first shows them; those of every
copy are part of the brief. Each answer to "who is told?" is one statement.
"""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa

from bot.model.alert import Terms
from bot.model.piece import NOTICE, Correction
from bot.model.post import PostKind, PostState, Priority
from bot.services.ledger import PieceRow
from bot.store import codec, tables
from bot.store.pieces import to_piece
from bot.store.rows import LIVING, beside, never_tried, post
from bot.store.tables import correction
from bot.store.work import Work

WITHDRAWN = "withdrawn before it was posted"
_OF_A_MOVE = ~tables.piece.c.id.startswith(NOTICE)
_SINCE = (
    sa.select(tables.piece)
    .where(tables.piece.c.session >= sa.bindparam("day"), _OF_A_MOVE)
    .order_by(tables.piece.c.first_at, tables.piece.c.id)
)


class SqlCorrections:
    """Satisfies `bot.services.ledger.Corrections`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def add(self, piece: str, revision: int, guild: int, one: Correction) -> None:
        await self._work.add(
            correction, piece=piece, revision=revision, guild=guild, body=codec.dump(one)
        )

    async def of(self, piece: str, revision: int, guild: int) -> list[Correction]:
        theirs = sa.select(correction.c.body).where(
            correction.c.piece == piece,
            correction.c.revision <= revision,
            correction.c.guild == guild,
        )
        rows = await self._work.rows(theirs.order_by(correction.c.revision))
        return [codec.load(Correction, row.body) for row in rows]

    async def guilds(self, piece: str, revision: int) -> frozenset[int]:
        rows = await self._work.rows(
            sa.select(correction.c.guild)
            .where(correction.c.piece == piece, correction.c.revision <= revision)
            .distinct()
        )
        return frozenset(row.guild for row in rows)

    async def tell(self, piece: str, revision: int, guild: int | None) -> int:
        told = await self._raise(piece, revision, guild)
        await self._add_lines(piece, revision, guild)
        self._work.wakes |= bool(told)
        return told

    async def cancel(self, piece: str, guild: int | None) -> int:
        return await self._work.run(
            sa.update(post)
            .where(
                post.c.piece == piece,
                post.c.state == PostState.OPEN,
                post.c.message_id.is_(None),
                post.c.first_attempt_at.is_(None),
                post.c.kind != PostKind.FOLLOW_UP,
                _there(guild),
            )
            .values(state=PostState.CANCELLED, reason=WITHDRAWN, owner=None, lease_until=None)
        )

    async def recent(self, guild: int | None, limit: int) -> list[PieceRow]:
        told = sa.select(post.c.piece).where(post.c.message_id.is_not(None), _there(guild))
        rows = await self._work.rows(
            sa.select(tables.piece)
            .where(tables.piece.c.id.in_(told), _OF_A_MOVE)
            .order_by(tables.piece.c.first_at.desc(), tables.piece.c.id)
            .limit(limit)
        )
        return [to_piece(row) for row in rows]

    async def shown_by(self, message: int, guild: int | None) -> str | None:
        piece: str | None = await self._work.value(
            sa.select(post.c.piece)
            .where(post.c.message_id == message, _there(guild), ~post.c.piece.startswith(NOTICE))
            .limit(1)
        )
        return piece

    async def since(self, day: date) -> list[PieceRow]:
        return [to_piece(row) for row in await self._work.rows(_SINCE, day=day)]

    async def terms(self, piece: str) -> list[Terms]:
        spoke = sa.select(tables.alert.c.terms).where(tables.alert.c.piece == piece)
        bodies = sa.select(tables.terms.c.body).where(tables.terms.c.key.in_(spoke))
        rows = await self._work.rows(bodies.order_by(tables.terms.c.key))
        return [codec.load(Terms, row.body) for row in rows]

    async def _raise(self, piece: str, revision: int, guild: int | None) -> int:
        """Every living copy is to be edited, ahead of what can wait."""
        return await self._work.run(
            sa.update(post)
            .where(
                post.c.piece == piece,
                post.c.kind.in_(LIVING),
                post.c.state == PostState.OPEN,
                post.c.desired_rev < revision,
                _there(guild),
            )
            .values(desired_rev=revision, priority=Priority.HOT.value)
        )

    async def _add_lines(self, piece: str, revision: int, guild: int | None) -> None:
        """One line in reply wherever the message may be there; its id comes after the edit's."""
        living, other = post.alias("living"), post.alias("other")
        part = sa.select(sa.func.max(other.c.part) + 1).where(beside(other, living))
        lines = (
            sa.select(
                living.c.piece,
                living.c.destination,
                part.scalar_subquery(),
                sa.literal(PostKind.CORRECTION, post.c.kind.type),
                sa.literal(Priority.HOT.value),
                sa.literal(revision),
            )
            .where(
                living.c.piece == piece,
                living.c.kind.in_(LIVING),
                living.c.state == PostState.OPEN,
                ~never_tried(living, await self._work.now()),
                _there(guild, living),
            )
            .order_by(living.c.destination)
            .with_for_update(of=living)
        )
        names = ("piece", "destination", "part", "kind", "priority", "desired_rev")
        await self._work.run(sa.insert(post).from_select(names, lines))


def _there(guild: int | None, row: sa.FromClause = post) -> sa.ColumnElement[bool]:
    """In a channel of that server; None for wherever it is."""
    if guild is None:
        return sa.true()
    places = sa.select(tables.destination.c.id).where(tables.destination.c.guild == guild)
    return row.c.destination.in_(places)
