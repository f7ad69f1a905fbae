"""
What a rendered brief becomes on Discord's wire, and what its buttons are called.

A button carries everything it needs in its custom id, `desk:1:why:4711:2`: the version of
the scheme, the action, the post's row and the revision its message shows. So a button works
after a restart, and a message found in a channel's history says which post it is.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Self

import discord

from bot.model.brief import Rendered

NO_MENTIONS = discord.AllowedMentions.none()

Channel = discord.abc.GuildChannel | discord.Thread

HISTORY = "Read Message History"

BUTTON_TEMPLATE = re.compile(
    r"desk:1:(?P<action>details|why|sources|again):(?P<post>[0-9]{1,20}):(?P<revision>[0-9]{1,9})"
)


class Action(Enum):
    """What a button under a brief or a notice does; values are part of the custom id."""

    DETAILS = "details"
    WHY = "why"
    SOURCES = "sources"
    AGAIN = "again"

    @property
    def label(self) -> str:
        return _LABELS.get(self, self.value.capitalize())


UNDER_A_BRIEF = (Action.DETAILS.value, Action.WHY.value, Action.SOURCES.value)
_LABELS = {Action.WHY: "Why?", Action.AGAIN: "Try again"}


@dataclass(frozen=True, slots=True)
class ButtonId:
    """A button under revision `revision` of post `post`."""

    action: Action
    post: int
    revision: int

    def __str__(self) -> str:
        return f"desk:1:{self.action.value}:{self.post}:{self.revision}"

    @classmethod
    def parse(cls, custom_id: str) -> Self | None:
        """Return None for the custom id of another desk, or of another version of this one."""
        match = BUTTON_TEMPLATE.fullmatch(custom_id)
        if match is None:
            return None
        return cls(Action(match["action"]), int(match["post"]), int(match["revision"]))


def embed(rendered: Rendered, *, picture: bool) -> discord.Embed | None:
    """The embed, with the chart inside when `picture`; None for the one-line layout."""
    if not (rendered.title or rendered.description):
        return None
    card = discord.Embed(
        title=rendered.title or None,
        description=rendered.description or None,
        url=rendered.url or None,
        colour=rendered.colour,
        timestamp=rendered.timestamp,
    )
    if rendered.footer:
        card.set_footer(text=rendered.footer)
    if picture and rendered.chart:
        card.set_image(url=f"attachment://{rendered.chart}")
    return card


def embeds(rendered: Rendered, *, picture: bool) -> list[discord.Embed]:
    """`embed` as the list that a message holds."""
    card = embed(rendered, picture=picture)
    return [] if card is None else [card]


def files(rendered: Rendered, chart: bytes | None) -> list[discord.File]:
    """The chart under the name the embed refers to; empty when there is none."""
    if chart is None or not rendered.chart:
        return []
    return [discord.File(io.BytesIO(chart), rendered.chart, description=rendered.alt or None)]


def buttons(post: int, revision: int, actions: Iterable[str] = UNDER_A_BRIEF) -> discord.ui.View:
    """Details · Why? · Sources or what else is named, for what shows `revision` of `post`."""
    row = discord.ui.View(timeout=None)
    for action in map(Action, actions):
        custom_id = str(ButtonId(action, post, revision))
        row.add_item(discord.ui.Button(label=action.label, custom_id=custom_id))
    row.stop()  # or discord.py keeps every view it ever sent
    return row


def shown(message: Mapping[str, object]) -> ButtonId | None:
    """Which post and revision a message of Discord's REST shows; None when it has no button."""
    for custom_id in _custom_ids(message.get("components")):
        button = ButtonId.parse(custom_id)
        if button is not None:
            return button
    return None


def lacking(permissions: discord.Permissions, *, thread: bool = False) -> list[str]:
    """The permissions that a post needs and that are not there, in Discord's words."""
    needed = {
        "View Channel": permissions.view_channel,
        "Send Messages": permissions.send_messages or thread,
        "Send Messages in Threads": permissions.send_messages_in_threads or not thread,
        "Embed Links": permissions.embed_links,
        "Attach Files": permissions.attach_files,
        HISTORY: permissions.read_message_history,
    }
    return [name for name, there in needed.items() if not there]


def lacking_in(channel: Channel) -> list[str]:
    """What the desk itself lacks in a channel that the client knows."""
    thread = isinstance(channel, discord.Thread)
    return lacking(channel.permissions_for(channel.guild.me), thread=thread)


def _custom_ids(components: object) -> Iterator[str]:
    if not isinstance(components, list):
        return
    for component in components:
        if isinstance(component, dict):
            yield str(component.get("custom_id", ""))
            yield from _custom_ids(component.get("components"))
