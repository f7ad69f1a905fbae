"""Details · Why? · Sources under a brief. A button only shows; it changes nothing for anybody."""

from __future__ import annotations

import re
from typing import Any

import discord
from discord.ext import commands

from bot.cogs.correcting import CONFIRM_TEMPLATE
from bot.cogs.replies import Interaction, answering, custom_id_of, say, show
from bot.payload import BUTTON_TEMPLATE, Action, ButtonId
from bot.services.faces import Explain

OLD_BUTTON = "This button is from an older desk; try /brief BABA"

Button = discord.ui.Button[discord.ui.View]


def brief_button(explain: Explain) -> type[discord.ui.DynamicItem[Button]]:
    """The class that answers every button of every brief, also those sent before a restart."""

    class BriefButton(discord.ui.DynamicItem[Button], template=BUTTON_TEMPLATE):
        def __init__(self, item: Button, pressed: ButtonId) -> None:
            super().__init__(item)
            self._pressed = pressed

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
        ) -> BriefButton:
            action = Action(match["action"])
            return cls(item, ButtonId(action, int(match["post"]), int(match["revision"])))

        async def callback(self, interaction: Interaction) -> None:
            async with answering(interaction):
                await _answer(interaction, explain, self._pressed)

    return BriefButton


async def _answer(interaction: Interaction, explain: Explain, pressed: ButtonId) -> None:
    post, revision = pressed.post, pressed.revision
    match pressed.action:
        case Action.DETAILS:
            await show(interaction, await explain.details(post, revision))
        case Action.WHY:
            await say(interaction, [await explain.why(post, revision)])
        case Action.SOURCES:
            await say(interaction, [await explain.sources(post, revision)])


class OldButtonsCog(commands.Cog):
    """discord.py leaves a button it does not know unanswered."""

    @commands.Cog.listener()
    async def on_interaction(self, interaction: Interaction) -> None:
        if interaction.type is not discord.InteractionType.component:
            return
        pressed = custom_id_of(interaction)
        if ButtonId.parse(pressed) is None and not CONFIRM_TEMPLATE.fullmatch(pressed):
            await interaction.response.send_message(OLD_BUTTON, ephemeral=True)
