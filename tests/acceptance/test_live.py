"""A desk that stays up: the newcomer's demo, and a clean end whatever is slow."""

from __future__ import annotations

import asyncio
import json
import re
import signal
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import aiohttp
import pytest

from bot.sandbox.world import World
from bot.sandbox.yahoo.faults import Faults
from tests.acceptance.running import (
    Desk,
    Warm,
    briefs,
    clock,
    day_of,
    end,
    eventually,
    settings,
    spawn,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")

AT_ONCE = 10.0


NOTICE = (
    "This is a demo: 12 January 2026, reconstructed, played at 600 times its speed",
    "Nothing leaves this machine; no token, no account.",
    "To go live:    DISCORD_TOKEN=… make run",
    "To stop:       Ctrl-C",
    "┌─ #alerts",
    "Alibaba Group (BABA) rose ",
    "[picture: chart.png",
    "[Details] [Why?] [Sources]",
)


async def test_the_newcomers_path() -> None:
    """What it is, the page, the brief, the way to go live, within a minute; a clean end."""
    await asyncio.gather(*(newcomer(number) for number in (signal.SIGINT, signal.SIGTERM)))


async def newcomer(number: signal.Signals) -> None:
    """One demo, and the signal that ends it."""
    demo = await spawn("demo", "--speed", "600", "--port", "0")
    said = await asyncio.wait_for(read_until(demo, "└─"), 60)
    page = re.search(r"http://127\.0\.0\.1:\d+", said)
    assert page is not None
    status, index = await look(page[0])
    started = family(demo.pid)
    await asyncio.sleep(1)
    alive = demo.returncode is None
    ran = await end(demo, number)

    assert [] == [words for words in NOTICE if words not in said]
    assert (200, True) == (status, "<title>" in index)
    assert alive
    assert (0, "") == (ran.code, ran.err)
    assert ran.took < AT_ONCE
    assert len(started) >= 3
    await gone(started)


async def read_until(process: Process, words: str) -> str:
    assert process.stdout is not None
    said = ""
    while words not in said:
        said += (await process.stdout.readline()).decode()
    return said


async def look(address: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        return response.status, await response.text()


def family(pid: int) -> list[int]:
    """The process, its children, and theirs."""
    parents: dict[int, list[int]] = {}
    for each in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            number, rest = each.read_text().split(" ", 1)
            parents.setdefault(int(rest.rpartition(")")[2].split()[1]), []).append(int(number))

    def below(one: int) -> list[int]:
        return [one, *(other for child in parents.get(one, []) for other in below(child))]

    return below(pid)


async def gone(processes: list[int]) -> None:
    """Return when all have ended, for helpers end a moment after the desk; else time out."""
    await eventually(lambda: not any(map(lives, processes)), within=5)


def lives(process: int) -> bool:
    """False also for one that has ended and that nobody has asked about."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


@asynccontextmanager
async def live(warm: Warm, folder: Path) -> AsyncIterator[tuple[World, Desk]]:
    """A desk on a market that runs, at 60 times its speed, from just before a crossing."""
    log, starts = folder / "requests.jsonl", clock("11:06")
    world = World(day_of("full"), speed=60, log=log, starts=starts, ends=clock("16:30"))
    async with world, warm.desk(settings(world, folder)) as desk:
        yield world, desk


async def test_sigterm_while_all_is_well(tmp_path: Path) -> None:
    """The real program: exit 0 within ten seconds, and says that it stopped."""
    async with World(day_of("full"), speed=60, starts=clock("11:06")) as world:
        config = settings(world, tmp_path)
        desk = await spawn("run", "--config", str(config), DISCORD_TOKEN="sandbox")
        await world.discord.wait_for(lambda message: message["embeds"], timeout=60)
        started = family(desk.pid)
        ran = await end(desk, signal.SIGTERM)

    assert (0, "") == (ran.code, ran.out)
    assert ran.took < AT_ONCE
    assert "desk stopped" in ran.err
    assert "Traceback" not in ran.err
    await gone(started)


async def test_sigterm_while_discord_is_slow(warm: Warm, tmp_path: Path) -> None:
    """A post that hangs is left to its nonce; started again, the desk posts it once."""
    log = tmp_path / "requests.jsonl"
    async with live(warm, tmp_path) as (world, desk):
        world.discord.faults.slow(30, method="POST", path="/messages", applied=True)
        await world.discord.faults.strike.wait()
        ran = await desk.stop()

        assert (0, True) == (ran.code, ran.took < AT_ONCE)
        assert "Traceback" not in ran.err
        before = posts(log)
        async with warm.desk(tmp_path / "config.toml"):
            await eventually(lambda: posts(log) > before)
            await world.discord.wait_for(lambda message: message["embeds"])
        assert 1 == len(briefs(world, "full"))


def posts(log: Path) -> int:
    """How often a message was sent, by the stand-in's log."""
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    return len([one for one in lines if one["method"] == "POST" and "/messages" in one["path"]])


@pytest.mark.parametrize("path", ["/users/@me", "/commands", "/gateway/bot"])
async def test_sigterm_while_signing_in(warm: Warm, tmp_path: Path, path: str) -> None:
    """Discord does not answer at the start: the desk ends all the same."""
    async with World(day_of("full"), speed=60, starts=clock("11:06")) as world:
        world.discord.faults.slow(60, path=path)
        async with warm.desk(settings(world, tmp_path)) as desk:
            await world.discord.faults.strike.wait()
            ran = await desk.stop()

    assert (0, True) == (ran.code, ran.took < AT_ONCE)
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("route", ["quote", "chart"])
async def test_sigterm_while_yahoo_hangs(warm: Warm, tmp_path: Path, route: str) -> None:
    """A question to Yahoo ends by its time-out, and so does the desk."""
    async with live(warm, tmp_path) as (world, desk):
        world.yahoo.faults = Faults(slow={route: 60})
        await eventually(lambda: world.yahoo.requests[route])
        ran = await desk.stop()

    assert (0, True) == (ran.code, ran.took < AT_ONCE)
    assert "Traceback" not in ran.err
