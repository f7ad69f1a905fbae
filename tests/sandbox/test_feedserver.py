"""The day's feeds, read by the real feedparser, and their bad habits."""

from __future__ import annotations

import calendar
import gzip
import io
import time
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from typing import Any
from xml.etree import ElementTree

import aiohttp
import feedparser
import pytest

from bot.sandbox.feeds import FeedFault, FeedServer
from tests.sandbox.recorded import StoppedClock, at, recorded_day

NAMES = [feed.name for feed in recorded_day().feeds]


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock("12:00")


@pytest.fixture
async def feeds(clock: StoppedClock) -> AsyncIterator[FeedServer]:
    async with FeedServer(recorded_day(), clock.now) as server:
        yield server


class Answer:
    """What came back, body as sent."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def parsed(self) -> Any:
        return feedparser.parse(io.BytesIO(self.body))

    @property
    def titles(self) -> list[str]:
        return [entry.title for entry in self.parsed.entries]


def instant(parsed: time.struct_time) -> datetime:
    """feedparser's times are in UTC."""
    return datetime.fromtimestamp(calendar.timegm(parsed), UTC)


async def fetch(url: str, **headers: str) -> Answer:
    async with (
        aiohttp.ClientSession(auto_decompress=False) as session,
        session.get(
            url,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
            allow_redirects=False,
        ) as response,
    ):
        return Answer(response.status, response.headers, await response.read())


@pytest.mark.parametrize(
    ("name", "version"), [("scmp", "rss20"), ("xinhua", "rss10"), ("example-wire", "atom10")]
)
async def test_feedparser_reads_each_format(feeds: FeedServer, name: str, version: str) -> None:
    """Title, link, summary and time arrive as they are on the tape, newest first."""
    answer = await fetch(feeds.address(name))
    expected = [
        (item.title, item.link, item.summary, item.published.astimezone(UTC))
        for item in reversed(recorded_day().items)
        if item.feed == name and item.seen <= at("12:00")
    ]
    entries = [
        (
            entry.title,
            entry.link,
            entry.summary,
            instant(entry.get("published_parsed") or entry.updated_parsed),
        )
        for entry in answer.parsed.entries
    ]

    assert (answer.parsed.version, answer.parsed.bozo) == (version, False)
    assert len(entries) > 0
    assert expected == entries


@pytest.mark.parametrize("name", NAMES)
async def test_every_feed_is_well_formed_and_has_stable_ids(feeds: FeedServer, name: str) -> None:
    """Two fetches give the same identities."""
    first, second = await fetch(feeds.address(name)), await fetch(feeds.address(name))
    ids = [entry.id for entry in first.parsed.entries]

    assert not first.parsed.bozo
    assert ids == [entry.id for entry in second.parsed.entries]
    assert len(ids) == len(set(ids)) > 0


async def test_items_appear_when_they_are_seen(feeds: FeedServer, clock: StoppedClock) -> None:
    """The report was published at 07:42 and stands in the feed from 07:43."""
    clock.set("07:42")
    before = await fetch(feeds.address("scmp"))
    clock.set("07:43")
    after = await fetch(feeds.address("scmp"))

    assert (before.titles, before.parsed.bozo) == ([], False)
    assert after.titles == [
        "Alibaba's Qwen models pass 700 million Hugging Face downloads, AIBase data shows"
    ]


async def test_unknown_feed_is_404(feeds: FeedServer) -> None:
    assert (await fetch(feeds.address("nobody"))).status == 404


async def test_opml_lists_the_day_with_kinds(feeds: FeedServer) -> None:
    """Outlet, loopback URL and kind of every feed."""
    outlines = ElementTree.fromstring(feeds.opml()).findall(".//outline")
    rows = [(line.get("text"), line.get("newsdeskKind"), line.get("xmlUrl")) for line in outlines]

    assert rows == [
        (feed.outlet, feed.kind, feeds.address(feed.name)) for feed in recorded_day().feeds
    ]
    assert ("Xinhua", "state media", f"{feeds.url}/feeds/xinhua.xml") in rows
    assert feeds.url.startswith("http://127.0.0.1:")
    assert (await fetch(f"{feeds.url}/feeds.opml")).body.decode() == feeds.opml()


