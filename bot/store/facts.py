"""Small remembered values, by name."""

from __future__ import annotations

import sqlalchemy as sa

from bot.store.tables import fact
from bot.store.work import Work

_VALUE = sa.select(fact.c.value).where(fact.c.key == sa.bindparam("key"))


class SqlFacts:
    """Satisfies `bot.services.ledger.Facts`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def get(self, key: str) -> str | None:
        value: str | None = await self._work.value(_VALUE, key=key)
        return value

    async def set(self, key: str, value: str) -> None:
        await self._work.put(fact, "key", key=key, value=value)
