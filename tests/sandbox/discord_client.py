"""A real discord.py client on a stand-in, for the tests of the stand-in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
import discord
import yarl
from discord.ext import commands

from bot.sandbox.discord import Channel, DiscordServer, Guild

NOON = datetime(2026, 1, 12, 17, 0, tzinfo=UTC)


class Client(commands.AutoShardedBot):
    """The bot under the stand-in's eyes; `prepare` fills its tree before it connects."""

    def __init__(self, prepare: Callable[[Client], None] | None = None, **options: Any) -> None:
        options.setdefault("intents", discord.Intents(guilds=True))
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            guild_ready_timeout=0.05,
            **options,
        )
        self._prepare = prepare
        self.readied = 0

    async def setup_hook(self) -> None:
        if self._prepare is not None:
            self._prepare(self)
        if self.tree.get_commands():
            await self.tree.sync()

    async def on_ready(self) -> None:
        self.readied += 1


@dataclass(slots=True)
class Floor:
    """One guild with one channel, and the client that is in it."""

    server: DiscordServer
    guild: Guild
    channel: Channel
    client: Client

    @property
    def text(self) -> discord.TextChannel:
        channel = self.client.get_channel(int(self.channel.id))
        assert isinstance(channel, discord.TextChannel)
        return channel


def redirect(server: DiscordServer) -> None:
    discord.http.Route.BASE = server.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)


@asynccontextmanager
async def serving(server: DiscordServer) -> AsyncIterator[DiscordServer]:
    """Start the stand-in for the time of a test."""
    base = discord.http.Route.BASE
    gateway = discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY
    await server.start()
    redirect(server)
    try:
        yield server
    finally:
        await server.stop()
        discord.http.Route.BASE = base
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = gateway


@asynccontextmanager
async def running(client: Client, server: DiscordServer) -> AsyncIterator[Client]:
    """Log in, connect, and be ready."""
    async with client:
        await client.login(server.token)
        task = asyncio.create_task(client.connect())
        waiting = asyncio.create_task(client.wait_until_ready())
        await asyncio.wait({task, waiting}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        try:
            yield client
        finally:
            await client.close()
            await task


@asynccontextmanager
async def floor(
    prepare: Callable[[Client], None] | None = None,
    *,
    server: DiscordServer | None = None,
    permissions: int | None = None,
    **options: Any,
) -> AsyncIterator[Floor]:
    """A ready client in a guild called Floor with a channel called desk."""
    server = server or DiscordServer(now=lambda: NOON)
    given = {} if permissions is None else {"permissions": permissions}
    guild = server.add_guild("Floor", **given)
    channel = guild.add_channel("desk")
    async with serving(server), running(Client(prepare, **options), server) as client:
        yield Floor(server, guild, channel, client)


async def ask(
    server: DiscordServer, method: str, path: str, **options: Any
) -> tuple[int, dict[str, str], Any]:
    """A bare request with the bot's token: status, headers and decoded body."""
    headers = {"Authorization": f"Bot {server.token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.request(method, server.api_url + path, **options) as response,
    ):
        body = await response.json() if response.status != 204 else None
        return response.status, dict(response.headers), body
