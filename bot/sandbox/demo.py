"""
The demo: stand-ins for Discord, Yahoo and the feeds, and the real desk as a child process.

Nothing about the child is changed but the URLs and the clock in its config file.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from asyncio.subprocess import Process
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from bot.errors import DeskError
from bot.sandbox.terminal import print_message
from bot.sandbox.world import World
from bot.tape import Tape, read_day

_ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300.0
STOPPING = 15.0
_EPHEMERAL = 1 << 6


@dataclass(frozen=True, slots=True)
class Options:
    """`speed` None plays in lockstep to the end of the day."""

    day: Path
    speed: float | None
    as_json: bool
    log: Path | None
    port: int


def play(options: Options) -> int:
    """Run the demo; returns the exit code."""
    return asyncio.run(_play(options))


async def _play(options: Options) -> int:
    tape = read_day(options.day)
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-demo-")))
        world = await stack.enter_async_context(
            World(
                tape,
                speed=options.speed,
                log=options.log,
                port=None if options.speed is None else options.port,
            )
        )
        config = write_config(world, tape, folder)
        diary = stack.enter_context((folder / "desk.log").open("w+"))
        desk = await start_desk(config, diary)
        stack.push_async_callback(stop_desk, desk)
        if options.speed is None:
            return await _once(world, desk, diary, options.as_json)
        return await _stay(world, desk, diary, tape, options.speed)


async def _once(world: World, desk: Process, diary: TextIO, as_json: bool) -> int:
    finished = asyncio.create_task(world.clock.finished.wait())
    await _first(finished, asyncio.create_task(desk.wait()), within=PATIENCE)
    if not world.clock.finished.is_set():
        raise _failure(desk, diary)
    await stop_desk(desk)
    exported = world.discord.export()
    if as_json:
        sys.stdout.write(json.dumps(exported, ensure_ascii=False, indent=1) + "\n")
    else:
        for message in exported["messages"]:
            print_message(world.names[message["channel"]], message)
    return 0


async def _stay(world: World, desk: Process, diary: TextIO, tape: Tape, speed: float) -> int:
    _say(
        f"This is a demo: {tape.day:%-d %B %Y}, reconstructed, played at {speed:g} times its speed",
        f"from {tape.starts:%H:%M} {_zone(tape)} time. Nothing leaves this machine; no token, no account.",
        "",
        f"  The channels:  {world.page.url if world.page else ''}",
        "  To go live:    DISCORD_TOKEN=… make run   (`.venv/bin/python -m bot check` says what is missing)",
        "  To stop:       Ctrl-C",
        "",
    )
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    printing = asyncio.create_task(_print_briefs(world))
    await _first(asyncio.create_task(desk.wait()), asyncio.create_task(stop.wait()))
    printing.cancel()
    if desk.returncode is not None:
        raise _failure(desk, diary)
    return 0


async def _first(*tasks: asyncio.Task[Any], within: float | None = None) -> None:
    """Wait for the first of `tasks`, and cancel the others."""
    await asyncio.wait(tasks, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()


async def _print_briefs(world: World) -> None:
    async for event in world.discord.events():
        name = world.names.get(event.message["channel_id"])
        private = event.message.get("flags", 0) & _EPHEMERAL
        if event.kind == "create" and name and not private:
            print_message(name, event.message)


def write_config(world: World, tape: Tape, folder: Path) -> Path:
    """The desk's settings for this world: only URLs, the clock and the day's channels differ."""
    opml, companies = folder / "feeds.opml", folder / "instruments.toml"
    opml.write_text(world.feeds.opml())
    companies.write_text((_ROOT / "seeds" / "instruments.toml").read_text() + tape.instruments)
    lines = [
        "[desk]",
        f'data_dir = "{folder / "data"}"',
        f'templates = "{_ROOT / "templates"}"',
        f'instruments = "{companies}"',
        f'outlets = "{_ROOT / "seeds" / "outlets.toml"}"',
        "[discord]",
        f'api_url = "{world.discord.api_url}"',
        f'gateway_url = "{world.discord.gateway_url}"',
        "[quotes]",
        f'url = "{world.yahoo.url}"',
        "[feeds]",
        f'opml = "{opml}"',
        f'allowed_origins = ["{world.feeds.url}"]',
        "[clock]",
        f'url = "{world.clock_server.url}"',
    ]
    for channel, place in zip(tape.channels, world.channels, strict=True):
        lines += [
            "[[watch]]",
            f"channel = {place}",
            f"guild = {world.guild}",
            f"tickers = {json.dumps(list(channel.tickers))}",
            f"move = {json.dumps(channel.move, ensure_ascii=False)}",
            f'layout = "{channel.layout}"',
            f'colours = "{channel.colours}"',
            f'zone = "{channel.zone}"',
        ]
    config = folder / "config.toml"
    config.write_text("\n".join(lines) + "\n")
    return config


async def start_desk(config: Path, diary: TextIO) -> Process:
    """The real `python -m bot run`, as a child, in an environment with no other secret."""
    ours = {name: value for name, value in os.environ.items() if not _private(name)}
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "run", "--config", str(config)),
        cwd=_ROOT,
        env=ours | {"DISCORD_TOKEN": "sandbox"},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=diary,
        start_new_session=True,
    )


async def stop_desk(desk: Process) -> None:
    """SIGTERM, then SIGKILL when it does not stop in time."""
    if desk.returncode is not None:
        return
    desk.terminate()
    try:
        await asyncio.wait_for(desk.wait(), STOPPING)
    except TimeoutError:
        desk.kill()
        await desk.wait()


def _zone(tape: Tape) -> str:
    return tape.zone.partition("/")[2].replace("_", " ")


def _private(name: str) -> bool:
    return name.startswith(("DISCORD_TOKEN", "NEWSDESK_"))


def _failure(desk: Process, diary: TextIO) -> DeskError:
    """What became of the desk, with the last lines that it wrote."""
    fate = f"stopped with code {desk.returncode}"
    if desk.returncode is None:
        fate = f"did not end the day within {PATIENCE:.0f} seconds"
    diary.seek(0)
    tail = "\n".join(diary.read().splitlines()[-15:])
    return DeskError(f"the desk {fate}; its last words:\n{tail}")


def _say(*lines: str) -> None:
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
