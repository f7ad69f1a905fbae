"""
Loopback feeds in a process of their own: `python -m bench.feeds_server '{"feeds": 2000, …}'`.

Prints its port, then obeys a line of its stdin each: how many new items, and in which share of
the feeds, from now on. Ends with its stdin.
"""

from __future__ import annotations

import asyncio
import json
import ssl
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

ITEMS = 20
HOSTS = 50
_START = datetime(2026, 1, 12, 12, tzinfo=UTC)
_WORDS = (
    "The company said on Monday that its quarterly deliveries rose from a year earlier, helped by"
    " demand for its newer models, and that it keeps its outlook for the year as a whole. "
)


@dataclass(slots=True)
class Feeds:
    """`versions` counts what was ever added to a feed, by its number."""

    versions: list[int]
    close: bool

    async def answer(self, request: web.Request) -> web.StreamResponse:
        number = int(request.match_info["number"])
        version = self.versions[number]
        headers = {"ETag": f'"{number}-{version}"'}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            response = web.Response(status=304, headers=headers)
        else:
            body = _document(number, version)
            response = web.Response(body=body, headers=headers, content_type="application/rss+xml")
        if self.close:
            response.force_close()
        return response

    def add(self, items: int, share: float) -> None:
        for number in range(round(len(self.versions) * share)):
            self.versions[number] += items


def address(scheme: str, port: int, number: int) -> str:
    return f"{scheme}://127.0.0.{1 + number % HOSTS}:{port}/{number}.xml"


def origins(scheme: str, port: int) -> list[str]:
    return [f"{scheme}://127.0.0.{1 + host}:{port}" for host in range(HOSTS)]


def _document(number: int, version: int) -> bytes:
    items = "".join(_item(number, item) for item in range(version, version - ITEMS, -1))
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>Wire {number}</title><link>https://wire.example/{number}</link>"
        f"<description>Feed {number}</description>{items}</channel></rss>"
    ).encode()


def _item(number: int, item: int) -> str:
    dated = format_datetime(_START + timedelta(minutes=item))
    return (
        f"<item><title>Wire {number} reports that company {item} raises its outlook</title>"
        f"<link>https://wire.example/{number}/{item}</link>"
        f'<guid isPermaLink="false">wire-{number}-{item}</guid><pubDate>{dated}</pubDate>'
        f"<description>{6 * _WORDS}</description></item>"
    )


async def _serve(feeds: int, close: bool, certificate: str) -> None:
    served = Feeds([ITEMS] * feeds, close)
    app = web.Application()
    app.router.add_get("/{number}.xml", served.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    secure = None
    if certificate:
        secure = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        secure.load_cert_chain(certificate)
    first = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=secure, backlog=1024)
    await first.start()
    port = runner.addresses[0][1]
    for host in range(2, HOSTS + 1):
        await web.TCPSite(runner, f"127.0.0.{host}", port, ssl_context=secure, backlog=1024).start()
    print(port, flush=True)
    lines = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(lines), sys.stdin
    )
    while line := await lines.readline():
        served.add(**json.loads(line))
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(_serve(**json.loads(sys.argv[1])))
