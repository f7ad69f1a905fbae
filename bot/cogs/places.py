"""Which channel is meant, who may change it, and may the desk write there?"""

from __future__ import annotations

import discord

from bot import payload
from bot.cogs.replies import Interaction
from bot.errors import UserError
from bot.model.post import Destination

Chosen = discord.TextChannel | discord.Thread


def place_of(interaction: Interaction, chosen: Chosen | None) -> Destination:
    """
    The chosen channel, else the one the command was used in, for somebody who may change it.

    Raises `UserError` outside a server and without Manage Server.
    """
    if interaction.guild_id is None or interaction.channel_id is None:
        raise UserError("this works in a server's channel", hint="try /brief BABA here")
    allowed = interaction.permissions
    if not (allowed.manage_guild or allowed.administrator):
        raise UserError(
            "changing what this server hears of needs Manage Server, which you do not have here",
            hint="ask somebody who has it, or try /brief BABA",
        )
    return Destination(chosen.id if chosen else interaction.channel_id, interaction.guild_id)


def own_place(interaction: Interaction) -> Destination | None:
    """A person's direct messages with the desk, where they decide for themselves; else None."""
    if interaction.channel_id is None or not interaction.context.dm_channel:
        return None
    return Destination(interaction.channel_id, None)


def writable_place(interaction: Interaction, chosen: Chosen | None) -> Destination:
    """`place_of`, with `UserError` naming the permissions that the desk lacks there."""
    place = place_of(interaction, chosen)
    names = _lacking(interaction, chosen)
    if names:
        listed = ", ".join(names)
        raise UserError(
            f"I cannot post in <#{place.id}>: I lack {listed} there",
            hint="allow me that in the channel's settings under Permissions, then try again",
        )
    return place


def _lacking(interaction: Interaction, chosen: Chosen | None) -> list[str]:
    """Discord itself says what the desk may do in the channel the command was used in."""
    if chosen is not None and chosen.id != interaction.channel_id:
        return payload.lacking_in(chosen)
    thread = isinstance(interaction.channel, discord.Thread)
    return payload.lacking(interaction.app_permissions, thread=thread)
