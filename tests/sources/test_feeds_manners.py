"""F12, F15-F18, F26, F28, F32 and F34 of docs/feeds.md, and documents that break their reader."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
import pytest_asyncio

from bot.errors import Killed
from bot.sources.feed_schedule import Rhythm
from bot.sources.parse_worker import Parsed, ParseWorker
from tests.sources.wire import HOSTS, HOUR, LAST, MINUTE, ROUNDUP, UNPACED, Wire

pytestmark = pytest.mark.asyncio(loop_scope="module")

FEED = "http://one.example/feeds/roundup.xml"


class Deadly:
    """A reader whom every document kills, until it is `mended`."""

    def __init__(self, well: ParseWorker) -> None:
        self.well = well
        self.mended = False

    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed:
        if self.mended:
            return await self.well.parse(body, content_type, url)
        raise Killed(f"{url} takes longer than 5 seconds to read; no feed should")


@pytest_asyncio.fixture(loop_scope="module")
async def deadly(parser: ParseWorker) -> AsyncIterator[tuple[Wire, Deadly]]:
    reader = Deadly(parser)
    wire = Wire(reader)
    await wire.open()
    yield wire, reader
    await wire.close()


async def test_f12_the_server_sees_a_second_between_two_requests(parser: ParseWorker) -> None:
    """Of one host; those for another come in between."""
    wire = Wire(parser, replace(UNPACED, spacing=Rhythm().spacing))
    await wire.open()
    for name in ("roundup", "harbour", "scmp"):
        for host in HOSTS[:2]:
            await wire.fetch(wire.feed(name, host))
    await wire.close()

    for host in HOSTS[:2]:
        times = [fetch.at for fetch in wire.log if fetch.headers["Host"] == host]
        assert len(times) == 3
        assert all(after - before >= timedelta(seconds=1) for before, after in pairwise(times))


async def test_f15_the_desk_introduces_itself(wire: Wire) -> None:
    """By name, contact and readers, in a plain GET: no cookie, no referrer, no tricks."""
    wire.misbehave("header", "Set-Cookie: id=1; Path=/")
    await wire.poll()
    wire.state = replace(wire.state, readers=12)
    await wire.poll()

    assert wire.sent("User-Agent") == [
        "Newsdesk/0.1 (+https://desk.example/bot; 1 subscriber)",
        "Newsdesk/0.1 (+https://desk.example/bot; 12 subscribers)",
    ]
    assert [fetch.path for fetch in wire.log] == ["/feeds/roundup.xml"] * 2
    assert not {"Cookie", "Referer"} & set(wire.log[1].headers)


async def test_f16_gzip_is_asked_for_and_read(wire: Wire) -> None:
    """And nothing that cannot be unpacked within bounds."""
    wire.misbehave("gzip")

    fetched = await wire.poll()

    assert wire.sent("Accept-Encoding") == ["gzip, deflate"]
    assert len(fetched.stories or ()) == 6


async def test_f17_skipped_hours_are_passed_over(wire: Wire) -> None:
    """Until the first hour that is not; remembered over a 304 and a restart. It is 21:10."""
    hours = "".join(f"<hour>{hour}</hour>" for hour in (21, 22, 23))
    wire.misbehave("channel", f"<skipHours>{hours}</skipHours>")
    await wire.poll()
    first = wire.wait
    wire.start()

    fetched = await wire.poll()

    assert (fetched.status, first, wire.wait) == (304, 185 * MINUTE, 185 * MINUTE)


async def test_f18_a_feed_of_rare_stories_is_read_rarely(wire: Wire) -> None:
    """Half the time between two of them, where neither server nor document says how often."""
    wire.misbehave("header", "Cache-Control:")
    items = "".join(
        f"<item><title>Story {n}</title><pubDate>{format_datetime(LAST - n * HOUR)}</pubDate></item>"
        for n in range(20)
    )
    wire.server.documents[ROUNDUP] = f"<rss><channel>{items}</channel></rss>".encode()

    await wire.poll()

    assert (wire.state.gap, wire.wait) == (HOUR, 30 * MINUTE)


async def test_f26_odd_dates_prove_nothing(wire: Wire) -> None:
    """Ahead by more than ten minutes, without a zone, or none: the first reading counts."""
    dates = [
        "Mon, 12 Jan 2026 15:00:00 GMT",
        format_datetime(LAST + 20 * MINUTE),
        "Mon, 12 Jan 2026 15:00:00",
        "some day",
    ]
    items = "".join(
        f"<item><title>Story {n}</title><pubDate>{date}</pubDate></item>"
        for n, date in enumerate(dates)
    )
    wire.server.documents[ROUNDUP] = f"<rss><channel>{items}</channel></rss>".encode()

    fetched = await wire.poll()

    told = fetched.stories or ()
    assert [story.published for story in told] == [
        datetime(2026, 1, 12, 15, tzinfo=UTC),
        *[None] * 3,
    ]
    assert {story.first_seen for story in told} == {wire.clock.now()}
    assert [story.dated for story in told] == dates


@pytest.mark.parametrize(("minutes", "noticed"), [(4, False), (6, True), (-90, True)])
async def test_f28_a_servers_clock_is_compared(wire: Wire, minutes: int, noticed: bool) -> None:
    """With real time, by its Date; beyond five minutes it is worth a word."""
    ahead = timedelta(minutes=minutes)
    wire.misbehave("header", f"Date: {format_datetime(wire.clock.now() + ahead)}")

    fetched = await wire.poll()

    assert fetched.reason == ""
    assert fetched.skew == (ahead if noticed else None)


@pytest.mark.parametrize(
    ("kind", "value", "why"),
    [
        ("slow", "3", "did not answer in full within 0.5 seconds"),
        ("endless", "", "is larger than the limit of 5 MB"),
        ("short", "", "broke off in the middle of its answer"),
        ("dropped", "", "could not be reached (it hung up)"),
    ],
)
async def test_f32_a_bad_answer_is_an_error_and_costs_no_validator(
    wire: Wire, kind: str, value: str, why: str
) -> None:
    """Bounded in time and size; what was known is asked with again."""
    await wire.poll()
    known = (wire.state.etag, wire.state.body_hash)
    wire.clock.pass_time(minutes=60)
    wire.misbehave(kind, value)
    wire.server.documents[ROUNDUP] = b"<rss><channel><title>New words</title></channel></rss>"

    fetched = await wire.poll()

    assert fetched.reason == f"{FEED} {why}"
    assert (wire.state.etag, wire.state.body_hash) == known
    assert (fetched.stories, wire.state.failures) == (None, 1)


async def test_f34_a_poll_leaves_all_that_a_row_needs(wire: Wire) -> None:
    """Status, size, duration, when next, and why."""
    good = await wire.poll()
    wire.misbehave("500")
    bad = await wire.poll()

    assert (good.status, good.reason, good.asked) == (200, "", True)
    assert good.size > 1000
    assert good.millis >= 0
    assert (bad.status, bad.size, bad.reason) == (500, 0, f"{FEED} answered 500")
    assert good.state.next_poll_at and bad.state.next_poll_at
    assert good.state.polled_at == bad.state.polled_at == wire.clock.now()


async def test_a_document_that_breaks_its_reader_twice_is_quarantined(
    deadly: tuple[Wire, Deadly],
) -> None:
    """Once may be the machine's fault: it is asked for again. Twice, and its readers are told."""
    wire, _ = deadly
    first = await wire.poll()
    again = await wire.poll_when_due(wire.clock.now() + HOUR)

    why = f"{FEED} takes longer than 5 seconds to read; no feed should"
    assert (first.reason, first.state.strikes, first.state.stopped) == (why, 1, "")
    assert again == 1
    assert wire.state.stopped == f"quarantined: {why}, twice in a row"
    told = (
        f"Market Roundup is read no more, {wire.state.stopped}; "
        "try it again or remove it with /desk feeds"
    )
    assert [words for _, words in wire.told] == [told]


async def test_a_document_that_can_be_read_again_is_forgiven(deadly: tuple[Wire, Deadly]) -> None:
    """One strike, then a success: nothing is held against it."""
    wire, reader = deadly
    await wire.poll()
    reader.mended = True

    fetched = await wire.poll()

    assert fetched.stories
    assert (wire.state.strikes, wire.state.failures, wire.told) == (0, 0, [])
