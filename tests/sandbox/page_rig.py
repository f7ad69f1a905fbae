"""A page over a stand-in in which a real discord.py client posts and answers."""

from __future__ import annotations

import asyncio
import io
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp
import discord
from discord import ui

from bot.sandbox.clock import VirtualClock
from bot.sandbox.discord import Channel, DiscordServer
from bot.sandbox.page import Page
from tests.delivery.examples import PNG
from tests.sandbox.discord_client import Client, Floor, floor

LATE_MORNING = datetime(2026, 1, 12, 16, 10, tzinfo=UTC)
CROSSING = LATE_MORNING - timedelta(minutes=2)
EVENING = datetime(2026, 1, 12, 22, 0, tzinfo=UTC)

NOTIFICATION = "▲ BABA +9.8% $165.68"
TITLE = "Alibaba ADRs rise 9.8%"
DESCRIPTION = f"""-# NYSE, Jan 12, 2026, 11:08 EST · <t:{CROSSING.timestamp():.0f}:R>
Alibaba Group (BABA) rose **9.8% to $165.68**, from Friday's close of $150.96.

**Reported** after a report ([scmp.com](https://www.scmp.com/tech)).

**Caveats**
• A download is not revenue."""


class Ask(ui.DynamicItem[ui.Button[Any]], template=r"desk:1:(?P<what>why|sources|nothing):1:1"):
    """Why? answers after a thought, Sources at once, Nothing never."""

    def __init__(self, what: str) -> None:
        label = what.capitalize() + "?" * (what == "why")
        super().__init__(ui.Button(label=label, custom_id=f"desk:1:{what}:1:1"))
        self.what = what

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Self:
        return cls(match["what"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        if self.what == "why":
            await interaction.response.defer(ephemeral=True, thinking=True)
            await interaction.edit_original_response(content="It **crossed** your 5%.")
        elif self.what == "sources":
            await interaction.response.send_message("1. scmp.com", ephemeral=True)


@dataclass(slots=True)
class Shown:
    """What a test of the page needs to hand."""

    floor: Floor
    full: Channel
    clock: VirtualClock
    page: Page

    @property
    def server(self) -> DiscordServer:
        return self.floor.server

    def text_channel(self, channel: Channel) -> discord.TextChannel:
        found = self.floor.client.get_channel(int(channel.id))
        assert isinstance(found, discord.TextChannel)
        return found

    async def post_brief(self) -> discord.Message:
        """The brief in #desk, with its picture and its buttons."""
        card = discord.Embed(title=TITLE, description=DESCRIPTION, colour=0x3BA55D)
        card.set_footer(text="Automated, no AI").set_image(url="attachment://baba.png")
        row: ui.View = ui.View(timeout=None)
        for what in ("why", "sources", "nothing"):
            row.add_item(Ask(what))
        row.stop()
        picture = discord.File(io.BytesIO(PNG), "baba.png", description="BABA up 9.8%")
        return await self.floor.text.send(NOTIFICATION, embed=card, file=picture, view=row)


@asynccontextmanager
async def shown(*, speed: float = 1.0) -> AsyncIterator[Shown]:
    """A guild with #desk and #full, its page, and a clock at 11:10 in New York."""
    clock = VirtualClock(LATE_MORNING, EVENING, speed=speed)
    server = DiscordServer(now=clock.now)

    def prepare(client: Client) -> None:
        client.add_dynamic_items(Ask)

    async with floor(prepare, server=server) as below:
        full = below.guild.add_channel("full")
        async with Page(server, clock) as page:
            yield Shown(below, full, clock, page)


class Stream:
    """The page's server-sent events."""

    def __init__(self, response: aiohttp.ClientResponse) -> None:
        self._response = response

    async def next(self, *events: str) -> Any:
        """The data of the next event with one of these names; None once the stream has ended."""
        name = ""
        async with asyncio.timeout(10):
            async for line in self._response.content:
                key, _, value = line.decode().rstrip("\n").partition(": ")
                if key == "event":
                    name = value
                elif key == "data" and name in events:
                    return json.loads(value)
        return None


@asynccontextmanager
async def listening(page: Page) -> AsyncIterator[Stream]:
    async with (
        aiohttp.ClientSession(read_bufsize=1 << 20) as session,
        session.get(f"{page.url}/events") as response,
    ):
        yield Stream(response)


async def press(page: Page, message: object, custom_id: str) -> tuple[int, Any]:
    """Press a button as the page does: the status, and the JSON or text of the answer."""
    body = {"message": str(message), "custom_id": custom_id}
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{page.url}/press", json=body) as response,
    ):
        told = await response.json() if response.ok else await response.text()
        return response.status, told
