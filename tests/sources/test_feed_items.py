"""Which stories does a parsed feed tell?"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model.news import Feed, Story
from bot.sources.feed_items import clean_link, published_at, stories
from bot.sources.parse_worker import Entry, Parsed
from tests.sources.fakes import NOON

FEED = Feed("https://example.com/feed.xml", "South China Morning Post")
ENTRY = Entry(
    "guid-1", "https://example.com/1", "Qwen leads", "Downloads pass a mark.", "2026-01-12T09:00Z"
)
NINE = datetime(2026, 1, 12, 9, tzinfo=UTC)


def read(*entries: Entry, feed: Feed = FEED) -> tuple[Story, ...]:
    return stories(Parsed("Wire", entries), feed, NOON)


def test_an_entry_becomes_a_story() -> None:
    """Outlet and feed come from the list of feeds, never from the feed itself."""
    (story,) = read(ENTRY)

    assert story == Story(
        id=story.id,
        feed=FEED.url,
        outlet="South China Morning Post",
        title="Qwen leads",
        link="https://example.com/1",
        published=NINE,
        first_seen=NOON,
        summary="Downloads pass a mark.",
        dated="2026-01-12T09:00Z",
    )
    assert len(story.id) == 20
    assert set(story.id) <= set("0123456789abcdef")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        (replace(ENTRY, title="UPDATE 1-Qwen leads"), True),
        (replace(ENTRY, link="https://example.com/2", dated=""), True),
        (replace(ENTRY, guid="guid-2"), False),
    ],
)
def test_the_guid_is_the_identity(other: Entry, same: bool) -> None:
    """Edits of title, link and date do not make another story."""
    assert (read(ENTRY)[0].id == read(other)[0].id) is same


@pytest.mark.parametrize(
    ("link", "same"),
    [
        ("https://EXAMPLE.com/1", True),
        ("https://example.com:443/1#comments", True),
        ("https://example.com/1?utm_source=rss&utm_medium=feed", True),
        ("https://example.com/1?page=2", False),
        ("https://example.com/2", False),
    ],
)
def test_without_a_guid_the_link_is_the_identity(link: str, same: bool) -> None:
    """Host case, default port, fragment and tracking do not count."""
    bare = replace(ENTRY, guid="")

    assert (read(bare)[0].id == read(replace(bare, link=link, title="x"))[0].id) is same


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"summary": "else"}, True),
        ({"title": "Else"}, False),
        ({"dated": "2026-01-12T10:00Z"}, False),
    ],
)
def test_without_either_title_and_date_are_the_identity(other: dict[str, Any], same: bool) -> None:
    """The last resort: the same words at the same time."""
    bare = replace(ENTRY, guid="", link="")

    assert (read(bare)[0].id == read(replace(bare, **other))[0].id) is same


def test_the_same_guid_of_two_feeds_is_two_stories() -> None:
    """Guids are unique within their feed only."""
    other = replace(FEED, url="https://example.org/feed.xml")

    assert read(ENTRY)[0].id != read(ENTRY, feed=other)[0].id


def test_a_guid_repeated_in_one_document_counts_once() -> None:
    """The first of them, which is the newest, stands."""
    (story,) = read(ENTRY, replace(ENTRY, title="Older words"))

    assert story.title == "Qwen leads"


def test_an_entry_without_a_title_speaks_by_its_summary() -> None:
    """And one without either says nothing."""
    (story,) = read(replace(ENTRY, title=""), replace(ENTRY, guid="2", title="", summary=""))

    assert story.title == "Downloads pass a mark."


@pytest.mark.parametrize(
    "dated",
    [
        "Mon, 12 Jan 2026 09:00:00 GMT",
        "Mon, 12 Jan 2026 09:00:00 UT",
        "Mon, 12 Jan 2026 09:00:00 Z",
        "Mon, 12 Jan 2026 09:00:00 +0000",
        "Mon, 12 Jan 2026 09:00:00 -0000",
        "Mon, 12 Jan 2026 04:00:00 EST",
        "Mon, 12 Jan 2026 17:00:00 +0800",
        "Mon, 12 Jan 2026 17:00:00+08:00",
        "Mon, 12 Jan 2026 17:00:00 GMT+08:00",
        "12 Jan 2026 09:00 GMT",
        "Mon, 12 Jan 26 09:00:00 GMT",
        "2026-01-12T09:00:00Z",
        "2026-01-12T09:00Z",
        "2026-01-12T09:00:00.000Z",
        "2026-01-12T17:00:00+08:00",
        "2026-01-12 09:00:00+00:00",
        "  2026-01-12T09:00:00Z\n",
    ],
)
def test_a_date_with_a_zone_is_believed(dated: str) -> None:
    """In the spellings that feeds use, made UTC."""
    assert published_at(dated, NOON) == NINE


@pytest.mark.parametrize(
    "dated",
    [
        "",
        "yesterday",
        "Mon, 12 Jan 2026 09:00:00",
        "Mon, 12 Jan 2026 09:00:00 BST",
        "Mon, 12 Jan 2026 09:00:00 IST",
        "Mon, 12 Jan 2026 09:00:00 CET",
        "2026-01-12T09:00:00",
        "2026-01-12",
        "01/12/2026 09:00 AM",
        "Mon, 12 Jan 2026 24:00:00 GMT",
        "Mon, 32 Jan 2026 09:00:00 GMT",
        "Mon, 12 Jan 2026 09:00:00 +9999",
        "Mon, 12 Jan 2026 09:00:00 -040",
        "1768208400",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-12:00",
        "-",
    ],
)
def test_a_date_that_proves_nothing_is_none(dated: str) -> None:
    """No zone, an ambiguous one, or no date: the desk goes by when it saw the story."""
    assert published_at(dated, NOON) is None


@pytest.mark.parametrize(
    ("dated", "told"),
    [
        ("2026-01-12T12:10:00Z", datetime(2026, 1, 12, 12, 10, tzinfo=UTC)),
        ("2026-01-12T12:10:01Z", None),
        ("2027-01-12T09:00:00Z", None),
    ],
)
def test_a_date_ahead_is_none(dated: str, told: datetime | None) -> None:
    """Ten minutes of a wrong clock are forgiven."""
    assert published_at(dated, NOON) == told


@pytest.mark.parametrize(
    ("link", "clean"),
    [
        ("https://example.com/a?b=c&d=", "https://example.com/a?b=c&d="),
        ("http://example.com/a", "http://example.com/a"),
        ("https://example.com/a?utm_source=x&b=c&fbclid=1#f", "https://example.com/a?b=c#f"),
        ("https://example.com/a?UTM_Source=x", "https://example.com/a"),
        (" https://example.com/a ", "https://example.com/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("ftp://example.com/a", ""),
        ("//example.com/a", ""),
        ("https:///a", ""),
        ("http://[::1", ""),
        ("", ""),
    ],
)
def test_links_are_web_links_without_tracking(link: str, clean: str) -> None:
    """Anything a browser would run instead of fetch is dropped."""
    assert clean_link(link) == clean


@pytest.mark.parametrize(
    "dated",
    [
        "Mon, 12 Jan 2026 07:42:00 GMT",
        "12 Jan 2026 07:42:00 UTC",
        "Mon, 12 Jan 2026 07:42:00 +0000",
        "Mon, 12 Jan 2026 07:42:00  GMT",
        "mon, 12 jan 2026 07:42:00 gmt",
    ],
)
def test_the_short_way_and_the_long_way_read_one_time(dated: str) -> None:
    """Dates as nearly all feeds write them take a short way; any blank more takes the long one."""
    assert published_at(dated, NOON) == datetime(2026, 1, 12, 7, 42, tzinfo=UTC)


@given(st.from_regex(r"https?://[a-z0-9.:@-]{1,12}/?[a-zA-Z0-9/?&=#%._ ~-]{0,20}", fullmatch=True))
def test_a_link_that_needs_no_cleaning_is_left_as_it_is(link: str) -> None:
    """What was cleaned once stays so, by whichever way."""
    clean = clean_link(link)

    assert clean_link(clean) == clean
    assert not clean or urlsplit(clean).hostname
