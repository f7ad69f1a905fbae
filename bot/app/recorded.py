"""
The ports of a desk that replays a recorded day: no socket, and the same bytes every time.

Yahoo's answers and the feeds' documents are those that the sandbox serves (`bot.tape`); the
desk's own code asks for them and reads them. Only the clock and the poster are others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from multidict import CIMultiDict, CIMultiDictProxy

from bot import payload
from bot.delivery import lookup
from bot.errors import Unreachable
from bot.model.brief import AnyBrief, Brief, ChartData, Colours, Rendered, Variant
from bot.model.post import Post, Posted
from bot.services.ports import Renderer
from bot.sources.feed_schedule import Rhythm
from bot.sources.http import Response
from bot.sources.yahoo import Yahoo
from bot.tape import Item, Tape
from bot.tape.feeds import CONTENT_TYPES, validators, write_feed
from bot.tape.yahoo import Provider, answers, shapes

Json = dict[str, Any]

_SNOWFLAKES = datetime(2015, 1, 1, tzinfo=UTC)
_FIRST = 99  # the sandbox's channels are the second and later things of its guild
RHYTHM = Rhythm(spacing=timedelta(0))


class ReplayClock:
    """Market time that jumps to wherever the desk asks to sleep, until the day ends."""

    lockstep = True

    def __init__(self, starts: datetime, ends: datetime) -> None:
        self.finished = asyncio.Event()
        self._now, self._ends = starts.astimezone(UTC), ends.astimezone(UTC)

    def now(self) -> datetime:
        return self._now

    async def sleep_until(self, at: datetime) -> None:
        """Never returns once the day has ended, which `finished` tells."""
        if at > self._ends:
            self._now = self._ends
            self.finished.set()
            await asyncio.Event().wait()
        self._now = max(self._now, at)

    async def gather(self, within: timedelta, work: Sequence[Awaitable[None]]) -> None:
        """Time stands still until all of `work` is done. Raises what the work raises."""
        for end in await asyncio.gather(*work, return_exceptions=True):
            if isinstance(end, BaseException):
                raise end


class RecordedYahoo(Yahoo):
    """Yahoo without the wire: the questions and the reading are the same, the tape answers."""

    def __init__(self, tape: Tape, clock: ReplayClock) -> None:
        self._provider = Provider(tape)
        self._market = clock

    async def close(self) -> None:
        """There is nothing to close."""

    async def _ask(self, url: str, params: Mapping[str, str]) -> object:
        now, path = self._market.now(), urlsplit(url).path
        what, _, symbol = path.removeprefix("/v").partition("/")[2].partition("/chart/")
        if symbol:
            status, body = answers.charts(self._provider.look(symbol, now), params)
            return None if status == 404 else body
        if what == "finance/quote":
            looks = [self._provider.look(name, now) for name in params["symbols"].split(",")]
            return answers.quotes((shapes.quote(found) for found in looks if found), params)
        if what == "finance/search":
            told = shapes.told(self._provider.tape, params.get("q", ""), now)
            return answers.search(self._provider.tape, params, told)
        raise Unreachable(f"no recorded day knows {path}")


class RecordedHttp:
    """
    The feeds of the day over no wire; everything else answers 404.

    How long a document stays as it is, is known here: the desk is told in whole steps of its
    own rhythm, so that it asks when it would have found something and not in between.
    """

    def __init__(self, tape: Tape, clock: ReplayClock) -> None:
        self._feeds = {feed_url(tape, feed.name): feed for feed in tape.feeds}
        self._tape = tape
        self._clock = clock

    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response:
        feed, now = self._feeds.get(url), self._clock.now()
        if feed is None:
            return Response(404, CIMultiDictProxy(CIMultiDict()), b"", url)
        own = [item for item in reversed(self._tape.items) if item.feed == feed.name]
        items = [shown for item in own if (shown := item.at(now))]
        body = write_feed(feed, items, url)
        told = CIMultiDict(validators(body, items) | {"Content-Type": CONTENT_TYPES[feed.format]})
        told["Cache-Control"] = f"max-age={_quiet(own, now):.0f}"
        if (headers or {}).get("If-None-Match") == told["ETag"]:
            return Response(304, CIMultiDictProxy(told), b"", url)
        return Response(200, CIMultiDictProxy(told), body, url)


def _quiet(items: Sequence[Item], now: datetime) -> float:
    """Seconds until the desk would see another document, by its own rhythm."""
    turns = [at for item in items for at in item.turns if at > now]
    steps = -((now - min(turns)) // RHYTHM.floor) if turns else 24 * 12
    return max(1, steps) * RHYTHM.floor.total_seconds()


def feed_url(tape: Tape, name: str) -> str:
    """Where a feed of the day would be."""
    domains = {feed.name: feed.domain for feed in tape.feeds}
    return f"https://{domains[name]}/{name}.xml"


class Undrawn:
    """A renderer whose pictures are only named; satisfies `bot.services.ports.Renderer`."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def render(self, brief: AnyBrief, variant: Variant) -> Rendered:
        return self._renderer.render(brief, variant)

    async def chart(self, brief: Brief, data: ChartData, colours: Colours) -> bytes:
        return b""


