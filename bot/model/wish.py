"""What a server wants of the wire beside what everybody reads: feeds of its own, and filters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.model.feed import FeedState
from bot.model.news import Story


@dataclass(frozen=True, slots=True)
class Wish:
    """
    A server wants a feed read for it. `outlet` is what it calls the feed.

    `channel` is told when the feed is in trouble. `allow` and `deny` are rules as people wrote
    them (`bot.desk.filters.Filter`): only stories that pass are candidates there. `author` is a
    Discord user id.
    """

    feed: str
    guild: int
    channel: int
    outlet: str
    added_at: datetime
    author: int | None = None
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wished:
    """A feed that a server wants, and how it is; `listed` when the operator wants it as well."""

    wish: Wish
    state: FeedState
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Sieve:
    """A channel's filter for its subscription to `ticker`, "" for all of them."""

    destination: int
    ticker: str = ""
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overheard:
    """A story of a feed that only servers want, and the words that name the ticker in it."""

    story: Story
    words: str


@dataclass(frozen=True, slots=True)
class Notice:
    """
    What the channels that want a feed are told of its trouble: one living message for each.

    `words` are a sentence for people; `over` when the feed is read again.
    """

    piece: str
    revision: int
    feed: str
    words: str
    at: datetime
    over: bool = False
