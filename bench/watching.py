"""What does one pass over two thousand tickers cost, five thresholds each?"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import tempfile
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import orjson
import structlog

from bench.desk import open_desk
from bench.figure import Figure, quantile, rounds
from bench.market import BATCH, answers, tickers
from bot.app.memory import settle
from bot.model.alert import Direction, Measure, Terms
from bot.model.market import Bar, CorporateAction, Instrument, Quote
from bot.model.post import Destination, Watch
from bot.services.directory import Companies
from bot.services.publication import Publication
from bot.services.watch import Pace, Watching
from bot.sources.yahoo.reading import FIELDS, read_quotes
from bot.store import SqlStore, open_store

MANY, ROUNDS = 2_000, 20
NOON = datetime(2026, 1, 12, 17, 0, tzinfo=UTC)
AN_HOUR = timedelta(hours=1)
THRESHOLDS = (
    Terms(Decimal("4.4"), hold=AN_HOUR),
    Terms(Decimal(8), direction=Direction.DOWN),
    Terms(Decimal(6), direction=Direction.UP),
    Terms(Decimal(12), rung=Decimal(2)),
    Terms(Decimal(130), measure=Measure.LEVEL, direction=Direction.UP),
)
AT_MOST = 3.0


@dataclass
class Told:
    """
    The `Quotes` port on answers that have come in; each is read as soon as it is decoded.

    So they are in the desk as it runs, where to decode them is yfinance's own work, on its
    threads: what that takes here, and to drop them again, is put `aside`. The floor keeps its own.
    """

    answers: Sequence[str] = ()
    now: datetime = NOON
    aside: float = 0.0

    async def latest(self, asked: Sequence[str]) -> dict[str, Quote]:
        wanted, quotes = set(asked), dict[str, Quote]()
        for body in self.answers:
            began = time.process_time()
            told = orjson.loads(body)
            decoded = time.process_time()
            found = read_quotes(told, self.now)
            read = time.process_time()
            del told
            self.aside += time.process_time() - read + decoded - began
            quotes.update((one.ticker, one) for one in found if one.ticker in wanted)
        return quotes

    async def bars(self, ticker: str, interval: str, span: str) -> list[Bar]:
        return []

    async def actions(self, ticker: str) -> tuple[CorporateAction, ...]:
        return ()

    async def search(self, words: str) -> list[tuple[str, str]]:
        return []


async def figures(share: float) -> AsyncIterator[Figure]:
    """Processor time of one process; the floor does what the pass cannot do without."""
    names = tickers(MANY)
    async with _desk(names) as (told, watching, file):
        ours: list[float] = []
        floor: list[float] = []
        for number in range(rounds(ROUNDS, share) + 1):
            told.now = NOON + number * timedelta(minutes=1)
            told.answers, told.aside = answers(names, told.now, number), 0.0
            began = time.process_time()
            await watching.pass_once(told.now)
            ours.append(time.process_time() - began - told.aside)
            floor.append(_floor(told.answers, file))
        fetching = await _fetching(names, rounds(ROUNDS, share))
    passed, least = quantile(ours[1:], 0.5) * 1000, quantile(floor[1:], 0.5) * 1000
    what = f"a pass over {MANY} tickers, five thresholds each, processor time p50"
    yield Figure(
        what, passed, "ms", "orjson over the same answers, and the raw SQL", least, AT_MOST * least
    )
    yield Figure(what, passed, "ms", "yfinance fetching the same quotes", fetching, fetching)


@asynccontextmanager
async def _desk(names: Sequence[str]) -> AsyncIterator[tuple[Told, Watching, Path]]:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    async with open_desk(channels=1) as desk:
        file, told = desk.folder / "pass.db", Told()
        known = {name: Instrument(name, name, name, "NASDAQ", "XNAS", "USD") for name in names}
        async with await open_store(f"sqlite+aiosqlite:///{file}") as store:
            await _watch(store, file, names)
            belt = replace(
                desk.parts.belt, store=store, quotes=told, companies=Companies(known, told)
            )
            settle()
            yield told, Watching(belt, Publication(belt), Pace()), file


async def _watch(store: SqlStore, file: Path, names: Sequence[str]) -> None:
    """The first ticker through the store, the others as copies of its rows."""
    async with store.transaction("watch") as tx:
        for channel, terms in enumerate(THRESHOLDS, start=1):
            await tx.destinations.put(Destination(channel, None))
            await tx.watches.put(Watch(channel, names[0], terms))
    with sqlite3.connect(file) as database:
        database.executemany(
            "INSERT INTO watch SELECT destination, ?, terms, author, origin, expires"
            " FROM watch WHERE ticker = ?",
            [(name, names[0]) for name in names[1:]],
        )


def _floor(bodies: Sequence[str], file: Path) -> float:
    """Decode the answers; read watches, terms and episodes, and write the episodes that changed."""
    with sqlite3.connect(file) as database:
        began = time.process_time()
        for body in bodies:
            orjson.loads(body)
        database.execute(
            "SELECT watch.ticker, watch.terms, terms.body FROM watch"
            " JOIN terms ON terms.key = watch.terms"
        ).fetchall()
        found = database.execute(
            "SELECT terms, ticker, session, evening, body FROM episode"
        ).fetchall()
        database.executemany(
            "UPDATE episode SET body = ? WHERE terms = ? AND ticker = ? AND session = ?",
            [(body, terms, ticker, day) for terms, ticker, day, _, body in found],
        )
        database.commit()
        return time.process_time() - began


async def _fetching(names: Sequence[str], many: int) -> float:
    """Milliseconds of this process for 40 requests, the median of `many` times."""
    from bot.sources.yahoo.wire import Wire

    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.market", NOON.isoformat()), stdout=PIPE
    )
    assert server.stdout is not None
    try:
        base = f"http://127.0.0.1:{int(await server.stdout.readline())}"
        with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
            wire = Wire(base, Path(folder), 5.0, time.monotonic)
            spent = []
            for _ in range(many + 1):
                began = time.process_time()
                for start in range(0, len(names), BATCH):
                    symbols = ",".join(names[start : start + BATCH])
                    wire.fetch(
                        "https://query1.finance.yahoo.com/v7/finance/quote",
                        {"symbols": symbols, "fields": FIELDS},
                    )
                spent.append(time.process_time() - began)
            wire.close()
    finally:
        server.terminate()
        await server.wait()
    return quantile(spent[1:], 0.5) * 1000
