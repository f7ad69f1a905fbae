"""/brief: what a share does now, in the full layout, wherever the command may be used."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cogs import completion
from bot.cogs.replies import Interaction, answering, show
from bot.model.brief import Layout, Variant
from bot.services.faces import Services


class BriefCog(commands.Cog):
    def __init__(self, services: Services) -> None:
        self._services = services

    @app_commands.command(name="brief", description="What a share does now, and why if known")
    @app_commands.describe(ticker="A ticker or a company's name, such as BABA")
    @app_commands.allowed_installs(guilds=True, users=True)
    @app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
    async def brief(self, interaction: Interaction, ticker: app_commands.Range[str, 1, 60]) -> None:
        async with answering(interaction, public=True):
            variant = Variant(Layout.FULL, guild=interaction.guild_id)
            await show(interaction, await self._services.briefing.brief(ticker, variant))

    @brief.autocomplete("ticker")
    async def _tickers(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.tickers(self._services.directory, typed)
