"""/desk feeds: a server's own feeds, what its channels filter, and how every feed is doing."""

from __future__ import annotations

import io

import discord
from discord import app_commands

from bot.cogs import completion
from bot.cogs.feed_adding import Adding
from bot.cogs.places import Chosen, place_of, writable_place
from bot.cogs.replies import Interaction, answering, say
from bot.errors import UserError
from bot.services.faces import Services
from bot.services.feed_faces import FeedTyped
from bot.services.feed_lines import rules_said
from bot.services.feed_said import (
    brought_lines,
    feed_line,
    listed_lines,
    monospaced,
    sieve_line,
)

LARGEST = 5_000_000  # bytes of a list that is handed in
A_PAGE = 8
TOLD = "Where it is told if the feed fails; the channel you are in when left out"
ALLOW = "Only headlines with one of these words or /patterns/, between commas"
DENY = "No headline with any of these words or /patterns/, between commas"

Rules = app_commands.Range[str, 1, 500]
Name = app_commands.Range[str, 1, 60]
Which = app_commands.Range[str, 1, 200]


class FeedsGroup(app_commands.Group):
    """Every answer is for the one who asked; changing and looking need Manage Server."""

    def __init__(self, services: Services, adding: Adding) -> None:
        super().__init__(name="feeds", description="The feeds this server reads")
        self._feeds = services.feeds
        self._directory = services.directory
        self._adding = adding

    @app_commands.command(name="add", description="Read a feed for this server; a page will do")
    @app_commands.describe(
        address="Of the feed, or of a page that names it",
        outlet="What to call it; what it calls itself when left out",
        allow=ALLOW,
        deny=DENY,
        channel=TOLD,
    )
    async def add(
        self,
        interaction: Interaction,
        address: app_commands.Range[str, 4, 2000],
        outlet: Name = "",
        allow: Rules = "",
        *,
        deny: Rules = "",
        channel: Chosen | None = None,
    ) -> None:
        async with answering(interaction):
            place = writable_place(interaction, channel)
            await self._adding.look(interaction, place, FeedTyped(address, outlet, allow, deny))

    @app_commands.command(name="list", description="This server's feeds, and how they are doing")
    @app_commands.describe(page="Which page, where there are many")
    async def list(
        self, interaction: Interaction, page: app_commands.Range[int, 1, 100] = 1
    ) -> None:
        async with answering(interaction):
            guild = place_of(interaction, None).guild or 0
            own = await self._feeds.of(guild)
            pages = max(1, -(-len(own) // A_PAGE))
            page = min(page, pages)
            shown = own[(page - 1) * A_PAGE : page * A_PAGE]
            nothing = "This server has no feeds of its own; try /desk feeds add"
            head = f"**{len(own)} of this server's own**, page {page} of {pages}"
            lines = [head if own else nothing, *map(feed_line, shown)]
            filters = [sieve_line(one) for one in await self._feeds.sieves(guild)]
            lines += ["**Filters of channels**", *filters] if filters else []
            await say(interaction, lines + listed_lines(*await self._feeds.in_trouble()))

    @app_commands.command(name="remove", description="Stop reading one of this server's feeds")
    @app_commands.describe(feed="Which; pick one")
    async def remove(self, interaction: Interaction, feed: Which) -> None:
        async with answering(interaction):
            guild = place_of(interaction, None).guild or 0
            wish = await self._feeds.remove(guild, feed)
            name = discord.utils.escape_markdown(wish.outlet)
            await say(interaction, [f"**{name}** is read for this server no more."])

    @app_commands.command(
        name="filter", description="What passes of a feed of yours, or of what a channel hears"
    )
    @app_commands.describe(
        feed="One of this server's feeds; when left out it is the channel that filters",
        ticker="With a channel: for this share only",
        allow=ALLOW,
        deny=DENY,
        channel="Whose subscriptions; the channel you are in when left out",
    )
    async def filter(
        self,
        interaction: Interaction,
        feed: Which = "",
        ticker: app_commands.Range[str, 1, 60] = "",
        allow: Rules = "",
        *,
        deny: Rules = "",
        channel: Chosen | None = None,
    ) -> None:
        async with answering(interaction):
            place, typed = place_of(interaction, channel), FeedTyped(feed, "", allow, deny)
            if feed:
                wish = await self._feeds.filter(place.guild or 0, typed)
                said, rules = wish.outlet, rules_said(wish.allow, wish.deny)
                said = f"**{discord.utils.escape_markdown(said)}**: "
                await say(interaction, [f"{said}{discord.utils.escape_markdown(rules)}"])
                return
            name = (await self._directory.resolve(ticker)).ticker if ticker else ""
            await say(interaction, [sieve_line(await self._feeds.sieve(place, name, typed))])

    @app_commands.command(name="why", description="What is known of a feed: its last polls, why")
    @app_commands.describe(feed="Which; pick one, or paste its address")
    async def why(self, interaction: Interaction, feed: Which) -> None:
        async with answering(interaction):
            guild = place_of(interaction, None).guild or 0
            lines = await self._feeds.why(guild, feed)
            await interaction.edit_original_response(content=monospaced(lines))

    @app_commands.command(name="import", description="Add the feeds of an OPML file")
    @app_commands.describe(file="OPML, as other readers export it", channel=TOLD)
    async def bring(
        self, interaction: Interaction, file: discord.Attachment, channel: Chosen | None = None
    ) -> None:
        async with answering(interaction):
            place = writable_place(interaction, channel)
            if file.size > LARGEST:
                raise UserError(
                    f"{file.filename[:60]} has {file.size / 1e6:.1f} MB, more than the limit of "
                    f"{LARGEST / 1e6:g} MB",
                    hint="hand in a part of it",
                )
            document = await file.read()
            brought = await self._feeds.bring(
                place, document, file.filename[:60], interaction.user.id
            )
            await say(interaction, brought_lines(brought))

    @app_commands.command(name="export", description="This server's feeds as an OPML file")
    async def export(self, interaction: Interaction) -> None:
        async with answering(interaction):
            document = await self._feeds.write(place_of(interaction, None).guild or 0)
            file = discord.File(io.BytesIO(document), "feeds.opml")
            await interaction.edit_original_response(
                content="Other readers understand it too.", attachments=[file]
            )

    @remove.autocomplete("feed")
    @filter.autocomplete("feed")
    async def _own(self, interaction: Interaction, typed: str) -> completion.Choices:
        return await self._offered(interaction, typed, all=False)

    @why.autocomplete("feed")
    async def _all(self, interaction: Interaction, typed: str) -> completion.Choices:
        return await self._offered(interaction, typed, all=True)

    @filter.autocomplete("ticker")
    async def _tickers(self, _interaction: Interaction, typed: str) -> completion.Choices:
        return completion.tickers(self._directory, typed)

    async def _offered(
        self, interaction: Interaction, typed: str, *, all: bool
    ) -> completion.Choices:
        if interaction.guild_id is None or not interaction.permissions.manage_guild:
            return []
        found = await self._feeds.offered(interaction.guild_id, typed, all=all)
        return [completion.short(name, value) for value, name in found]
