"""
What do the channels look like? A page that shows them as Discord would, live, on this machine.

    GET  /          the page; its parts are under /static/
    GET  /events    server-sent events: hello (all that stands), then create, edit, delete, clock
    POST /press     {"message", "custom_id"}: press a button, and get the answers only you see
"""

from __future__ import annotations

import asyncio
import errno
import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.sandbox.clock import VirtualClock
from bot.sandbox.discord import DiscordServer, Reply, Subscription
from bot.sandbox.loopback import Loopback

STATIC = Path(__file__).with_name("static")
TICK = 1.0
"""Seconds of the wall between two looks at the market clock."""

RECONNECT = 1000
"""Milliseconds after which a page whose stream broke asks again."""

GRACE = 3.2
"""Seconds, a moment more than a bot has to say that it heard."""

PATIENCE = 60.0
"""Seconds that a bot which heard may think."""

_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' http://127.0.0.1:*; base-uri 'none'; form-action 'none'"
)
_EPHEMERAL, _LOADING = 1 << 6, 1 << 7


class Page(Loopback):
    """
    Shows every channel of `discord` at the time of `clock`, and presses its buttons as the
    operator. `zone` is the IANA name of the market's time zone.
    """

    def __init__(
        self, discord: DiscordServer, clock: VirtualClock, *, zone: str = "America/New_York"
    ) -> None:
        super().__init__()
        self._discord = discord
        self._clock = clock
        self._zone = zone
        self._streams: set[Subscription] = set()

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/", self._index),
            web.get("/static/{name}", self._part),
            web.get("/events", self._events),
            web.post("/press", self._press),
        ]

    async def start(self, port: int = 0) -> None:
        """Listen on `port` of 127.0.0.1, or on a free one when it is taken."""
        try:
            await super().start(port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
            await super().start()

    async def stop(self) -> None:
        """End every open stream first, or the server would wait for its reader."""
        for stream in list(self._streams):
            stream.close()
        await super().stop()

    async def _index(self, request: web.Request) -> web.Response:
        return _file(STATIC / "index.html", "text/html")

    async def _part(self, request: web.Request) -> web.Response:
        path = STATIC / request.match_info["name"]
        if path.suffix not in _TYPES or path not in STATIC.iterdir():
            raise web.HTTPNotFound
        return _file(path, _TYPES[path.suffix])

    async def _events(self, request: web.Request) -> web.StreamResponse:
        headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        stream = web.StreamResponse(headers=headers)
        await stream.prepare(request)
        with self._discord.events() as changes:
            hello = self._hello()  # before anything is awaited, or a change could be told twice
            self._streams.add(changes)
            try:
                await stream.write(f"retry: {RECONNECT}\n".encode())
                await _send(stream, "hello", hello)
                await self._follow(changes, stream)
            finally:
                self._streams.discard(changes)
        return stream

    async def _follow(self, changes: Subscription, stream: web.StreamResponse) -> None:
        """Pass on every change and the time, until the changes or their reader end."""
        while True:
            try:
                async with asyncio.timeout(TICK):
                    change = await anext(changes)
            except StopAsyncIteration:
                return
            except TimeoutError:
                await _send(stream, "clock", self._time())
                continue
            if not _private(change.message):
                await _send(stream, change.kind, change.message)
                await _send(stream, "clock", self._time())

    async def _press(self, request: web.Request) -> web.Response:
        if request.content_type != "application/json":  # what no other site's page may send
            raise web.HTTPUnsupportedMediaType(text="a press is application/json")
        body = await request.json()
        message, custom_id = str(body.get("message")), str(body.get("custom_id"))
        try:
            reply = await self._discord.press(message, custom_id, timeout=GRACE)
        except ValueError as error:
            raise web.HTTPNotFound(text=str(error)) from error
        await self._thought(reply)
        answers = [reply.message, *reply.followups]
        return web.json_response({"late": reply.late, "answers": list(filter(_private, answers))})

    async def _thought(self, reply: Reply) -> None:
        """Wait until "is thinking…" has become an answer."""
        message = reply.message
        if message is not None and message["flags"] & _LOADING:
            id = message["id"]
            with suppress(TimeoutError):
                await self._discord.wait_for(
                    lambda each: each["id"] == id and not each["flags"] & _LOADING, PATIENCE
                )

    def _hello(self) -> Mapping[str, Any]:
        return {
            "zone": self._zone,
            "clock": self._time(),
            "channels": [
                {
                    "id": channel.id,
                    "name": channel.name,
                    "guild": channel.guild.name if channel.guild else None,
                }
                for channel in self._discord.world.channels.values()
            ],
            "messages": [each for each in self._discord.messages() if not _private(each)],
        }

    def _time(self) -> Mapping[str, Any]:
        return {"now": self._clock.epoch(), "pace": _pace(self._clock)}


def _private(message: Mapping[str, Any] | None) -> bool:
    """Whether only the person who asked sees the message."""
    return message is not None and bool(message["flags"] & _EPHEMERAL)


def _pace(clock: VirtualClock) -> str:
    """How fast market time passes, in words."""
    if clock.finished.is_set():
        return "end of the tape"
    if clock.lockstep:
        return "as fast as it goes"
    return f"{clock.speed:g}× speed" if clock.speed else "paused"


async def _send(stream: web.StreamResponse, event: str, data: Mapping[str, Any]) -> None:
    await stream.write(f"event: {event}\ndata: {json.dumps(data)}\n\n".encode())


def _file(path: Path, content_type: str) -> web.Response:
    return web.Response(
        body=path.read_bytes(),
        content_type=content_type,
        charset="utf-8",
        headers={
            "Content-Security-Policy": _POLICY,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cache-Control": "no-cache",
        },
    )
