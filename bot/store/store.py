"""
The store, opened: every transaction is a unit of work, and a commit that adds posts rings a bell.

`edge` is called just before and just after every commit, with its name: the places where
a process may die, and where the tests let it die.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import DeskError
from bot.services import archive, ledger
from bot.services.outbox import Outbox
from bot.store import (
    corrections,
    dialect,
    facts,
    halts,
    migrations,
    news,
    notices,
    outbox,
    pieces,
    slots,
    tables,
    watches,
    wire,
    wishes,
)
from bot.store.columns import EPOCH
from bot.store.slots import Pace
from bot.store.work import Work

INSTALLATION = "installation"
_LISTEN_AGAIN = 1.0


@dataclass(slots=True)
class Unit:
    """Satisfies `bot.services.ledger.Transaction`."""

    watches: ledger.Watches
    destinations: ledger.Destinations
    episodes: ledger.Episodes
    pieces: ledger.Pieces
    corrections: ledger.Corrections
    outbox: Outbox
    wire: archive.Wire
    wishes: archive.Wishes
    notices: archive.Notices
    news: archive.News
    halts: archive.Halts
    facts: ledger.Facts


@dataclass(frozen=True, slots=True)
class Database:
    """Where the desk remembers: the engine, what it speaks, and the outbox's time as SQL."""

    dialect: dialect.Dialect
    url: sa.URL
    engine: AsyncEngine
    clock: sa.ColumnElement[datetime]

    @asynccontextmanager
    async def work(self, installation: str = "") -> AsyncIterator[Work]:
        """One transaction; a database that fails is a `DeskError` in one sentence."""
        with _said_plainly(self.url):
            async with self.engine.begin() as connection:
                yield Work(connection, self.dialect, self.clock, installation)


async def open_store(
    url: str,
    *,
    rate: float = 45.0,
    horizon: timedelta = timedelta(seconds=0.25),
    edge: Callable[[str], None] = lambda _name: None,
    new_id: Callable[[], str] = secrets.token_hex,
    clock: sa.ColumnElement[datetime] | None = None,
) -> SqlStore:
    """
    Open the database at `url`, and migrate it; `DeskError` says what is wrong with it.

    `rate` is the desk's requests a second over all replicas, reserved at most `horizon`
    ahead. `clock` is the outbox's time as an SQL expression, by default the database's own.
    """
    speaks, address = dialect.dialect_of(url)
    time = dialect.now() if clock is None else clock
    database = Database(speaks, address, speaks.engine(address), time)
    try:
        installation = await _prepare(database, new_id)
    except BaseException:
        await database.engine.dispose()
        raise
    return SqlStore(database, installation, Pace(rate, horizon), edge)


async def _prepare(database: Database, new_id: Callable[[], str]) -> str:
    """Migrate, and write once what every desk has; returns the installation's id."""
    async with database.work() as work:
        await work.alone()
        await migrations.migrate(work.connection)
        await work.add(tables.slot, key=slots.KEY, next_at=EPOCH, paused_until=EPOCH)
        await work.add(tables.fact, key=INSTALLATION, value=new_id())
        installation = await facts.SqlFacts(work).get(INSTALLATION)
        return installation or ""


class SqlStore:
    """Satisfies `bot.services.ledger.Store`. An async context manager; else close it."""

    def __init__(
        self, database: Database, installation: str, pace: Pace, edge: Callable[[str], None]
    ) -> None:
        self.installation = installation
        self._database = database
        self._pace = pace
        self._known = watches.Known()
        self._edge = edge
        self._name = secrets.token_hex(8)
        self._bell = asyncio.Event()
        self._closing = asyncio.Event()
        self._ear = asyncio.create_task(self._hear(), name="store hears")

    @asynccontextmanager
    async def transaction(self, name: str) -> AsyncIterator[Unit]:
        async with self._database.work(self.installation) as work:
            yield self._unit(work)
            if work.wakes:
                await work.call(self._name)
            self._edge(f"store.{name}.before")
        self._edge(f"store.{name}.after")
        if work.wakes:
            self._bell.set()

    async def wake(self, timeout: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(timeout):
                await self._bell.wait()
        self._bell.clear()

    async def close(self) -> None:
        self._closing.set()
        self._ear.cancel()
        with suppress(asyncio.CancelledError):
            await self._ear
        await self._database.engine.dispose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.close()

    def _unit(self, work: Work) -> Unit:
        return Unit(
            watches.SqlWatches(work, self._known),
            watches.SqlDestinations(work),
            pieces.SqlEpisodes(work),
            pieces.SqlPieces(work),
            corrections.SqlCorrections(work),
            outbox.SqlOutbox(work, self._pace),
            wire.SqlWire(work),
            wishes.SqlWishes(work),
            notices.SqlNotices(work),
            news.SqlNews(work),
            halts.SqlHalts(work),
            facts.SqlFacts(work),
        )

    async def _hear(self) -> None:
        """Ring when another replica calls, where there can be one; the poll is the safety net."""
        while (calls := self._database.dialect.calls(self._database.url)) is not None:
            async with aclosing(calls):
                async for caller in calls:
                    if caller != self._name:
                        self._bell.set()
            with suppress(TimeoutError):
                async with asyncio.timeout(_LISTEN_AGAIN):
                    await self._closing.wait()


@contextmanager
def _said_plainly(url: sa.URL) -> Iterator[None]:
    try:
        yield
    except (sa.exc.DBAPIError, sa.exc.TimeoutError) as error:
        cause = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DeskError(
            f"the store at {url.render_as_string()} failed: {cause}",
            hint="nothing of that step was kept; check store.url and that the database is up",
        ) from error
