"""/alert: the thresholds of a server's channels, or of a person, several a share if they like."""

from __future__ import annotations

import asyncio
from typing import Literal

from discord import app_commands
from discord.ext import commands

from bot.cogs import completion
from bot.cogs.places import Chosen, own_place, place_of, writable_place
from bot.cogs.replies import Interaction, answering, say
from bot.cogs.said import by_channel, setting_line, told_of, watch_lines
from bot.cogs.settings import CHANNEL, EXPIRES, MANAGERS, MOVE, Move
from bot.errors import DeskError
from bot.model.post import Watch
from bot.services.faces import Services, Typed

Ticker = app_commands.Range[str, 1, 60]
WITHIN = 2.0  # seconds; Discord gives an autocomplete three

Short = app_commands.Range[str, 1, 40]


class AlertsCog(commands.Cog):
    def __init__(self, services: Services) -> None:
        self._services = services
        self._subscriptions = services.subscriptions

    alert = app_commands.Group(
        name="alert",
        description="How far a share must move before a channel, or you, are told",
        default_permissions=MANAGERS,
        allowed_installs=app_commands.AppInstallationType(guild=True),
        allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=True),
    )

    @alert.command(name="set", description="Set a threshold; others of the share stay")
    @app_commands.describe(
        ticker="A ticker or a company's name, such as BABA",
        move=MOVE,
        channel=CHANNEL,
        expires=EXPIRES,
        hold="How long beyond it before speaking, such as 5m",
        rung="Speak again every so much further, such as 2; 0 for once only",
        rearm="May speak anew below this, such as 4%; for a price, percent behind it",
        cooldown="Silence after speaking before it may speak anew, such as 30m",
        hours="When it may speak",
        traded="Only once this much was traded, such as $5m",
        anything="Also thin trading, penny shares and tiny companies",
    )
    async def set_alert(  # noqa: PLR0913 - Discord's options are parameters
        self,
        interaction: Interaction,
        ticker: Ticker,
        move: Move,
        channel: Chosen | None = None,
        *,
        expires: Short = "",
        hold: Short = "",
        rung: Short = "",
        rearm: Short = "",
        cooldown: Short = "",
        hours: Literal["regular", "extended", "all"] | None = None,
        traded: Short = "",
        anything: bool = False,
    ) -> None:
        options = {"hold": hold, "rung": rung, "rearm": rearm, "cooldown": cooldown}
        options |= {"hours": hours or "", "traded": traded, "anything": "yes" if anything else ""}
        typed = Typed(move, {name: value for name, value in options.items() if value}, expires)
        async with answering(interaction):
            place = own_place(interaction) or writable_place(interaction, channel)
            setting = await self._subscriptions.set(place, ticker, typed, interaction.user.id)
            await say(interaction, [told_of(place), setting_line(setting)])

    @alert.command(name="list", description="What this server's channels, or you, are told of")
    @app_commands.describe(ticker="Only this one, such as BABA; all of them when left out")
    async def list_alerts(self, interaction: Interaction, ticker: Ticker = "") -> None:
        async with answering(interaction):
            watches = await self._everywhere(interaction)
            if wanted := ticker.strip().upper():
                watches = [watch for watch in watches if watch.ticker == wanted]
            what, example = wanted or "anything", wanted or "BABA"
            if own_place(interaction):
                lines = watch_lines(watches, self._subscriptions)
                nothing = f"You are not told of {what} yet; try `/alert set {example}`"
            else:
                lines = by_channel(watches, self._subscriptions)
                nothing = f"No channel of this server hears of {what}; try `/subscribe {example}`"
            await say(interaction, lines or [nothing])

    @alert.command(name="remove", description="Stop telling a channel, or you, about one share")
    @app_commands.describe(
        ticker="A ticker, such as BABA",
        which="Which of its thresholds, such as 5%, where there are several",
        channel=CHANNEL,
    )
    async def remove_alert(
        self,
        interaction: Interaction,
        ticker: Ticker,
        which: Move = "",
        channel: Chosen | None = None,
    ) -> None:
        async with answering(interaction):
            place = own_place(interaction) or place_of(interaction, channel)
            gone = await self._subscriptions.remove(place, ticker, which)
            words = self._subscriptions.describe(gone)
            await say(interaction, [f"{told_of(place, 'no longer ')} **{gone.ticker}** {words}"])

    @set_alert.autocomplete("ticker")
    async def _tickers(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.tickers(self._services.directory, typed)

    @set_alert.autocomplete("move")
    async def _moves(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.moves(self._subscriptions, typed)

    @list_alerts.autocomplete("ticker")
    @remove_alert.autocomplete("ticker")
    async def _watched(self, interaction: Interaction, typed: str) -> completion.Choices:
        return completion.watched(await self._offered(interaction), typed)

    @remove_alert.autocomplete("which")
    async def _which(self, interaction: Interaction, typed: str) -> completion.Choices:
        chosen = interaction.namespace
        channel = chosen.channel.id if chosen.channel else interaction.channel_id
        ticker = (chosen.ticker or "").strip().upper()
        watches = [
            watch
            for watch in await self._offered(interaction)
            if watch.destination == channel and watch.ticker == ticker
        ]
        return completion.thresholds(self._subscriptions, watches, typed)

    async def _offered(self, interaction: Interaction) -> list[Watch]:
        """For somebody who may change them; a list of choices has no time for excuses."""
        try:
            async with asyncio.timeout(WITHIN):
                return await self._everywhere(interaction)
        except (TimeoutError, DeskError):
            return []

    async def _everywhere(self, interaction: Interaction) -> list[Watch]:
        if own := own_place(interaction):
            return await self._subscriptions.here(own)
        return await self._subscriptions.everywhere(place_of(interaction, None).guild or 0)
