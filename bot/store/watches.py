"""Who wants to hear of what, and where words go."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from bot.model.alert import Terms
from bot.model.brief import Colours
from bot.model.post import Destination, Watch
from bot.services.ledger import Wanted
from bot.store import codec, tables
from bot.store.work import Work

_WATCHES = sa.select(tables.watch, tables.terms.c.body).join(
    tables.terms, tables.terms.c.key == tables.watch.c.terms
)
_IN_ORDER = (tables.watch.c.destination, tables.watch.c.ticker)


class SqlWatches:
    """Satisfies `bot.services.ledger.Watches`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, watch: Watch, *, origin: str = "command") -> bool:
        there = _on(watch.destination, watch.ticker)
        if await self._watches(_WATCHES.where(there)) == [watch]:
            return False
        await self._work.run(sa.delete(tables.watch).where(there))
        await self._work.add(tables.terms, key=watch.terms.key, body=codec.dump(watch.terms))
        await self._work.add(
            tables.watch,
            destination=watch.destination,
            ticker=watch.ticker,
            terms=watch.terms.key,
            author=watch.author,
            origin=origin,
        )
        return True

    async def remove(self, destination: int, ticker: str) -> bool:
        return bool(await self._work.run(sa.delete(tables.watch).where(_on(destination, ticker))))

    async def of(self, destination: int) -> list[Watch]:
        return await self._watches(_WATCHES.where(tables.watch.c.destination == destination))

    async def of_guild(self, guild: int) -> list[Watch]:
        here = _WATCHES.join(
            tables.destination, tables.destination.c.id == tables.watch.c.destination
        )
        return await self._watches(here.where(tables.destination.c.guild == guild))

    async def wanted(self) -> list[Wanted]:
        distinct = (
            sa.select(tables.watch.c.ticker, tables.watch.c.terms, tables.terms.c.body)
            .join(tables.terms, tables.terms.c.key == tables.watch.c.terms)
            .join(tables.destination, tables.destination.c.id == tables.watch.c.destination)
            .where(tables.destination.c.broken == "")
            .distinct()
            .order_by(tables.watch.c.ticker, tables.watch.c.terms)
        )
        rows = await self._work.rows(distinct)
        return [Wanted(row.ticker, codec.load(Terms, row.body)) for row in rows]

    async def colours(self, ticker: str) -> list[Colours]:
        places = (
            sa.select(tables.destination.c.colours)
            .join(tables.watch, tables.watch.c.destination == tables.destination.c.id)
            .where(tables.watch.c.ticker == ticker)
            .distinct()
            .order_by(tables.destination.c.colours)
        )
        return [row.colours for row in await self._work.rows(places)]

    async def keep_only(self, origin: str, keep: Collection[tuple[int, str]]) -> int:
        kept = set(keep)
        theirs = sa.select(tables.watch.c.destination, tables.watch.c.ticker).where(
            tables.watch.c.origin == origin
        )
        dropped = [row for row in await self._work.rows(theirs) if tuple(row) not in kept]
        for row in dropped:
            await self.remove(row.destination, row.ticker)
        return len(dropped)

    async def _watches(self, chosen: sa.Select[Any]) -> list[Watch]:
        rows = await self._work.rows(chosen.order_by(*_IN_ORDER))
        return [
            Watch(row.destination, row.ticker, codec.load(Terms, row.body), row.author)
            for row in rows
        ]


def _on(destination: int, ticker: str) -> sa.ColumnElement[bool]:
    return sa.and_(tables.watch.c.destination == destination, tables.watch.c.ticker == ticker)


class SqlDestinations:
    """Satisfies `bot.services.ledger.Destinations`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, destination: Destination) -> None:
        await self._work.put(
            tables.destination,
            "id",
            id=destination.id,
            guild=destination.guild,
            layout=destination.layout,
            colours=destination.colours,
            zone=destination.zone,
        )

    async def get(self, id: int) -> Destination | None:
        row = await self._work.row(
            sa.select(tables.destination).where(tables.destination.c.id == id)
        )
        return None if row is None else to_destination(row)

    async def mark(self, id: int, broken: str) -> bool:
        changed = await self._work.run(
            sa.update(tables.destination)
            .where(tables.destination.c.id == id, tables.destination.c.broken != broken)
            .values(broken=broken)
        )
        self._work.wakes |= bool(changed)
        return bool(changed)

    async def of_guild(self, guild: int) -> list[Destination]:
        theirs = sa.select(tables.destination).where(tables.destination.c.guild == guild)
        return [to_destination(row) for row in await self._work.rows(theirs.order_by("id"))]


def to_destination(row: sa.Row[Any]) -> Destination:
    """A row that has the columns of `destination`."""
    there = row._mapping
    return Destination(*(there[column] for column in tables.destination.c))
