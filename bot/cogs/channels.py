"""
What happens to the desk's channels: gone, closed to it, open again. A server is told once.

Discord sends these changes as events; what happened while the desk was off is looked up when
a server becomes available.
"""

from __future__ import annotations

import asyncio

import discord
import structlog
from discord.ext import commands

from bot import payload
from bot.model.post import Destination, Gone
from bot.services.faces import Services

log = structlog.get_logger(__name__)


class ChannelsCog(commands.Cog):
    def __init__(self, client: discord.Client, services: Services) -> None:
        self._client = client
        self._services = services
        self._telling: set[asyncio.Task[None]] = set()

    async def cog_unload(self) -> None:
        for task in self._telling:
            task.cancel()

    async def tell_broken(self, destination: Destination, why: str) -> None:
        """
        Tell the server, where the desk may still write, that a channel cannot be told.

        At the start that waits until the servers are known, and nobody waits for it.
        """
        telling = asyncio.create_task(self._tell(destination, why))
        self._telling.add(telling)
        telling.add_done_callback(self._telling.discard)

    async def _tell(self, destination: Destination, why: str) -> None:
        await self._client.wait_until_ready()
        guild = self._client.get_guild(destination.guild) if destination.guild else None
        place = _open_channel(guild, destination.id) if guild else None
        if guild is None or place is None:
            log.warning("nobody to tell", channel=destination.id, why=why)
            return
        known = guild.get_channel_or_thread(destination.id)
        lacks = ", ".join(payload.lacking_in(known)) if known else ""
        try:
            await place.send(_notice(destination.id, f"I lack {lacks}" if lacks else why))
        except discord.HTTPException as error:
            log.warning("the server was not told", channel=destination.id, why=str(error))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        await self._broken(channel.id, channel.guild.id, Gone.CHANNEL)

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, event: discord.RawThreadDeleteEvent) -> None:
        await self._broken(event.thread_id, event.guild_id, Gone.CHANNEL)

    @commands.Cog.listener()
    async def on_guild_channel_update(
        self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        await self._look(after)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        if before.permissions != after.permissions:
            await self._look_everywhere(after.guild)

    @commands.Cog.listener()
    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        if after == after.guild.me:
            await self._look_everywhere(after.guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        await self._look_everywhere(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await self._look_everywhere(guild)

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        for channel in await self._watched(guild):
            await self._services.channels.broken(channel, Gone.ACCESS.value)

    async def _look_everywhere(self, guild: discord.Guild) -> None:
        for id in await self._watched(guild):
            channel = guild.get_channel_or_thread(id)
            if channel is not None:
                await self._look(channel)

    async def _look(self, channel: payload.Channel) -> None:
        """Broken without one of the permissions that every post needs, else mended."""
        if not _writable(channel):
            await self._broken(channel.id, channel.guild.id, Gone.PERMISSION)
        elif await self._services.channels.mended(channel.id):
            log.info("a channel can be told again", channel=channel.id)

    async def _broken(self, channel: int, guild: int, gone: Gone) -> None:
        if await self._services.channels.broken(channel, gone.value):
            await self.tell_broken(Destination(channel, guild), gone.value)

    async def _watched(self, guild: discord.Guild) -> list[int]:
        watches = await self._services.subscriptions.everywhere(guild.id)
        return sorted({watch.destination for watch in watches})


def _writable(channel: payload.Channel) -> bool:
    return not set(payload.lacking_in(channel)) - {payload.HISTORY}


def _open_channel(guild: discord.Guild, but: int) -> discord.TextChannel | None:
    """The server's system channel, else its first text channel that the desk may write in."""
    system = [guild.system_channel] if guild.system_channel else []
    for channel in (*system, *guild.text_channels):
        if channel.id != but and channel.permissions_for(guild.me).send_messages:
            return channel
    return None


def _notice(channel: int, why: str) -> str:
    return (
        f"I cannot tell <#{channel}> about shares any more: {why}. Its subscriptions are kept. "
        "Once I may post there again I go on by myself; `/unsubscribe` there stops them."
    )
