"""What reads feeds: one guarded client and one parsing worker for all that do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot import __version__
from bot.config import Config
from bot.errors import Unreachable
from bot.model.found import Found, Imported
from bot.model.news import Feed
from bot.sources.clock import SystemClock
from bot.sources.discovery import Discovery
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http
from bot.sources.opml import import_opml, write_opml
from bot.sources.parse_worker import ParseWorker


@dataclass(frozen=True, slots=True)
class Lists:
    """Satisfies `bot.services.ports.FeedLists`. `check` refuses what may not be fetched."""

    check: Callable[[str], object]

    def read(self, document: bytes, name: str) -> Imported:
        return import_opml(document, name, self.check)

    def write(self, title: str, feeds: Iterable[Feed]) -> bytes:
        return write_opml(title, feeds)


class Nowhere:
    """The `Finder` and `FeedLists` of a recorded day: there is nothing else to be found in it."""

    async def discover(self, address: str, now: datetime) -> Found:
        raise Unreachable(f"{address[:200]} is not part of the recorded day")

    def read(self, document: bytes, name: str) -> Imported:
        raise Unreachable(f"{name} is not part of the recorded day")

    def write(self, title: str, feeds: Iterable[Feed]) -> bytes:
        return write_opml(title, feeds)


@dataclass(frozen=True, slots=True)
class Readers:
    feeds: PoliteFeeds
    finder: Discovery
    lists: Lists


def open_readers(config: Config, real: SystemClock, stack: AsyncExitStack) -> Readers:
    """On a sandbox's clock a pause of real time between two requests means nothing."""
    settings = config.settings.feeds
    http = Http(_user_agent(settings.contact), settings.allowed_origins)
    stack.push_async_callback(http.close)
    worker = ParseWorker()
    stack.push_async_callback(worker.close)
    rhythm = Rhythm(
        interval=timedelta(seconds=settings.interval),
        floor=timedelta(seconds=settings.floor),
        spacing=timedelta(seconds=0 if config.settings.clock.url else 1),
        name=f"Newsdesk/{__version__}",
        contact=settings.contact,
    )
    feeds = PoliteFeeds(http, worker, real, random.Random(), rhythm)
    return Readers(feeds, Discovery(http, worker), Lists(http.check))


def _user_agent(contact: str) -> str:
    return f"Newsdesk/{__version__} (+{contact})" if contact else f"Newsdesk/{__version__}"
