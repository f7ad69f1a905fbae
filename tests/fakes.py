"""Fakes for ports: small, in memory, and honest about what the port promises."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.errors import DeskError, Permanent, SourceError
from bot.model.brief import Rendered
from bot.model.feed import FeedState, Fetched
from bot.model.market import Bar, CorporateAction, Quote, Session
from bot.model.news import Story
from bot.model.post import Gone, Post, Posted
from tests.builders import at, hong_kong, session


class StandingClock:
    """A market clock that stands where it is put; all work is waited for."""

    lockstep = True

    def __init__(self, now: datetime | None = None) -> None:
        self.at = now or at("11:08")

    def now(self) -> datetime:
        return self.at

    async def sleep_until(self, at: datetime) -> None:
        self.at = max(self.at, at)

    async def gather(self, within: timedelta, work: Sequence[Awaitable[None]]) -> None:
        await asyncio.gather(*work)


class HastyClock(StandingClock):
    """A market clock on which no wait is ever long enough: only what is there at once counts."""

    async def gather(self, within: timedelta, work: Sequence[Awaitable[None]]) -> None:
        tasks = [asyncio.ensure_future(each) for each in work]
        await asyncio.wait(tasks, timeout=0.2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class SteppedClock:
    """Real time for leases and time-outs that passes only when somebody sleeps."""

    def __init__(self) -> None:
        self.offset = 0.0
        self._start = datetime.now(UTC)

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self.offset)

    def monotonic(self) -> float:
        return self.offset

    async def sleep(self, seconds: float) -> None:
        self.offset += max(0.0, seconds)
        await asyncio.sleep(0)


class Exchanges:
    """The sessions of 12 January 2026 in New York and Hong Kong, whenever asked."""

    def session(self, calendar: str, at: datetime) -> Session:
        return hong_kong() if calendar == "XHKG" else session()


@dataclass
class Prices:
    """Quotes and bars as the test puts them; `down` is what the provider's failure says."""

    quotes: dict[str, Quote] = field(default_factory=dict)
    series: dict[tuple[str, str], Sequence[Bar]] = field(default_factory=dict)
    events: dict[str, tuple[CorporateAction, ...]] = field(default_factory=dict)
    down: str = ""
    slow: asyncio.Event | None = None
    asked: int = 0
    bars_asked: list[tuple[str, str]] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)
    no_charts: bool = False

    async def latest(self, tickers: Sequence[str]) -> dict[str, Quote]:
        self.asked += 1
        if self.down:
            raise SourceError(self.down)
        return {ticker: self.quotes[ticker] for ticker in tickers if ticker in self.quotes}

    async def bars(self, ticker: str, interval: str, span: str) -> list[Bar]:
        self.bars_asked.append((ticker, interval))
        if self.slow is not None:
            await self.slow.wait()
        if self.down:
            raise SourceError(self.down)
        return list(self.series.get((ticker, interval), ()))

    async def actions(self, ticker: str) -> tuple[CorporateAction, ...]:
        self.charts.append(ticker)
        if self.down or self.no_charts:
            raise SourceError(self.down or "the chart did not come")
        return self.events.get(ticker, ())

    async def search(self, words: str) -> list[tuple[str, str]]:
        return []


@dataclass
class Papers:
    """Feeds that carry what the test put there, by their URL; each is read once a minute."""

    carries: dict[str, tuple[Story, ...]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        self.asked.append(state.feed.url)
        after = replace(
            state, body_hash="read", polled_at=now, next_poll_at=now + timedelta(minutes=1)
        )
        stories = self.carries.get(state.feed.url)
        return Fetched(after, stories, 200 if stories else 304, 1, 1, "")


@dataclass
class Sent:
    """A message of the fake Discord, and the bodies it had before."""

    id: int
    channel: int
    nonce: str
    post: int
    revision: int
    words: Rendered
    reply_to: int | None
    edits: list[Rendered] = field(default_factory=list)


class Channels:
    """
    A Discord that keeps nonces, refuses on demand, and may apply a request before it fails.

    `failures` are raised in turn, one a request; `applied` says whether the request before
    the failure took effect.
    """

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.failures: list[tuple[Exception, bool]] = []
        self.looked_up = 0
        self.history = True
        self.nonces: Mapping[str, Sent] = {}

    def fail(self, error: DeskError | TimeoutError, *, applied: bool = False) -> None:
        self.failures.append((error, applied))

    def in_channel(self, channel: int) -> list[Sent]:
        return [one for one in self.sent if one.channel == channel]

    async def create(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted:
        failure = self.failures.pop(0) if self.failures else None
        if failure is None or failure[1]:
            made = self._make(post, rendered)
        if failure is not None:
            raise failure[0]
        return Posted(made.id, made.revision)

    async def edit(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted:
        if self.failures:
            raise self.failures.pop(0)[0]
        for one in self.sent:
            if one.id == post.message_id:
                one.edits.append(one.words)
                one.words, one.revision = rendered, post.desired_rev
                return Posted(one.id, post.desired_rev)
        raise Permanent("the message was deleted", gone=Gone.MESSAGE.value)

    async def find(self, post: Post, since: datetime, rendered: Rendered) -> Posted | None | bool:
        self.looked_up += 1
        if not self.history:
            return False
        for one in self.sent:
            if one.post == post.id:
                return Posted(one.id, one.revision)
        return None

    def _make(self, post: Post, rendered: Rendered) -> Sent:
        known = self.nonces.get(post.nonce)
        if known is not None:
            return known
        made = Sent(
            id=1000 + len(self.sent),
            channel=post.destination.id,
            nonce=post.nonce,
            post=post.id,
            revision=post.desired_rev,
            words=rendered,
            reply_to=post.reply_to,
        )
        self.sent.append(made)
        self.nonces = {**self.nonces, post.nonce: made}
        return made
