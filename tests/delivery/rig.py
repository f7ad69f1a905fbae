"""The real client against the sandbox: logged in, or connected as well."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from bot.delivery.client import DeskClient
from bot.sandbox.discord import DiscordServer

Prepare = Callable[[DeskClient], Awaitable[None]]


async def _as_it_is(_client: DeskClient) -> None:
    return None


@asynccontextmanager
async def logged_in(server: DiscordServer) -> AsyncIterator[DeskClient]:
    """Enough to send: no gateway, so nothing is known of guilds and channels."""
    client = DeskClient(api_url=server.api_url, gateway_url=server.gateway_url)
    async with client:
        await client.login(server.token)
        yield client


@asynccontextmanager
async def connected(
    server: DiscordServer, prepare: Prepare = _as_it_is
) -> AsyncIterator[DeskClient]:
    """Logged in and ready; `prepare` runs between the two, as the program does."""
    client = DeskClient(
        api_url=server.api_url, gateway_url=server.gateway_url, guild_ready_timeout=0.05
    )
    async with client:
        await client.login(server.token)
        await prepare(client)
        running = asyncio.create_task(client.connect())
        try:
            await client.wait_until_ready()
            yield client
        finally:
            await client.close()
            with suppress(asyncio.CancelledError):
                await running
