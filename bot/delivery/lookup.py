"""Which message of a channel is a given post, and which revision does it show?"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

import discord

from bot import payload
from bot.model.brief import Rendered
from bot.model.post import Post, Posted

PAGE = 100
"""Messages a page: Discord's most."""

PAGES = 10
"""After so many pages a lookup gives up, rather than read a busy channel for minutes."""

_SKEW = timedelta(seconds=60)

Message = Mapping[str, object]


def start(since: datetime) -> int:
    """The id that no message sent at or after `since` can be below, whatever the clocks."""
    return discord.utils.time_snowflake(since - _SKEW)


def posted(message: Message, post: Post, rendered: Rendered) -> Posted:
    """
    The post as Discord's reply shows it.

    A repeated create returns the first message with its old body. Revision 0 means that the
    body says nothing about its revision, so that it is due for an edit.
    """
    if post.kind.one_line:
        current = _content(message) == line(rendered)
        return Posted(id_of(message), post.desired_rev if current else 0)
    button = payload.shown(message)
    ours = button is not None and button.post == post.id
    return Posted(id_of(message), button.revision if button and ours else 0)


def matches(message: Message, post: Post, rendered: Rendered, author: int) -> bool:
    """By the button, else by the nonce, else by author, reply reference and exact content."""
    if _int(message, "author", "id") != author:
        return False
    button = payload.shown(message)
    if button is not None:
        return button.post == post.id
    if message.get("nonce") == post.nonce:
        return True
    return (
        post.kind.one_line
        and _int(message, "message_reference", "message_id") == (post.reply_to or 0)
        and _content(message) == line(rendered)
    )


def id_of(message: Message) -> int:
    return int(str(message["id"]))


def line(rendered: Rendered) -> str:
    """The one line of a rung or a correction, as Discord stores it."""
    return (rendered.reply or rendered.content).strip()


def _content(message: Message) -> str:
    return str(message.get("content", "")).strip()


def _int(message: Message, outer: str, inner: str) -> int:
    value = message.get(outer)
    return int(str(value.get(inner) or 0)) if isinstance(value, dict) else 0
