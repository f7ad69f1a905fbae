"""
The composition root: config in, a running desk's parts out.

What cannot fail is built first, the store is opened last, and everything is closed in turn.
"""

from __future__ import annotations

import os
import random
import secrets
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import structlog

from bot import __version__
from bot.app.files import data_folder, read_feeds, read_registers
from bot.brief.renderer import StylebookRenderer
from bot.config import Config
from bot.desk.link import Linker
from bot.desk.measure import Limits
from bot.desk.register import Outlets
from bot.errors import Problem
from bot.model.brief import Brief, Violation
from bot.model.news import Feed, Outlet
from bot.services.belt import Belt
from bot.services.briefing import Asking
from bot.services.directory import Companies
from bot.services.explain import Explaining
from bot.services.faces import Services
from bot.services.feeds import Reading
from bot.services.ledger import Store
from bot.services.ports import MarketClock
from bot.services.publication import Publication
from bot.services.subscriptions import Places, Subscribing
from bot.services.watch import Pace, Watching
from bot.sources.calendar import Calendars
from bot.sources.clock import SandboxClock, SystemClock, WallClock
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http
from bot.sources.parse_worker import ParseWorker
from bot.sources.yahoo import Yahoo
from bot.store import open_store

log = structlog.get_logger(__name__)

Edge = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Parts:
    """A desk that is open but does not run yet."""

    config: Config
    clock: MarketClock
    real: SystemClock
    store: Store
    template_problems: Callable[[], list[Problem]]
    belt: Belt
    watching: Watching
    reading: Reading
    subscribing: Subscribing
    services: Services
    owner: str


def silent(_edge: str) -> None:
    """The edges of commits and requests are for tests that stop the process there."""


@asynccontextmanager
async def open_parts(config: Config, edge: Edge = silent) -> AsyncIterator[Parts]:
    """Everything but Discord, open; closed again on the way out."""
    settings = config.settings
    folder = data_folder(config)
    known, register = read_registers(config)
    real = SystemClock()
    async with AsyncExitStack() as stack:
        charts = stack.enter_context(ThreadPoolExecutor(1, "chart"))
        renderer = StylebookRenderer(config.path(settings.desk.templates), charts, _held)
        clock = await open_clock(config, real, stack)
        yahoo = open_quotes(config, folder / "yahoo", clock, real, stack)
        feeds = open_feeds(config, real, stack)
        store = await stack.enter_async_context(
            await open_store(config.database, edge=edge, rate=settings.discord.posts_per_second)
        )
        belt = Belt(
            clock=clock,
            quotes=yahoo,
            calendar=Calendars(),
            feeds=feeds,
            store=store,
            renderer=renderer,
            companies=Companies(known, yahoo),
            outlet=_outlet(register, read_feeds(config)),
            link=Linker(known.values()).link,
            limits=Limits(stale_after=timedelta(seconds=settings.quotes.stale_after)),
            gather=timedelta(seconds=settings.thresholds.gather),
            disclosure=settings.desk.disclosure,
        )
        yield _parts(config, real, belt, renderer.problems)


def _parts(
    config: Config, real: SystemClock, belt: Belt, problems: Callable[[], list[Problem]]
) -> Parts:
    store, pace = belt.store, config.settings.quotes
    spans = (pace.poll_regular, pace.poll_extended, pace.poll_closed)
    reading = Reading(belt)
    watching = Watching(belt, Publication(belt), Pace(*(timedelta(seconds=span) for span in spans)))
    watching.fresh = reading.fresh
    subscribing = Subscribing(store, belt.companies, config.settings.thresholds.defaults())
    services = Services(
        belt.companies,
        subscribing,
        Asking(belt),
        Explaining(store, belt.renderer),
        Places(store),
    )
    return Parts(
        config=config,
        clock=belt.clock,
        real=real,
        store=store,
        template_problems=problems,
        belt=belt,
        watching=watching,
        reading=reading,
        subscribing=subscribing,
        services=services,
        owner=_owner(config.database),
    )


def _owner(database: str) -> str:
    """Who leases posts: a replica of its own on PostgreSQL; on SQLite there is but one, always."""
    if database.startswith("sqlite"):
        return "embedded"
    return f"{os.getpid()}-{secrets.token_hex(4)}"


async def open_clock(config: Config, real: SystemClock, stack: AsyncExitStack) -> MarketClock:
    """Real time, or a sandbox's. Raises `Unreachable` when no sandbox answers."""
    if not config.settings.clock.url:
        return WallClock(real)
    clock = SandboxClock(config.settings.clock.url, real)
    await clock.open()
    stack.push_async_callback(clock.close)
    return clock


def open_quotes(
    config: Config, cache: Path, clock: MarketClock, real: SystemClock, stack: AsyncExitStack
) -> Yahoo:
    """Yahoo, or its stand-in; its cookie is kept in `cache`."""
    settings = config.settings.quotes
    yahoo = Yahoo(settings.url or None, cache, settings.timeout, clock, real)
    stack.push_async_callback(yahoo.close)
    return yahoo


def open_feeds(config: Config, real: SystemClock, stack: AsyncExitStack) -> PoliteFeeds:
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
    )
    return PoliteFeeds(http, worker, real, random.Random(), rhythm)


def _user_agent(contact: str) -> str:
    return f"Newsdesk/{__version__} (+{contact})" if contact else f"Newsdesk/{__version__}"


def _outlet(register: Outlets, feeds: list[Feed]) -> Callable[[str], Outlet]:
    """The register's word on an outlet; for one nobody listed, the kind its feed is said to be."""
    kinds = {feed.outlet: feed.kind for feed in feeds}

    def find(name: str) -> Outlet:
        outlet = register.find(name)
        return outlet if outlet.source else replace(outlet, kind=kinds.get(name, outlet.kind))

    return find


async def learn_feeds(parts: Parts) -> None:
    """The feeds of `feeds.opml` become rows."""
    async with parts.store.transaction("feeds") as tx:
        await tx.news.put_feeds(read_feeds(parts.config))


def _held(brief: Brief, violations: list[Violation]) -> None:
    """A brief that breaks the stylebook never leaves; its plain fallback does."""
    rules = ", ".join(f"{violation.rule}: {violation.text}" for violation in violations)
    log.error("brief held by the stylebook", piece=brief.piece, rules=rules)
