"""One polite poll: what is asked, what is remembered, what is said."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest
import pytest_asyncio
from aiohttp import web

from bot.errors import Unreadable
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed
from bot.services.ports import Feeds
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http, Limits
from bot.sources.parse_worker import READER, Entry, Parsed, ParseWorker
from tests.sources.fakes import NOON, HandClock, OddServer, go, say

MINUTE = timedelta(minutes=1)
BODY = (
    b"<rss><channel><title>T</title><item><guid>1</guid><title>One</title></item></channel></rss>"
)
TAG, DATE = 'W/"a-1"', "Mon, 12 Jan 2026 11:59:59 GMT"


class LineParser:
    """A feed of one title a line; a body with `!` in it is none. Counts what it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.every: timedelta | None = None

    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed:
        self.asked += 1
        if b"!" in body:
            raise Unreadable(f"{url} is not a feed")
        titles = body.decode().split("\n")
        return Parsed("T", tuple(Entry(t, "", t, "", "") for t in titles), self.every)


class Desk:
    """One feed, polled by hand, with the state kept in between as the store would."""

    def __init__(self, server: OddServer, feeds: Feeds, parser: LineParser, clock: HandClock):
        self.server, self.feeds, self.parser, self.clock = server, feeds, parser, clock
        self.state = FeedState(Feed(f"{server.url}/feed", "Wire"))

    def serve(self, body: bytes | str = b"", status: int = 200, **headers: str) -> None:
        self.server.answers["/feed"] = say(body, status, **headers)

    async def poll(self) -> Fetched:
        fetched = await self.feeds.fetch(self.state, self.clock.now())
        self.state = fetched.state
        return fetched

    @property
    def wait(self) -> timedelta:
        assert self.state.next_poll_at is not None
        return self.state.next_poll_at - self.clock.now()

    @property
    def last_headers(self) -> dict[str, str]:
        return dict(self.server.requests[-1].headers)


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    async with OddServer() as server:
        http = Http("newsdesk/0.1", [server.url], limits=Limits(seconds=2))
        parser, clock = LineParser(), HandClock()
        rhythm = Rhythm(spacing=timedelta(0))
        yield Desk(
            server, PoliteFeeds(http, parser, clock, random.Random(1), rhythm), parser, clock
        )
        await http.close()


async def test_a_first_poll_learns_everything(desk: Desk) -> None:
    """Unconditional; all stories, the validators and the due time are remembered."""
    desk.serve("one\ntwo", ETag=TAG, Last_Modified=DATE)

    fetched = await desk.poll()

    assert fetched.stories is not None
    assert [story.title for story in fetched.stories] == ["one", "two"]
    assert {story.first_seen for story in fetched.stories} == {NOON}
    assert (fetched.status, fetched.size, fetched.reason) == (200, 7, "")
    assert fetched.state == replace(
        FeedState(desk.state.feed),
        etag=TAG,
        last_modified=DATE,
        body_hash=fetched.state.body_hash,
        polled_at=NOON,
        next_poll_at=NOON + 15 * MINUTE,
        parser=READER,
    )
    assert not {"If-None-Match", "If-Modified-Since"} & set(desk.last_headers)


@pytest.mark.parametrize("etag", ['"x"', 'W/"x"', "unquoted", '"a,b"', '""'])
async def test_validators_go_back_byte_for_byte(desk: Desk, etag: str) -> None:
    """Quotes, weakness and oddities included; never made up, never normalised."""
    desk.serve("one", ETag=etag, Last_Modified="yesterday, I think")
    await desk.poll()
    desk.serve(status=304)

    fetched = await desk.poll()

    assert desk.last_headers["If-None-Match"] == etag
    assert desk.last_headers["If-Modified-Since"] == "yesterday, I think"
    assert (fetched.status, fetched.stories) == (304, None)
    assert fetched.reason == ""
    assert fetched.state.etag == etag


async def test_a_validator_that_is_gone_is_forgotten(desk: Desk) -> None:
    """What a 200 lacks is not sent again."""
    desk.serve("one", ETag=TAG, Last_Modified=DATE)
    await desk.poll()
    desk.serve("two", Last_Modified=DATE)
    await desk.poll()
    await desk.poll()

    assert "If-None-Match" not in desk.last_headers
    assert desk.last_headers["If-Modified-Since"] == DATE


async def test_new_validators_of_an_old_body_are_remembered(desk: Desk) -> None:
    """The commonest fault of feed readers: touched, same bytes, new ETag."""
    desk.serve("one", ETag='"1"')
    await desk.poll()
    desk.serve("one", ETag='"2"')

    fetched = await desk.poll()
    await desk.poll()

    assert (fetched.stories, fetched.reason) == (None, "")
    assert desk.parser.asked == 1
    assert desk.last_headers["If-None-Match"] == '"2"'


