"""What may a member do in a channel? Computed from roles, then overwrites, as Discord does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from operator import or_


class Permission(IntEnum):
    """The bits this stand-in knows; combined with | they are plain integers."""

    ADMINISTRATOR = 1 << 3
    MANAGE_CHANNELS = 1 << 4
    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    MANAGE_MESSAGES = 1 << 13
    EMBED_LINKS = 1 << 14
    ATTACH_FILES = 1 << 15
    READ_MESSAGE_HISTORY = 1 << 16
    MENTION_EVERYONE = 1 << 17
    MANAGE_ROLES = 1 << 28
    USE_APPLICATION_COMMANDS = 1 << 31
    CREATE_PUBLIC_THREADS = 1 << 35
    SEND_MESSAGES_IN_THREADS = 1 << 38


EVERYTHING = (1 << 53) - 1

RECOMMENDED = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.EMBED_LINKS
    | Permission.ATTACH_FILES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.CREATE_PUBLIC_THREADS
    | Permission.SEND_MESSAGES_IN_THREADS
)

ORDINARY = (
    Permission.VIEW_CHANNEL
    | Permission.SEND_MESSAGES
    | Permission.READ_MESSAGE_HISTORY
    | Permission.USE_APPLICATION_COMMANDS
)

_NEEDS_SENDING = Permission.EMBED_LINKS | Permission.ATTACH_FILES | Permission.MENTION_EVERYONE


@dataclass(frozen=True, slots=True)
class Overwrite:
    """One exception of a channel, for a role or for a member."""

    target: str
    member: bool = False
    allow: int = 0
    deny: int = 0

    def json(self) -> dict[str, object]:
        return {
            "id": self.target,
            "type": int(self.member),
            "allow": str(self.allow),
            "deny": str(self.deny),
        }


def in_guild(roles: Iterable[int]) -> int:
    """Permissions in the guild, before any channel is looked at."""
    total = _together(roles)
    return EVERYTHING if total & Permission.ADMINISTRATOR else total


def in_channel(
    base: int, overwrites: Mapping[str, Overwrite], everyone: str, roles: list[str], member: str
) -> int:
    """Permissions in a channel: @everyone's overwrite, then the roles' together, the member's."""
    if base & Permission.ADMINISTRATOR:
        return EVERYTHING
    for targets in ([everyone], roles, [member]):
        layer = [overwrites[target] for target in targets if target in overwrites]
        base &= ~_together(each.deny for each in layer)
        base |= _together(each.allow for each in layer)
    if not base & Permission.VIEW_CHANNEL:
        return 0
    return base if base & Permission.SEND_MESSAGES else base & ~_NEEDS_SENDING


def _together(permissions: Iterable[int]) -> int:
    return reduce(or_, permissions, 0)
