"""Whose turn is it? F12 and F13 of docs/feeds.md."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from heapq import heappop, heappush

import pytest
from multidict import CIMultiDict, CIMultiDictProxy

from bot.errors import Unreachable
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.hosts import Hosts, Pace
from bot.sources.http import Response
from bot.sources.parse_worker import Parsed
from tests.sources.fakes import NOON, HandClock

SECOND = timedelta(seconds=1)


class SharedClock(HandClock):
    """Time moves on when everybody sleeps, to whoever is to wake first."""

    def __init__(self) -> None:
        super().__init__()
        self.sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        waking: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heappush(self.sleepers, (self.monotonic() + seconds, len(self.slept), waking))
        self.slept.append(seconds)
        await waking

    async def run(self, work: asyncio.Future[list[Fetched]]) -> None:
        while not work.done():
            for _ in range(20):
                await asyncio.sleep(0)
            if self.sleepers:
                at, _, waking = heappop(self.sleepers)
                self.pass_time(seconds=at - self.monotonic())
                waking.set_result(None)


class Servers:
    """
    Answers 304 once `release` is set; notes when each request began, and how many were open.

    `crowded` is set as soon as `crowd` requests are open.
    """

    def __init__(self, clock: HandClock, crowd: int = 1) -> None:
        self.clock = clock
        self.crowd = crowd
        self.crowded = asyncio.Event()
        self.asked: list[tuple[str, float]] = []
        self.release = asyncio.Event()
        self.release.set()
        self.busy, self.most = Counter[str](), Counter[str]()

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        host = url.split("/")[2]
        self.asked.append((host, self.clock.monotonic()))
        for each in (host, "all"):
            self.busy[each] += 1
            self.most[each] = max(self.most[each], self.busy[each])
        if self.busy["all"] == self.crowd:
            self.crowded.set()
        await self.release.wait()
        await asyncio.sleep(0)
        for each in (host, "all"):
            self.busy[each] -= 1
        if host == "dead.example":
            raise Unreachable(f"{url} could not be reached")
        return Response(304, CIMultiDictProxy(CIMultiDict()), b"", url)


class NoParser:
    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed:
        raise AssertionError("a 304 has nothing to parse")


def feed(number: int, host: str = "one.example") -> FeedState:
    return FeedState(Feed(f"http://{host}/{number}", "Wire"), etag='"1"', parser=1)


def polite(servers: Servers, rhythm: Rhythm | None = None) -> PoliteFeeds:
    return PoliteFeeds(servers, NoParser(), servers.clock, random.Random(1), rhythm or Rhythm())


async def fetch_all(feeds: PoliteFeeds, states: list[FeedState]) -> list[Fetched]:
    return await asyncio.gather(*(feeds.fetch(state, NOON) for state in states))


async def test_f12_a_host_is_asked_one_at_a_time_a_second_apart() -> None:
    """Failures are no exception."""
    servers = Servers(HandClock())

    await fetch_all(polite(servers), [feed(n, "dead.example") for n in range(5)])

    began = [at for _, at in servers.asked]
    assert servers.most["dead.example"] == 1
    assert [round(at - began[0], 6) for at in began] == [0, 1, 2, 3, 4]


async def test_f12_hosts_do_not_wait_for_each_other() -> None:
    """While one host does not answer, another is asked all it is asked."""
    servers = Servers(HandClock(), crowd=2)
    servers.release.clear()
    feeds = polite(servers)
    slow = asyncio.ensure_future(feeds.fetch(feed(1), NOON))
    quick = asyncio.ensure_future(feeds.fetch(feed(2, "two.example"), NOON))
    await servers.crowded.wait()
    servers.release.set()

    assert [(await each).status for each in (slow, quick)] == [304, 304]


async def test_f12_a_crowd_at_one_host_is_sent_away_with_turns() -> None:
    """Few wait; the others have due times a second apart, and hold neither memory nor a place."""
    servers = Servers(HandClock())
    servers.release.clear()
    feeds = polite(servers)
    polls = [asyncio.ensure_future(feeds.fetch(feed(n), NOON)) for n in range(10_000)]
    await asyncio.sleep(0)

    away = [poll.result() for poll in polls if poll.done()]
    elsewhere = asyncio.ensure_future(feeds.fetch(feed(1, "two.example"), NOON))
    servers.release.set()
    assert (await elsewhere).status == 304
    await asyncio.gather(*polls)

    due = [one.state.next_poll_at for one in away]
    assert len(away) == 9995
    assert not any(one.asked for one in away)
    assert due == [NOON + (5 + n) * SECOND for n in range(9995)]
    assert away[0].reason == (
        "http://one.example/5 waits for its turn: its host is asked for one feed at a time"
    )


async def test_f12_who_was_sent_away_is_served_at_its_turn() -> None:
    """A queue of a hundred feeds is worked off in a hundred seconds, each sent away once."""
    servers = Servers(HandClock())
    feeds = polite(servers)
    due = [(NOON, feed(n)) for n in range(100)]
    away = 0
    while due:
        now = min(at for at, _ in due)
        servers.clock.at = max(servers.clock.at, now)
        batch = [state for at, state in due if at <= servers.clock.at]
        due = [(at, state) for at, state in due if at > servers.clock.at]
        fetched = await asyncio.gather(*(feeds.fetch(one, servers.clock.now()) for one in batch))
        later = [one.state for one in fetched if not one.asked]
        away += len(later)
        due += [(state.next_poll_at or NOON, state) for state in later]

    assert (len(servers.asked), away) == (100, 95)
    assert servers.clock.now() - NOON < 110 * SECOND


async def test_f12_no_more_than_a_hundred_in_all() -> None:
    """However many hosts there are."""
    servers = Servers(HandClock(), crowd=100)
    servers.release.clear()
    feeds = polite(servers)
    polls = [asyncio.ensure_future(feeds.fetch(feed(0, f"h{n}.example"), NOON)) for n in range(300)]
    await servers.crowded.wait()
    servers.release.set()
    await asyncio.gather(*polls)

    assert servers.most["all"] == 100


async def test_f13_a_thousand_overdue_feeds_come_as_a_flat_curve() -> None:
    """Fifty a second, from the first second to the last."""
    servers = Servers(clock := SharedClock())
    all_of_them = fetch_all(polite(servers), [feed(0, f"h{n}.example") for n in range(1000)])

    await clock.run(asyncio.ensure_future(all_of_them))

    began = [at for _, at in servers.asked]
    a_second = Counter(int(at - began[0] + 0.01) for at in began)
    assert len(began) == 1000
    assert {a_second[second] for second in range(20)} <= {50}


async def test_without_a_spacing_nobody_waits() -> None:
    """In a sandbox all feeds are at one host, and its time means nothing to it."""
    servers = Servers(HandClock())
    feeds = polite(servers, Rhythm(spacing=timedelta(0)))

    fetched = await fetch_all(feeds, [feed(n) for n in range(2000)])

    assert {one.status for one in fetched} == {304}
    assert servers.clock.slept == []


async def test_hosts_are_forgotten() -> None:
    """But not those that wait, pause, or asked for silence."""
    clock = HandClock()
    hosts = Hosts(clock, Pace())
    silent = hosts.of("http://silent.example/", clock.now())
    silent.silent_until = clock.now() + timedelta(hours=2)
    async with hosts.turn(hosts.of("http://busy.example/", clock.now())):
        for n in range(5000):
            async with hosts.turn(hosts.of(f"http://h{n}.example/", clock.now())):
                clock.pass_time(seconds=1)

        assert len(hosts) <= 2000
        assert hosts.of("http://silent.example/", clock.now()) is silent
        assert hosts.of("http://busy.example/", clock.now()).waiting == 1


async def test_who_gives_up_leaves_no_trace() -> None:
    """A poll that is cancelled in the queue, or while asking, frees its place."""
    servers = Servers(HandClock())
    servers.release.clear()
    feeds = polite(servers)
    polls = [asyncio.ensure_future(feeds.fetch(feed(n), NOON)) for n in range(3)]
    await asyncio.sleep(0)
    for poll in polls:
        poll.cancel()
    await asyncio.gather(*polls, return_exceptions=True)
    servers.release.set()

    assert (await feeds.fetch(feed(4), NOON)).status == 304


@pytest.mark.parametrize("url", ["http://[", "", "no address"])
async def test_what_is_no_address_has_a_host_all_the_same(url: str) -> None:
    """Its fetch will say what is wrong with it."""
    clock = HandClock()

    assert Hosts(clock, Pace()).of(url, clock.now()).waiting == 0
