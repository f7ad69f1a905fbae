"""
The desk's face in Discord: its commands, its buttons, and what it does when channels change.

`app.py` opens it before the client logs in and syncs it after; nothing is started when
Discord says "ready", which it says again after every lost session.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable

import aiohttp
import discord
import structlog
from discord.ext import commands

from bot.cogs.alerts import AlertsCog
from bot.cogs.brief import BriefCog
from bot.cogs.buttons import OldButtonsCog, brief_button
from bot.cogs.channels import ChannelsCog
from bot.cogs.correcting import Previews, confirm_button
from bot.cogs.desk import DeskCog
from bot.cogs.feed_adding import Adding, feed_item
from bot.cogs.replies import on_command_error
from bot.cogs.settings import SettingsCog
from bot.model.post import Destination
from bot.services.faces import Services

log = structlog.get_logger(__name__)

Bot = commands.Bot | commands.AutoShardedBot


class Face:
    def __init__(self, client: Bot, services: Services) -> None:
        self._client = client
        self._services = services
        self._channels = ChannelsCog(client, services)

    async def open(self) -> None:
        """Add commands, buttons and listeners to the client; no request is made."""
        self._client.tree.error(on_command_error)
        await self._client.add_cog(BriefCog(self._services))
        await self._client.add_cog(SettingsCog(self._services))
        await self._client.add_cog(AlertsCog(self._services))
        previews = Previews(self._services.corrections)
        adding = Adding(self._services.feeds)
        await self._client.add_cog(
            DeskCog(self._services, previews, adding, self._services.subscriptions.default())
        )
        await self._client.add_cog(OldButtonsCog())
        await self._client.add_cog(self._channels)
        self._client.add_dynamic_items(
            brief_button(self._services), confirm_button(previews), feed_item(adding)
        )

    async def sync(
        self,
        remembered: Callable[[], Awaitable[str | None]],
        remember: Callable[[str], Awaitable[None]],
    ) -> bool:
        """
        Send the commands to Discord if they changed since `remember` was last called.

        Discord allows 200 new commands a day. Returns whether they were sent; a refusal is
        logged, for the desk works with the commands that Discord knows already.
        """
        current = fingerprint(self._client)
        if await remembered() == current:
            return False
        try:
            await self._client.tree.sync()
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("commands were not synced", why=str(error))
            return False
        await remember(current)
        return True

    async def tell_broken(self, destination: Destination, why: str) -> None:
        """Tell a server that one of its channels cannot be told."""
        await self._channels.tell_broken(destination, why)


def fingerprint(client: Bot) -> str:
    """A hash of the application and its commands; another token is another application."""
    tree = client.tree
    forms = {command.name: command.to_dict(tree) for command in tree.get_commands()}
    text = json.dumps([client.application_id, forms], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()
