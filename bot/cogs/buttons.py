"""
Details · Why? · Sources under a brief only show; they change nothing for anybody.

Under a notice, Try again asks the feed again: for who may change what the server hears of.
"""

from __future__ import annotations

import re
from typing import Any

import discord
from discord.ext import commands

from bot.cogs.correcting import CONFIRM_TEMPLATE
from bot.cogs.feed_adding import FEED_TEMPLATE
from bot.cogs.places import place_of
from bot.cogs.replies import Interaction, answering, custom_id_of, say, show
from bot.payload import BUTTON_TEMPLATE, Action, ButtonId
from bot.services.faces import Explain, Services

OLD_BUTTON = "This button is from an older desk; try /brief BABA"

_KNOWN = (BUTTON_TEMPLATE, CONFIRM_TEMPLATE, FEED_TEMPLATE)

Button = discord.ui.Button[discord.ui.View]


def brief_button(services: Services) -> type[discord.ui.DynamicItem[Button]]:
    """The class that answers the buttons of every brief and notice, also after a restart."""

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
                if self._pressed.action is Action.AGAIN:
                    place = place_of(interaction, None)
                    said = await services.feeds.again(place.guild or 0, self._pressed.post)
                    await say(interaction, [discord.utils.escape_markdown(said)])
                    return
                await _answer(interaction, services.explain, self._pressed)

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
        if not any(known.fullmatch(pressed) for known in _KNOWN):
            await interaction.response.send_message(OLD_BUTTON, ephemeral=True)
