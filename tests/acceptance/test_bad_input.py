"""Whatever is wrong outside: one clear sentence each, the desk runs on and loses nothing."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.discord import Channel, Permission
from bot.sandbox.discord.faults import Fault, Kind
from bot.sandbox.feeds.faults import FeedFault
from bot.sandbox.world import World
from bot.sandbox.yahoo.faults import Faults
from bot.tape import Tape
from tests.acceptance.running import (
    ROOT,
    Desk,
    Message,
    Warm,
    bot,
    channel,
    clock,
    day_of,
    finished,
    hold,
    messages,
    settings,
    until,
    warm,
    warming,
)

__all__ = ["warm"]

pytestmark = pytest.mark.asyncio(loop_scope="module")

FIRST = "Alibaba ADRs rise 5.3% after report on Qwen downloads"
EPHEMERAL = 64


@asynccontextmanager
async def playing(
    warm: Warm, tape: Tape, folder: Path, span: tuple[str, str], *changes: tuple[str, str]
) -> AsyncIterator[tuple[World, Desk]]:
    """A desk in lockstep with that part of the day."""
    async with World(tape, starts=clock(span[0]), ends=clock(span[1])) as world:
        async with warm.desk(settings(world, folder, *changes)) as desk:
            await world.discord.ready()
            yield world, desk


def titles(found: list[Message]) -> list[str]:
    return [embed["title"] for message in found for embed in message["embeds"]]


ABSURD = [
    ("brief", {"ticker": "BABBA"}, "I don't know **BABBA**. Did you mean BABA (Alibaba Group,"),
    ("brief", {"ticker": "$$$"}, "No ticker was named. Try /brief BABA"),
    ("brief", {"ticker": "⚡"}, "I don't know that name. Try a ticker as listed"),
    ("alert set", {"ticker": "BABA", "move": "0"}, "between 0.5 and 50 percent, was 0. Try"),
    ("alert set", {"ticker": "BABA", "move": "999%"}, "between 0.5 and 50 percent, was 999."),
    ("alert set", {"ticker": "BABA", "move": "lots"}, "I cannot read the move “lots” for BABA."),
    ("subscribe", {"tickers": "JD, BABBA"}, "I don't know **BABBA**."),
    ("subscribe", {"tickers": "JD", "move": "0.1%"}, "Threshold for JD must be between 0.5 and"),
    ("unsubscribe", {"tickers": "JD"}, "This channel is not subscribed to JD. It hears of BABA"),
]


async def test_nonsense_in_commands(warm: Warm, tmp_path: Path) -> None:
    """Each is answered in private, in one sentence with the way out, and changes nothing."""
    async with playing(warm, day_of("alerts"), tmp_path, ("09:50", "09:58")) as (world, desk):
        await hold(world, "09:51")
        here = channel(world, "alerts")
        for name, options, words in ABSURD:
            await world.discord.command(name, options, channel=here)
            said = await world.discord.wait_for(private_words(words))

            assert said["flags"] & EPHEMERAL
            assert "\n" not in said["content"]
        listed = await world.discord.command("alert list", channel=here)
        assert f"<#{here.id}>\n• **BABA** ±5%" in listed.text
        assert "JD" not in listed.text
        world.clock.resume()
        await finished(world)

        assert [FIRST] == titles([m for m in messages(world, "alerts") if m["attachments"]])
        assert "Traceback" not in desk.said()


def private_words(words: str):  # type: ignore[no-untyped-def]
    return lambda message: words in message["content"]
