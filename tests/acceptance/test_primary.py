"""What regulators and exchanges say, over real HTTP and through the real reader, in a brief."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app.files import read_outlets
from bot.errors import UserError
from bot.model.brief import Brief, Variant
from bot.model.feed import FeedState
from bot.model.news import Feed, Grade, OutletKind
from bot.model.no_move import NoMove
from bot.sandbox.feeds import FeedServer
from bot.sandbox.feeds.primary import Company, Filing, Halted, company_filings, halts
from bot.services.briefing import Asking
from bot.services.explain import Explaining
from bot.services.feeds import Reading
from bot.services.publication import Publication
from bot.services.watch import Pace, Watching
from bot.sources.clock import SystemClock
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http
from bot.sources.parse_worker import ParseWorker
from bot.tape import FeedSource, read_day
from tests.builders import at, minutes
from tests.services.newsroom import Newsroom, newsroom

DAY = read_day(Path(__file__).parents[2] / "seeds" / "days" / "2026-01-12")
SEC = "U.S. Securities and Exchange Commission"
FILINGS = FeedSource("filings", SEC, "sec.gov", "regulator", "atom")
HALTS = FeedSource("halts", "Nasdaq Trader", "nasdaqtrader.com", "regulator", "rss2")
TAPE = replace(DAY, feeds=(FILINGS, HALTS), items=())
ALIBABA = Company("Alibaba Group Holding Ltd", 1577552)
EARLIER = Filing(ALIBABA, "6-K", "0001104659-26-002990", at("08:00", day="2026-01-08"))
RESULTS = Filing(
    *(ALIBABA, "8-K", "0001104659-26-003001", at("10:44")),
    items=(
        "Item 2.02: Results of Operations and Financial Condition",
        "Item 9.01: Financial Statements and Exhibits",
    ),
)
LONG_HALTED = Halted("ZZZZ", "H10", at("09:00", day="2026-01-05"))


@dataclass
class Wired:
    """A newsroom whose feeds are read over HTTP: a company's filings, and the list of halts."""

    room: Newsroom
    server: FeedServer

    def filed(self, *filings: Filing) -> None:
        self.server.documents["filings"] = company_filings(ALIBABA, filings)

    def halted(self, *rows: Halted) -> None:
        self.server.documents["halts"] = halts([*rows, LONG_HALTED])

    async def read(self, clock: str) -> None:
        """Both feeds are due."""
        self.room.clock.at = at(clock)
        async with self.room.store.transaction("due") as tx:
            for state in await tx.wire.feeds():
                await tx.wire.put_state(replace(state, next_poll_at=None))
        await self.room.reading.read_due(self.room.clock.at)

    @property
    def why(self) -> str:
        return self.room.watching.looks["BABA"].why

    async def brief(self) -> Brief:
        found = await self.room.brief(1)
        assert found is not None
        return found


@pytest.fixture
async def wired(tmp_path: Path) -> AsyncIterator[Wired]:
    async with AsyncExitStack() as stack:
        room = await stack.enter_async_context(newsroom(tmp_path))
        server = FeedServer(TAPE, room.clock.now)
        await server.start()
        stack.push_async_callback(server.stop)
        http, worker = Http("Newsdesk", (server.url,)), ParseWorker(workers=1)
        stack.push_async_callback(http.close)
        stack.push_async_callback(worker.close)
        rhythm = Rhythm(spacing=timedelta(0))
        reader = PoliteFeeds(http, worker, SystemClock(), random.Random(1), rhythm)
        belt = replace(room.belt, feeds=reader, outlet=read_outlets().find)
        room.reading = Reading(belt)
        room.watching = Watching(belt, Publication(belt), Pace())
        room.watching.fresh = room.reading.fresh
        async with room.store.transaction("feeds") as tx:
            for one, about in ((FILINGS, "BABA"), (HALTS, "")):
                feed = Feed(server.address(one.name), one.outlet, OutletKind.REGULATOR, None, about)
                await tx.wire.put_state(FeedState(feed))
        wired = Wired(room, server)
        wired.filed(EARLIER)
        wired.halted()
        await wired.read("09:00")
        yield wired


