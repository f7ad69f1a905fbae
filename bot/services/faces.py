"""
What a face may ask for: the answers behind slash commands, buttons and the terminal.

Cogs parse, call one method here, and say the answer. Every `UserError` is one sentence that
a person is shown, with an example.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.model.brief import Rendered, Variant
from bot.model.market import Instrument
from bot.model.piece import Correction, Matter
from bot.model.post import Destination, Watch
from bot.services.feed_faces import ServerFeeds


@dataclass(frozen=True, slots=True)
class Answer:
    """A brief to show: its words and its picture, where there is one."""

    rendered: Rendered
    chart: bytes | None = None


class Directory(Protocol):
    """Which company is meant. Answers from memory, for autocomplete."""

    def complete(self, words: str, limit: int = 25) -> list[Instrument]: ...
    def spelled(self, found: Instrument) -> str:
        """What to type for just this one, where its ticker could be two things."""
        ...

    async def resolve(self, words: str) -> Instrument:
        """By ticker or company name; `UserError` with "did you mean" otherwise."""
        ...


@dataclass(frozen=True, slots=True)
class Typed:
    """
    A threshold as a person typed it: "5%", "3% in 1h", "above 180", "" for the default.

    `options` stood in fields of their own, by name: hold, cooldown, rung, rearm, hours, traded,
    anything. `expires` is "7d", "until Friday", "" for never.
    """

    move: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    expires: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """
    A threshold as it was set: `words` says all of it in figures. `before` is what it took the
    place of, `note` what the person should know; "" where there is nothing.
    """

    watch: Watch
    words: str
    before: str = ""
    note: str = ""


class Subscriptions(Protocol):
    """Who wants to hear of what, on which terms."""

    async def subscribe(
        self, place: Destination, tickers: str, typed: Typed, author: int
    ) -> list[Setting]:
        """`tickers` is a list in a person's words: "BABA, JD"; one command sets both."""
        ...

    async def unsubscribe(self, place: Destination, tickers: str) -> list[str]:
        """Stop those tickers there, or all when `tickers` is ""; returns what was stopped."""
        ...

    async def set(self, place: Destination, ticker: str, typed: Typed, author: int) -> Setting:
        """Set a threshold of a ticker in one channel, instead of one that measures the same."""
        ...

    async def remove(self, place: Destination, ticker: str, which: str) -> Watch:
        """Drop one threshold of a ticker; `which` is its words, "" where there is only one."""
        ...

    async def here(self, place: Destination) -> list[Watch]: ...
    async def everywhere(self, guild: int) -> list[Watch]: ...
    def describe(self, watch: Watch) -> str:
        """The threshold in figures: "±5%, held 1 minute, again every 5 points"."""
        ...

    def name(self, watch: Watch) -> str:
        """What is watched for, alone: "±5%", "above 180"."""
        ...

    def default(self) -> str:
        """What whoever names no move gets: "three times its usual daily move, at least 3%"."""
        ...

    def preview(self, words: str) -> str:
        """What a threshold that is being typed would be, "" while it cannot be read."""
        ...


class Briefing(Protocol):
    """Briefs on demand."""

    async def brief(self, words: str, variant: Variant) -> Answer:
        """The brief of that ticker now, in `variant`; says why when there is no move."""
        ...


class Explain(Protocol):
    """What stands behind a published brief. `post` and `revision` come from a button."""

    async def details(self, post: int, revision: int) -> Answer: ...
    async def why(self, post: int, revision: int) -> str:
        """The trace: verdict, data, catalyst candidates with their points. ≤ 1,900 characters."""
        ...

    async def sources(self, post: int, revision: int) -> str:
        """Outlets, links, times, owners. ≤ 1,900 characters of Discord markdown."""
        ...


class Channels(Protocol):
    """What happens to the desk's places in Discord."""

    async def broken(self, channel: int, why: str) -> bool:
        """It cannot be told; True the first time, so that the server is told once."""
        ...

    async def mended(self, channel: int) -> bool: ...


@dataclass(frozen=True, slots=True)
class Mending:
    """
    What a person asks to be put right, in their words.

    `piece` is an id, a ticker, or the link of a message. `right` is the figure or the words as
    they should be, `wrong` the words as they stand. `guild` is the server whose copies are
    meant, None for every copy; `by` a Discord user id.
    """

    piece: str
    matter: Matter
    why: str
    right: str = ""
    wrong: str = ""
    guild: int | None = None
    by: int | None = None


class Corrections(Protocol):
    """Correcting what was published. `UserError` says what cannot be, and why."""

    async def recent(self, guild: int | None, typed: str) -> list[tuple[str, str]]:
        """(piece, what a person calls it) of what stands there, the newest first."""
        ...

    async def preview(self, mending: Mending, variant: Variant) -> Answer:
        """The brief as it will read; nothing is changed."""
        ...

    async def correct(self, mending: Mending) -> Correction:
        """Correct it now: every copy that is meant is edited, and a line in reply says so."""
        ...


@dataclass(frozen=True, slots=True)
class Services:
    """Everything the faces need, in one frozen bundle."""

    directory: Directory
    subscriptions: Subscriptions
    briefing: Briefing
    explain: Explain
    channels: Channels
    corrections: Corrections
    feeds: ServerFeeds
