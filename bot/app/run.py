"""
The running desk: Discord at one end, the watch at the other, and a clean way to stop.

Stopping: no further tick, posts under way are finished, leases are given back, Discord closed.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import log as logs
from bot.app.compose import Edge, Parts, open_parts, silent
from bot.app.feed_list import learn_feeds
from bot.app.memory import settle
from bot.cogs.face import Face
from bot.config import Config
from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.delivery.session import connected, sign_in
from bot.errors import DeskError
from bot.model.brief import Colours, Layout
from bot.model.post import Destination
from bot.scheduler import Job, Ticker
from bot.services.ledger import Store
from bot.services.publish import TIMING, Publisher, Timing

log = structlog.get_logger(__name__)

COMMANDS = "commands synced"
TICK = 0.5
FINISH_WITHIN = 4.0
STOP_WITHIN = 9.0
SETTLE_WITHIN = 20.0
FEED_TICK = timedelta(seconds=30)


def run_until_stopped(config: Config) -> int:
    """Run until SIGTERM or SIGINT; returns the exit code."""
    settings = config.settings.log
    logs.configure(settings.level, settings.format, (config.token, config.database))
    if not config.token:
        raise DeskError(
            "DISCORD_TOKEN is not set, so there is nobody to be on Discord",
            hint="set it, or try `make run` without it for the demo",
        )
    return asyncio.run(run(config))


async def run(config: Config, edge: Edge = silent, timing: Timing = TIMING) -> int:
    """The desk on an event loop; `edge` is called at every commit and request of the road."""
    stop, running = asyncio.Event(), asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    desk = asyncio.create_task(_run(config, edge, timing, running, stop), name="desk")
    asked = asyncio.create_task(stop.wait(), name="stop")
    await asyncio.wait((desk, asked), return_when=asyncio.FIRST_COMPLETED)
    if not asked.done():
        asked.cancel()
        return await desk
    if not running.is_set():
        desk.cancel()
    await asyncio.wait((desk,), timeout=STOP_WITHIN)
    desk.cancel()
    with suppress(asyncio.CancelledError):
        return await desk
    return 0


async def _run(
    config: Config, edge: Edge, timing: Timing, running: asyncio.Event, stop: asyncio.Event
) -> int:
    """Sets `running` once there is something that wants a clean end; see `_stop`."""
    async with open_parts(config, edge) as parts:
        await learn_settings(parts)
        await asyncio.to_thread(parts.belt.calendar.session, "XNYS", parts.clock.now())
        discord = config.settings.discord
        client = DeskClient(api_url=discord.api_url, gateway_url=discord.gateway_url)
        async with client:
            face = Face(client, parts.services)
            await face.open()
            await sign_in(client, config.token)
            if discord.sync_commands:
                await face.sync(*_remembered(parts.store))
            poster = DiscordPoster(client, edge, timing.attempt.total_seconds())
            publisher = Publisher(
                *(parts.store, poster, parts.belt.renderer, parts.real, parts.owner), timing=timing
            )
            publisher.on_broken = face.tell_broken
            await publisher.release()
            async with connected(client) as gateway:
                settle()
                running.set()
                try:
                    return await _work(parts, gateway, publisher, stop)
                finally:
                    await poster.close()


def jobs(parts: Parts) -> list[Job]:
    """What the desk does by itself."""
    return [
        Job("feeds", lambda now: _read(parts, now)),
        Job("watch", lambda now: _look(parts, now)),
    ]


async def _work(
    parts: Parts, gateway: asyncio.Task[None], publisher: Publisher, stop: asyncio.Event
) -> int:
    ticker = Ticker(parts.clock, jobs(parts), TICK)
    if parts.clock.lockstep:
        working = asyncio.create_task(
            ticker.run_in_lockstep(lambda: publisher.settle_all(SETTLE_WITHIN)), name="lockstep"
        )
    else:
        working = asyncio.create_task(publisher.run(), name="publisher")
        ticker.start()
    log.info("desk runs", replica=parts.owner, lockstep=parts.clock.lockstep)
    asked = asyncio.create_task(stop.wait(), name="asked")
    dead = asyncio.create_task(publisher.token_dead.wait(), name="token")
    ends: list[asyncio.Task[Any]] = [asked, dead, gateway, working]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    await _stop(ticker, publisher, parts, working)
    for task in (asked, dead):
        task.cancel()
    return 0 if stop.is_set() else _failed(gateway, working)


async def _stop(
    ticker: Ticker, publisher: Publisher, parts: Parts, working: asyncio.Task[None]
) -> None:
    """What is under way may end by itself for a while; in lockstep nobody waits for it."""
    publisher.stop()
    if parts.clock.lockstep:
        working.cancel()
    stopping = asyncio.create_task(ticker.stop(FINISH_WITHIN))
    await asyncio.wait((working, stopping), timeout=FINISH_WITHIN)
    working.cancel()
    await asyncio.gather(working, stopping, return_exceptions=True)
    await publisher.release()
    log.info("desk stopped", replica=parts.owner)


def _failed(*tasks: asyncio.Task[None]) -> int:
    """Raise whatever ended the desk unasked."""
    for task in tasks:
        if task.done() and not task.cancelled() and (error := task.exception()):
            raise error
    raise DeskError(
        "Discord refuses the token", hint="make a new one, set DISCORD_TOKEN and start again"
    )


async def learn_settings(parts: Parts) -> None:
    """The config file's feeds and watches become rows; its former watches go."""
    entries = [
        (
            Destination(
                id=entry.channel,
                guild=entry.guild or None,
                layout=Layout(entry.layout),
                colours=Colours(entry.colours),
                zone=entry.zone,
            ),
            ticker,
            entry.move,
        )
        for entry in parts.config.settings.watch
        for ticker in entry.tickers
    ]
    await parts.subscribing.configured(entries)
    await learn_feeds(parts.config, parts.belt)


def _remembered(
    store: Store,
) -> tuple[Callable[[], Awaitable[str | None]], Callable[[str], Awaitable[None]]]:
    """The hash of the commands that Discord knows, kept over restarts."""

    async def get() -> str | None:
        async with store.transaction("commands") as tx:
            return await tx.facts.get(COMMANDS)

    async def put(value: str) -> None:
        async with store.transaction("commands") as tx:
            await tx.facts.set(COMMANDS, value)

    return get, put


async def _read(parts: Parts, now: datetime) -> datetime:
    await parts.reading.read_due(now)
    async with parts.store.transaction("next feed") as tx:
        due = await tx.wire.next_due()
    return max(due, now + timedelta(seconds=1)) if due else now + FEED_TICK


async def _look(parts: Parts, now: datetime) -> datetime:
    await parts.watching.pass_once(now)
    return parts.watching.next_look(now)
