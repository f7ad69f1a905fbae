"""Corrections end to end: the real desk, its commands and its command line, in two servers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.sandbox.discord import Channel, DiscordServer
from bot.sandbox.world import World
from bot.tape import Restated, Tape
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
    until,
)
from tests.acceptance.warm_desk import DIED

pytestmark = pytest.mark.asyncio(loop_scope="module")

PIECE = "BABA/2026-01-12/up/1"
WHY = "the outlet told us that it was never published"


def restated() -> Tape:
    """The day, on which the provider restates Friday's close of $150.96 at 11:12."""
    tape = day_of("full")
    friday = tape.daily["BABA"][-1].day
    change = Restated("BABA", friday, Decimal("151.17"), clock("11:12"))
    return replace(tape, restated=(change,))


@dataclass(frozen=True, slots=True)
class Floor:
    """A world with its desk's settings, and a channel of another server."""

    world: World
    config: Path
    other: Channel

    @property
    def here(self) -> Channel:
        return channel(self.world, "full")

    def messages(self, place: Channel) -> list[Message]:
        found = self.world.discord.export()["messages"]
        return [each for each in found if each["channel"] == place.id]


@asynccontextmanager
async def floor(folder: Path, tape: Tape) -> AsyncIterator[Floor]:
    """From 11:06 on; both servers are told of BABA at the same threshold."""
    async with World(tape, starts=clock("11:06:00"), ends=clock("16:02:00")) as world:
        guild = world.discord.add_guild("Second floor")
        other = guild.add_channel("markets")
        config = settings(world, folder)
        move = next(line for line in config.read_text().splitlines() if line.startswith("move"))
        config.write_text(
            f"{config.read_text()}[[watch]]\nchannel = {other.id}\nguild = {guild.id}\n"
            f'tickers = ["BABA"]\n{move}\nlayout = "full"\n'
        )
        yield Floor(world, config, other)


def title(message: Message) -> str:
    return str(message["embeds"][0]["title"]) if message["embeds"] else ""


def before(message: Message) -> list[str]:
    """The titles that the message had, oldest first."""
    return [title(edit) for edit in message["edits"]]


async def corrected(server: DiscordServer, place: Channel, label: str) -> None:
    """Both the edit and the line are there."""
    for one_line in (False, True):
        await server.wait_for(
            lambda m, line=one_line: (
                m["channel_id"] == place.id  # type: ignore[misc]
                and not m["flags"] & 64
                and (label in m["content"])
                and bool(m["embeds"]) is not line
            )
        )


async def test_a_restated_close_is_corrected_on_every_copy(warm: Warm, tmp_path: Path) -> None:
    """By itself, a minute after; the old figure stays to be read, and a line tells of it."""
    async with floor(tmp_path, restated()) as here, warm.desk(here.config) as desk:
        await skip(here.world, "11:16:00", "15:59:00")
        await finished(here.world)
        assert 0 == (await desk.stop()).code
        for place in (here.here, here.other):
            living, line = here.messages(place)

            assert title(living).startswith("CORRECTED: Alibaba ADRs close")
            assert "Corrects the rise to 9.6% (not 9.8%)" in living["embeds"][0]["description"]
            assert any(told.startswith("Alibaba ADRs rise 9.8%") for told in before(living))
            assert line["content"].startswith("CORRECTED")
            assert line["reply_to"] == living["id"]
            assert not line["embeds"]


async def test_an_editor_corrects_a_servers_own_copies(warm: Warm, tmp_path: Path) -> None:
    """/desk correct shows it first; confirmed, it changes nothing in the other server."""
    async with floor(tmp_path, day_of("full")) as here, warm.desk(here.config):
        server = here.world.discord
        await hold(here.world, "11:10:00")
        offered = await server.autocomplete(
            "desk correct",
            {"brief": "baba", "what": "CAUSE", "why": WHY},
            "brief",
            channel=here.here,
        )
        asked = {"brief": offered[0]["value"], "what": "CAUSE", "why": WHY}
        preview = await server.command("desk correct", asked, channel=here.here)
        assert preview.message is not None
        (button,) = preview.message["components"][0]["components"]
        done = await server.press(preview.message["id"], button["custom_id"])
        here.world.clock.resume()
        await corrected(server, here.here, "CORRECTED")
        await skip(here.world, "11:12:00", "15:59:00")
        await finished(here.world)
        ours = here.messages(here.here)
        theirs = here.messages(here.other)

    assert PIECE == asked["brief"]
    assert "Nothing is changed yet" in preview.text
    assert "CORRECTED" in done.text
    assert [True, False] == [bool(each["embeds"]) for each in ours]
    assert "Qwen" not in title(ours[0])
    assert WHY in ours[0]["embeds"][0]["description"]
    assert 1 == len(theirs)
    assert "CORRECTED" not in title(theirs[0])
    assert "Qwen" in title(theirs[0])


async def test_the_operator_withdraws_it_while_the_desk_runs(warm: Warm, tmp_path: Path) -> None:
    """`bot correct` writes to the store, and the running desk edits every copy."""
    async with floor(tmp_path, day_of("full")) as here, warm.desk(here.config):
        await hold(here.world, "11:10:00")
        asked = ("--what", "piece", "--why", WHY, "--config", str(here.config), "--yes")
        ran = await bot("correct", PIECE, *asked)
        again = await bot("correct", "BABA", *asked)
        here.world.clock.resume()
        for place in (here.here, here.other):
            await corrected(here.world.discord, place, "WITHDRAWN")
        await until(here.world, "11:13:00")
        here.world.clock.jump(clock("15:59:00").timestamp())
        await finished(here.world)
        told = [here.messages(place) for place in (here.here, here.other)]

    assert (0, "") == (ran.code, ran.err)
    assert "WITHDRAWN" in ran.out
    assert 1 == again.code
    assert "was withdrawn at" in again.err
    for living, line in told:
        assert title(living).startswith("WITHDRAWN")
        assert any(each.startswith("Alibaba ADRs rise") for each in before(living))
        assert line["reply_to"] == living["id"]


EDGES = [
    f"{name}.{side}"
    for name in ("store.correct", "discord.edit", "store.settle")
    for side in ("before", "after")
]


async def test_killed_again_and_again_while_correcting(warm: Warm, tmp_path: Path) -> None:
    """A life ends at each step of a correction; every copy is edited once and told in one line."""
    async with floor(tmp_path, restated()) as here:
        skipping = asyncio.create_task(skip(here.world, "11:19:00", "15:59:00"))
        for edge in EDGES:
            async with warm.desk(here.config, edge) as desk:
                async with asyncio.timeout(30):
                    assert DIED == await desk.ended()
        async with warm.desk(here.config) as desk:
            await finished(here.world)
            assert 0 == (await desk.stop()).code
        await skipping
        told = [here.messages(place) for place in (here.here, here.other)]

    for messages in told:
        living, *lines = messages

        assert title(living).startswith("CORRECTED")
        assert 1 == len([each for each in lines if each["content"].startswith("CORRECTED")])
        assert len(lines) == len({each["content"] for each in lines})
