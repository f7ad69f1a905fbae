"""
One who reads feeds, in a process of its own, so that its time and memory are only its own.

    python -m bench.feeds_reading '{"who": "desk", "folder": …, "port": …, "feeds": 2000}'

reads all of them for every line of its stdin, and prints how many stories were new and how long
its event loop was held up at most, in seconds. `who` is "desk" or "reader", the library.
"""

from __future__ import annotations

import asyncio
import json
import logging
import random
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import structlog

from bench.feeds_server import address, origins
from bot.model.feed import OwnFeeds
from bot.model.news import Feed
from bot.services.belt import Belt
from bot.services.feeds import Reading
from bot.sources.clock import SystemClock
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http
from bot.sources.parse_worker import ParseWorker
from bot.store import SqlStore, open_store

_START = datetime(2026, 1, 12, 12, tzinfo=UTC)
_LOOK = 0.005


class Moved:
    """A market clock that is put forward a day, so that everything is due again."""

    def __init__(self) -> None:
        self.at = _START

    def now(self) -> datetime:
        return self.at


async def _desk(folder: str, scheme: str, port: int, feeds: int) -> None:
    clock = Moved()
    http = Http("Newsdesk bench", origins(scheme, port))
    parser = ParseWorker()
    polite = PoliteFeeds(
        http, parser, SystemClock(), random.Random(1), Rhythm(spacing=timedelta(0))
    )
    async with await open_store(f"sqlite+aiosqlite:///{folder}/desk.db") as store:
        await _list(store, scheme, port, feeds)
        # What the news pass uses of the belt; nothing is linked, as in the library.
        belt = SimpleNamespace(
            clock=clock,
            feeds=polite,
            store=store,
            link=lambda story: [],
            own_feeds=lambda tickers: OwnFeeds(),
        )
        reading = Reading(cast(Belt, belt))
        async for _ in _lines():
            clock.at += timedelta(days=2)
            async with _watched() as held:
                new = await reading.read_due(clock.at)
            _tell(new, held[0])
    await http.close()
    await parser.close()


async def _list(store: SqlStore, scheme: str, port: int, feeds: int) -> None:
    listed = [Feed(address(scheme, port, n), f"Wire {n}") for n in range(feeds)]
    async with store.transaction("feeds") as tx:
        await tx.wire.put(listed)


async def _lines() -> AsyncIterator[str]:
    """A line of stdin each, without holding the loop up."""
    while line := await asyncio.to_thread(sys.stdin.readline):
        yield line


@asynccontextmanager
async def _watched() -> AsyncIterator[list[float]]:
    held, loop = [0.0], asyncio.get_running_loop()

    async def look() -> None:
        while True:
            due = loop.time() + _LOOK
            await asyncio.sleep(_LOOK)
            held[0] = max(held[0], loop.time() - due)

    looking = asyncio.create_task(look())
    try:
        yield held
    finally:
        looking.cancel()


def _reader(folder: str, scheme: str, port: int, feeds: int) -> None:
    from reader import make_reader

    library: Any = make_reader(str(Path(folder) / "reader.db"))
    for number in range(feeds):
        library.add_feed(address(scheme, port, number))
    before = 0
    for _ in sys.stdin:
        library.update_feeds(scheduled=False)
        count = library.get_entry_counts().total
        _tell(count - before, 0.0)
        before = count


def _tell(new: int, held: float) -> None:
    print(json.dumps({"new": new, "held": held}), flush=True)


if __name__ == "__main__":
    told = json.loads(sys.argv[1])
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    if told.pop("who") == "desk":
        asyncio.run(_desk(**told))
    else:
        _reader(**told)