async def test_validators_come_with_the_feed_and_earn_a_304(feeds: FeedServer) -> None:
    """Either validator, byte for byte, is enough; the 304 carries them again."""
    whole = await fetch(feeds.address("harbour"))
    etag, modified = whole.headers["ETag"], whole.headers["Last-Modified"]
    by_tag = await fetch(feeds.address("harbour"), If_None_Match=etag)
    by_date = await fetch(feeds.address("harbour"), If_Modified_Since=modified)

    assert (etag[0], etag[-1]) == ('"', '"')
    assert modified == "Mon, 12 Jan 2026 14:12:00 GMT"
    assert whole.headers["Cache-Control"] == "public, max-age=60"
    assert (by_tag.status, by_tag.body, by_tag.headers["ETag"]) == (304, b"", etag)
    assert by_date.status == 304


@pytest.mark.parametrize(
    "headers",
    [
        {"If_None_Match": 'W/"abc"'},
        {"If_Modified_Since": "Mon, 12 Jan 2026 14:12:01 GMT"},
        {"If_None_Match": '"abc"', "If_Modified_Since": "Mon, 12 Jan 2026 14:12:00 GMT"},
    ],
)
async def test_invented_validators_earn_nothing(feeds: FeedServer, headers: dict[str, str]) -> None:
    """A later date or another tag is answered in full; a wrong tag is not saved by a date."""
    assert (await fetch(feeds.address("harbour"), **headers)).status == 200


async def test_new_item_changes_both_validators(feeds: FeedServer, clock: StoppedClock) -> None:
    """What was current at noon is answered in full after 14:05."""
    noon = await fetch(feeds.address("harbour"))
    clock.set("14:05")
    later = await fetch(feeds.address("harbour"), If_None_Match=noon.headers["ETag"])

    assert later.status == 200
    assert later.headers["ETag"] != noon.headers["ETag"]
    assert later.headers["Last-Modified"] == "Mon, 12 Jan 2026 19:05:00 GMT"


async def test_log_keeps_every_request(feeds: FeedServer) -> None:
    """Path, headers as sent, status, market time."""
    whole = await fetch(feeds.address("scmp"), User_Agent="newsdesk/1")
    await fetch(feeds.address("scmp"), If_None_Match=whole.headers["ETag"])
    first, second = feeds.log

    assert (first.path, first.status, first.at) == ("/feeds/scmp.xml", 200, at("12:00"))
    assert first.headers["User-Agent"] == "newsdesk/1"
    assert (second.status, second.headers["If-None-Match"]) == (304, whole.headers["ETag"])


@pytest.mark.parametrize("status", ["404", "410", "500", "503"])
async def test_statuses(feeds: FeedServer, status: str) -> None:
    """Only the feed at fault is affected."""
    feeds.faults = {"scmp": FeedFault(status)}

    assert (await fetch(feeds.address("scmp"))).status == int(status)
    assert (await fetch(feeds.address("harbour"))).status == 200


@pytest.mark.parametrize("wait", ["120", "Mon, 12 Jan 2026 18:00:00 GMT", ""])
async def test_too_many_requests_with_and_without_retry_after(feeds: FeedServer, wait: str) -> None:
    """Seconds, a date, or nothing."""
    feeds.faults = {"scmp": FeedFault("429", wait)}
    answer = await fetch(feeds.address("scmp"))

    assert (answer.status, answer.headers.get("Retry-After", "")) == (429, wait)


@pytest.mark.parametrize("status", ["301", "302", "308"])
async def test_redirects(feeds: FeedServer, status: str) -> None:
    """To wherever the fault says."""
    feeds.faults = {"scmp": FeedFault(status, feeds.address("harbour"))}
    answer = await fetch(feeds.address("scmp"))

    assert (answer.status, answer.headers["Location"]) == (int(status), feeds.address("harbour"))


