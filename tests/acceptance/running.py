"""The real program in a sandbox's world: as a command that ends, or as a desk that runs."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.demo import write_config
from bot.sandbox.discord import Channel
from bot.sandbox.world import World
from bot.tape import Tape, read_day

ROOT = Path(__file__).parent.parent.parent
DAY = read_day(ROOT / "seeds" / "days" / "2026-01-12")
NEW_YORK = ZoneInfo("America/New_York")

Message = dict[str, Any]


def clock(words: str) -> datetime:
    """A New York time of the recorded day."""
    return datetime.fromisoformat(f"2026-01-12T{words}").replace(tzinfo=NEW_YORK)


def day_of(*names: str) -> Tape:
    """The recorded day with these of its channels only."""
    return replace(DAY, channels=tuple(c for c in DAY.channels if c.name in names))


def settings(world: World, folder: Path, *changes: tuple[str, str]) -> Path:
    """The demo's settings for this world, with pieces of their text changed."""
    folder.mkdir(exist_ok=True)
    config = write_config(world, world.tape, folder)
    text = config.read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    config.write_text(text)
    return config


def channel(world: World, name: str) -> Channel:
    """The channel of that name, as the stand-in knows it."""
    names = [each.name for each in world.tape.channels]
    return world.discord.world.channels[str(world.channels[names.index(name)])]


def messages(world: World, name: str) -> list[Message]:
    """What stands in a channel, oldest first."""
    here = channel(world, name).id
    return [each for each in world.discord.export()["messages"] if each["channel"] == here]


def briefs(world: World, name: str) -> list[str]:
    """The titles of the briefs in a channel, oldest first."""
    return [embed["title"] for each in messages(world, name) for embed in each["embeds"]]


async def eventually(true: Callable[[], object], every: float = 0.05, within: float = 60) -> None:
    """Return once it is true, for what rings no bell: a file, a counter, another process."""
    async with asyncio.timeout(within):
        while not true():  # noqa: ASYNC110
            await asyncio.sleep(every)


async def until(world: World, words: str) -> None:
    """Return when market time has come that far; a sleeper of ours would move the clock itself."""
    at = clock(words)
    await eventually(lambda: world.clock.now() >= at, every=0.002)


async def hold(world: World, words: str) -> None:
    """`until`, and let market time stand still there."""
    await until(world, words)
    world.clock.pause()


async def skip(world: World, since: str, to: str) -> None:
    """`until` the first time, then jump to the other."""
    await until(world, since)
    world.clock.jump(clock(to).timestamp())


async def finished(world: World, within: float = 60) -> None:
    async with asyncio.timeout(within):
        await world.clock.finished.wait()


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended; `took` is in seconds."""

    code: int
    out: str
    err: str
    took: float


def environment(changes: Mapping[str, str]) -> dict[str, str]:
    """This process's, without secrets of its owner."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith(("DISCORD_", "NEWSDESK_"))}
    return ours | dict(changes)


async def spawn(*words: str, **variables: str) -> Process:
    """`python -m bot …` in a session of its own."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *words),
        cwd=ROOT,
        env=environment(variables),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=PIPE,
        stderr=PIPE,
        start_new_session=True,
    )


async def end(process: Process, number: signal.Signals | None = None, within: float = 45) -> Ran:
    """Send the signal, and wait for the end."""
    began = time.monotonic()
    if number is not None:
        process.send_signal(number)
    try:
        async with asyncio.timeout(within):
            out, err = await process.communicate()
    except TimeoutError:
        process.kill()
        out, err = await process.communicate()
    assert process.returncode is not None
    return Ran(process.returncode, out.decode(), err.decode(), time.monotonic() - began)


async def bot(*words: str, **variables: str) -> Ran:
    """`python -m bot …` to its end; `variables` are its environment's."""
    return await end(await spawn(*words, **variables))