async def test_a_304_may_bring_a_newer_validator(desk: Desk) -> None:
    """And what it does not mention still holds."""
    desk.serve("one", ETag='"1"', Last_Modified=DATE)
    await desk.poll()
    desk.serve(status=304, ETag='"2"')

    fetched = await desk.poll()

    assert (fetched.state.etag, fetched.state.last_modified) == ('"2"', DATE)


async def test_a_validator_no_header_could_carry_is_not_kept(desk: Desk) -> None:
    """Bytes beyond ASCII cannot be sent back as they came."""
    desk.serve("one", ETag='"café"')

    fetched = await desk.poll()
    again = await desk.poll()

    assert (fetched.state.etag, again.status) == ("", 200)


async def test_the_servers_wish_sets_the_pace(desk: Desk) -> None:
    """By header, also on a 304; and the document's own pace outlasts the 304 that omits it."""
    desk.parser.every = 60 * MINUTE
    desk.serve("one", ETag=TAG)
    await desk.poll()
    first = desk.wait
    desk.serve(status=304, Cache_Control="max-age=7200")
    await desk.poll()
    second = desk.wait
    desk.serve(status=304)
    await desk.poll()

    assert (first, second, desk.wait) == (60 * MINUTE, 120 * MINUTE, 60 * MINUTE)


async def test_garbage_is_said_and_nothing_is_lost(desk: Desk) -> None:
    """What was read before is still known; the repaired document is fetched in full."""
    desk.serve("one", ETag='"1"')
    await desk.poll()
    good = desk.state
    desk.serve("broken!", ETag='"2"')

    fetched = await desk.poll()
    desk.serve("one\ntwo", ETag='"3"')
    mended = await desk.poll()

    assert fetched.reason == f"{good.feed.url} is not a feed"
    assert (fetched.stories, fetched.status, fetched.size) == (None, 200, 7)
    assert (fetched.state.etag, fetched.state.body_hash) == ('"2"', good.body_hash)
    assert (fetched.state.failures, fetched.state.unread) == (1, fetched.reason)
    assert [story.title for story in mended.stories or ()] == ["one", "two"]
    assert (mended.state.failures, mended.state.unread) == (0, "")


async def test_garbage_without_validators_costs_none(desk: Desk) -> None:
    """A page of somebody else's in between: the document that was read is still known by its own."""
    desk.serve("one", ETag='"1"')
    await desk.poll()
    desk.serve("log in first!")
    await desk.poll()
    desk.serve(status=304)

    fetched = await desk.poll()

    assert desk.last_headers["If-None-Match"] == '"1"'
    assert (fetched.reason, fetched.state.failures) == ("", 0)


async def test_failures_back_off_and_success_forgives(desk: Desk) -> None:
    """5, 10, 20 minutes and up to a fifth more; a success starts anew."""
    waits = []
    desk.serve(status=500)
    for _ in range(3):
        fetched = await desk.poll()
        waits.append(desk.wait)
    desk.serve("one")

    healed = await desk.poll()

    assert fetched.reason == f"{desk.state.feed.url} answered 500"
    assert [round(wait / MINUTE / 1.2 + 0.5) for wait in waits] == [5, 10, 20]
    assert all(
        n * MINUTE <= wait <= 1.2 * n * MINUTE for n, wait in zip((5, 10, 20), waits, strict=True)
    )
    assert (healed.state.failures, desk.wait) == (0, 15 * MINUTE)


@pytest.mark.parametrize("status", [204, 206, 300, 400, 401, 403, 404, 500, 502])
async def test_any_other_status_is_a_failure(desk: Desk, status: int) -> None:
    """Named by its number."""
    desk.serve("x", status=status)

    fetched = await desk.poll()

    assert (fetched.status, fetched.state.failures) == (status, 1)
    assert fetched.reason == f"{desk.state.feed.url} answered {status}"


async def test_a_304_to_an_unconditional_request_is_a_failure(desk: Desk) -> None:
    """Nothing was asked that it could be the answer to."""
    desk.serve(status=304)

    assert (await desk.poll()).reason == f"{desk.state.feed.url} answered 304"


