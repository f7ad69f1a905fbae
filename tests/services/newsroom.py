"""A desk in a test: real store, words and rules; fake prices, clocks and Discord."""

from __future__ import annotations

from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.brief.renderer import StylebookRenderer
from bot.desk.link import Linker
from bot.desk.measure import Limits
from bot.model.brief import Brief, Violation
from bot.model.feed import FeedState
from bot.model.market import Quote
from bot.model.news import Feed, Outlet, Story
from bot.services.belt import Belt
from bot.services.directory import Companies
from bot.services.feeds import Reading
from bot.services.publication import Publication
from bot.services.publish import Publisher
from bot.services.watch import Pace, Watching
from bot.store import SqlStore, open_store
from tests.builders import BABA, SCMP, at, destination, outlet, quote, watch
from tests.desk.weighing import WEIGHTS
from tests.fakes import Channels, Exchanges, Papers, Prices, Sent, StandingClock, SteppedClock

FEED = Feed("https://feeds.example/news.xml", SCMP.name)
TEMPLATES = Path(__file__).parent.parent.parent / "templates"


@dataclass
class Newsroom:
    """Channel 1 watches BABA at ±5 %, held a minute."""

    store: SqlStore
    clock: StandingClock
    prices: Prices
    discord: Channels
    papers: Papers
    watching: Watching
    reading: Reading
    publisher: Publisher
    belt: Belt
    held: list[Violation]

    async def look(self, clock: str, last: str | None, **changes: Any) -> list[str]:
        """One pass at that New York time with that last; what was newly sent, and edited."""
        before = [(one.id, one.revision) for one in self.discord.sent]
        self.clock.at = at(clock)
        self.prices.quotes.clear()
        if last is not None:
            self.prices.quotes["BABA"] = self.quote(clock, last, **changes)
        await self.watching.pass_once(self.clock.at)
        await self.publish()
        return [
            f"{'edit' if one.id in dict(before) else 'post'}: {said(one)}"
            for one in self.discord.sent
            if (one.id, one.revision) not in before
        ]

    def quote(self, clock: str, last: str, **changes: Any) -> Quote:
        return quote(last, as_of=at(clock), day_low=None, day_high=None, **changes)

    async def publish(self) -> None:
        while not await self.publisher.publish_once():
            pass

    async def brief(self, revision: int, piece: str = "BABA/2026-01-12/up/1") -> Brief | None:
        async with self.store.transaction("brief") as tx:
            found = await tx.pieces.brief(piece, revision)
        return found if isinstance(found, Brief) else None

    async def read(self, *stories: Story) -> None:
        """The desk reads a feed with these stories now."""
        self.papers.carries[FEED.url] = stories
        async with self.store.transaction("read before") as tx:
            await tx.wire.put_state(FeedState(FEED, body_hash="read"))
        await self.reading.read_due(self.clock.now())


def said(sent: Sent) -> str:
    """What a message says in one line: a rung's reply, or the brief's notification."""
    return sent.words.reply if sent.reply_to else sent.words.content


def outlet_of(name: str) -> Outlet:
    return SCMP if name == SCMP.name else outlet(name)


@asynccontextmanager
async def newsroom(
    folder: Path, clock: StandingClock | None = None, gather: float = 1.5
) -> AsyncIterator[Newsroom]:
    clock, prices, held = clock or StandingClock(), Prices(), list[Violation]()
    papers = Papers()
    with ThreadPoolExecutor(1) as pool:
        renderer = StylebookRenderer(TEMPLATES, pool, lambda _brief, broken: held.extend(broken))
        async with await open_store(f"sqlite+aiosqlite:///{folder}/desk.db", rate=1000) as store:
            belt = Belt(
                clock=clock,
                quotes=prices,
                calendar=Exchanges(),
                feeds=papers,
                store=store,
                renderer=renderer,
                companies=Companies({"BABA": BABA}, prices),
                outlet=outlet_of,
                link=Linker([BABA]).link,
                limits=Limits(stale_after=timedelta(minutes=3)),
                weights=WEIGHTS,
                gather=timedelta(seconds=gather),
            )
            discord, reading = Channels(), Reading(belt)
            watching = Watching(belt, Publication(belt), Pace())
            watching.fresh = reading.fresh
            publisher = Publisher(store, discord, renderer, SteppedClock(), "replica-1")
            async with store.transaction("setup") as tx:
                await tx.destinations.put(destination(1))
                await tx.watches.put(watch(1))
                await tx.wire.put([FEED])
            yield Newsroom(
                store, clock, prices, discord, papers, watching, reading, publisher, belt, held
            )