@dataclass(slots=True)
class Desk:
    """A running desk, forked from a warm one. `stopped` is its exit code."""

    pid: int
    log: Path
    since: int
    warm: Process
    stopped: int | None = None

    def said(self) -> str:
        """What it wrote to its log."""
        return self.log.read_bytes()[self.since :].decode()

    async def stop(self) -> Ran:
        """SIGTERM, and how it ended."""
        began = time.monotonic()
        os.kill(self.pid, signal.SIGTERM)
        code = await self.ended()
        return Ran(code, "", self.said(), time.monotonic() - began)

    async def ended(self) -> int:
        if self.stopped is None:
            self.stopped = await _number(self.warm)
        return self.stopped


@dataclass(frozen=True, slots=True)
class Warm:
    """Forks desks of `tests.acceptance.warm_desk`, one at a time."""

    process: Process
    log: Path

    @asynccontextmanager
    async def desk(
        self, config: Path, die_at: str | None = None, edges: Path | None = None
    ) -> AsyncIterator[Desk]:
        """
        A desk with these settings, stopped at the end unless it was before.

        It dies at the edge `die_at`; those it passes are listed in `edges`.
        """
        assert self.process.stdin is not None
        since = self.log.stat().st_size
        listed = str(edges) if edges else None
        order = {"config": str(config), "die_at": die_at, "edges": listed}
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        desk = Desk(await _number(self.process), self.log, since, self.process)
        try:
            yield desk
        finally:
            if desk.stopped is None:
                await desk.stop()


async def _number(process: Process) -> int:
    assert process.stdout is not None
    return int(await process.stdout.readline())


@asynccontextmanager
async def warming(log: Path) -> AsyncIterator[Warm]:
    """A process that has imported everything and forks desks."""
    with log.open("w") as diary:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-m", "tests.acceptance.warm_desk"),
            cwd=ROOT,
            env=environment({}),
            stdin=PIPE,
            stdout=PIPE,
            stderr=diary,
        )
        try:
            yield Warm(process, log)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            await process.wait()


@dataclass(frozen=True, slots=True)
class Day:
    """What is left of the recorded day, its quiet hours skipped: channels, requests, store."""

    messages: list[Message]
    requests: list[dict[str, Any]]
    database: str
    names: Mapping[str, str]
    ran: Ran

    def channel(self, name: str) -> list[Message]:
        """The messages of a channel, oldest first."""
        return [each for each in self.messages if self.names[each["channel"]] == name]


async def play_the_day(folder: Path) -> Day:
    """The real desk, in lockstep, with a fourth channel in the line layout and people about."""
    line = replace(DAY.channels[0], name="line", layout="line")
    tape, log = replace(DAY, channels=(*DAY.channels, line)), folder / "requests.jsonl"
    async with World(tape, log=log, starts=clock("09:50"), ends=clock("16:02")) as world:
        desk = await spawn(
            *("run", "--config", str(settings(world, folder / "desk"))), DISCORD_TOKEN="sandbox"
        )
        await skip(world, "09:57", "11:06")
        await hold(world, "11:10")
        await people(world)
        world.clock.resume()
        await skip(world, "11:12", "11:28")
        await skip(world, "11:34", "13:18")
        await skip(world, "13:24", "15:58")
        await finished(world)
        ran = await end(desk, signal.SIGTERM)
        found = world.discord.export()["messages"]
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return Day(found, lines, f"sqlite+aiosqlite:///{folder}/desk/data/desk.db", world.names, ran)


async def people(world: World) -> None:
    """Somebody uses every command and every button."""
    discord, here = world.discord, channel(world, "full")
    for name, options in (
        ("brief", {"ticker": "BABA"}),
        ("brief", {"ticker": "BABBA"}),
        ("subscribe", {"tickers": "JD, PDD", "move": "7% up"}),
        ("alert set", {"ticker": "JD", "move": "8%"}),
        ("alert list", {}),
        ("alert remove", {"ticker": "JD"}),
        ("unsubscribe", {"tickers": "PDD"}),
        ("desk help", {}),
    ):
        await discord.command(name, options, channel=here)
    await discord.autocomplete("brief", {"ticker": "ali"}, "ticker", channel=here)
    (message,) = [each for each in messages(world, "full") if each["embeds"] and each["components"]]
    for button in message["components"][0]["components"]:
        await discord.press(message["id"], button["custom_id"])
    await discord.wait_for(lambda each: "I don't know **BABBA**" in each["content"])
