"""
The composition root: config in, a running desk's parts out.

What cannot fail is built first, the store is opened last, and everything is closed in turn.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import structlog

from bot.app.feed_list import filling
from bot.app.files import data_folder, read_feeds, read_registers, read_weights
from bot.app.readers import Nowhere, open_readers
from bot.app.universe import linking
from bot.brief.renderer import StylebookRenderer
from bot.config import Config
from bot.desk.denied import denied
from bot.desk.measure import Limits
from bot.desk.register import Outlets
from bot.errors import Problem
from bot.model.brief import AnyBrief, Violation
from bot.model.news import Feed, Outlet
from bot.services.amending import Amending
from bot.services.belt import Belt
from bot.services.briefing import Asking
from bot.services.corrections import Correcting
from bot.services.directory import Companies
from bot.services.explain import Explaining
from bot.services.faces import Services
from bot.services.feeds import Reading
from bot.services.ledger import Store
from bot.services.ports import FeedLists, Feeds, Finder, MarketClock, Quotes, Renderer
from bot.services.publication import Publication
from bot.services.subscriptions import Places, Subscribing
from bot.services.thresholds.known import Knowing
from bot.services.watch import Pace, Watching
from bot.services.wishing import Wishing
from bot.sources.calendar import Calendars
from bot.sources.clock import SandboxClock, SystemClock, WallClock
from bot.sources.yahoo import Yahoo
from bot.store import open_store

log = structlog.get_logger(__name__)

Edge = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class World:
    """
    The ports that face the world but for Discord: the real one, or a recorded day.

    `pictured` may put another renderer in front of the desk's.
    """

    clock: MarketClock
    quotes: Quotes
    feeds: Feeds
    pictured: Callable[[Renderer], Renderer] = lambda renderer: renderer
    finder: Finder = field(default_factory=Nowhere)
    lists: FeedLists = field(default_factory=Nowhere)


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


async def real_world(config: Config, real: SystemClock, stack: AsyncExitStack) -> World:
    """What the settings point at."""
    folder = data_folder(config)
    clock = await open_clock(config, real, stack)
    quotes = open_quotes(config, folder / "yahoo", clock, real, stack)
    readers = open_readers(config, real, stack)
    return World(clock, quotes, readers.feeds, finder=readers.finder, lists=readers.lists)


@asynccontextmanager
async def open_parts(
    config: Config,
    edge: Edge = silent,
    world: Callable[[Config, SystemClock, AsyncExitStack], Awaitable[World]] = real_world,
) -> AsyncIterator[Parts]:
    """Everything but Discord, open; closed again on the way out."""
    settings = config.settings
    folder = data_folder(config)
    known, register = read_registers(config)
    feeds = read_feeds(config)
    real = SystemClock()
    async with AsyncExitStack() as stack:
        charts = stack.enter_context(ThreadPoolExecutor(1, "chart"))
        renderer = StylebookRenderer(config.path(settings.desk.templates), charts, _held)
        outside = await world(config, real, stack)
        store = await stack.enter_async_context(
            await open_store(config.database, edge=edge, rate=settings.discord.posts_per_second)
        )
        belt = Belt(
            clock=outside.clock,
            quotes=outside.quotes,
            calendar=Calendars(),
            feeds=outside.feeds,
            store=store,
            renderer=outside.pictured(renderer),
            companies=Companies(known, outside.quotes),
            outlet=_outlet(register, feeds),
            link=linking(known.values(), folder),
            limits=Limits(stale_after=timedelta(seconds=settings.quotes.stale_after)),
            weights=read_weights(),
            gather=timedelta(seconds=settings.thresholds.gather),
            disclosure=settings.desk.disclosure,
            together=settings.market_wide.together(),
            denied=denied(settings.feeds.denied, register),
            own_feeds=filling(feeds, folder),
        )
        wishing = Wishing(store, belt.clock, outside.finder, outside.lists)
        yield _parts(config, real, belt, wishing, renderer.problems)


def _parts(
    config: Config,
    real: SystemClock,
    belt: Belt,
    wishing: Wishing,
    problems: Callable[[], list[Problem]],
) -> Parts:
    store, pace = belt.store, config.settings.quotes
    spans = (pace.poll_regular, pace.poll_extended, pace.poll_closed)
    reading = Reading(belt)
    watching = Watching(belt, Publication(belt), Pace(*(timedelta(seconds=span) for span in spans)))
    watching.fresh = reading.fresh
    knowing = Knowing(belt.clock, belt.quotes, belt.calendar)
    defaults = config.settings.thresholds.defaults()
    subscribing = Subscribing(store, belt.companies, defaults, knowing)
    services = Services(
        belt.companies,
        subscribing,
        Asking(belt),
        Explaining(store, belt.renderer),
        Places(store),
        Correcting(belt, Amending(belt)),
        wishing,
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


def _outlet(register: Outlets, feeds: list[Feed]) -> Callable[[str], Outlet]:
    """
    The register's word on an outlet; for one it lacks, the kind its feed is said to be.

    In neither it is a feed that a server added by itself.
    """
    kinds = {feed.outlet: feed.kind for feed in feeds}

    def find(name: str) -> Outlet:
        outlet = register.find(name)
        if outlet.source:
            return outlet
        return replace(outlet, kind=kinds.get(name, outlet.kind), added=name not in kinds)

    return find


def _held(brief: AnyBrief, violations: list[Violation]) -> None:
    """A brief that breaks the stylebook never leaves; its plain fallback does."""
    rules = ", ".join(f"{violation.rule}: {violation.text}" for violation in violations)
    log.error("brief held by the stylebook", piece=brief.piece, rules=rules)
