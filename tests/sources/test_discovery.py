"""Is this a feed, or a page that names its feeds?"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator

import pytest

from bot.errors import SourceError, Unreachable, Unreadable
from bot.model.found import Found, Offer
from bot.sources.address import Refused
from bot.sources.discovery import Discovery
from bot.sources.http import Http
from bot.sources.parse_worker import ParseWorker
from tests.sources.fakes import NOON, Names, OddServer, go, say

ITEMS = "".join(
    f"<item><title>Story {n}</title><link>https://a.example/{n}</link><guid>{n}</guid>"
    "<pubDate>Mon, 12 Jan 2026 11:00:00 GMT</pubDate></item>"
    for n in range(5)
)
RSS = f"<rss version='2.0'><channel><title>The  wire</title>{ITEMS}</channel></rss>"


@pytest.fixture
async def server() -> AsyncIterator[OddServer]:
    async with OddServer() as server:
        yield server


@pytest.fixture
async def discovery(server: OddServer) -> AsyncIterator[Discovery]:
    """With the real client and the real reader of feeds, against the server of this test."""
    http = Http("newsdesk", [server.url], resolver=Names())
    parser = ParseWorker()
    yield Discovery(http, parser)
    await parser.close()
    await http.close()


def page(head: str) -> str:
    return f"<!DOCTYPE html><html><head><title>News</title>{head}</head><body>…</body></html>"


def link(href: str, media: str = "application/rss+xml", title: str = "All") -> str:
    return f'<link rel="alternate" type="{media}" title="{title}" href="{href}">'


@pytest.mark.parametrize("media", ["text/html", "application/rss+xml", "image/png", ""])
async def test_a_feed_is_known_by_itself(
    server: OddServer, discovery: Discovery, media: str
) -> None:
    """Whatever its server calls it; its title and first three stories are shown."""
    server.answers["/rss"] = say(RSS, Content_Type=media)

    found = await discovery.discover(f" {server.url}/rss ", NOON)

    assert (found.url, found.title, found.is_feed) == (f"{server.url}/rss", "The wire", True)
    assert [story.title for story in found.preview] == ["Story 0", "Story 1", "Story 2"]
    assert found.preview[0].published == NOON.replace(hour=11)
    assert found.offers == ()


async def test_a_feed_that_has_moved_for_good_is_known_by_its_new_address(
    server: OddServer, discovery: Discovery
) -> None:
    """A redirect that may end tomorrow is kept, a permanent one is not."""
    server.answers |= {"/old": go("/rss", 301), "/lent": go("/rss", 302), "/rss": say(RSS)}

    moved = await discovery.discover(f"{server.url}/old", NOON)
    lent = await discovery.discover(f"{server.url}/lent", NOON)

    assert (f"{server.url}/rss", f"{server.url}/lent") == (moved.url, lent.url)


async def test_a_page_offers_the_feeds_it_names(server: OddServer, discovery: Discovery) -> None:
    """In its order, each once, by their full addresses, without anything being guessed."""
    server.answers["/news/"] = say(
        page(
            link("/rss.xml", title="All  the\nnews")
            + link("atom?a=1&amp;b=2", "application/atom+xml; charset=utf-8", "A &amp; b")
            + link("https://cdn.example/feed.json", "application/feed+json", "")
            + link("/rss.xml#again")
            + "<LINK HREF='/x.xml' TYPE=text/xml REL='ALTERNATE home'>"
            + '<link rel="feed" href="//other.example/feed" title="A > B">'
        )
    )

    found = await discovery.discover(f"{server.url}/news/", NOON)

    assert found == Found(
        url=f"{server.url}/news/",
        title="",
        is_feed=False,
        offers=(
            Offer(f"{server.url}/rss.xml", "All", "RSS"),
            Offer(f"{server.url}/news/atom?a=1&b=2", "A & b", "Atom"),
            Offer("https://cdn.example/feed.json", "cdn.example", "JSON Feed"),
            Offer(f"{server.url}/x.xml", "127.0.0.1", "XML"),
            Offer("http://other.example/feed", "A > B", "XML"),
        ),
    )
    assert [request.path for request in server.requests] == ["/news/"]


async def test_a_base_moves_relative_links(server: OddServer, discovery: Discovery) -> None:
    """As a browser reads them."""
    server.answers["/"] = say(page('<base href="https://b.example/x/">' + link("rss")))

    found = await discovery.discover(f"{server.url}/", NOON)

    assert [offer.url for offer in found.offers] == ["https://b.example/x/rss"]


@pytest.mark.parametrize(
    "href",
    [
        "http://127.0.0.1:1/rss",
        "http://10.0.0.1/rss",
        "//localhost/rss",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://user@b.example/rss",
        "http://[",
        "",
    ],
)
async def test_an_offer_that_leads_inside_is_not_made(
    server: OddServer, discovery: Discovery, href: str
) -> None:
    """Every address on a page is checked before anyone sees it."""
    server.answers["/"] = say(page(link(href) + link("/rss")))

    found = await discovery.discover(f"{server.url}/", NOON)

    assert [offer.url for offer in found.offers] == [f"{server.url}/rss"]


@pytest.mark.parametrize(
    "head",
    [
        "",
        link("/oembed", "application/json+oembed"),
        link("/wp-json", "application/json"),
        link("/de", "text/html"),
        '<link rel="stylesheet" type="text/xml" href="/style.xml">',
        "<script>var x = '<link rel=alternate' + ' type=application/rss+xml href=/x>';</script>",
        link("http://10.0.0.1/rss"),
    ],
)
async def test_a_page_without_a_feed_is_one_sentence(
    server: OddServer, discovery: Discovery, head: str
) -> None:
    """It says what to look for; no well-known address is tried in secret."""
    server.answers["/"] = say(page(head))

    with pytest.raises(Unreadable) as error:
        await discovery.discover(f"{server.url}/", NOON)

    assert str(error.value) == (
        f"{server.url}/ is a web page that names no feed; "
        "look on it for an RSS or Atom link and give that"
    )
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "start",
    ["<html>", "\ufeff\n<!-- x --><!doctype  HTML>", "<?xml version='1.0'?><!DOCTYPE html>", ""],
)
async def test_a_page_is_known_by_its_beginning_or_its_links(
    server: OddServer, discovery: Discovery, start: str
) -> None:
    """Old pages, XHTML, and pages that begin in the middle."""
    server.answers["/"] = say(start + "<head>" + link("/rss") + "</head><p>Hello")

    assert len((await discovery.discover(f"{server.url}/", NOON)).offers) == 1


async def test_what_is_neither_says_so(server: OddServer, discovery: Discovery) -> None:
    """A picture or a text is not a feed; a status is not a document."""
    server.answers["/"] = say("hello")

    with pytest.raises(Unreadable, match="is not a feed"):
        await discovery.discover(f"{server.url}/", NOON)
    with pytest.raises(Unreachable) as error:
        await discovery.discover(f"{server.url}/none", NOON)

    assert f"{server.url}/none answered 404; try it in a browser" == str(error.value)


@pytest.mark.parametrize(
    "address", ["localhost", "10.0.0.1/rss", "feed://127.0.0.1/", "file:///etc/passwd", "", "a b"]
)
async def test_an_address_inside_is_refused(discovery: Discovery, address: str) -> None:
    """However a person writes it."""
    with pytest.raises(Refused):
        await discovery.discover(address, NOON)


async def test_a_missing_scheme_is_https(discovery: Discovery) -> None:
    """As a browser takes it; the name is not known here."""
    with pytest.raises(SourceError) as error:
        await discovery.discover("news.example/rss", NOON)

    assert "https://news.example/rss could not be reached (no such host)" == str(error.value)


@pytest.mark.parametrize(
    "hostile",
    [
        "<link ",
        "<link rel='",
        "<link a=",
        "<link " + "a " * 900 + ">",
        "<link " + "a='b' " * 300 + "rel=alternate>",
        "<link " + '"' * 900,
        "<!--",
        "<base href='x",
    ],
)
async def test_a_hostile_page_is_read_in_no_time(
    server: OddServer, discovery: Discovery, hostile: str
) -> None:
    """Megabytes of half tags are skipped over once."""
    server.answers["/"] = say("<html>" + hostile * (1_000_000 // len(hostile)))
    began = time.process_time()

    with pytest.raises(Unreadable, match="names no feed"):
        await discovery.discover(f"{server.url}/", NOON)

    assert time.process_time() - began < 1
