"""
A feed is shown before it is added: a menu where a page names several, a preview, a button.

What was asked is kept in memory under the interaction's id; after a restart it is asked again.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

import discord

from bot.cogs.places import place_of
from bot.cogs.replies import Interaction, answering, fit, say, values_of
from bot.errors import UserError
from bot.model.found import Found, Offer
from bot.model.post import Destination
from bot.model.wish import Wish
from bot.services.feed_faces import FeedTyped, ServerFeeds
from bot.services.feed_said import latest_lines, preview_lines

FEED_TEMPLATE = re.compile(r"desk:1:feed-(?P<step>pick|add|latest):(?P<asked>[0-9]{1,20})")
KEPT = 100
HEAD = "**Preview.** Nothing is added yet, and adding it posts nothing."
TOUCHES = (
    "What it tells touches this server only: it can make a cause that is possible at most, and "
    "is named as a feed that this server added."
)
_LONGEST = 100  # characters of an option's label and description

Item = discord.ui.Item[discord.ui.View]


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants added, and what was found there; `wish` once it is added."""

    place: Destination
    typed: FeedTyped
    found: Found
    wish: Wish | None = None


class Adding:
    """What was asked and not added yet, the newest hundred."""

    def __init__(self, feeds: ServerFeeds) -> None:
        self._feeds = feeds
        self._asked: OrderedDict[int, Asked] = OrderedDict()

    async def look(self, interaction: Interaction, place: Destination, typed: FeedTyped) -> None:
        """Answer with a preview and its button, or with the feeds that a page names."""
        found = await self._feeds.look(place.guild or 0, typed)
        if not found.is_feed and len(found.offers) == 1:
            typed = replace(typed, address=found.offers[0].url)
            found = await self._feeds.look(place.guild or 0, typed)
        self._keep(interaction.id, Asked(place, typed, found))
        if not found.is_feed:
            await interaction.edit_original_response(
                content="That page names several feeds. Which?",
                view=_menu(interaction.id, found.offers),
            )
            return
        lines = [HEAD, *preview_lines(found, typed), TOUCHES]
        await interaction.edit_original_response(
            content=fit(lines), view=_button(interaction.id, "add", "Add")
        )

    async def pick(self, interaction: Interaction, asked: int) -> None:
        """One of the feeds that a page names."""
        before = self._find(asked)
        number = int(next(iter(values_of(interaction)), "0"))
        if number >= len(before.found.offers):
            raise UserError("the page named no such feed", hint="ask again with /desk feeds add")
        url = before.found.offers[number].url
        await self.look(interaction, before.place, replace(before.typed, address=url))

    async def add(self, interaction: Interaction, asked: int) -> None:
        """Add what was previewed, once."""
        one = self._find(asked)
        wish = await self._feeds.add(one.place, one.typed, one.found, interaction.user.id)
        self._keep(asked, replace(one, wish=wish))
        name = discord.utils.escape_markdown(wish.outlet)
        await interaction.edit_original_response(
            content=(
                f"**{name}** is read from now on; <#{wish.channel}> hears if it fails. "
                "Nothing was posted."
            ),
            view=_button(asked, "latest", "Post the latest here"),
        )

    async def latest(self, interaction: Interaction, asked: int) -> None:
        """Post what the preview showed, once, for all to read."""
        one = self._find(asked)
        if one.wish is None:
            raise UserError("this feed is not added yet", hint="press Add first")
        self._asked.pop(asked, None)
        await say(interaction, latest_lines(one.found, one.wish))

    def _find(self, asked: int) -> Asked:
        if asked not in self._asked:
            raise UserError(
                "this was answered already, or is no longer kept",
                hint="ask again with /desk feeds add",
            )
        return self._asked[asked]

    def _keep(self, asked: int, one: Asked) -> None:
        self._asked[asked] = one
        while len(self._asked) > KEPT:
            self._asked.popitem(last=False)


def feed_item(adding: Adding) -> type[discord.ui.DynamicItem[Item]]:
    """The class that answers the menu and the buttons of every preview."""

    class FeedItem(discord.ui.DynamicItem[Item], template=FEED_TEMPLATE):
        def __init__(self, item: Item, step: str, asked: int) -> None:
            super().__init__(item)
            self._step = step
            self._asked = asked

        @classmethod
        async def from_custom_id(
            cls, _interaction: discord.Interaction[Any], item: Any, match: re.Match[str], /
        ) -> FeedItem:
            return cls(item, match["step"], int(match["asked"]))

        async def callback(self, interaction: Interaction) -> None:
            async with answering(interaction, public=self._step == "latest"):
                place_of(interaction, None)
                match self._step:
                    case "pick":
                        await adding.pick(interaction, self._asked)
                    case "add":
                        await adding.add(interaction, self._asked)
                    case _:
                        await adding.latest(interaction, self._asked)

    return FeedItem


def _button(asked: int, step: str, label: str) -> discord.ui.View:
    row = discord.ui.View(timeout=None)
    style = discord.ButtonStyle.primary if step == "add" else discord.ButtonStyle.secondary
    custom_id = f"desk:1:feed-{step}:{asked}"
    row.add_item(discord.ui.Button(label=label, style=style, custom_id=custom_id))
    row.stop()
    return row


def _menu(asked: int, offers: tuple[Offer, ...]) -> discord.ui.View:
    row = discord.ui.View(timeout=None)
    options = [
        discord.SelectOption(
            label=offer.title[:_LONGEST] or "A feed",
            description=f"{offer.kind} · {offer.url}"[:_LONGEST],
            value=str(number),
        )
        for number, offer in enumerate(offers[:25])
    ]
    row.add_item(
        discord.ui.Select(
            custom_id=f"desk:1:feed-pick:{asked}", placeholder="Pick a feed", options=options
        )
    )
    row.stop()
    return row
