"""A polite reader in front of the stand-in's feeds, under public names that lead to loopback."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.desk.trouble import said
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed
from bot.sandbox.feeds import FeedServer, Fetch
from bot.sandbox.feeds.faults import FeedFault
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http, Limits
from bot.sources.parse_worker import Parsed
from bot.store import codec
from bot.tape import read_day
from tests.sources.fakes import HandClock, Names, to_port

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
TAPE = read_day(Path(__file__).parents[2] / "seeds" / "days" / "2026-01-12")
LAST = max(item.seen for item in TAPE.items).astimezone(UTC)
HOSTS = ("one.example", "two.example", "new.example")
ROUNDUP = "roundup"  # RSS 2.0, six items
UNPACED = Rhythm(spacing=timedelta(0), name="Newsdesk/0.1", contact="https://desk.example/bot")


class Reads(Protocol):
    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed: ...


class Wire:
    """The state of a feed goes through the store's words between two polls, as at a restart."""

    def __init__(self, parser: Reads, rhythm: Rhythm = UNPACED) -> None:
        self.clock = HandClock(LAST)
        self.server = FeedServer(TAPE, self.clock.now)
        self.names = Names({host: ["93.184.215.14"] for host in HOSTS})
        self.told: list[tuple[datetime, str]] = []
        self._parser, self._rhythm = parser, rhythm

    async def open(self) -> None:
        await self.server.start()
        dial = to_port(int(self.server.url.rpartition(":")[2]))
        limits = Limits(seconds=0.5)
        self.http = Http("the client", resolver=self.names, dial=dial, limits=limits)
        self.start()
        self.state = self.feed()

    def start(self) -> None:
        """As a program that has just begun: it remembers what the store does, and nothing else."""
        self.feeds = PoliteFeeds(
            self.http, self._parser, self.clock, random.Random(1), self._rhythm
        )

    async def close(self) -> None:
        await self.http.close()
        await self.server.stop()

    def feed(self, name: str = ROUNDUP, host: str = HOSTS[0]) -> FeedState:
        return FeedState(Feed(f"http://{host}/feeds/{name}.xml", "Market Roundup"))

    def misbehave(self, kind: str = "", value: str = "", name: str = ROUNDUP) -> None:
        self.server.faults = {name: FeedFault(kind, value)} if kind else {}

    async def fetch(self, state: FeedState) -> Fetched:
        return await self.feeds.fetch(state, self.clock.now())

    async def poll(self, times: int = 1) -> Fetched:
        for _ in range(times):
            fetched = await self.fetch(self.state)
            if words := said(self.state, fetched.state):
                self.told.append((self.clock.now(), words))
            self.state = codec.load(FeedState, codec.dump(fetched.state))
        return fetched

    async def poll_when_due(self, until: datetime) -> int:
        """As long as it is polled at all; returns how often that was."""
        polls = 0
        while (due := self.state.next_poll_at) is not None and due <= until:
            self.clock.at = max(due, self.clock.at)
            await self.poll()
            polls += 1
        self.clock.at = until
        return polls

    def wish(self, interval: timedelta) -> None:
        self.state = replace(self.state, feed=replace(self.state.feed, interval=interval))

    @property
    def wait(self) -> timedelta:
        assert self.state.next_poll_at is not None
        return self.state.next_poll_at - self.clock.now()

    @property
    def log(self) -> Sequence[Fetch]:
        return self.server.log

    def sent(self, header: str) -> list[str]:
        """What each request said in that header, "" where it did not."""
        return [fetch.headers.get(header, "") for fetch in self.log]
