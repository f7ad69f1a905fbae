"""One transaction at work: its connection, its database's words, and its time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.dialect import Dialect, Insert


class Work:
    """What every topic of one transaction shares. `wakes` is set when posts may be due."""

    def __init__(
        self,
        connection: AsyncConnection,
        dialect: Dialect,
        clock: sa.ColumnElement[datetime],
        installation: str = "",
    ) -> None:
        self.connection = connection
        self._dialect = dialect
        self._clock = clock
        self.installation = installation
        self.wakes = False

    async def run(self, statement: sa.Executable, rows: Sequence[dict[str, Any]] = ()) -> int:
        """Execute; returns how many rows it touched."""
        result = await self.connection.execute(statement, rows or None)
        return max(result.rowcount, 0) if isinstance(result, sa.CursorResult) else 0

    async def rows(self, statement: sa.Executable, **named: Any) -> Sequence[sa.Row[Any]]:
        """What it finds; `named` are the values of a statement that was built once for all."""
        return (await self.connection.execute(statement, named)).all()

    async def row(self, statement: sa.Executable) -> sa.Row[Any] | None:
        return (await self.connection.execute(statement)).first()

    async def value(self, statement: sa.Executable, **named: Any) -> Any:
        return (await self.connection.execute(statement, named)).scalar()

    def insert(self, table: sa.Table) -> Insert:
        """An insert that can say what to do where the row exists."""
        return self._dialect.insert(table)

    async def put(self, table: sa.Table, *keys: str, **values: Any) -> None:
        """Insert a row, or update the one that has the same `keys`."""
        await self.put_all(table, keys, [values])

    async def put_all(
        self, table: sa.Table, keys: Sequence[str], rows: Sequence[dict[str, Any]]
    ) -> None:
        """Insert rows that have the same columns, or update those that have the same `keys`."""
        if rows:
            await self.run(_upsert(self._dialect.insert, table, tuple(keys), tuple(rows[0])), rows)

    async def add(self, table: sa.Table, **values: Any) -> bool:
        """Insert a row unless it is there; True when it was not."""
        return bool(await self.run(self.insert(table).values(**values).on_conflict_do_nothing()))

    async def now(self) -> datetime:
        """The database's time at this moment, not at the transaction's start."""
        moment: datetime = await self.value(sa.select(self._clock))
        return moment

    async def alone(self) -> None:
        """Wait until no other replica is opening this database; holds to the end."""
        await self._dialect.alone(self.connection)

    async def call(self, caller: str) -> None:
        """At the commit, tell the other replicas that posts may be due."""
        await self._dialect.call(self.connection, caller)


@lru_cache(200)
def _upsert(
    insert: Callable[[sa.Table], Insert],
    table: sa.Table,
    keys: tuple[str, ...],
    columns: tuple[str, ...],
) -> sa.Executable:
    """Built once for all rows of its kind, as the database driver prepares it once."""
    new = insert(table)
    rest = {name: new.excluded[name] for name in columns if name not in keys}
    return new.on_conflict_do_update(index_elements=keys, set_=rest)
