"""/subscribe, /unsubscribe and /alert: what a server's channels hear of."""

from __future__ import annotations

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs import completion
from bot.cogs.places import Chosen, place_of, writable_place
from bot.cogs.replies import Interaction, answering, say
from bot.model.post import Watch
from bot.services.faces import Services

Tickers = app_commands.Range[str, 1, 200]
Ticker = app_commands.Range[str, 1, 60]
Move = app_commands.Range[str, 1, 30]

_MANAGERS = discord.Permissions(manage_guild=True)
_CHANNEL = "Where; the channel you are in when left out"


class SettingsCog(commands.Cog):
    """`default_move` is the threshold of whoever names none: "5%"."""

    def __init__(self, services: Services, default_move: str) -> None:
        self._services = services
        self._subscriptions = services.subscriptions
        for command in self.get_app_commands():
            if command.name == "subscribe":
                command.description = f"{command.description}, {default_move} if you name no other"

    @app_commands.command(name="subscribe", description="Tell a channel when shares move")
    @app_commands.describe(
        tickers="One or more, such as BABA, JD",
        move="How far, such as 5%, 7% up or 4% down",
        channel=_CHANNEL,
    )
    @app_commands.default_permissions(_MANAGERS)
    @app_commands.allowed_installs(guilds=True)
    @app_commands.guild_only()
    async def subscribe(
        self,
        interaction: Interaction,
        tickers: Tickers,
        move: Move = "",
        channel: Chosen | None = None,
    ) -> None:
        async with answering(interaction):
            place = writable_place(interaction, channel)
            watches = await self._subscriptions.subscribe(place, tickers, move, interaction.user.id)
            await say(interaction, [f"<#{place.id}> now hears of", *self._lines(watches)])

    @app_commands.command(name="unsubscribe", description="Stop telling a channel about shares")
    @app_commands.describe(
        tickers="Which, such as BABA, JD; all of them when left out", channel=_CHANNEL
    )
    @app_commands.default_permissions(_MANAGERS)
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

    alert = app_commands.Group(
        name="alert",
        description="How far a share must move before a channel is told",
        default_permissions=_MANAGERS,
        allowed_installs=app_commands.AppInstallationType(guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True),
    )

    @alert.command(name="set", description="Change how far a share must move")
    @app_commands.describe(
        ticker="A ticker or a company's name, such as BABA",
        move="How far, such as 5%, 7% up or 4% down",
        channel=_CHANNEL,
    )
    async def set_alert(
        self,
        interaction: Interaction,
        ticker: Ticker,
        move: Move,
        channel: Chosen | None = None,
    ) -> None:
        async with answering(interaction):
            place = writable_place(interaction, channel)
            watch = await self._subscriptions.set(place, ticker, move, interaction.user.id)
            await say(interaction, [f"<#{place.id}> is told of", *self._lines([watch])])

    @alert.command(name="list", description="What this server's channels are told of")
    async def list_alerts(self, interaction: Interaction) -> None:
        async with answering(interaction):
            guild = place_of(interaction, None).guild or 0
            watches = await self._subscriptions.everywhere(guild)
            nothing = ["No channel of this server hears of anything; try `/subscribe BABA`"]
            await say(interaction, self._by_channel(watches) or nothing)

    @alert.command(name="remove", description="Stop telling a channel about one share")
    @app_commands.describe(ticker="A ticker, such as BABA", channel=_CHANNEL)
    async def remove_alert(
        self, interaction: Interaction, ticker: Ticker, channel: Chosen | None = None
    ) -> None:
        async with answering(interaction):
            place = place_of(interaction, channel)
            stopped = ", ".join(await self._subscriptions.unsubscribe(place, ticker))
            await say(interaction, [f"<#{place.id}> no longer hears of **{stopped}**"])

    @subscribe.autocomplete("tickers")
    @unsubscribe.autocomplete("tickers")
    async def _ticker_lists(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.ticker_list(self._services.directory, typed)

    @set_alert.autocomplete("ticker")
    @remove_alert.autocomplete("ticker")
    async def _tickers(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.tickers(self._services.directory, typed)

    def _lines(self, watches: list[Watch]) -> list[str]:
        return [f"• **{w.ticker}** {self._subscriptions.describe(w)}" for w in watches]

    def _by_channel(self, watches: list[Watch]) -> list[str]:
        lines = []
        for channel in sorted({watch.destination for watch in watches}):
            lines.append(f"<#{channel}>")
            lines += self._lines([watch for watch in watches if watch.destination == channel])
        return lines
