"""
The desk's own parts at 11:08 of the recorded day, open and signed in, beside a bare discord.py.

Quotes, feeds, store, renderer and Discord are the adapters that `python -m bot run` has.
"""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import TypeVar

import discord

from bench.stand_in import TOKEN, StandIn, stand_in
from bot import log
from bot.app.compose import Parts, open_parts, silent
from bot.app.files import read_feeds
from bot.config import load
from bot.delivery.client import DeskClient
from bot.delivery.session import sign_in, stay_connected, until_ready
from bot.model.alert import Terms
from bot.model.brief import AnyBrief, Brief, ChartData, Colours, Rendered, Variant
from bot.model.post import Destination, Watch
from bot.services.ports import Renderer
from bot.services.publication import Publication
from bot.services.watch import Pace, Watching
from bot.store import SqlStore, open_store

TICKER = "BABA"
TERMS = Terms(Decimal(5), hold=timedelta(0))
Edge = Callable[[str], None]
T = TypeVar("T")


@dataclass(slots=True)
class Witness:
    """Passes everything on to `renderer`, tells `edge` of it, and keeps what was made last."""

    renderer: Renderer
    edge: Edge
    _brief: Brief | None = None
    _data: ChartData | None = None
    _rendered: Rendered | None = None
    _picture: bytes | None = None

    def render(self, brief: AnyBrief, variant: Variant) -> Rendered:
        self.edge("render.before")
        rendered = self.renderer.render(brief, variant)
        self.edge("render.after")
        if "details withheld" in rendered.content:
            raise RuntimeError("the brief was held, so there is nothing to measure")
        if isinstance(brief, Brief):
            self._brief, self._rendered = brief, rendered
        return rendered

    async def chart(self, brief: Brief, data: ChartData, colours: Colours) -> bytes:
        self.edge("chart.before")
        picture = await self.renderer.chart(brief, data, colours)
        self.edge("chart.after")
        self._data, self._picture = data, picture
        return picture

    @property
    def brief(self) -> Brief:
        return _there(self._brief)

    @property
    def data(self) -> ChartData:
        return _there(self._data)

    @property
    def rendered(self) -> Rendered:
        return _there(self._rendered)

    @property
    def picture(self) -> bytes:
        return _there(self._picture)


def _there(made: T | None) -> T:
    if made is None:
        raise RuntimeError("the crossing made no brief with a chart")
    return made


@dataclass(slots=True)
class Newsroom:
    """One desk whose store has just read the day's feeds and has told nobody anything."""

    store: SqlStore
    watching: Watching
    witness: Witness

    async def watch(self, channels: Sequence[int]) -> None:
        """These channels want to hear of BABA's 5 %, and it has crossed already."""
        async with self.store.transaction("watch") as tx:
            for channel in channels:
                await tx.destinations.put(Destination(channel, None))
                await tx.watches.put(Watch(channel, TICKER, TERMS))

    async def cross(self, now: datetime) -> None:
        """One pass, which must speak."""
        if not await self.watching.pass_once(now):
            raise RuntimeError("the pass published nothing, so there is nothing to measure")


@dataclass(slots=True)
class OpenDesk:
    """What stays open over all rounds: the parts, and two clients on one Discord."""

    parts: Parts
    place: StandIn
    client: DeskClient
    bare: discord.Client
    folder: Path
    _numbers: count[int] = field(default_factory=count)

    @asynccontextmanager
    async def newsroom(
        self, *, edge: Edge = silent, rate: float | None = None
    ) -> AsyncIterator[Newsroom]:
        """A fresh store and a watch on it. `rate` is posts a second, by default the desk's."""
        file = self.folder / f"desk-{next(self._numbers)}.db"
        with sqlite3.connect(self.parts.config.data_dir / "desk.db") as seed:
            seed.execute("VACUUM INTO ?", (str(file),))
        pace = rate or self.parts.config.settings.discord.posts_per_second
        async with await open_store(f"sqlite+aiosqlite:///{file}", rate=pace, edge=edge) as store:
            witness = Witness(self.parts.belt.renderer, edge)
            belt = replace(self.parts.belt, store=store, renderer=witness)
            yield Newsroom(store, Watching(belt, Publication(belt), Pace()), witness)


@asynccontextmanager
async def open_desk(channels: int) -> AsyncIterator[OpenDesk]:
    """The day stands at 11:08, BABA at +9.8 %; feeds are read, nothing is watched."""
    log.configure("error", "text", ())
    async with AsyncExitStack() as stack:
        name = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-bench-"))
        folder = Path(name)
        place = await stack.enter_async_context(stand_in(folder, "11:08", channels=channels))
        config = load(place.config, {"DISCORD_TOKEN": TOKEN})
        parts = await stack.enter_async_context(open_parts(config))
        async with parts.store.transaction("feeds") as tx:
            await tx.wire.put(read_feeds(config))
        await parts.reading.read_due(place.now)
        await asyncio.to_thread(parts.belt.calendar.session, "XNYS", place.now)
        client = DeskClient(
            api_url=place.api_url, gateway_url=place.gateway_url, guild_ready_timeout=0.1
        )
        await stack.enter_async_context(_connected(client))
        bare = discord.Client(intents=discord.Intents(guilds=True), guild_ready_timeout=0.1)
        await stack.enter_async_context(_bare_connected(bare))
        yield OpenDesk(parts, place, client, bare, folder)


@asynccontextmanager
async def _connected(client: DeskClient) -> AsyncIterator[None]:
    async with client:
        await sign_in(client, TOKEN)
        connection = asyncio.create_task(stay_connected(client))
        await until_ready(client, connection)
        yield
    await connection


@asynccontextmanager
async def _bare_connected(client: discord.Client) -> AsyncIterator[None]:
    async with client:
        await client.login(TOKEN)
        connection = asyncio.create_task(client.connect())
        await client.wait_until_ready()
        yield
    await connection
