"""
What a face may ask for: the answers behind slash commands, buttons and the terminal.

Cogs parse, call one method here, and say the answer. Every `UserError` is one sentence that
a person is shown, with an example.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.model.brief import Rendered, Variant
from bot.model.market import Instrument
from bot.model.post import Destination, Watch


@dataclass(frozen=True, slots=True)
class Answer:
    """A brief to show: its words and its picture, where there is one."""

    rendered: Rendered
    chart: bytes | None = None


class Directory(Protocol):
    """Which company is meant. Answers from memory, for autocomplete."""

    def complete(self, words: str, limit: int = 25) -> list[Instrument]: ...
    async def resolve(self, words: str) -> Instrument:
        """By ticker or company name; `UserError` with "did you mean" otherwise."""
        ...


class Subscriptions(Protocol):
    """Who wants to hear of what. `move` is a person's words: "5%", "5% up", "" for the default."""

    async def subscribe(
        self, place: Destination, tickers: str, move: str, author: int
    ) -> list[Watch]:
        """`tickers` is a list in a person's words: "BABA, JD"; one command sets both."""
        ...

    async def unsubscribe(self, place: Destination, tickers: str) -> list[str]:
        """Stop those tickers there, or all when `tickers` is ""; returns what was stopped."""
        ...

    async def set(self, place: Destination, ticker: str, move: str, author: int) -> Watch:
        """Change the threshold of a ticker in one channel."""
        ...

    async def here(self, place: Destination) -> list[Watch]: ...
    async def everywhere(self, guild: int) -> list[Watch]: ...
    def describe(self, watch: Watch) -> str:
        """The threshold in figures: "±5%, held 1 minute, again every 5 points"."""
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
class Services:
    """Everything the faces need, in one frozen bundle."""

    directory: Directory
    subscriptions: Subscriptions
    briefing: Briefing
    explain: Explain
    channels: Channels
