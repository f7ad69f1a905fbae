"""A day of polling the stand-in's feeds: what it saw in its log, and what the desk made of it."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import pytest_asyncio

from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed, Story
from bot.sandbox.feeds import FeedServer
from bot.sandbox.feeds.faults import KINDS, FeedFault
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http, Limits
from bot.sources.opml import parse_opml
from bot.sources.parse_worker import ParseWorker
from bot.tape import Tape, read_day
from tests.sources.fakes import HandClock

DAY = Path(__file__).parents[2] / "seeds" / "days" / "2026-01-12"
MINUTE = timedelta(minutes=1)
TAPE = read_day(DAY)
QUIET = (
    "churn",
    "late",
    "early",
    "gzip",
    "touched",
    "header",
    "channel",
)  # nothing is wrong with the document
BUSIEST = max(TAPE.feeds, key=lambda feed: sum(item.feed == feed.name for item in TAPE.items))

pytestmark = pytest.mark.asyncio(loop_scope="module")


class Reader:
    """Polls one feed of the day whenever it is due, and keeps the stories by id."""

    def __init__(self, tape: Tape, parser: ParseWorker) -> None:
        self.clock = HandClock(max(item.seen for item in tape.items))
        self.server = FeedServer(tape, self.clock.now)
        self.parser = parser
        self.known: dict[str, Story] = {}

    async def open(self) -> None:
        await self.server.start()
        self.http = Http("newsdesk/0.1", [self.server.url], limits=Limits(seconds=0.5))
        rhythm = Rhythm(interval=MINUTE, floor=MINUTE, spacing=timedelta(0))
        self.feeds = PoliteFeeds(self.http, self.parser, self.clock, random.Random(1), rhythm)
        self.state = FeedState(Feed(self.server.address(BUSIEST.name), BUSIEST.outlet))

    async def close(self) -> None:
        await self.http.close()
        await self.server.stop()

    async def poll(self) -> Fetched:
        fetched = await self.feeds.fetch(self.state, self.clock.now())
        self.state = fetched.state
        for story in fetched.stories or ():
            self.known.setdefault(story.id, story)
        return fetched

    def misbehave(self, kind: str, value: str = "") -> None:
        self.server.faults = {BUSIEST.name: FeedFault(kind, value)}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[ParseWorker]:
    parser = ParseWorker()
    yield parser
    await parser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def reader(parser: ParseWorker) -> AsyncIterator[Reader]:
    reader = Reader(TAPE, parser)
    await reader.open()
    yield reader
    await reader.close()


async def test_a_day_is_read_whole_and_politely(reader: Reader) -> None:
    """One unconditional request; every item once, first seen within its minute."""
    items = [item for item in TAPE.items if item.feed == BUSIEST.name]
    reader.clock.at = min(item.seen for item in items) - 10 * MINUTE
    last = max(item.seen for item in items) + 2 * MINUTE
    while reader.clock.at < last:
        await reader.poll()
        assert reader.state.next_poll_at is not None
        reader.clock.at = reader.state.next_poll_at

    log = reader.server.log
    unconditional = [fetch for fetch in log if "If-None-Match" not in fetch.headers]
    gaps = [after.at - before.at for before, after in pairwise(log)]
    assert len(unconditional) == 1
    assert {fetch.status for fetch in log} == {200, 304}
    assert min(gaps) >= MINUTE
    assert {story.title for story in reader.known.values()} == {item.title for item in items}
    assert len(reader.known) == len(items)
    late = {story.title: story.first_seen for story in reader.known.values()}
    assert all(timedelta(0) <= late[item.title] - item.seen <= MINUTE for item in items)


async def test_published_is_what_the_tape_says(reader: Reader) -> None:
    """Through the feed's own spelling of dates, to the second."""
    await reader.poll()

    told = {story.title: story.published for story in reader.known.values()}
    items = [item for item in TAPE.items if item.feed == BUSIEST.name]
    assert told == {item.title: item.published for item in items}


@pytest.mark.parametrize("feed", TAPE.feeds, ids=lambda feed: feed.name)
async def test_every_format_of_the_day_is_read(reader: Reader, feed: object) -> None:
    """RSS, Atom and RDF, by the list of feeds that the stand-in gives out."""
    feeds = {known.url: known for known in parse_opml(reader.server.opml().encode(), "day")}
    reader.state = FeedState(feeds[reader.server.address(feed.name)])  # type: ignore[attr-defined]

    fetched = await reader.poll()

    wanted = [item.link for item in TAPE.items if item.feed == feed.name]  # type: ignore[attr-defined]
    assert fetched.reason == ""
    assert sorted(story.link for story in fetched.stories or ()) == sorted(wanted)


@pytest.mark.parametrize("kind", KINDS)
async def test_no_bad_habit_is_raised(reader: Reader, kind: str) -> None:
    """Every fault of the stand-in ends as a state with a due time, or a stop, and a sentence."""
    values = {"301": "/feeds.opml", "429": "120", "503": "120", "slow": "3", "early": "7200"}
    reader.misbehave(kind, values.get(kind, "60" if kind == "late" else ""))

    fetched = await reader.poll()

    assert (fetched.state.next_poll_at is None) == bool(fetched.state.stopped)
    assert (fetched.state.stopped != "") == (kind == "410")
    assert "\n" not in fetched.reason
    assert bool(fetched.reason) == (kind not in QUIET)


async def test_a_broken_feed_mends(reader: Reader) -> None:
    """After garbage the whole document is read, nothing being remembered of the garbage."""
    reader.misbehave("html")
    broken = await reader.poll()
    reader.server.faults = {}

    mended = await reader.poll()

    assert "is a web page, not a feed" in broken.reason
    assert (mended.reason, mended.state.failures) == ("", 0)
    assert mended.stories


async def test_an_item_dated_ahead_is_not_believed(reader: Reader) -> None:
    """Two hours in the future prove nothing about when it was out."""
    items = [item for item in TAPE.items if item.feed == BUSIEST.name]
    reader.clock.at = max(item.seen for item in items)
    reader.misbehave("early", "86400")

    await reader.poll()

    assert {story.published for story in reader.known.values()} == {None}
    assert all(story.out_at == reader.clock.at for story in reader.known.values())
