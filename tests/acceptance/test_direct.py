"""A person's own threshold, from the command to the brief in their direct messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.sandbox.world import World
from tests.acceptance.running import Warm, clock, day_of, settings

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_person_is_told_in_direct_messages(warm: Warm, tmp_path: Path) -> None:
    """
    Somebody sets ±5 % on BABA for themselves; the move fires; the brief is there.

    Held longer than in the channel, so that it speaks whenever it was set.
    """
    async with World(day_of("full"), speed=40, starts=clock("11:04")) as world:
        discord = world.discord
        reader = next(iter(discord.world.guilds.values())).add_member("reader")
        own = discord.world.direct_channel(reader)
        async with warm.desk(settings(world, tmp_path)):
            await discord.synced()
            await discord.ready()
            options = {"ticker": "BABA", "move": "5%", "hold": "2m"}
            said = await discord.command("alert set", options, channel=own, user=reader)
            brief = await discord.wait_for(
                lambda each: each["channel_id"] == own.id and each["embeds"], timeout=60
            )

    assert said.text.startswith("You are told of\n• **BABA** ±5%, 1.8 times its usual")
    assert brief["content"].startswith("▲ BABA +9.")
    assert brief["embeds"][0]["title"].startswith("Alibaba ADRs rise 9.")
    assert "Details" == brief["components"][0]["components"][0]["label"]
