"""Thresholds for a person: /alert in direct messages with the desk."""

from __future__ import annotations

import pytest

from bot.sandbox.discord import Channel, DiscordServer, Guild
from tests.cogs.fakes import Desk

pytestmark = pytest.mark.usefixtures("client")


@pytest.fixture
def here(server: DiscordServer) -> Channel:
    """The direct messages of the operator."""
    return server.world.direct_channel(server.operator)


async def test_a_person_sets_lists_and_removes(
    server: DiscordServer, here: Channel, desk: Desk
) -> None:
    """They decide for themselves: no permission is asked for, and the channel is their own."""
    options = {"ticker": "BABA", "move": "5%"}
    said = await server.command("alert set", options, channel=here)
    (watch,) = desk.subscriptions.watches
    listed = await server.command("alert list", channel=here)
    removed = await server.command("alert remove", {"ticker": "BABA"}, channel=here)
    nothing = await server.command("alert list", channel=here)

    assert "You are told of\n• **BABA** ±5%, held 1 minute" == said.text
    assert (int(here.id), int(server.operator.id)) == (watch.destination, watch.author)
    assert "• **BABA** ±5%, held 1 minute" == listed.text
    assert "You are no longer told of **BABA** ±5%, held 1 minute" == removed.text
    assert "You are not told of anything yet; try `/alert set BABA`" == nothing.text


async def test_somebody_who_manages_nothing(
    server: DiscordServer, guild: Guild, desk: Desk
) -> None:
    """Whoever shares a server with the desk may; another person's thresholds are not theirs."""
    member = guild.add_member("reader")
    own = server.world.direct_channel(member)
    await server.command("alert set", {"ticker": "JD", "move": "7%"}, channel=own, user=member)
    others = server.world.direct_channel(server.operator)

    listed = await server.command("alert list", channel=others)

    assert [int(own.id)] == [watch.destination for watch in desk.subscriptions.watches]
    assert listed.text.startswith("You are not told of anything yet")


async def test_what_is_offered_while_typing_is_their_own(
    server: DiscordServer, here: Channel, channel: Channel
) -> None:
    for place, ticker in ((here, "BABA"), (channel, "JD")):
        await server.command("alert set", {"ticker": ticker, "move": "5%"}, channel=place)

    offered = await server.autocomplete("alert remove", {"ticker": ""}, "ticker", channel=here)
    which = await server.autocomplete(
        "alert remove", {"ticker": "BABA", "which": ""}, "which", channel=here
    )

    assert ["BABA"] == [choice["value"] for choice in offered]
    assert ["±5%"] == [choice["value"] for choice in which]


@pytest.mark.parametrize("command", ["subscribe", "unsubscribe"])
async def test_channels_are_set_in_servers(
    server: DiscordServer, here: Channel, command: str
) -> None:
    with pytest.raises(PermissionError, match=f"/{command} is not offered here"):
        await server.command(command, {"tickers": "BABA"}, channel=here)
