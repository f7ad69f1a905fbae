"""/desk feeds end to end: the real desk, discord.py and feedparser, in two servers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.sandbox.discord import Channel, Reply
from bot.sandbox.feeds import FeedFault
from bot.sandbox.world import World
from bot.tape.feeds import write_opml
from tests.acceptance.running import (
    Message,
    Warm,
    bot,
    channel,
    clock,
    day_of,
    finished,
    hold,
    settings,
    skip,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCMP = "South China Morning Post"


@dataclass(frozen=True, slots=True)
class Floor:
    """A world whose desk lists every feed but SCMP's, and two channels of two servers."""

    world: World
    config: Path
    other: Channel

    @property
    def here(self) -> Channel:
        return channel(self.world, "full")

    @property
    def feed(self) -> str:
        return self.world.feeds.address("scmp")

    async def ask(self, name: str, **options: Any) -> Reply:
        return await self.world.discord.command(f"desk feeds {name}", options, channel=self.here)

    async def press(self, reply: Reply, **more: Any) -> Reply:
        """The one button or menu under an answer."""
        assert reply.message is not None
        (found,) = reply.message["components"][0]["components"]
        discord = self.world.discord
        return await discord.press(reply.message["id"], found["custom_id"], **more)

    async def add(self) -> Reply:
        return await self.press(await self.ask("add", address=self.feed, outlet="Our SCMP"))

    def posted(self, place: Channel) -> list[Message]:
        """What everybody reads there."""
        found = self.world.discord.export()["messages"]
        return [one for one in found if one["channel"] == place.id]


@asynccontextmanager
async def floor(folder: Path, starts: str = "10:50:00") -> AsyncIterator[Floor]:
    async with World(day_of("full"), starts=clock(starts), ends=clock("16:02:00")) as world:
        guild = world.discord.add_guild("Second floor")
        other = guild.add_channel("markets")
        config = settings(world, folder)
        move = next(line for line in config.read_text().splitlines() if line.startswith("move"))
        config.write_text(
            f"{config.read_text()}[[watch]]\nchannel = {other.id}\nguild = {guild.id}\n"
            f'tickers = ["BABA"]\n{move}\nlayout = "full"\n'
        )
        rest = [feed for feed in world.tape.feeds if feed.name != "scmp"]
        listed = write_opml("All but one", [(one, world.feeds.address(one.name)) for one in rest])
        (folder / "feeds.opml").write_text(listed)
        yield Floor(world, config, other)


async def test_a_servers_own_feed_explains_a_move_there_only(warm: Warm, tmp_path: Path) -> None:
    """As possible, in the server that added it; the other reads that no cause is confirmed."""
    async with floor(tmp_path) as here, warm.desk(here.config) as desk:
        await hold(here.world, "10:52:00")
        await here.add()
        before = len(here.posted(here.here))
        here.world.clock.resume()
        await skip(here.world, "11:20:00", "15:59:00")
        await finished(here.world)
        assert 0 == (await desk.stop()).code
        (ours,), (theirs,) = here.posted(here.here), here.posted(here.other)
    first = [ours["edits"][0], theirs["edits"][0]]
    told = [one["embeds"][0]["description"] for one in first]

    assert 0 == before
    assert "**Possible**" in told[0]
    assert "Our SCMP, a feed that this server added, reported at 07:42 EST" in told[0]
    assert "Alibaba Group owns the outlet" in told[0]
    assert "SCMP" not in told[1]
    assert "Possible" not in told[1]


async def test_a_page_names_its_feeds(warm: Warm, tmp_path: Path) -> None:
    """One is picked, previewed and added; then it is listed and explained, and not added twice."""
    async with floor(tmp_path) as here, warm.desk(here.config):
        await hold(here.world, "10:52:00")
        menu = await here.ask("add", address=f"{here.world.feeds.url}/")
        preview = await here.press(menu, values=["0"])
        added = await here.press(preview)
        again = await here.ask("add", address=here.feed)
        here.world.clock.resume()
        await hold(here.world, "10:56:00")
        listed = await here.ask("list")
        why = await here.ask("why", feed=here.feed)

    assert "That page names several feeds. Which?" in menu.text
    assert f"**{SCMP}**, `{here.feed}`" in preview.text
    assert "• " in preview.text
    assert f"**{SCMP}** is read from now on" in added.text
    assert f"already, as {SCMP}" in again.text
    assert f"• **{SCMP}** `{here.feed}` · read <t:" in listed.text
    assert "Every server reads 6 listed feeds; none is in trouble." in listed.text
    assert "Wanted by this server\n" in why.text
    assert " 200, " in why.text


async def test_a_servers_feeds_are_taken_away_and_brought_back(warm: Warm, tmp_path: Path) -> None:
    """As a file; the operator reads on the command line what becomes of them."""
    async with floor(tmp_path) as here, warm.desk(here.config):
        await hold(here.world, "10:52:00")
        await here.add()
        export = await here.ask("export")
        removed = await here.ask("remove", feed="our scmp")
        terminal = await bot("feed", "why", here.feed, "--config", str(here.config))
        assert export.message is not None
        (file,) = export.message["attachments"]
        async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
            document = await response.read()
        upload = here.world.discord.upload(here.here, "mine.opml", document)
        brought = await here.ask("import", file=upload)
        twice = await here.ask("import", file=upload)

    assert b"Our SCMP" in document
    assert "**Our SCMP** is read for this server no more." == removed.text
    assert "Wanted by nobody" in terminal.out
    assert "**1 added, 0 left out**." == brought.text
    assert "**0 added, 1 left out**" in twice.text


async def test_a_dying_feed_is_told_once_and_comes_back_by_one_press(
    warm: Warm, tmp_path: Path
) -> None:
    """In the channel that wants it; the message says when it is read again."""
    async with floor(tmp_path) as here, warm.desk(here.config):
        discord = here.world.discord
        await hold(here.world, "10:52:00")
        await here.add()
        here.world.clock.resume()
        await hold(here.world, "10:53:00")
        here.world.feeds.faults["scmp"] = FeedFault("410")
        here.world.clock.resume()
        await hold(here.world, "11:12:00")
        told = await discord.wait_for(lambda one: "is read no more" in one["content"])
        here.world.feeds.faults.clear()
        (button,) = told["components"][0]["components"]
        pressed = await discord.press(told["id"], button["custom_id"])
        here.world.clock.resume()
        await skip(here.world, "11:14:00", "15:59:00")
        await finished(here.world)
        notices = [one for one in here.posted(here.here) if "127.0.0.1" in one["content"]]
        others = [one for one in here.posted(here.other) if "127.0.0.1" in one["content"]]

    assert "Try again" == button["label"]
    assert "Our SCMP is asked again now" in pressed.text
    assert 1 == len(notices)
    assert "is read again" in notices[0]["content"]
    assert [] == notices[0]["components"]
    assert any("is tried again since" in edit["content"] for edit in notices[0]["edits"])
    assert [] == others
