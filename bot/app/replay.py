"""
`bot replay DAY`: a recorded day through the whole desk, without a socket, in seconds.

The desk is the one of `bot run` (`open_parts`): only the clock, the answers of the world and
the poster are a recorded day's (`bot.app.recorded`). Every silence of the day is given its reason.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import sys
import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bot import log as logs
from bot.app.compose import Parts, World, open_parts
from bot.app.recorded import (
    RHYTHM,
    RecordedHttp,
    RecordedYahoo,
    RecordingPoster,
    ReplayClock,
    Undrawn,
    feed_url,
)
from bot.app.run import SETTLE_WITHIN, TICK, jobs, learn_settings
from bot.app.silences import Silences
from bot.app.telling import tell
from bot.config import Config
from bot.config.settings import (
    DeskSection,
    DiscordSection,
    FeedsSection,
    QuotesSection,
    Settings,
    StoreSection,
    WatchSection,
)
from bot.errors import DeskError
from bot.scheduler import Ticker
from bot.services.publish import Publisher
from bot.sources.clock import SystemClock
from bot.sources.feeds import PoliteFeeds
from bot.sources.parse_worker import ParseWorker
from bot.tape import Tape, read_day
from bot.tape.feeds import write_opml

ROOT = Path(__file__).resolve().parent.parent.parent
DAYS = ROOT / "seeds" / "days"
PRINTS = 60  # seconds between a day's prints: a look in between would see the same
GUILD, CHANNEL = 1000000000000000002, 1000000000000000101


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a day came to: `messages` and `silences` as JSON, and the channels' names by id."""

    exported: dict[str, Any]
    names: dict[str, str]


def find_day(words: str) -> Path:
    """A folder, or the name of one of the days that ship. Raises `DeskError`."""
    for folder in (Path(words), DAYS / words):
        if (folder / "day.toml").is_file():
            return folder
    known = sorted(path.parent.name for path in DAYS.glob("*/day.toml"))
    raise DeskError(
        f"{words} is no recorded day", hint=f"name a folder, or one of {', '.join(known)}"
    )


def run_replay(words: str, *, as_json: bool, draw: bool) -> int:
    """Play the day to its end and print it; returns the exit code."""
    logs.configure("error", "text", ())
    tape = read_day(find_day(words))
    done = asyncio.run(play(tape, draw=draw))
    if as_json:
        sys.stdout.write(json.dumps(done.exported, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(tell(tape, done.exported, done.names))
    return 0


async def play(tape: Tape, *, draw: bool = False) -> Replayed:
    """All of the day, in lockstep; pictures are drawn only where they are asked for."""
    clock = ReplayClock(tape.begins, tape.ends)
    with tempfile.TemporaryDirectory(prefix="newsdesk-replay-", dir=_scratch()) as folder:
        config = settings_of(tape, Path(folder))

        async def world(_config: Config, real: SystemClock, stack: AsyncExitStack) -> World:
            worker = ParseWorker()
            stack.push_async_callback(worker.close)
            http = RecordedHttp(tape, clock)
            feeds = PoliteFeeds(http, worker, real, random.Random(0), RHYTHM)
            whole = World(clock, RecordedYahoo(tape, clock), feeds)
            return whole if draw else replace(whole, pictured=Undrawn)

        async with open_parts(config, world=world) as parts:
            poster, silences = RecordingPoster(clock), Silences()
            parts.watching.heard = silences.hear
            await _run(parts, clock, poster)
    names = {str(CHANNEL + n): channel.name for n, channel in enumerate(tape.channels)}
    return Replayed(poster.export() | {"silences": silences.export()}, names)


async def _run(parts: Parts, clock: ReplayClock, poster: RecordingPoster) -> None:
    await learn_settings(parts)
    publisher = Publisher(parts.store, poster, parts.belt.renderer, parts.real, parts.owner)
    ticker = Ticker(parts.clock, jobs(parts), TICK)
    working = asyncio.create_task(
        ticker.run_in_lockstep(lambda: publisher.settle_all(SETTLE_WITHIN)), name="lockstep"
    )
    over = asyncio.create_task(clock.finished.wait(), name="over")
    await asyncio.wait((working, over), return_when=asyncio.FIRST_COMPLETED)
    for task in (over, working):
        task.cancel()
    await asyncio.gather(over, return_exceptions=True)
    if not clock.finished.is_set():
        await working


def _scratch() -> str | None:
    """Memory, where the machine has a disk of it: what is thrown away needs no other."""
    shared = Path("/dev/shm")
    return str(shared) if shared.is_dir() and os.access(shared, os.W_OK) else None


def settings_of(tape: Tape, folder: Path) -> Config:
    """What ships, with the day's feeds, companies and channels."""
    opml, companies = folder / "feeds.opml", folder / "instruments.toml"
    feeds = [(feed, feed_url(tape, feed.name)) for feed in tape.feeds]
    opml.write_text(write_opml(f"Feeds of {tape.day}", feeds))
    companies.write_text((ROOT / "seeds" / "instruments.toml").read_text() + tape.instruments)
    watch = tuple(
        WatchSection(
            channel=CHANNEL + n,
            guild=GUILD,
            tickers=channel.tickers,
            move=channel.move,
            layout=channel.layout,
            colours=channel.colours,
            zone=channel.zone,
        )
        for n, channel in enumerate(tape.channels)
    )
    settings = Settings(
        desk=DeskSection(
            data_dir=str(folder / "data"),
            templates=str(ROOT / "templates"),
            instruments=str(companies),
            outlets=str(ROOT / "seeds" / "outlets.toml"),
        ),
        store=StoreSection(url=f"sqlite+aiosqlite:///{folder / 'desk.db'}?alone=yes"),
        discord=DiscordSection(posts_per_second=50),
        quotes=QuotesSection(poll_regular=PRINTS),
        feeds=FeedsSection(opml=str(opml)),
        watch=watch,
    )
    return Config(folder / "config.toml", settings)
