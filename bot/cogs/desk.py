"""/desk help: what the desk does and how to ask it."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cogs.replies import Interaction

HELP = """\
**The desk watches shares and the news.** When a share moves far enough it posts one brief: how \
much, since when, and why as far as anyone knows. The same message is kept up to date; a further \
step is also one line in reply.

`/brief BABA` – what a share does now
`/subscribe BABA, JD` – tell this channel when they move {default}
`/subscribe BABA 7% up #markets` – another step, one way only, another channel
`/unsubscribe BABA` – stop; without a ticker, stop everything here
`/alert set BABA 7%` – change how far it must move
`/alert list` – what this server's channels are told of
`/alert remove BABA` – stop one

Under a brief: **Details** adds peers and history, **Why?** shows how the desk decided, \
**Sources** who reported what and when.
Changing settings needs Manage Server. The desk is automated, without AI; prices come from Yahoo \
and are for personal use. Nothing here is advice."""


class DeskCog(commands.Cog):
    def __init__(self, default_move: str) -> None:
        self._help = HELP.format(default=default_move)

    desk = app_commands.Group(
        name="desk",
        description="About this desk",
        allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        allowed_contexts=app_commands.AppCommandContext(
            guild=True, dm_channel=True, private_channel=True
        ),
    )

    @desk.command(name="help", description="What the desk does and how to ask it")
    async def help(self, interaction: Interaction) -> None:
        await interaction.response.send_message(self._help, ephemeral=True)
