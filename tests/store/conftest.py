"""Every test of the store runs on SQLite and on a real PostgreSQL, on a database of its own."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.store import SqlStore, open_store
from bot.store.columns import EPOCH, Instant
from bot.store.dialect import now
from bot.store.tables import metadata
from tests.postgres import Server, postgres

__all__ = ["postgres"]

MICROSECOND = timedelta(microseconds=1)
NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
BOTH = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


class Clock:
    """The outbox's time: the database's clock, moved by the test, or standing still."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def move(self, by: timedelta) -> None:
        self.ahead += by

    def running(self) -> sa.ColumnElement[datetime]:
        return self._after(sa.type_coerce(now(), sa.BigInteger))

    def frozen(self) -> sa.ColumnElement[datetime]:
        """It starts at noon and only moves when it is moved; see `at`."""
        return self._after(sa.literal((NOON - EPOCH) // MICROSECOND, sa.BigInteger))

    @property
    def at(self) -> datetime:
        """What the frozen clock says."""
        return NOON + self.ahead

    def _after(self, start: sa.ColumnElement[int]) -> sa.ColumnElement[datetime]:
        ahead = sa.bindparam("ahead", callable_=self._micros, type_=sa.BigInteger)
        return sa.type_coerce(start + ahead, Instant())

    def _micros(self) -> int:
        return self.ahead // MICROSECOND


@pytest.fixture(params=BOTH)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database with today's schema and nothing in it."""
    if kind == "sqlite":
        shutil.copyfile(request.getfixturevalue("sqlite_template"), tmp_path / "desk.db")
        return f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}"
    return str(request.getfixturevalue("emptied_postgres"))


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that was never opened."""
    if kind == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'new' / 'desk.db'}"
    return str(request.getfixturevalue("postgres").fresh())


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "desk.db"
    asyncio.run(_migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> str:
    url = postgres.fresh()
    asyncio.run(_migrate(url))
    return url


@pytest.fixture
def emptied_postgres(migrated_postgres: str) -> str:
    """One database for all tests: to empty it is ten times as quick as to make another."""
    empty(migrated_postgres)
    return migrated_postgres


def empty(url: str) -> None:
    """Delete every row of a database that nobody has open."""
    engine = sa.create_engine(url.replace("+aiosqlite", ""))
    names = [table.name for table in reversed(metadata.sorted_tables)]
    statements = [f"DELETE FROM {name}" for name in names]
    if engine.dialect.name == "postgresql":
        statements = [f"TRUNCATE {', '.join(names)}"]
    with engine.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


async def _migrate(url: str) -> None:
    await (await open_store(url)).close()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(url: str, clock: Clock) -> AsyncIterator[SqlStore]:
    """A store that sends as fast as it is asked to, on a clock that the test may move."""
    async with await open_store(url, rate=1e6, clock=clock.running()) as store:
        yield store
