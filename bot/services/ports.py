"""
What the use cases need from the world, as shapes. Adapters satisfy them without importing this.

Adapters take plain arguments, never the Config. Every datetime is aware, in UTC.
"""

from __future__ import annotations

from collections.abc import Awaitable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.model.brief import AnyBrief, Brief, ChartData, Colours, Rendered, Variant
from bot.model.feed import FeedState, Fetched
from bot.model.found import Found, Imported
from bot.model.market import Bar, CorporateAction, Quote, Session
from bot.model.news import Feed
from bot.model.post import Post, Posted


class MarketClock(Protocol):
    """What was true when. The sandbox may move it, speed it up or step it in lockstep."""

    @property
    def lockstep(self) -> bool: ...
    def now(self) -> datetime: ...
    async def sleep_until(self, at: datetime) -> None: ...
    async def gather(self, within: timedelta, work: Sequence[Awaitable[None]]) -> None:
        """
        Await all of `work`, but no longer than `within`; cancel the rest.

        The limit is a reader's patience; where the market's time stands still, it never ends.
        """
        ...


class RealClock(Protocol):
    """Leases, slots, time-outs. Never faked outside tests of those."""

    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


class Quotes(Protocol):
    """Prices. Raises `SourceError`; a ticker the provider does not know is left out."""

    async def latest(self, tickers: Sequence[str]) -> dict[str, Quote]: ...
    async def bars(self, ticker: str, interval: str, span: str) -> list[Bar]:
        """Bars of `interval` ("1m", "5m", "1d") over `span` ("1d", "1y"), oldest first."""
        ...

    async def actions(self, ticker: str) -> tuple[CorporateAction, ...]:
        """Splits and dividends of the last five days and today, oldest first."""
        ...

    async def search(self, words: str) -> list[tuple[str, str]]:
        """(ticker, company name) of what the provider finds for `words`."""
        ...


class Calendar(Protocol):
    def session(self, calendar: str, at: datetime) -> Session:
        """The session of the local day of `at`, else the last one before it."""
        ...


class Feeds(Protocol):
    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        """Poll one feed politely. Never raises for the feed's faults: `reason` says it."""
        ...


class Finder(Protocol):
    async def discover(self, address: str, now: datetime) -> Found:
        """What is at an address that a person names. Raises `SourceError`."""
        ...


class FeedLists(Protocol):
    """Lists of feeds as files that other readers understand."""

    def read(self, document: bytes, name: str) -> Imported:
        """The feeds of `document`, which a person calls `name`. Raises `SourceError`."""
        ...

    def write(self, title: str, feeds: Iterable[Feed]) -> bytes: ...


class Poster(Protocol):
    """Discord, one request a call. Raises `Transient` or `Permanent`."""

    async def create(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted: ...
    async def edit(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted: ...
    async def find(self, post: Post, since: datetime, rendered: Rendered) -> Posted | None | bool:
        """
        Look an ambiguous post up in its channel's history since the attempt.

        The message if it is there; None when its absence is proved; False when neither can
        be said (no Read Message History): the row is then uncertain.
        """
        ...


class Renderer(Protocol):
    """Words and picture, checked against the stylebook before they may leave."""

    def render(self, brief: AnyBrief, variant: Variant) -> Rendered: ...
    async def chart(self, brief: Brief, data: ChartData, colours: Colours) -> bytes: ...
