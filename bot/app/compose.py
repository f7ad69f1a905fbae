"""
The composition root: config in, a running desk's parts out.

What cannot fail is built first, the store is opened last, and everything is closed in turn.
"""

from __future__ import annotations

import os
import random
import secrets
import tomllib
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import structlog

from bot import __version__
from bot.brief.renderer import StylebookRenderer
from bot.config import Config
from bot.desk.link import Linker
from bot.desk.measure import Limits
from bot.desk.register import Outlets, instruments, outlets
from bot.errors import ConfigError, Problem
from bot.model.brief import Brief, Violation
from bot.model.news import Feed, Outlet
from bot.services.belt import Belt
from bot.services.briefing import Asking
from bot.services.directory import Companies
from bot.services.explain import Explaining
from bot.services.faces import Services
from bot.services.feeds import Reading
from bot.services.ledger import Store
from bot.services.moves import Defaults
from bot.services.ports import MarketClock
from bot.services.publication import Publication
from bot.services.subscriptions import Places, Subscribing
from bot.services.watch import Pace, Watching
from bot.sources.calendar import Calendars
from bot.sources.clock import SandboxClock, SystemClock, WallClock
from bot.sources.feed_schedule import Rhythm
from bot.sources.feeds import PoliteFeeds
from bot.sources.http import Http
from bot.sources.opml import read_opml
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
    known = instruments(_toml(config, "instruments"))
    register = outlets(_toml(config, "outlets"))
    real = SystemClock()
    async with AsyncExitStack() as stack:
        charts = stack.enter_context(ThreadPoolExecutor(1, "chart"))
        renderer = StylebookRenderer(config.path(settings.desk.templates), charts, _held)
        clock = await _clock(config, real, stack)
        url, cache = settings.quotes.url or None, config.data_dir / "yahoo"
        yahoo = Yahoo(url, cache, settings.quotes.timeout, clock, real)
        stack.push_async_callback(yahoo.close)
        feeds = await _feeds(config, real, stack)
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
    subscribing = Subscribing(store, belt.companies, _defaults(config))
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
        owner=f"{os.getpid()}-{secrets.token_hex(4)}",
    )


async def _clock(config: Config, real: SystemClock, stack: AsyncExitStack) -> MarketClock:
    if not config.settings.clock.url:
        return WallClock(real)
    clock = SandboxClock(config.settings.clock.url, real)
    await clock.open()
    stack.push_async_callback(clock.close)
    return clock


async def _feeds(config: Config, real: SystemClock, stack: AsyncExitStack) -> PoliteFeeds:
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


def _defaults(config: Config) -> Defaults:
    set_by = config.settings.thresholds
    return Defaults(
        move=_decimal(set_by.move),
        hold=timedelta(seconds=set_by.hold),
        rearm=_decimal(set_by.rearm),
        rung=_decimal(set_by.rung),
        cooldown=timedelta(seconds=set_by.cooldown),
        smallest=_decimal(set_by.smallest),
        largest=_decimal(set_by.largest),
    )


def _decimal(number: float) -> Decimal:
    return Decimal(str(number))


def _toml(config: Config, key: str) -> dict[str, Any]:
    """A register named by `desk.{key}`; a missing or broken one is a mistake of the settings."""
    path: Path = config.path(getattr(config.settings.desk, key))
    try:
        return tomllib.loads(path.read_text())
    except OSError as error:
        text = f"cannot read {path} ({error.strerror}); name the file that ships with the desk"
    except tomllib.TOMLDecodeError as error:
        text = f"{path} is not TOML: {error}"
    raise ConfigError([Problem(str(config.file), 0, f"desk.{key}", text)])


def _outlet(register: Outlets, feeds: list[Feed]) -> Callable[[str], Outlet]:
    """The register's word on an outlet; for one nobody listed, the kind its feed is said to be."""
    kinds = {feed.outlet: feed.kind for feed in feeds}

    def find(name: str) -> Outlet:
        outlet = register.find(name)
        return outlet if outlet.source else replace(outlet, kind=kinds.get(name, outlet.kind))

    return find


def read_feeds(config: Config) -> list[Feed]:
    """The feeds of `feeds.opml`."""
    return read_opml(config.path(config.settings.feeds.opml))


def _held(brief: Brief, violations: list[Violation]) -> None:
    """A brief that breaks the stylebook never leaves; its plain fallback does."""
    rules = ", ".join(f"{violation.rule}: {violation.text}" for violation in violations)
    log.error("brief held by the stylebook", piece=brief.piece, rules=rules)
