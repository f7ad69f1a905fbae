"""
A correction is shown before it is made: a private preview, and a button that confirms it.

What was asked is kept in memory under the preview's id; after a restart it is asked again.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from typing import Any

import discord

from bot import payload
from bot.cogs.replies import Interaction, answering, say
from bot.errors import UserError
from bot.model.brief import Variant
from bot.model.piece import Correction, CorrectionKind
from bot.services.faces import Corrections, Mending

CONFIRM_TEMPLATE = re.compile(r"desk:1:confirm:(?P<preview>[0-9]{1,20})")
KEPT = 100
HEAD = (
    "**Preview.** So it will read in this server, with one line in reply. Nothing is changed yet."
)

Button = discord.ui.Button[discord.ui.View]


class Previews:
    """What was asked and not confirmed yet, the newest hundred."""

    def __init__(self, corrections: Corrections) -> None:
        self._corrections = corrections
        self._asked: OrderedDict[int, Mending] = OrderedDict()

    async def show(self, interaction: Interaction, mending: Mending) -> None:
        """Answer with the brief as it will read, and the button."""
        answer = await self._corrections.preview(mending, Variant())
        while len(self._asked) >= KEPT:
            self._asked.popitem(last=False)
        self._asked[interaction.id] = mending
        words = answer.rendered
        await interaction.edit_original_response(
            content=f"{HEAD}\n{words.content}",
            embeds=payload.embeds(words, picture=answer.chart is not None),
            attachments=payload.files(words, answer.chart),
            view=_confirm(interaction.id),
        )

    async def make(self, preview: int) -> Correction:
        """Do what was asked there, once."""
        mending = self._asked.pop(preview, None)
        if mending is None:
            raise UserError(
                "this preview was confirmed already, or is no longer kept",
                hint="ask again with /desk correct",
            )
        return await self._corrections.correct(mending)


def confirm_button(previews: Previews) -> type[discord.ui.DynamicItem[Button]]:
    """The class that answers the button under every preview."""

    class ConfirmButton(discord.ui.DynamicItem[Button], template=CONFIRM_TEMPLATE):
        def __init__(self, item: Button, preview: int) -> None:
            super().__init__(item)
            self._preview = preview

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
        ) -> ConfirmButton:
            return cls(item, int(match["preview"]))

        async def callback(self, interaction: Interaction) -> None:
            async with answering(interaction):
                await say(interaction, [done(await previews.make(self._preview))])

    return ConfirmButton


def done(correction: Correction) -> str:
    """What was changed, in a line."""
    what, was, now = (discord.utils.escape_markdown(text) for text in _parts(correction))
    if correction.kind is CorrectionKind.WITHDRAWN:
        return f"**WITHDRAWN** “{was}” Its messages here are being edited."
    label = correction.kind.value
    return f"**{label}** {what} was {was}, is {now}. Its messages here are being edited."


def _parts(correction: Correction) -> tuple[str, str, str]:
    return correction.what, correction.was, correction.now


def _confirm(preview: int) -> discord.ui.View:
    row = discord.ui.View(timeout=None)
    style = discord.ButtonStyle.danger
    row.add_item(
        discord.ui.Button(label="Confirm", style=style, custom_id=f"desk:1:confirm:{preview}")
    )
    row.stop()
    return row
