"""What is remembered of a feed between polls, and what one poll of it brought."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.model.halt import Halt
from bot.model.news import Feed, Story


@dataclass(frozen=True, slots=True)
class Relocation:
    """Where permanent redirects lead, seen on `times` polls, the last of them counted at `at`."""

    url: str
    times: int
    at: datetime


@dataclass(frozen=True, slots=True)
class FeedState:
    """
    What the desk remembers of a feed between polls. Validators are kept byte for byte.

    `parser` is the version of the reader that read the body of `body_hash`. `every` is the pace
    the document asks for, `gap` the median time between its stories. `failing_since` is the
    first failure in a row; `strikes` counts documents of it that killed the parser in a row.
    `newest` is the latest time a story of it claims. `told` is what its readers were last told
    of its trouble, "" while it is well. `stopped` says why it is polled no more.

    `unread` says why the document that the validators belong to could not be read. In
    `skip_hours` (0 to 23) and on `skip_days` (Monday is 0), both GMT, it asks not to be polled.
    `readers` is how many want it, which its server is told.
    """

    feed: Feed
    etag: str = ""
    last_modified: str = ""
    body_hash: str = ""
    failures: int = 0
    next_poll_at: datetime | None = None
    polled_at: datetime | None = None
    stopped: str = ""
    parser: int = 0
    failing_since: datetime | None = None
    every: timedelta | None = None
    gap: timedelta | None = None
    moved: Relocation | None = None
    strikes: int = 0
    newest: datetime | None = None
    told: str = ""
    polls: int = 0
    unread: str = ""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    readers: int = 1


@dataclass(frozen=True, slots=True)
class Fetched:
    """
    One poll of one feed: its stories (None: unchanged) and the state to remember.

    `status` 0 is no answer; `size` in bytes decoded; `reason` says what was wrong, "" when all
    is well. `halts` are facts of trading that the document tells beside its stories.

    Not `asked`: no request was made, and only the due time is new. `moved_to` is the address to
    adopt, proved to be where the feed has moved for good. Until `silent_until` its server wants
    none of its host's feeds asked for. `skew` is how far the server's clock is ahead of ours,
    None while that is of no account.
    """

    state: FeedState
    stories: tuple[Story, ...] | None
    status: int
    size: int
    millis: int
    reason: str
    halts: tuple[Halt, ...] = ()
    asked: bool = True
    moved_to: str = ""
    silent_until: datetime | None = None
    skew: timedelta | None = None


@dataclass(frozen=True, slots=True)
class OwnFeeds:
    """Feeds that tickers have of their own; `left_out` counts those too many for their host."""

    feeds: tuple[Feed, ...] = ()
    left_out: int = 0
