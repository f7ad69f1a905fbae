"""When exchanges stopped trading in a listing, as they say themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.model.halt import Halt
from bot.store.tables import halt
from bot.store.work import Work

_TOLD = tuple(halt.c[name] for name in Halt.__slots__)
_LISTED = halt.c.dropped_at.is_(None)
_NOW = sa.bindparam("now", type_=halt.c.at.type)
_STANDING = (
    sa.select(*_TOLD)
    .where(
        sa.or_(halt.c.resumes_at.is_(None), halt.c.resumes_at > _NOW), _LISTED, halt.c.at <= _NOW
    )
    .order_by(halt.c.at)
)


class SqlHalts:
    """Satisfies `bot.services.archive.Halts`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, feed: str, halts: Sequence[Halt], at: datetime) -> None:
        rows = [
            {name: getattr(one, name) for name in Halt.__slots__}
            | {"feed": feed, "dropped_at": None}
            for one in halts
        ]
        listed = {(one.ticker, one.at) for one in halts}
        open_ended = await self._work.rows(
            sa.select(halt.c.ticker, halt.c.at).where(
                halt.c.feed == feed, _LISTED, halt.c.resumes_at.is_(None)
            )
        )
        for row in open_ended:
            if (row.ticker, row.at) not in listed:
                own = sa.and_(halt.c.ticker == row.ticker, halt.c.at == row.at)
                await self._work.run(sa.update(halt).where(own).values(dropped_at=at))
        await self._work.put_all(halt, ["ticker", "at"], rows)

    async def standing(self, now: datetime) -> dict[str, Halt]:
        rows = await self._work.rows(_STANDING, now=now)
        return {row.ticker: Halt(**row._mapping) for row in rows}

    async def of(self, ticker: str, since: datetime, until: datetime) -> list[Halt]:
        rows = await self._work.rows(
            sa.select(*_TOLD)
            .where(halt.c.ticker == ticker, halt.c.at.between(since, until))
            .order_by(halt.c.at)
        )
        return [Halt(**row._mapping) for row in rows]

    async def purge(self, before: datetime) -> int:
        over = sa.or_(halt.c.resumes_at < before, halt.c.dropped_at < before)
        return await self._work.run(sa.delete(halt).where(over))
