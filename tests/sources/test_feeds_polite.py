"""F1-F8 and F11 of docs/feeds.md, by the log of the stand-in's feeds and a clock moved by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from bot.sources.parse_worker import READER
from tests.sources.wire import DAY, HOSTS, HOUR, MINUTE, ROUNDUP, Wire

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_f1_validators_go_back_byte_for_byte(wire: Wire) -> None:
    """The stand-in answers 304 to nothing but its own words."""
    wire.misbehave("header", 'ETag: W/"a,b"\nLast-Modified: Monday, I think')

    await wire.poll(2)

    assert wire.sent("If-None-Match") == ["", 'W/"a,b"']
    assert wire.sent("If-Modified-Since") == ["", "Monday, I think"]
    assert [fetch.status for fetch in wire.log] == [200, 304]


async def test_f2_both_are_sent_and_one_that_is_gone_is_dropped(wire: Wire) -> None:
    """Both while both are known; what a 200 lacks is not sent again."""
    wire.misbehave("header", 'ETag: "1"')
    await wire.poll(2)
    wire.misbehave("header", "ETag:\nLast-Modified: Tuesday")
    await wire.poll(2)

    assert wire.sent("If-None-Match") == ["", '"1"', '"1"', ""]
    assert [bool(told) for told in wire.sent("If-Modified-Since")] == [False, True, True, True]


async def test_f3_a_touched_feed_is_asked_by_its_newest_validator(wire: Wire) -> None:
    """The same body under a new ETag at every fetch: no news, but remembered."""
    wire.misbehave("touched")

    first, *others = [await wire.poll() for _ in range(4)]

    assert first.stories is not None
    assert [poll.stories for poll in others] == [None] * 3
    assert wire.sent("If-None-Match") == ["", *[f'"touched-{n}"' for n in range(3)]]


async def test_f4_a_304_is_no_error_and_brings_a_new_pace(wire: Wire) -> None:
    """Nothing is parsed; the freshness is that of the 304."""
    await wire.poll()
    wire.misbehave("header", "Cache-Control: max-age=7200")

    fetched = await wire.poll()

    assert (fetched.status, fetched.stories, fetched.reason) == (304, None, "")
    assert wire.wait == 2 * HOUR


async def test_f5_one_unconditional_request_however_often_the_desk_starts(wire: Wire) -> None:
    """Five restarts, one request without validators."""
    for _ in range(5):
        await wire.poll()
        wire.start()

    assert wire.sent("If-None-Match").count("") == 1
    assert [fetch.status for fetch in wire.log] == [200, 304, 304, 304, 304]


async def test_f5_a_new_reader_reads_an_old_document_once_more(wire: Wire) -> None:
    """Unconditionally, though its bytes are the same; then as politely as ever."""
    await wire.poll()
    wire.state = replace(wire.state, parser=READER - 1)

    again = await wire.poll()
    await wire.poll()

    assert again.stories
    assert [fetch.status for fetch in wire.log] == [200, 200, 304]


async def test_f5_a_document_that_is_no_feed_is_asked_for_once(wire: Wire) -> None:
    """Its validators are remembered with its fault: the same page again is the same failure."""
    wire.misbehave("header", 'ETag: "page"')
    wire.server.documents[ROUNDUP] = b"<html><body>Subscribe</body></html>"

    first, second = await wire.poll(), await wire.poll()

    assert (first.status, second.status) == (200, 304)
    assert first.reason == second.reason
    assert "is a web page, not a feed" in second.reason
    assert (wire.state.failures, wire.state.body_hash) == (2, "")


@pytest.mark.parametrize(
    ("header", "minutes"),
    [
        ("Cache-Control: max-age=60", 5),
        ("Cache-Control: max-age=300", 5),
        ("Cache-Control: max-age=301", 15),
        ("Cache-Control: public, max-age=3600", 60),
        ("Cache-Control: max-age=3600\nAge: 600", 50),
        ("Cache-Control: max-age=9999999", 1440),
        ("Cache-Control:", 15),
    ],
)
async def test_f6_the_servers_freshness_is_the_interval(
    wire: Wire, header: str, minutes: int
) -> None:
    """A quarter of an hour at least, five minutes where the server says so, a day at most."""
    wire.misbehave("header", header)

    await wire.poll()

    assert wire.wait == minutes * MINUTE


async def test_f6_the_document_and_the_operator_have_a_say(wire: Wire) -> None:
    """The longest of all wishes counts, and is remembered over a restart and a 304."""
    wire.misbehave("header", "Cache-Control:")
    wire.wish(5 * MINUTE)
    await wire.poll()
    wished = wire.wait
    wire.server.documents[ROUNDUP] = b"<rss><channel><title>R</title><ttl>120</ttl></channel></rss>"
    await wire.poll()
    wire.start()

    fetched = await wire.poll()

    assert (wished, fetched.status, wire.wait) == (5 * MINUTE, 304, 2 * HOUR)


@pytest.mark.parametrize("status", ["429", "503"])
@pytest.mark.parametrize("after", ["1800", "Mon, 12 Jan 2099 21:30:00 GMT"])
async def test_f7_the_whole_host_is_left_alone(wire: Wire, status: str, after: str) -> None:
    """In seconds or as a date, a day at most; another host is asked meanwhile."""
    wire.misbehave(status, after)
    refused = await wire.poll()
    until = refused.silent_until

    held = await wire.fetch(wire.feed("harbour"))
    elsewhere = await wire.fetch(wire.feed("harbour", HOSTS[1]))

    assert until is not None
    assert wire.wait == until - wire.clock.now() == (30 * MINUTE if after == "1800" else DAY)
    assert (held.asked, held.state.next_poll_at, held.status) == (False, until, 0)
    assert elsewhere.status == 200
    assert [fetch.headers["Host"] for fetch in wire.log] == [HOSTS[0], HOSTS[1]]


async def test_f7_garbage_backs_off_and_nothing_is_repeated_at_once(wire: Wire) -> None:
    """One request a poll, whatever the answer."""
    wire.misbehave("429", "in a while")

    await wire.poll()

    assert 5 * MINUTE <= wire.wait <= 6 * MINUTE
    assert len(wire.log) == 1


async def test_f8_a_dying_feed_is_asked_less_and_less_told_twice_and_stopped(wire: Wire) -> None:
    """After a day its readers hear of it, after 14 it is left alone, and they hear that."""
    await wire.poll()
    wire.misbehave("500")
    since = wire.clock.now()
    await wire.poll()
    polls = await wire.poll_when_due(since + 30 * DAY)

    gaps = [after.at - before.at for before, after in pairwise(wire.log[1:])]
    (early, first), (late, last) = wire.told
    assert polls <= 25
    assert all(5 * MINUTE * 2**n <= gaps[n] <= 6 * MINUTE * 2**n for n in range(8))
    assert max(gaps) <= DAY
    assert early - since == DAY
    assert first == (
        "Market Roundup has not been read since Jan 12, 21:10 UTC: "
        "http://one.example/feeds/roundup.xml answered 500; the desk goes on trying until "
        "Jan 26, 21:10 UTC; /desk feeds why says more"
    )
    assert 14 * DAY <= late - since <= 15 * DAY
    assert last == f"Market Roundup is read no more: {wire.state.stopped}; " + (
        "try it again or remove it with /desk feeds"
    )
    assert wire.state.stopped == (
        "nothing but failures since Jan 12, 21:10 UTC; "
        "the last: http://one.example/feeds/roundup.xml answered 500"
    )


async def test_f8_what_comes_back_by_itself_is_told_once(wire: Wire) -> None:
    """A success forgets every failure; who was told of the trouble is told of its end."""
    wire.misbehave("500")
    await wire.poll()
    await wire.poll_when_due(wire.clock.now() + 3 * DAY)
    wire.misbehave()
    await wire.poll(2)

    assert [words for _, words in wire.told][1:] == [
        "Market Roundup is read again: http://one.example/feeds/roundup.xml answers as it should"
    ]
    assert (wire.state.failures, wire.state.failing_since, wire.state.told) == (0, None, "")


async def test_f8_a_short_trouble_is_told_to_nobody(wire: Wire) -> None:
    """Neither its beginning nor its end."""
    wire.misbehave("500")
    await wire.poll(3)
    wire.misbehave()
    await wire.poll()

    assert wire.told == []
    assert (wire.state.failures, wire.state.stopped) == (0, "")


async def test_f11_gone_is_told_at_once_and_never_asked_again(wire: Wire) -> None:
    """410 stops; its readers hear what they can do."""
    wire.misbehave("410")

    await wire.poll()

    why = "http://one.example/feeds/roundup.xml is gone for good (410); it is not asked again"
    assert (wire.state.stopped, wire.state.next_poll_at) == (why, None)
    assert [words for _, words in wire.told] == [
        f"Market Roundup is read no more: {why}; try it again or remove it with /desk feeds"
    ]


@pytest.mark.parametrize(("status", "told"), [("401", 1), ("403", 1), ("404", 0)])
async def test_f11_turned_away_three_times_is_told(wire: Wire, status: str, told: int) -> None:
    """401 and 403 do not pass by themselves; a 404 may, and backs off."""
    wire.misbehave(status)
    await wire.poll(2)
    before = len(wire.told)
    await wire.poll(3)

    assert (before, len(wire.told)) == (0, told)
    assert 80 * MINUTE <= wire.wait <= timedelta(minutes=96)
