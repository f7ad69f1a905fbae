"""A database that an older program made is brought forward with everything in it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from bot.model.alert import Episode
from bot.model.feed import FeedState
from bot.model.news import Feed, OutletKind
from bot.model.piece import PieceState
from bot.services.ledger import EpisodeKey, PieceRow
from bot.store import codec, migrations, open_store
from bot.store.columns import EPOCH
from bot.store.dialect import dialect_of
from tests import builders
from tests.store.desk import key

WATCH = builders.watch(1)
FEED = Feed("https://feeds.example/wire.xml", "Example Wire", OutletKind.WIRE)
READ, DUE = builders.at("12:00"), builders.at("12:15")


def micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


ROWS = (
    f"INSERT INTO terms VALUES ('{WATCH.terms.key}', '{codec.dump(WATCH.terms)}')",
    "INSERT INTO destination VALUES (1, 7, 'brief', 'green-up', '', '')",
    f"INSERT INTO watch VALUES (1, 'BABA', '{WATCH.terms.key}', NULL, 'command')",
    (
        f"INSERT INTO episode VALUES ('{WATCH.terms.key}', 'BABA', '2026-01-12',"
        f" '{codec.dump(Episode(ordinal=2))}', 0)"
    ),
    (
        f"INSERT INTO piece VALUES ('{key().id}', 'BABA@XNYS', 'BABA', '2026-01-12', true, 1,"
        " 'live', 1, 0)"
    ),
    (
        f"INSERT INTO alert VALUES ('{WATCH.terms.key}', 'BABA', '2026-01-12', true, 1, 0,"
        f" '{key().id}', 0)"
    ),
    f"INSERT INTO brief VALUES ('{key().id}', 1, '{{}}')",
    (
        "INSERT INTO post (piece, destination, part, kind, priority, desired_rev)"
        f" VALUES ('{key().id}', 1, 0, 'brief', 0, 1)"
    ),
    (
        f"INSERT INTO feed VALUES ('{FEED.url}', '{FEED.outlet}', 'newswire', '\"tag\"', '', 'hash',"
        f" 2, {micros(DUE)}, {micros(READ)}, '')"
    ),
    *(
        f"INSERT INTO poll VALUES ({n}, '{FEED.url}', {micros(READ) + n}, 200, 9, 9, {n}, 'ok')"
        for n in range(60)
    ),
    (
        f"INSERT INTO story VALUES ('1', '{FEED.url}', '{FEED.outlet}', 'A title', '', NULL,"
        f" {micros(READ)}, '', {micros(READ)})"
    ),
    "INSERT INTO mention VALUES ('BABA', '1', 'Qwen', 'a product')",
)


async def test_a_desk_of_the_first_revision_loses_nothing(empty_url: str) -> None:
    """Its episodes and pieces are of days; its watches never expire; its feeds go on."""
    speaks, address = dialect_of(empty_url)
    engine = speaks.engine(address)
    async with engine.begin() as connection:
        await connection.run_sync(_to_the_first)
        for row in ROWS:
            await connection.exec_driver_sql(row)
    await engine.dispose()

    async with await open_store(empty_url) as store, store.transaction("look") as tx:
        episodes = await tx.episodes.of([builders.DAY])
        latest = await tx.pieces.latest("BABA", builders.DAY, True)
        watches = await tx.watches.of(1)
        pending = await tx.outbox.pending()
        feeds, polls = await tx.wire.feeds(), await tx.wire.polls(FEED.url)
        stories = await tx.news.stories("BABA", EPOCH, DUE)

    assert {EpisodeKey(WATCH.terms.key, "BABA", builders.DAY): Episode(ordinal=2)} == episodes
    assert PieceRow(key(), PieceState.LIVE, 1) == latest
    assert [WATCH] == watches
    assert 1 == pending
    assert [FeedState(FEED, '"tag"', "", "hash", 2, DUE, READ, polls=60)] == feeds
    assert list(range(59, 9, -1)) == [one.fresh for one in polls]
    assert [("A title", "Qwen")] == [(story.title, words) for story, words in stories]


def _to_the_first(connection: sa.Connection) -> None:
    config: Any = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
