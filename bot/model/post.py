"""The outbox: who is told, which part of which piece, and how far that has come."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from bot.model.alert import Terms
from bot.model.brief import Colours, Layout, Variant


@dataclass(frozen=True, slots=True)
class Destination:
    """Where words go. `id` is the channel's; `broken` says why it cannot be told, "" if it can."""

    id: int
    guild: int | None
    layout: Layout = Layout.BRIEF
    colours: Colours = Colours.GREEN_UP
    zone: str = ""
    broken: str = ""

    @property
    def variant(self) -> Variant:
        return Variant(self.layout, self.colours, self.zone)


@dataclass(frozen=True, slots=True)
class Watch:
    """
    A destination wants to hear of a ticker on these terms, several at once if it likes.

    `author` is a Discord user id; from `expires` on it is as if it had been removed.
    """

    destination: int
    ticker: str
    terms: Terms
    author: int | None = None
    expires: datetime | None = None


class PostKind(Enum):
    BRIEF = "brief"
    RUNG = "rung"
    FOLLOW_UP = "follow-up"
    CORRECTION = "correction"

    @property
    def one_line(self) -> bool:
        """Whether it is a line that replies to the living message, without a picture."""
        return self in (PostKind.RUNG, PostKind.CORRECTION)


class PostState(Enum):
    OPEN = "open"
    UNCERTAIN = "uncertain"
    DEAD = "dead"
    CANCELLED = "cancelled"


class Priority(Enum):
    """Lower goes first."""

    HOT = 0
    UPDATE = 5
    BULK = 9


@dataclass(frozen=True, slots=True)
class Post:
    """
    A claimed row: one part of one piece at one destination.

    Part 0 is the living message; a rung's line is a further part that replies to it.
    `message_id` None means create, `posted_rev < desired_rev` means edit. `reply_to` is the
    living message's id for parts that reply. (owner, tries) fence every retry.
    """

    id: int
    piece: str
    destination: Destination
    part: int
    kind: PostKind
    desired_rev: int
    posted_rev: int
    message_id: int | None
    reply_to: int | None
    tries: int
    owner: str
    first_attempt_at: datetime | None
    lease_until: datetime
    nonce: str


def nonce(installation: str, piece: str, destination: int, part: int) -> str:
    """Discord's idempotency word: 25 characters, the same for every retry of one row."""
    text = f"{installation}|{piece}|{destination}|{part}"
    return hashlib.sha256(text.encode()).hexdigest()[:25]


@dataclass(frozen=True, slots=True)
class Posted:
    """What Discord holds: the message, and the revision its body shows."""

    message_id: int
    revision: int


class Gone(Enum):
    """What a permanent refusal says is missing."""

    CHANNEL = "the channel no longer exists"
    ACCESS = "the desk cannot see the channel"
    PERMISSION = "the desk may not post there"
    MESSAGE = "the message was deleted"
    EDITS = "Discord refuses further edits of that message"
    PAYLOAD = "Discord refuses the message itself"
    TOKEN = "Discord refuses the token"
