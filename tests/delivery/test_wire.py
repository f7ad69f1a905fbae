from __future__ import annotations

from contextlib import suppress

import aiohttp
import discord
import pytest
from discord.http import Route

from bot.delivery.client import DeskClient
from bot.delivery.wire import Wire
from bot.errors import Transient
from bot.sandbox.discord import Channel, DiscordServer


async def test_a_second_request_is_never_made(server: DiscordServer, client: DeskClient) -> None:
    """Whatever a call wants, its slot is one request."""

    async def twice() -> None:
        await client.http.request(Route("GET", "/users/@me"))
        await client.http.request(Route("GET", "/users/@me"))

    wire, before = Wire(lambda _: None, 5.0), server.requests
    reply = await wire.request("twice", twice, repeatable=True)
    await wire.close()

    assert reply.ok
    assert server.requests - before == 1


async def test_a_retry_after_a_reset_is_ambiguous(
    server: DiscordServer, client: DeskClient, channel: Channel
) -> None:
    """Where discord.py would go on after a reset connection, the first request may have arrived."""

    async def stubborn() -> None:
        with suppress(aiohttp.ClientError):
            await client.http.send_typing(int(channel.id))
        await client.http.send_typing(int(channel.id))

    server.faults.drop()
    wire, before = Wire(lambda _: None, 5.0), server.requests
    with pytest.raises(Transient) as caught:
        await wire.request("stubborn", stubborn, repeatable=False)
    await wire.close()

    assert caught.value.ambiguous
    assert server.requests - before == 1


async def test_what_is_not_an_attempt_passes(server: DiscordServer, client: DeskClient) -> None:
    """discord.py's own retries serve everything that is not a post."""
    server.faults.rate_limit("user", 0.01)
    before = server.requests

    await client.http.request(Route("GET", "/users/@me"))

    assert server.requests - before == 2


async def test_a_bug_is_not_taken_for_discord(client: DeskClient) -> None:
    """It is raised as it is, so that somebody sees it."""

    async def buggy() -> None:
        raise KeyError("boom")

    wire = Wire(lambda _: None, 5.0)

    with pytest.raises(KeyError):
        await wire.request("buggy", buggy, repeatable=True)


async def test_the_client_asks_for_guilds_only(client: DeskClient) -> None:
    """Nothing privileged, nothing cached that is not needed, nobody mentioned."""
    assert client.intents == discord.Intents(guilds=True)
    assert client.http.max_ratelimit_timeout == 30.0
    assert client.allowed_mentions is not None
    assert str(client.allowed_mentions.to_dict()) == "{'parse': []}"