@dataclass(slots=True)
class _Message:
    id: int
    channel: int
    created_at: datetime
    reply_to: int | None
    body: Json
    edits: list[Json] = field(default_factory=list)

    def record(self) -> Json:
        return {
            "id": str(self.id),
            "channel": str(self.channel),
            **self.body,
            "reply_to": str(self.reply_to) if self.reply_to else None,
            "created_at": _stamp(self.created_at),
            "edits": self.edits,
        }


class RecordingPoster:
    """Keeps in memory what Discord would have been sent. Satisfies `bot.services.ports.Poster`."""

    def __init__(self, clock: ReplayClock) -> None:
        self.requests = 0
        self._clock = clock
        self._messages: dict[int, _Message] = {}

    async def create(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted:
        self.requests += 1
        now, channel = self._clock.now(), post.destination.id
        id, body = self._next(now, channel), _body(post, rendered, chart)
        self._messages[id] = _Message(id, channel, now, post.reply_to, body | {"edited_at": None})
        return Posted(id, post.desired_rev)

    async def edit(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted:
        self.requests += 1
        message = self._messages[post.message_id or 0]
        message.edits.append(message.body)
        edited_at = {"edited_at": _stamp(self._clock.now())}
        message.body = _body(post, rendered, chart) | edited_at
        return Posted(message.id, post.desired_rev)

    async def find(self, post: Post, since: datetime, rendered: Rendered) -> Posted | None | bool:
        """Nothing is ever ambiguous here."""
        return None

    def _next(self, now: datetime, channel: int) -> int:
        """As the sandbox numbers them: by millisecond, then in order, then by channel."""
        here = [each for each in self._messages.values() if each.channel == channel]
        count = len([each for each in here if each.created_at == now])
        milliseconds = (now - _SNOWFLAKES) // timedelta(milliseconds=1)
        return milliseconds << 22 | count << 14 | channel % 1000 - _FIRST

    def export(self) -> Json:
        """All messages, in the shape and the order of the sandbox's export."""
        order = sorted(self._messages.values(), key=lambda each: (each.created_at, each.id))
        return {"messages": [each.record() for each in order], "requests": self.requests}


def _body(post: Post, rendered: Rendered, chart: bytes | None) -> Json:
    """The words, the card, the picture's name and the buttons, as `DiscordPoster` sends them."""
    if post.kind.one_line:
        line: Json = {"content": lookup.line(rendered), "embeds": [], "components": []}
        return line | {"attachments": []}
    files = payload.files(rendered, chart)
    cards = payload.embeds(rendered, picture=bool(files))
    return {
        "content": rendered.content,
        "embeds": [dict(card.to_dict()) for card in cards],
        "components": payload.buttons(post.id, post.desired_rev).to_components(),
        "attachments": [
            {"filename": file.filename, "content_type": "image/png", "size": len(chart or b"")}
            for file in files
        ],
    }


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
