"""
The running desk: Discord at one end, the watch at the other, and a clean way to stop.

Stopping: no further tick, posts under way are finished, leases are given back, Discord closed.
"""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot import log as logs
from bot.app.compose import Edge, Parts, open_parts, read_feeds, silent
from bot.cogs.face import Face
from bot.config import Config
from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.delivery.session import sign_in, stay_connected, until_ready
from bot.errors import DeskError
from bot.model.brief import Colours, Layout
from bot.model.post import Destination
from bot.scheduler import Job, Ticker
from bot.services.ledger import Store
from bot.services.publish import TIMING, Publisher, Timing

log = structlog.get_logger(__name__)

COMMANDS = "commands synced"
TICK = 0.5
STOP_WITHIN = 8.0
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
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with open_parts(config, edge) as parts:
        await _learn_settings(parts)
        await asyncio.to_thread(parts.belt.calendar.session, "XNYS", parts.clock.now())
        discord = config.settings.discord
        client = DeskClient(api_url=discord.api_url, gateway_url=discord.gateway_url)
        async with client:
            face = Face(client, parts.services, f"{config.settings.thresholds.move:g}%")
            await face.open()
            await sign_in(client, config.token)
            if discord.sync_commands:
                await face.sync(*_remembered(parts.store))
            poster = DiscordPoster(client, edge)
            publisher = Publisher(parts.store, poster, parts.belt.renderer, parts.real, parts.owner)
            publisher.on_broken = face.tell_broken
            try:
                return await _work(parts, client, publisher, stop)
            finally:
                await poster.close()


async def _work(parts: Parts, client: DeskClient, publisher: Publisher, stop: asyncio.Event) -> int:
    jobs = [
        Job("feeds", lambda now: _read(parts, now)),
        Job("watch", lambda now: _look(parts, now)),
    ]
    ticker = Ticker(parts.clock, jobs, TICK)

    connected = asyncio.create_task(stay_connected(client), name="gateway")
    await until_ready(client, connected)
    if parts.clock.lockstep:
        working = [
            asyncio.create_task(
                ticker.run_in_lockstep(lambda: publisher.settle_all(SETTLE_WITHIN)), name="lockstep"
            )
        ]
    else:
        working = [asyncio.create_task(publisher.run(), name="publisher")]
        ticker.start()
    log.info("desk runs", replica=parts.owner, lockstep=parts.clock.lockstep)
    asked = asyncio.create_task(stop.wait(), name="stop")
    dead = asyncio.create_task(publisher.token_dead.wait(), name="token")
    ends: list[asyncio.Task[Any]] = [asked, dead, connected, *working]
    await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
    await _stop(ticker, publisher, parts, working)
    for task in (asked, dead):
        task.cancel()
    return 0 if stop.is_set() else _failed(connected, *working)


async def _stop(
    ticker: Ticker, publisher: Publisher, parts: Parts, working: list[asyncio.Task[None]]
) -> None:
    publisher.stop()
    if not parts.clock.lockstep:
        await asyncio.wait(working, timeout=STOP_WITHIN)
    for task in working:
        task.cancel()
    await asyncio.gather(*working, return_exceptions=True)
    await ticker.stop()
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


async def _learn_settings(parts: Parts) -> None:
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
    async with parts.store.transaction("feeds") as tx:
        await tx.news.put_feeds(read_feeds(parts.config))


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
        due = await tx.news.next_due()
    return max(due, now + timedelta(seconds=1)) if due else now + FEED_TICK


async def _look(parts: Parts, now: datetime) -> datetime:
    await parts.watching.pass_once(now)
    return parts.watching.next_look(now)
