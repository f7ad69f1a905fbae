"""
Is this a feed, or a page that names its feeds? Looks once, and guesses no address.

What a server calls its document is not believed: the document itself decides. Of a page only
its link tags are read, one by one, because the standard library's reader of HTML takes minutes
over a hostile page as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from html.parser import HTMLParser
from itertools import islice
from typing import Protocol
from urllib.parse import urljoin, urlsplit

from bot.errors import SourceError, Unreachable, Unreadable
from bot.model.found import Found, Offer
from bot.model.news import Feed
from bot.sources.address import meant, read_url
from bot.sources.feed_items import stories
from bot.sources.http import Response
from bot.sources.parse_worker import Parsed

_PREVIEW = 3
_MOST_OFFERS = 20
_MOST_TAGS = 300
_MOST_MARKUP = 1_000_000
_LONGEST_TAG = 2000
_LONGEST_TITLE = 100
# Possessive throughout: what has been read once is not read again, whatever follows.
_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf|\s|<\?xml[^<>]*+>|<!--.*?-->)*+<(?:!doctype\s++)?html\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"""<(?:link|base)\s(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+>""", re.IGNORECASE)
_KINDS = {
    "application/rss+xml": "RSS",
    "application/rdf+xml": "RSS",
    "application/atom+xml": "Atom",
    "application/feed+json": "JSON Feed",
    "application/xml": "XML",
    "text/xml": "XML",
}


class _Http(Protocol):
    def check(self, url: str) -> None: ...
    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response: ...


class _Parser(Protocol):
    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed: ...


class Discovery:
    """Looks at the addresses people name, through the one guarded client."""

    def __init__(self, http: _Http, parser: _Parser) -> None:
        self._http = http
        self._parser = parser

    async def discover(self, address: str, now: datetime) -> Found:
        """
        What is at `address`, as a person writes it; `now` dates the preview.

        Raises `SourceError` when it cannot be fetched, or is neither a feed nor a page with one.
        """
        url = meant(address)
        response = await self._http.get(url)
        if response.status != 200:
            raise Unreachable(f"{url} answered {response.status}", hint="try it in a browser")
        if _PAGE.match(response.body[:10_000]):
            return self._page(response)
        kind = response.headers.get("Content-Type", "")
        try:
            parsed = await self._parser.parse(response.body, kind, response.url)
        except Unreadable:
            if not _tags(response.body):
                raise
            return self._page(response)
        told = stories(parsed, Feed(url, parsed.title or response.url), now)
        lasting = response.permanent_to or url
        return Found(lasting, parsed.title, is_feed=True, preview=told[:_PREVIEW])

    def _page(self, response: Response) -> Found:
        offers = {offer.url: offer for offer in _offers(response) if self._may_fetch(offer.url)}
        if not offers:
            raise Unreadable(
                f"{response.url} is a web page that names no feed",
                hint="look on it for an RSS or Atom link and give that",
            )
        return Found(response.url, "", is_feed=False, offers=tuple(offers.values())[:_MOST_OFFERS])

    def _may_fetch(self, url: str) -> bool:
        try:
            self._http.check(url)
        except SourceError:
            return False
        return True


def _offers(response: Response) -> Iterator[Offer]:
    base = response.url
    for tag, told in _tags(response.body):
        if tag == "base":
            base = _join(base, told.get("href", ""))
        elif told.get("href") and (kind := _kind(told)):
            url = _join(base, told["href"])
            title = " ".join(told.get("title", "").split())[:_LONGEST_TITLE]
            yield Offer(url, title or urlsplit(url).hostname or url, kind)


def _kind(told: Mapping[str, str]) -> str:
    """ "" for a link to anything but a feed."""
    relations = told.get("rel", "").lower().split()
    media = told.get("type", "").partition(";")[0].strip().lower()
    if "feed" in relations:
        return _KINDS.get(media, "XML")
    return _KINDS.get(media, "") if "alternate" in relations else ""


def _tags(body: bytes) -> list[tuple[str, dict[str, str]]]:
    text = body[:_MOST_MARKUP].decode("utf-8", "replace")
    found = (each[0] for each in _TAG.finditer(text) if len(each[0]) <= _LONGEST_TAG)
    return [tag for each in islice(found, _MOST_TAGS) for tag in _read(each)]


def _read(tag: str) -> list[tuple[str, dict[str, str]]]:
    reader = _Reader()
    reader.feed(tag)
    return reader.tags


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: (value or "").strip() for name, value in attrs}))


def _join(base: str, href: str) -> str:
    try:
        return str(read_url(urljoin(base, href)))
    except (ValueError, SourceError):
        return href
