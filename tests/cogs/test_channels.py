from __future__ import annotations

from decimal import Decimal

import pytest

from bot.cogs.channels import ChannelsCog
from bot.cogs.face import Face
from bot.delivery.client import DeskClient
from bot.model.alert import Terms
from bot.model.post import Destination, Gone, Watch
from bot.sandbox.discord import RECOMMENDED, Channel, DiscordServer, Guild, Permission
from tests.cogs.fakes import Desk
from tests.delivery.rig import connected


@pytest.fixture
def lobby(guild: Guild, channel: Channel) -> Channel:
    """Another channel, where the server can be told; made after the desk's own."""
    return guild.add_channel("lobby")


@pytest.fixture
def watched(desk: Desk, channel: Channel) -> int:
    """The desk's channel, with one subscription."""
    desk.subscriptions.watches.append(Watch(int(channel.id), "BABA", Terms(Decimal(5))))
    return int(channel.id)


async def test_a_closed_channel_is_broken_and_the_server_is_told_once(
    server: DiscordServer, lobby: Channel, watched: int, client: DeskClient, desk: Desk
) -> None:
    """With the permission's name, in a channel that is still open."""
    channel = server.world.channels[str(watched)]
    channel.set_overwrite(server.world.bot, deny=Permission.EMBED_LINKS)
    await desk.channels.until(watched, Gone.PERMISSION.value)
    channel.set_overwrite(server.world.bot, deny=Permission.EMBED_LINKS | Permission.ATTACH_FILES)

    message = await server.wait_for(lambda m: m["channel_id"] == lobby.id, 5)
    channel.clear_overwrites()
    await desk.channels.until(watched, "")

    assert message["content"] == (
        f"I cannot tell <#{watched}> about shares any more: I lack Embed Links. "
        "Its subscriptions are kept. Once I may post there again I go on by myself; "
        "`/unsubscribe` there stops them."
    )
    assert len(server.messages(lobby)) == 1


async def test_a_deleted_channel_is_gone(
    server: DiscordServer,
    guild: Guild,
    lobby: Channel,
    watched: int,
    client: DeskClient,
    desk: Desk,
) -> None:
    """The server is told, for its subscriptions are told nowhere now."""
    guild.remove_channel(server.world.channels[str(watched)])

    await desk.channels.until(watched, Gone.CHANNEL.value)
    message = await server.wait_for(lambda m: m["channel_id"] == lobby.id, 5)
    assert Gone.CHANNEL.value in message["content"]


async def test_a_role_that_loses_its_permissions_breaks_every_watched_channel(
    guild: Guild, lobby: Channel, watched: int, client: DeskClient, desk: Desk
) -> None:
    """And mends them when it has them back."""
    guild.set_permissions(int(Permission.VIEW_CHANNEL))
    await desk.channels.until(watched, Gone.PERMISSION.value)

    guild.set_permissions(RECOMMENDED)
    await desk.channels.until(watched, "")

    assert int(lobby.id) not in desk.channels.why


async def test_a_server_that_removes_the_desk_is_left_in_peace(
    server: DiscordServer, guild: Guild, watched: int, client: DeskClient, desk: Desk
) -> None:
    """Its channels are broken until it comes back."""
    server.remove_guild(guild)

    await desk.channels.until(watched, Gone.ACCESS.value)
    assert server.messages() == []


async def test_what_changed_while_away_is_seen_at_start(
    server: DiscordServer, desk: Desk, watched: int
) -> None:
    """A permission that came back while the desk was off mends the channel."""
    desk.channels.why[watched] = Gone.PERMISSION.value

    async def prepare(client: DeskClient) -> None:
        await Face(client, desk.services).open()

    async with connected(server, prepare):
        await desk.channels.until(watched, "")


async def test_nobody_left_to_tell_is_no_error(
    client: DeskClient, desk: Desk, guild: Guild, channel: Channel
) -> None:
    """A server without another open channel is told nothing."""
    cog = ChannelsCog(client, desk.services)

    await cog.tell_broken(Destination(int(channel.id), int(guild.id)), "why")
    await cog.tell_broken(Destination(int(channel.id), None), "why")
    await cog.tell_broken(Destination(int(channel.id), 12345), "why")


async def test_a_refused_notice_is_no_error(
    server: DiscordServer,
    client: DeskClient,
    desk: Desk,
    lobby: Channel,
    guild: Guild,
    watched: int,
) -> None:
    """Telling is a courtesy; failing at it must not break the event."""
    server.faults.error(50013, 403, method="POST")

    await ChannelsCog(client, desk.services).tell_broken(Destination(watched, int(guild.id)), "why")

    assert server.messages(lobby) == []
