"""The desk's Discord client: guilds only, nothing cached that is not needed, no mentions."""

from __future__ import annotations

import discord
import yarl
from discord.ext import commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.delivery import wire

LONGEST_LIMIT = 30.0
"""Seconds. A longer wait is raised instead of slept; discord.py takes no less than 30."""


class DeskClient(commands.AutoShardedBot):
    """
    A client that every post and every command goes through.

    `api_url` ("http://127.0.0.1:8001/api/v10") and `gateway_url` ("ws://127.0.0.1:8001/")
    point discord.py at a sandbox. They are the whole process's, set before anything is sent;
    "" leaves Discord's own. `guild_ready_timeout` is how many seconds to wait for the next
    guild at start.
    """

    def __init__(
        self, *, api_url: str = "", gateway_url: str = "", guild_ready_timeout: float = 2.0
    ) -> None:
        if api_url:
            Route.BASE = api_url.rstrip("/")
        if gateway_url:
            DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway_url)
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it never speaks
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=discord.Intents(guilds=True),
            max_messages=None,
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            allowed_mentions=discord.AllowedMentions.none(),
            max_ratelimit_timeout=LONGEST_LIMIT,
            guild_ready_timeout=guild_ready_timeout,
            http_trace=wire.trace(),
        )
