"""
The few places where SQLite and PostgreSQL differ; every statement elsewhere is the same on both.

`Embedded` is one file with one writer; `Shared` serves any number of replicas.
"""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

import aiosqlite
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.pool import AsyncAdaptedQueuePool
from sqlalchemy.sql.functions import FunctionElement

from bot.errors import DeskError
from bot.store.columns import Instant

CHANNEL = "newsdesk_posts"
MIGRATION_LOCK = 0x6E657773
BUSY_SECONDS = 15
COUNTED = {"preserve_rowcount": True}  # else an INSERT does not say how many rows it made

Insert = sqlite.Insert | postgresql.Insert


class now(FunctionElement[datetime]):
    """The database's clock, one for all replicas."""

    type = Instant()
    inherit_cache = True


@compiles(now, "sqlite")
def _now_embedded(_element: now, _compiler: Any, **_: Any) -> str:
    return "CAST(ROUND((julianday('now') - 2440587.5) * 86400000000.0) AS INTEGER)"


@compiles(now, "postgresql")
def _now_shared(_element: now, _compiler: Any, **_: Any) -> str:
    return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000000 AS BIGINT)"


class greatest(FunctionElement[Any]):
    """The larger of two values."""

    inherit_cache = True


@compiles(greatest, "sqlite")
def _greatest_embedded(element: greatest, compiler: Any, **kw: Any) -> str:
    return f"max({compiler.process(element.clauses, **kw)})"


@compiles(greatest, "postgresql")
def _greatest_shared(element: greatest, compiler: Any, **kw: Any) -> str:
    return f"greatest({compiler.process(element.clauses, **kw)})"


class Dialect(Protocol):
    """What the store asks of a database beyond common SQL."""

    def engine(self, url: sa.URL) -> AsyncEngine: ...
    def insert(self, table: sa.Table) -> Insert: ...
    async def alone(self, connection: AsyncConnection) -> None:
        """Wait until no other replica is migrating; the transaction's end lets the next in."""
        ...

    async def call(self, connection: AsyncConnection, caller: str) -> None:
        """At the commit, tell the other replicas that posts may be due."""
        ...

    def calls(self, url: sa.URL) -> AsyncGenerator[str, None] | None:
        """Callers as they call, until the connection breaks; None where nobody else can."""
        ...


class Embedded:
    """
    SQLite: every transaction takes the write lock at its start, so none fails half-way.

    With `?alone=yes` in its URL nobody waits for the desk, as in a replay: statements run where
    they are awaited and not in a thread, which takes half the time.
    """

    def engine(self, url: sa.URL) -> AsyncEngine:
        _make_room(url)
        alone, url = "alone" in url.query, url.difference_update_query(["alone"])
        engine = create_async_engine(
            url,
            async_creator=(lambda: _threadless(url)) if alone else None,
            poolclass=AsyncAdaptedQueuePool,
            pool_size=1,
            max_overflow=0,
            execution_options=COUNTED,
        )
        sa.event.listen(engine.sync_engine, "connect", _pragmas)
        sa.event.listen(engine.sync_engine, "begin", _begin_immediate)
        return engine

    def insert(self, table: sa.Table) -> Insert:
        return sqlite.insert(table)

    async def alone(self, connection: AsyncConnection) -> None:
        return None  # BEGIN IMMEDIATE has seen to it

    async def call(self, connection: AsyncConnection, caller: str) -> None:
        return None

    def calls(self, url: sa.URL) -> AsyncGenerator[str, None] | None:
        return None


class Shared:
    """PostgreSQL through psycopg: a stopped or vanished replica may not hold the others up."""

    def engine(self, url: sa.URL) -> AsyncEngine:
        limits = {"lock_timeout": "5s", "idle_in_transaction_session_timeout": "10s"}
        return create_async_engine(
            url,
            pool_size=8,
            max_overflow=0,
            pool_pre_ping=True,
            execution_options=COUNTED,
            connect_args={
                "application_name": "newsdesk",
                "connect_timeout": 5,
                "keepalives_idle": 10,
                "keepalives_interval": 5,
                "keepalives_count": 3,
                "tcp_user_timeout": 15_000,
                "options": " ".join(f"-c {name}={value}" for name, value in limits.items()),
            },
        )

    def insert(self, table: sa.Table) -> Insert:
        return postgresql.insert(table)

    async def alone(self, connection: AsyncConnection) -> None:
        await connection.exec_driver_sql("SET LOCAL lock_timeout = '60s'")
        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATION_LOCK)))

    async def call(self, connection: AsyncConnection, caller: str) -> None:
        await connection.execute(sa.select(sa.func.pg_notify(CHANNEL, caller)))

    def calls(self, url: sa.URL) -> AsyncGenerator[str, None] | None:
        return _listen(url)


class _Threadless(aiosqlite.Connection):
    async def _execute(self, fn: Any, *args: Any, **kwargs: Any) -> Any:
        return fn(*args, **kwargs)


async def _threadless(url: sa.URL) -> aiosqlite.Connection:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(str(url.database), check_same_thread=False)

    return await _Threadless(connect, iter_chunk_size=64)


def dialect_of(text: str) -> tuple[Dialect, sa.URL]:
    """The dialect of a store's URL, and the URL with its driver named."""
    try:
        url = sa.make_url(text)
    except sa.exc.ArgumentError:
        raise _unknown(text) from None
    match url.get_backend_name():
        case "sqlite":
            return Embedded(), url.set(drivername="sqlite+aiosqlite")
        case "postgresql":
            return Shared(), url.set(drivername="postgresql+psycopg")
    raise _unknown(url.render_as_string())


def _unknown(found: str) -> DeskError:
    return DeskError(
        "store.url must start with sqlite+aiosqlite:/// or postgresql+psycopg://,"
        f" was {found or 'empty'}",
        hint="try sqlite+aiosqlite:///data/desk.db",
    )


def _make_room(url: sa.URL) -> None:
    if not url.database or url.database == ":memory:":
        return
    path = Path(url.database)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("ab").close()
    except OSError as error:
        raise DeskError(
            f"the store's file {path} cannot be written: {(error.strerror or '').lower()}",
            hint="set store.url to a file in a folder that the desk may write to",
        ) from error


def _pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would be a deferred one
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_SECONDS * 1000}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    """On one way to the driver's thread: through a cursor it would be three, in every transaction."""
    opened: Any = connection.connection.dbapi_connection
    opened.run_async(lambda driver: driver.execute("BEGIN IMMEDIATE"))


async def _listen(url: sa.URL) -> AsyncGenerator[str, None]:
    import psycopg

    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    try:
        async with await psycopg.AsyncConnection.connect(address, autocommit=True) as connection:
            await connection.execute(f"LISTEN {CHANNEL}")
            async with aclosing(connection.notifies()) as calls:
                async for call in calls:
                    yield call.payload
    except psycopg.OperationalError:
        return