async def test_a_filing_before_the_move_is_stated(wired: Wired) -> None:
    """EDGAR names neither the company nor, in the title, the event; the brief names both."""
    wired.filed(RESULTS, EARLIER)
    wired.room.prices.series["BABA", "1m"] = minutes("09:31 151.00\n10:50 151.10\n10:52 158.60")
    await wired.read("10:46")
    await wired.room.look("10:53", "158.60")

    assert ["post: ▲ BABA +5.1% $158.70 · filing on results – SEC"] == await wired.room.look(
        "10:54", "158.70"
    )
    catalyst = (await wired.brief()).catalyst
    assert catalyst.attribution is not None
    assert Grade.STATED is catalyst.grade
    assert "Alibaba Group files 8-K: results of operations (item 2.02)" == (
        catalyst.attribution.story.title
    )
    words = wired.room.discord.sent[0].words.description
    assert (
        "**Stated** The New York rise came after the U.S. Securities and Exchange Commission"
        in (words)
    )
    assert "published a filing at 10:44 EST: “Alibaba Group files 8-K: results of operations" in (
        words
    )
    assert [] == wired.room.held


async def test_a_filing_after_the_move_began_is_no_cause(wired: Wired) -> None:
    """Its time is when EDGAR accepted it."""
    wired.filed(RESULTS, EARLIER)
    wired.room.prices.series["BABA", "1m"] = minutes("09:31 151.00\n10:30 151.10\n10:40 158.60")
    await wired.read("10:46")
    await wired.room.look("10:53", "158.60")
    await wired.room.look("10:54", "158.70")

    assert Grade.NONE is (await wired.brief()).catalyst.grade


async def test_a_stated_halt_silences_and_is_told_when_it_is_over(wired: Wired) -> None:
    """The gate says why, in the exchange's reason; the brief says from when to when."""
    assert [] == await wired.room.look("10:30", "151.10")
    wired.halted(Halted("BABA", "T1", at("10:31")))
    await wired.read("10:32")
    for clock in ("10:32", "10:33", "10:35"):
        assert [] == await wired.room.look(clock, "158.60")
        assert "halted by its exchange since 10:31 EST (news pending)" == wired.why
    assert NoMove.HALTED_BY_EXCHANGE is wired.room.watching.looks["BABA"].no_move

    wired.halted(Halted("BABA", "T3", at("10:31"), at("10:56"), at("11:01")))
    await wired.read("10:50")
    assert [] == await wired.room.look("11:00", "158.60")
    assert "halted by its exchange since 10:31 EST (news released), until 11:01 EST" == wired.why
    await wired.room.look("11:01", "158.60")
    assert ["post: ▲ BABA +5.1% $158.70 · no confirmed catalyst"] == await wired.room.look(
        "11:02", "158.70"
    )

    sent = wired.room.discord.sent[0]
    why = await Explaining(wired.room.store, wired.room.belt.renderer).why(sent.post, 1)
    assert (
        "Trading was halted at 10:31 EST (news released), resumed 11:01 EST."
        in sent.words.description
    )
    assert "Halted by its exchange: Jan 12 10:31 EST to Jan 12 11:01 EST, news released (T3)" in why
    assert [] == wired.room.held


async def test_whoever_asks_during_a_halt_is_told_of_it(wired: Wired) -> None:
    """The last price is not made a move of."""
    wired.halted(Halted("BABA", "LUDP", at("10:31")))
    await wired.read("10:32")
    wired.room.prices.quotes["BABA"] = wired.room.quote("10:31", "158.60")

    with pytest.raises(UserError) as refused:
        await Asking(wired.room.belt).brief("BABA", Variant())

    assert str(refused.value) == (
        "no brief on BABA now: halted by its exchange since 10:31 EST (volatility pause);"
        " the last known price is 158.60 USD; try again later"
    )


async def test_a_halt_that_the_list_forgot_stands_no_longer(wired: Wired) -> None:
    """Nobody said when it ended, and the brief does not either."""
    wired.halted(Halted("BABA", "T1", at("10:31")))
    await wired.read("10:32")
    wired.halted()
    await wired.read("10:40")
    await wired.room.look("10:41", "158.60")
    await wired.room.look("10:42", "158.70")

    words = wired.room.discord.sent[0].words.description
    assert "Trading was halted at 10:31 EST (news pending)." in words
