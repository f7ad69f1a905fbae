"""/desk help: what the desk does; /desk correct: what it got wrong here; /desk feeds: what it reads."""

from __future__ import annotations

from discord import app_commands
from discord.ext import commands

from bot.cogs import completion
from bot.cogs.correcting import Previews
from bot.cogs.feed_adding import Adding
from bot.cogs.feeds import FeedsGroup
from bot.cogs.places import place_of
from bot.cogs.replies import Interaction, answering
from bot.model.piece import Matter
from bot.services.faces import Mending, Services

HELP = """\
**The desk watches shares and the news.** When a share moves far enough it posts one brief: how \
much, since when, and why as far as anyone knows. The same message is kept up to date; a further \
step is also one line in reply.

`/brief BABA` – what a share does now
`/subscribe BABA, JD` – tell this channel of a move of {default}
`/subscribe BABA 7% up #markets` – another step, one way only, another channel
`/unsubscribe BABA` – stop; without a ticker, stop everything here
`/alert set BABA 7%` – set a threshold; a share may have several
`/alert list` – what this server's channels are told of
`/alert remove BABA` – drop one

**Thresholds** are typed as `5%`, `5% down`, `3% in 1h`, `5% in 5 days`, `above 180`, \
`below 150`, `3x usual`, `4% vs benchmark`, `2x volume`, `200-day average`, `52-week high`; add \
`, held 5 minutes, again every 2 points, regular hours` and the like where you want.

`/desk correct` – correct or withdraw a brief, in this server only
`/desk feeds add` – read a feed for this server; `list`, `filter`, `why` say and change the rest

Under a brief: **Details** adds peers and history, **Why?** shows how the desk decided, \
**Sources** who reported what and when.
Changing settings needs Manage Server. The desk is automated, without AI; prices come from Yahoo \
and are for personal use. Nothing here is advice."""

WHAT = {
    "The cause: take it back": Matter.CAUSE,
    "The previous close": Matter.REFERENCE,
    "The price": Matter.PRICE,
    "Words of the desk's own": Matter.WORDS,
    "Everything: withdraw the brief": Matter.PIECE,
}
"""What a person may correct, as the menu says it."""


class DeskCog(commands.Cog):
    """`default` is what whoever names no threshold gets, in words."""

    def __init__(
        self, services: Services, previews: Previews, adding: Adding, default: str
    ) -> None:
        self._corrections = services.corrections
        self._previews = previews
        self._help = HELP.format(default=default)
        self.desk.add_command(FeedsGroup(services, adding))

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

    @desk.command(name="correct", description="Correct or withdraw a brief, in this server only")
    @app_commands.describe(
        brief="Which; pick one, or paste the link of its message",
        what="What is wrong with it",
        why="Why, in a few words; it is printed",
        right="The right figure; words as: those that stand -> those that should",
    )
    @app_commands.choices(what=[app_commands.Choice(name=n, value=m.name) for n, m in WHAT.items()])
    async def correct(
        self,
        interaction: Interaction,
        brief: app_commands.Range[str, 1, 150],
        what: str,
        why: app_commands.Range[str, 3, 200],
        right: app_commands.Range[str, 1, 200] = "",
    ) -> None:
        async with answering(interaction):
            guild, by = place_of(interaction, None).guild, interaction.user.id
            mending = Mending(brief, Matter[what], why, right, guild=guild, by=by)
            await self._previews.show(interaction, mending)

    @correct.autocomplete("brief")
    async def _briefs(self, interaction: Interaction, typed: str) -> completion.Choices:
        if interaction.guild_id is None:
            return []
        found = await self._corrections.recent(interaction.guild_id, typed)
        return [app_commands.Choice(name=name, value=piece) for piece, name in found]
