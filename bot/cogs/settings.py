"""/subscribe and /unsubscribe: what a server's channels hear of."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import completion
from bot.cogs.places import Chosen, place_of, writable_place
from bot.cogs.replies import Interaction, answering, say
from bot.cogs.said import setting_line
from bot.services.faces import Services, Typed

Tickers = app_commands.Range[str, 1, 200]
Move = app_commands.Range[str, 1, 100]

MANAGERS = discord.Permissions(manage_guild=True)
CHANNEL = "Where; the channel you are in when left out"
MOVE = "Such as 5%, 4% down, 3% in 1h, above 180, 3x usual, 52-week high"
EXPIRES = "Until when, such as 7d, until Friday or 2026-12-01; for good when left out"


class SettingsCog(commands.Cog):
    def __init__(self, services: Services) -> None:
        self._services = services
        self._subscriptions = services.subscriptions
        for command in self.get_app_commands():
            if command.name == "subscribe":
                default = self._subscriptions.default()
                command.description = f"{command.description}; by default {default}"

    @app_commands.command(name="subscribe", description="Tell a channel when shares move")
    @app_commands.describe(
        tickers="One or more, such as BABA, JD", move=MOVE, channel=CHANNEL, expires=EXPIRES
    )
    @app_commands.default_permissions(MANAGERS)
    @app_commands.allowed_installs(guilds=True)
    @app_commands.guild_only()
    async def subscribe(
        self,
        interaction: Interaction,
        tickers: Tickers,
        move: Move = "",
        channel: Chosen | None = None,
        expires: app_commands.Range[str, 1, 40] = "",
    ) -> None:
        async with answering(interaction):
            place, typed = writable_place(interaction, channel), Typed(move, expires=expires)
            settings = await self._subscriptions.subscribe(
                place, tickers, typed, interaction.user.id
            )
            lines = [setting_line(setting) for setting in settings]
            await say(interaction, [f"<#{place.id}> now hears of", *lines])

    @app_commands.command(name="unsubscribe", description="Stop telling a channel about shares")
    @app_commands.describe(
        tickers="Which, such as BABA, JD; all of them when left out", channel=CHANNEL
    )
    @app_commands.default_permissions(MANAGERS)
    @app_commands.allowed_installs(guilds=True)
    @app_commands.guild_only()
    async def unsubscribe(
        self, interaction: Interaction, tickers: Tickers = "", channel: Chosen | None = None
    ) -> None:
        async with answering(interaction):
            place = place_of(interaction, channel)
            stopped = ", ".join(await self._subscriptions.unsubscribe(place, tickers))
            lines = [f"<#{place.id}> no longer hears of **{stopped}**"]
            lines.append(f"Back again: `/subscribe {stopped}`")
            nothing = [f"<#{place.id}> heard of nothing; try `/subscribe BABA`"]
            await say(interaction, lines if stopped else nothing)

    @subscribe.autocomplete("tickers")
    @unsubscribe.autocomplete("tickers")
    async def _ticker_lists(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.ticker_list(self._services.directory, typed)

    @subscribe.autocomplete("move")
    async def _moves(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.moves(self._subscriptions, typed)
