"""Signing in and staying connected, with Discord's refusals in one sentence each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import discord

from bot import payload
from bot.delivery.client import DeskClient
from bot.errors import DeskError, Unreachable

_NEEDED = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
)

PATIENCE = 30.0
"""Seconds for signing in, and for the gateway when it is only looked at."""


async def sign_in(client: DeskClient, token: str) -> None:
    """Log in over REST. Raises `DeskError` for a refused token, `Unreachable` for no answer."""
    try:
        async with asyncio.timeout(PATIENCE):
            await client.login(token)
    except discord.LoginFailure as error:
        raise DeskError(
            "Discord refuses the token", hint="make a new one and set DISCORD_TOKEN"
        ) from error
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        raise _unreachable(error) from error


async def stay_connected(client: DeskClient) -> None:
    """
    Hold the gateway open until closed; reconnects by itself once it was open.

    Raises `DeskError` when Discord closes it for good, `Unreachable` when it never opens.
    """
    try:
        await client.connect(reconnect=True)
    except discord.ConnectionClosed as error:
        raise DeskError(
            f"Discord closed the gateway for good (code {error.code})",
            hint="check the token and the bot's settings at Discord",
        ) from error
    except (discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        raise _unreachable(error.__cause__ or error) from error


@asynccontextmanager
async def connected(client: DeskClient) -> AsyncIterator[asyncio.Task[None]]:
    """`stay_connected` as a task, ready or not yet; after it the client is closed."""
    gateway = asyncio.create_task(stay_connected(client), name="gateway")
    try:
        yield gateway
    finally:
        await client.close()
        gateway.cancel()
        await asyncio.gather(gateway, return_exceptions=True)


async def until_ready(client: DeskClient, gateway: asyncio.Task[None]) -> None:
    """Return when the gateway is ready; raises what ended it instead."""
    ready = asyncio.create_task(client.wait_until_ready())
    try:
        await asyncio.wait((ready, gateway), return_when=asyncio.FIRST_COMPLETED)
        if not ready.done():
            await gateway
    finally:
        ready.cancel()


def invite_url(client: DeskClient) -> str:
    """The link that adds the bot with exactly the permissions it needs."""
    return discord.utils.oauth_url(
        client.application_id or 0,
        permissions=_NEEDED,
        scopes=("bot", "applications.commands"),
    )


async def look_at(client: DeskClient, channels: list[int]) -> list[tuple[int, str]]:
    """Connect for a moment: (channel, what the desk lacks there or "") for each of them."""
    if not channels:
        return []
    try:
        async with asyncio.timeout(PATIENCE), connected(client) as gateway:
            await until_ready(client, gateway)
            return [(id, _lacks(client, id)) for id in channels]
    except TimeoutError:
        problem = f"the gateway did not become ready within {PATIENCE:.0f} seconds"
        return [(id, problem) for id in channels]


def _unreachable(error: BaseException) -> Unreachable:
    if isinstance(error, discord.HTTPException):
        why = f"it answered {error.status}"
    elif isinstance(error, TimeoutError):
        why = "it did not answer in time"
    else:
        why = str(error) or type(error).__name__
    return Unreachable(f"Discord cannot be reached: {why}", hint="check the network and try again")


def _lacks(client: DeskClient, id: int) -> str:
    channel = client.get_channel(id)
    if not isinstance(channel, discord.TextChannel | discord.Thread):
        return "the desk sees no text channel of that id; invite it there, or correct the id"
    names = ", ".join(payload.lacking_in(channel))
    return f"the desk lacks {names} there; allow it in the channel's permissions" if names else ""
