"""Who wants to hear of what, and where words go."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from bot.model.alert import Terms
from bot.model.brief import Colours
from bot.model.post import Destination, Watch
from bot.services.ledger import Wanted
from bot.store import codec, tables
from bot.store.facts import SqlFacts
from bot.store.work import Work

_WATCHES = sa.select(tables.watch, tables.terms.c.body).join(
    tables.terms, tables.terms.c.key == tables.watch.c.terms
)
_IN_ORDER = (tables.watch.c.destination, tables.watch.c.ticker, tables.watch.c.terms)
_WANTED = (
    sa.select(tables.watch.c.ticker, tables.watch.c.terms, tables.terms.c.body)
    .join(tables.terms, tables.terms.c.key == tables.watch.c.terms)
    .join(tables.destination, tables.destination.c.id == tables.watch.c.destination)
    .where(tables.destination.c.broken == "")
    .distinct()
    .order_by(tables.watch.c.ticker, tables.watch.c.terms)
)
_CHANGE = "watches"


@dataclass(slots=True)
class Known:
    """
    What is wanted, as it was found at the last change; kept by the store between passes.

    `expires` is when the first watch does, None where none ever does.
    """

    change: str | None = None
    wanted: tuple[Wanted, ...] = ()
    expires: datetime | None = None


class SqlWatches:
    """Satisfies `bot.services.ledger.Watches`."""

    def __init__(self, work: Work, known: Known) -> None:
        self._work = work
        self._known = known

    async def put(self, watch: Watch, *, origin: str = "command") -> bool:
        there = await self._watches(_WATCHES.where(_on(watch.destination, watch.ticker)))
        former = [one for one in there if one.terms.slot == watch.terms.slot]
        if former == [watch]:
            return False
        for one in former:
            await self.remove(one.destination, one.ticker, one.terms.key)
        await self._work.add(tables.terms, key=watch.terms.key, body=codec.dump(watch.terms))
        await self._work.add(
            tables.watch,
            destination=watch.destination,
            ticker=watch.ticker,
            terms=watch.terms.key,
            author=watch.author,
            origin=origin,
            expires=watch.expires,
        )
        await _changed(self._work)
        return True

    async def remove(self, destination: int, ticker: str, terms: str | None = None) -> bool:
        there = _on(destination, ticker)
        if terms is not None:
            there = sa.and_(there, tables.watch.c.terms == terms)
        return bool(await self._drop(there))

    async def expire(self, now: datetime) -> int:
        return await self._drop(tables.watch.c.expires <= now)

    async def of(self, destination: int) -> list[Watch]:
        return await self._watches(_WATCHES.where(tables.watch.c.destination == destination))

    async def of_guild(self, guild: int) -> list[Watch]:
        here = _WATCHES.join(
            tables.destination, tables.destination.c.id == tables.watch.c.destination
        )
        return await self._watches(here.where(tables.destination.c.guild == guild))

    async def wanted(self, now: datetime | None = None) -> Sequence[Wanted]:
        await self._find()
        if now is not None and self._known.expires is not None and self._known.expires <= now:
            await self.expire(now)
            await self._find()
        return self._known.wanted

    async def colours(self, ticker: str) -> list[Colours]:
        places = (
            sa.select(tables.destination.c.colours)
            .join(tables.watch, tables.watch.c.destination == tables.destination.c.id)
            .where(tables.watch.c.ticker == ticker)
            .distinct()
            .order_by(tables.destination.c.colours)
        )
        return [row.colours for row in await self._work.rows(places)]

    async def keep_only(self, origin: str, keep: Collection[Watch]) -> int:
        kept = {(watch.destination, watch.ticker, watch.terms.key) for watch in keep}
        theirs = sa.select(
            tables.watch.c.destination, tables.watch.c.ticker, tables.watch.c.terms
        ).where(tables.watch.c.origin == origin)
        dropped = [row for row in await self._work.rows(theirs) if tuple(row) not in kept]
        for row in dropped:
            await self.remove(row.destination, row.ticker, row.terms)
        return len(dropped)

    async def _find(self) -> None:
        """Read what is wanted, unless nothing has changed since it was read."""
        change = await SqlFacts(self._work).get(_CHANGE)
        if change is None or change != self._known.change:
            rows = await self._work.rows(_WANTED)
            self._known.wanted = tuple(Wanted(row.ticker, _terms(row.body)) for row in rows)
            self._known.expires = await self._work.value(
                sa.select(sa.func.min(tables.watch.c.expires))
            )
            self._known.change = change

    async def _drop(self, where: sa.ColumnElement[bool]) -> int:
        dropped = await self._work.run(sa.delete(tables.watch).where(where))
        if dropped:
            await _changed(self._work)
        return dropped

    async def _watches(self, chosen: sa.Select[Any]) -> list[Watch]:
        rows = await self._work.rows(chosen.order_by(*_IN_ORDER))
        return [
            Watch(row.destination, row.ticker, _terms(row.body), row.author, row.expires)
            for row in rows
        ]


def _on(destination: int, ticker: str) -> sa.ColumnElement[bool]:
    return sa.and_(tables.watch.c.destination == destination, tables.watch.c.ticker == ticker)


async def _changed(work: Work) -> None:
    """What was found wanted before is no longer good, in this process and in others."""
    await SqlFacts(work).set(_CHANGE, secrets.token_hex(8))


@lru_cache(maxsize=20_000)
def _terms(body: str) -> Terms:
    return codec.load(Terms, body)


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
        if changed:
            self._work.wakes = True
            await _changed(self._work)
        return bool(changed)

    async def of_guild(self, guild: int) -> list[Destination]:
        theirs = sa.select(tables.destination).where(tables.destination.c.guild == guild)
        return [to_destination(row) for row in await self._work.rows(theirs.order_by("id"))]


def to_destination(row: sa.Row[Any]) -> Destination:
    """A row that has the columns of `destination`."""
    there = row._mapping
    return Destination(*(there[column] for column in tables.destination.c))