@pytest.mark.parametrize("status", [429, 503])
async def test_retry_after_silences_the_host(desk: Desk, status: int) -> None:
    """Not only that feed: nothing is asked of the server until then, and then again."""
    desk.serve(status=status, Retry_After="1800")
    fetched = await desk.poll()
    other = FeedState(Feed(f"{desk.server.url}/other", "Wire"))
    desk.server.answers["/other"] = say("one")
    desk.clock.pass_time(minutes=29)

    held = await desk.feeds.fetch(other, desk.clock.now())
    desk.clock.pass_time(minutes=1)
    asked = await desk.feeds.fetch(other, desk.clock.now())

    until = NOON + 30 * MINUTE
    assert fetched.reason.endswith(f"answered {status} and asked for silence until 12:30 UTC")
    assert fetched.state.next_poll_at == until
    assert (held.status, held.state.next_poll_at) == (0, until)
    assert held.reason == (
        f"{desk.server.url}/other is silent until 12:30 UTC, as its server asked"
    )
    assert asked.status == 200
    assert [request.path for request in desk.server.requests] == ["/feed", "/other"]


async def test_a_garbled_retry_after_backs_off(desk: Desk) -> None:
    """As any other failure, for this feed alone."""
    desk.serve(status=429, Retry_After="in a while")

    await desk.poll()

    assert 5 * MINUTE <= desk.wait <= 6 * MINUTE


async def test_gone_is_for_good(desk: Desk) -> None:
    """410: the feed stops, and says why."""
    desk.serve(status=410)

    fetched = await desk.poll()

    assert fetched.reason == f"{desk.state.feed.url} is gone for good (410); it is not asked again"
    assert (fetched.state.stopped, fetched.state.next_poll_at) == (fetched.reason, None)


async def test_a_dead_feed_is_a_sentence(desk: Desk) -> None:
    """Nothing is raised when nobody is there."""
    await desk.server.stop()

    fetched = await desk.poll()

    assert fetched.reason == f"{desk.state.feed.url} could not be reached (no connection)"
    assert (fetched.status, fetched.state.failures) == (0, 1)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/x", "http://[", "nonsense", "http://10.0.0.1/"]
)
async def test_a_refused_address_is_a_sentence(desk: Desk, url: str) -> None:
    """Whatever a list of feeds contains, the poll only reports it."""
    desk.state = FeedState(Feed(url, "Wire"))

    fetched = await desk.poll()

    assert fetched.reason.startswith(f"{url!r} is not a public address")


async def test_a_move_is_told_and_the_address_kept(desk: Desk) -> None:
    """A permanent redirect is followed; the stored address is a person's to change."""
    desk.server.answers |= {"/feed": go("/new", 301), "/new": say("one")}

    fetched = await desk.poll()

    assert fetched.reason == f"{desk.server.url}/feed: it has moved to {desk.server.url}/new"
    assert fetched.state.feed.url == f"{desk.server.url}/feed"


async def test_one_request_at_a_time_and_a_pause_between(desk: Desk) -> None:
    """A host is asked by one poll at a time, a second apart."""
    busy, most = 0, 0
    release = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await release.wait()
        busy -= 1
        return web.Response(body=b"one")

    for n in range(3):
        desk.server.answers[f"/{n}"] = answer
    http = Http("newsdesk/0.1", [desk.server.url])
    feeds = PoliteFeeds(http, desk.parser, desk.clock, random.Random(1), Rhythm())
    polls = [
        asyncio.ensure_future(
            feeds.fetch(FeedState(Feed(f"{desk.server.url}/{n}", "Wire")), desk.clock.now())
        )
        for n in range(3)
    ]
    release.set()

    fetched = await asyncio.gather(*polls)

    await http.close()
    assert [each.status for each in fetched] == [200, 200, 200]
    assert (most, desk.clock.slept) == (1, [1.0, 1.0])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[ParseWorker]:
    worker = ParseWorker()
    yield worker
    await worker.close()


@pytest.mark.asyncio(loop_scope="module")
async def test_the_real_parser_reads_what_the_real_client_fetched(worker: ParseWorker) -> None:
    """Feed, page and damage, end to end."""
    async with OddServer({"/feed": say(BODY), "/page": say("<html></html>")}) as server:
        server.answers["/torn"] = say(BODY[:-20])
        http = Http("newsdesk/0.1", [server.url])
        feeds = PoliteFeeds(http, worker, HandClock(), random.Random(1), Rhythm(spacing=0 * MINUTE))
        told = [
            (await feeds.fetch(FeedState(Feed(f"{server.url}/{name}", "Wire")), NOON)).reason
            for name in ("feed", "page", "torn")
        ]
        await http.close()

    assert told == [
        "",
        f"{server.url}/page is a web page, not a feed; look for its RSS or Atom link",
        f"{server.url}/torn: its XML is damaged",
    ]
