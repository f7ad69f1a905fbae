"""Whom does a message ping? The mentions in its text that `allowed_mentions` lets through."""

from __future__ import annotations

import re

from bot.sandbox.discord.messages import Mentions
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.presented import walk
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Channel

_ALL = ["users", "roles", "everyone"]


def mentions_of(payload: Json, channel: Channel) -> Mentions:
    """Read the content and the text displays; embeds never ping."""
    allowed = payload.get("allowed_mentions")
    allowed = {"parse": _ALL} if allowed is None else allowed
    displayed = [each.get("content") or "" for each in walk(payload.get("components") or [])]
    text = "\n".join([str(payload.get("content") or ""), *displayed])
    world, guild = channel.world, channel.guild
    users = _let_through(re.findall(r"<@!?(\d+)>", text), allowed, "users")
    roles = _let_through(re.findall(r"<@&(\d+)>", text), allowed, "roles")
    may_call_all = channel.permissions_of(world.bot) & Permission.MENTION_EVERYONE
    calls_all = "everyone" in (allowed.get("parse") or []) and re.search(r"@(everyone|here)", text)
    return Mentions(
        users=tuple(world.users[each] for each in users if each in world.users),
        roles=tuple(each for each in roles if guild is not None and each in guild.roles),
        everyone=bool(may_call_all and calls_all),
    )


def _let_through(found: list[str], allowed: Json, kind: str) -> list[str]:
    unique = list(dict.fromkeys(found))
    if kind in (allowed.get("parse") or []):
        return unique
    listed = {str(each) for each in allowed.get(kind) or []}
    return [each for each in unique if each in listed]