async def test_broken_xml_and_html(feeds: FeedServer) -> None:
    """XML that breaks off; a page where a feed should be."""
    feeds.faults = {"harbour": FeedFault("broken"), "scmp": FeedFault("html")}
    broken, page = await fetch(feeds.address("harbour")), await fetch(feeds.address("scmp"))

    assert (broken.status, bool(broken.parsed.bozo)) == (200, True)
    with pytest.raises(ElementTree.ParseError):
        ElementTree.fromstring(broken.body)
    assert page.headers["Content-Type"].startswith("text/html")
    assert page.titles == []


async def test_guids_churn(feeds: FeedServer) -> None:
    """Every fetch has new identities and the same headlines."""
    feeds.faults = {"harbour": FeedFault("churn")}
    first, second = await fetch(feeds.address("harbour")), await fetch(feeds.address("harbour"))
    ids = [{entry.id for entry in answer.parsed.entries} for answer in (first, second)]

    assert first.titles == second.titles
    assert ids[0].isdisjoint(ids[1])


async def test_late_and_early_items(feeds: FeedServer, clock: StoppedClock) -> None:
    """Late: shown an hour after they were out. Early: dated an hour ahead of the clock."""
    clock.set("08:00")
    feeds.faults = {"scmp": FeedFault("late", "3600")}
    late = await fetch(feeds.address("scmp"))
    feeds.faults = {"scmp": FeedFault("early", "3600")}
    (early,) = (await fetch(feeds.address("scmp"))).parsed.entries

    assert late.titles == []
    assert instant(early.published_parsed) == at("08:42")


async def test_compressed_unasked(feeds: FeedServer) -> None:
    """gzip, with the header that says so."""
    plain = await fetch(feeds.address("scmp"))
    feeds.faults = {"scmp": FeedFault("gzip")}
    packed = await fetch(feeds.address("scmp"))

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body


async def test_dropped_and_short(feeds: FeedServer) -> None:
    """No answer at all; and a body cut off half-way."""
    feeds.faults = {"scmp": FeedFault("dropped"), "harbour": FeedFault("short")}

    with pytest.raises(aiohttp.ServerDisconnectedError):
        await fetch(feeds.address("scmp"))
    with pytest.raises(aiohttp.ClientPayloadError):
        await fetch(feeds.address("harbour"))
    assert {fetched.status for fetched in feeds.log if "scmp" in fetched.path} == {0}


async def test_endless_body_lasts_as_long_as_the_reader(feeds: FeedServer) -> None:
    """Megabytes arrive; hanging up ends it."""
    feeds.faults = {"scmp": FeedFault("endless")}
    async with (
        aiohttp.ClientSession() as session,
        session.get(feeds.address("scmp")) as response,
    ):
        chunk = await response.content.readexactly(2_000_000)

    assert chunk.startswith(b'<rss version="2.0">')


async def test_slow_feed(feeds: FeedServer) -> None:
    """It takes longer than an impatient reader waits."""
    feeds.faults = {"scmp": FeedFault("slow", "30")}
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=0.2)) as session:
        with pytest.raises(TimeoutError):
            await session.get(feeds.address("scmp"))


async def test_faults_can_be_set_over_http(feeds: FeedServer) -> None:
    """By feed; what is not named behaves; mistakes are refused in a sentence."""
    url = f"{feeds.url}/_sandbox/faults"
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json={"scmp": {"kind": "429", "value": 60}}) as response:
            assert response.status == 200
        faults = dict(feeds.faults)
        async with session.post(url, json={"scmp": {"kind": "sulk"}}) as response:
            kind = response.status, await response.text()
        async with session.post(url, json={"bbc": {"kind": "429"}}) as response:
            name = response.status, await response.text()

    assert faults == {"scmp": FeedFault("429", "60")}
    assert kind[0] == name[0] == 400
    assert kind[1].startswith("no fault is called 'sulk'; there are 301, ")
    assert name[1].startswith("no feed is called 'bbc'; there are scmp, ")
