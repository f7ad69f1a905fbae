"""What must stay quick when the tables are full. Limits leave room for a busy machine."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from bot.store.dialect import dialect_of
from tests import builders
from tests.store.desk import BABA, SECOND, Desk

FIVE = builders.terms()
MICROSECOND = timedelta(microseconds=1)

_MANY = """
    WITH RECURSIVE many(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM many WHERE n < {last})
"""
_CHANNELS = """
    INSERT INTO destination (id, guild, layout, colours)
    {many} SELECT n, 1, 'brief', 'green-up' FROM many WHERE true
"""
_WATCHES = """
    INSERT INTO watch (destination, ticker, terms, origin)
    {many} SELECT n, 'BABA', '{terms}', 'config' FROM many WHERE true
"""
_PARKED = """
    INSERT INTO post (piece, destination, part, kind, priority, desired_rev, due_at)
    {many} SELECT '{piece}', n, 0, 'brief', 0, 1, {due_at} FROM many WHERE true
"""


@pytest.fixture
async def desk(store: object, request: pytest.FixtureRequest) -> Desk:
    """One channel that watches BABA."""
    desk = Desk(request.getfixturevalue("store"))
    await desk.everywhere(1)
    return desk


async def fill(url: str, *statements: str, last: int) -> None:
    """Channels 1,000 to `last`, and what the statements say of each."""
    later = datetime.now(UTC) + timedelta(minutes=30) - datetime.fromtimestamp(0, UTC)
    words = {
        "many": _MANY.format(first=1000, last=last),
        "terms": FIVE.key,
        "piece": BABA,
        "due_at": later // MICROSECOND,
    }
    speaks, address = dialect_of(url)
    engine = speaks.engine(address)
    async with engine.begin() as connection:
        for statement in statements:
            await connection.exec_driver_sql(statement.format(**words))
        await connection.exec_driver_sql("ANALYZE")
    await engine.dispose()


async def quickest(desk: Desk) -> float:
    """Seconds of the quickest of eight claims that find nothing."""
    took = []
    for _ in range(8):
        began = time.perf_counter()
        assert await desk.claim() == []

        took.append(time.perf_counter() - began)
    return min(took)


async def test_ten_thousand_channels_are_told_by_one_statement(desk: Desk, url: str) -> None:
    """A fan-out is over before anyone notices: measured 30 to 200 ms."""
    await fill(url, _CHANNELS, _WATCHES, last=10_998)
    began = time.perf_counter()
    told = await desk.speak()

    assert told == 10_000
    assert time.perf_counter() - began < 5 * SECOND.total_seconds()


async def test_parked_posts_do_not_slow_a_claim(desk: Desk, url: str) -> None:
    """100,000 hot posts that wait for a later try cost a claim next to nothing."""
    await desk.revise()
    before = await quickest(desk)
    await fill(url, _CHANNELS, _PARKED, last=100_999)
    after = await quickest(desk)

    assert await desk.pending() == 100_000
    assert after < 2 * before + 0.005
