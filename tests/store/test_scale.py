"""What must stay right when the tables are full; how quick it is, is for `bench/`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.store.dialect import dialect_of
from tests import builders
from tests.store.desk import BABA, Desk

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


async def test_ten_thousand_channels_are_told_by_one_statement(desk: Desk, url: str) -> None:
    """A fan-out is one INSERT … SELECT, however many channels watch."""
    await fill(url, _CHANNELS, _WATCHES, last=10_998)

    assert 10_000 == await desk.speak()


async def test_parked_posts_do_not_stand_in_the_way(desk: Desk, url: str) -> None:
    """100,000 hot posts that wait for a later try leave the claim to the one that is due."""
    await desk.revise()
    await fill(url, _CHANNELS, _PARKED, last=100_999)
    assert [] == await desk.claim()
    await desk.speak()

    assert 100_001 == await desk.pending()
    assert [1] == [post.destination.id for post in await desk.claim()]
