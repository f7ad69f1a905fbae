"""Serves the recorded day's feeds as of the market clock, and remembers who asked for what."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from html import escape

from aiohttp import web

from bot.sandbox.feeds.faults import (
    REDIRECTS,
    STATUSES,
    FeedFault,
    bend_body,
    bend_headers,
    bend_items,
    read_faults,
)
from bot.sandbox.loopback import Loopback, drop, read_object
from bot.tape import FeedSource, Tape
from bot.tape.feeds import CONTENT_TYPES, validators, write_feed, write_opml

_FRONT = "<!doctype html><html><head><title>The day</title>{}</head><body>News.</body></html>"
_PAGE = "<!doctype html><html><head><title>Subscribe</title></head><body>Welcome.</body></html>"


@dataclass(frozen=True, slots=True)
class Fetch:
    """One request for a feed. `status` 0 is a connection cut; `at` is market time."""

    path: str
    headers: Mapping[str, str]
    status: int
    at: datetime


class FeedServer(Loopback):
    """
    GET /feeds/NAME.xml, items whose `seen` has come, newest first; GET /feeds.opml; GET /, a
    page that names them all.

    304 only for validators returned byte for byte. `faults` may be set by feed name at any
    time, also by POST /_sandbox/faults; `documents` holds what a feed says instead of its items
    of the day. `log` keeps every request for a feed.
    """

    def __init__(self, tape: Tape, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.faults: dict[str, FeedFault] = {}
        self.documents: dict[str, bytes] = {}
        self.log: list[Fetch] = []
        self._tape = tape
        self._feeds = {feed.name: feed for feed in tape.feeds}
        self._now = now

    def address(self, name: str) -> str:
        return f"{self.url}/feeds/{name}.xml"

    def opml(self) -> str:
        """The day's feeds as a list to subscribe to; addresses are known once started."""
        feeds = [(feed, self.address(feed.name)) for feed in self._tape.feeds]
        return write_opml(f"Feeds of {self._tape.day}", feeds)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/feeds/{name}.xml", self._feed),
            web.get("/feeds.opml", self._opml),
            web.get("/", self._front),
            web.post("/_sandbox/faults", self._set_faults),
        ]

    async def _front(self, request: web.Request) -> web.Response:
        links = [
            f'<link rel="alternate" type="{CONTENT_TYPES[feed.format]}" '
            f'title="{escape(feed.outlet)}" href="/feeds/{feed.name}.xml">'
            for feed in self._tape.feeds
        ]
        return web.Response(text=_FRONT.format("".join(links)), content_type="text/html")

    async def _opml(self, request: web.Request) -> web.Response:
        return web.Response(text=self.opml(), content_type="text/x-opml")

    async def _set_faults(self, request: web.Request) -> web.Response:
        try:
            self.faults = read_faults(await read_object(request), list(self._feeds))
        except (ValueError, AttributeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return web.json_response({"requests": len(self.log)})

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        feed = self._feeds.get(request.match_info["name"])
        fault = self.faults.get(feed.name) if feed else None
        if fault and fault.kind == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.kind == "dropped":
            self._note(request, 0)
            drop(request)
            return web.Response()
        if fault and fault.kind == "endless":
            self._note(request, 200)
            return await _pour(request)
        response = self._answer(request, feed, fault) if feed else web.Response(status=404)
        self._note(request, response.status)
        if fault and fault.kind == "short":
            return await _cut(request, response)
        return response

    def _note(self, request: web.Request, status: int) -> None:
        self.log.append(Fetch(request.path, dict(request.headers), status, self._now()))

    def _answer(
        self, request: web.Request, feed: FeedSource, fault: FeedFault | None
    ) -> web.Response:
        if fault and (fault.kind in REDIRECTS or fault.kind in STATUSES):
            return _refusal(fault)
        if fault and fault.kind == "html":
            return web.Response(text=_PAGE, content_type="text/html")
        own = [item for item in self._tape.items if item.feed == feed.name]
        items = bend_items(own, fault, self._now(), len(self.log))
        written = self.documents.get(feed.name) or write_feed(feed, items, self.address(feed.name))
        body = bend_body(written, fault)
        headers = bend_headers(validators(body, items), fault, len(self.log))
        if _unchanged(request, headers):
            return web.Response(status=304, headers=headers)
        if fault and fault.kind == "broken":
            body = body[: len(body) * 2 // 3]
        if fault and fault.kind == "gzip":
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        kind = CONTENT_TYPES[feed.format]
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=headers)


def _refusal(fault: FeedFault) -> web.Response:
    header = "Location" if fault.kind in REDIRECTS else "Retry-After"
    headers = {header: fault.value} if fault.value else {}
    return web.Response(status=int(fault.kind), headers=headers)


def _unchanged(request: web.Request, headers: Mapping[str, str]) -> bool:
    """RFC 9110: If-None-Match decides alone where it is sent."""
    if (told := request.headers.get("If-None-Match")) is not None:
        return told == headers.get("ETag")
    since = request.headers.get("If-Modified-Since")
    return since is not None and since == headers.get("Last-Modified")


async def _pour(request: web.Request) -> web.StreamResponse:
    """Items until the reader hangs up."""
    response = web.StreamResponse(headers={"Content-Type": "application/rss+xml"})
    await response.prepare(request)
    chunk = b"<item><title>and another</title></item>\n" * 1600
    try:
        await response.write(b'<rss version="2.0"><channel>\n')
        while True:
            await response.write(chunk)
    except ConnectionError:
        return response


async def _cut(request: web.Request, whole: web.Response) -> web.StreamResponse:
    body = whole.body if isinstance(whole.body, bytes) else b""
    response = web.StreamResponse(headers=whole.headers)
    response.content_length = len(body)
    await response.prepare(request)
    await response.write(body[: len(body) // 2])
    drop(request)
    return response
