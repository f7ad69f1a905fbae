"""Several replicas on one database, at the same moment."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest
import sqlalchemy as sa

from bot.model.post import Post
from bot.store import SqlStore, open_store
from bot.store.dialect import dialect_of
from tests.store.desk import BABA, Desk

CHANNELS = 120


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
async def test_replicas_that_claim_at_once_share_the_posts(url: str) -> None:
    """Every channel is told once, though four replicas work on it and the desk goes on writing."""
    opened = await asyncio.gather(*(open_store(url, rate=1e6) for _ in range(4)))
    desk, *replicas = [Desk(store) for store in opened]
    await desk.everywhere(CHANNELS)
    await desk.speak()
    workers = (_work(replica, f"replica {number}") for number, replica in enumerate(replicas))
    sent, *_ = await asyncio.gather(asyncio.gather(*workers), desk.follow(), desk.speak(rung=True))
    rest = await desk.send_all()
    owed = await desk.pending()
    await asyncio.gather(*(store.close() for store in opened))
    created = Counter(post.id for batch in (*sent, rest) for post in batch if _creates(post))

    assert owed == 0
    assert len(created) >= CHANNELS
    assert set(created.values()) == {1}


def _creates(post: Post) -> bool:
    return post.message_id is None


async def _work(replica: Desk, owner: str) -> list[Post]:
    sent: list[Post] = []
    while posts := await replica.claim(owner, limit=7):
        for post in posts:
            if await replica.start(post):
                sent.append(post)
                await replica.posted(post)
    return sent


@pytest.mark.postgres
@pytest.mark.parametrize("kind", ["postgres"])
async def test_the_store_outlives_its_connections(store: SqlStore, url: str) -> None:
    """After the database was restarted, the next transaction is as good as any."""
    desk = Desk(store)
    await desk.everywhere(1)
    await _cut_all(url)
    await desk.speak()

    assert [post.piece for post in await desk.send_all()] == [BABA]


async def _cut_all(url: str) -> None:
    speaks, address = dialect_of(url)
    engine = speaks.engine(address)
    async with engine.begin() as connection:
        await connection.execute(
            sa.text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    await engine.dispose()
