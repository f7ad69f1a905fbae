"""
Killed before and after every commit, request and reply of the road, and started again.

Every subscribed channel must then have the brief exactly once. On SQLite and on PostgreSQL.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.sandbox.demo import write_config
from bot.sandbox.world import World
from bot.tape import read_day
from tests.acceptance.warm_desk import DIED
from tests.postgres import Server, postgres

__all__ = ["postgres"]

ROOT = Path(__file__).parent.parent.parent
DAY = read_day(ROOT / "seeds" / "days" / "2026-01-12")
TAPE = replace(DAY, channels=tuple(c for c in DAY.channels if c.name == "full"))
NEW_YORK = ZoneInfo("America/New_York")
WRITES = (
    "configured",
    "feeds",
    "commands",
    "mended",
    "poll",
    "step",
    "speak",
    "claim",
    "start",
    "rendered",
    "settle",
    "follow",
    "release",
)
READS = (
    "list",
    "due feeds",
    "next feed",
    "wanted",
    "episodes",
    "piece",
    "headlines",
    "before",
    "owed",
    "words",
)
REQUESTS = ("create", "edit")


def both_sides(kind: str, names: tuple[str, ...]) -> list[str]:
    return [f"{kind}.{name}.{side}" for name in names for side in ("before", "after")]


WRITING = both_sides("store", WRITES) + both_sides("discord", REQUESTS)
READING = both_sides("store", READS)
# A read leaves nothing behind, so one database is enough for those.
CASES = [
    *(pytest.param(edge, "sqlite", id=f"{edge}-sqlite") for edge in (*WRITING, *READING)),
    *(
        pytest.param(edge, "postgres", id=f"{edge}-postgres", marks=pytest.mark.postgres)
        for edge in WRITING
    ),
]


@dataclass
class Warm:
    """The forking desk, and the one child it may have."""

    process: Process

    async def start(self, config: Path, die_at: str = "", edges: Path | None = None) -> int:
        order = {
            "config": str(config),
            "die_at": die_at or None,
            "edges": str(edges) if edges else None,
        }
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        return await self._number()

    async def ended(self) -> int:
        return await self._number()

    async def _number(self) -> int:
        assert self.process.stdout is not None
        return int(await self.process.stdout.readline())


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def warm(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Warm]:
    with (tmp_path_factory.mktemp("warm") / "stderr").open("w") as diary:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-m", "tests.acceptance.warm_desk"),
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=diary,
        )
        yield Warm(process)
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


def clock(words: str) -> datetime:
    return datetime.fromisoformat(f"2026-01-12T{words}").replace(tzinfo=NEW_YORK)


def settings(world: World, folder: Path, store: str) -> Path:
    """The demo's settings, with rungs of a tenth of a point so that one follows at once."""
    config = write_config(world, TAPE, folder)
    text = config.read_text().replace("[clock]", "[thresholds]\nrung = 0.1\n[clock]")
    if store:
        text = text.replace("[discord]", f'[store]\nurl = "{store}"\n[discord]')
    config.write_text(text)
    return config


async def play(warm: Warm, folder: Path, store: str, die_at: str = "") -> list[dict[str, Any]]:
    """
    From 11:06 until a rung has followed, then the close; killed once at `die_at`.

    Returns what stands in the channels.
    """
    async with World(TAPE, starts=clock("11:06:00"), ends=clock("16:02:00")) as world:
        config = settings(world, folder, store)
        child = await warm.start(config, die_at, folder / "edges")
        asyncio.get_running_loop().call_later(0, _skip_afternoon, world)
        finished = asyncio.create_task(world.clock.finished.wait())
        ended = asyncio.create_task(warm.ended())
        await asyncio.wait({finished, ended}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            assert DIED == ended.result()
            child = await warm.start(config)
            ended = asyncio.create_task(warm.ended())
            await asyncio.wait({finished, ended}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        assert world.clock.finished.is_set(), "the day did not end"
        os.kill(child, signal.SIGTERM)
        code = await ended
        assert code in (0, DIED)
        messages: list[dict[str, Any]] = world.discord.export()["messages"]
        return messages


def _skip_afternoon(world: World) -> None:
    """Jump from 11:12 to just before the close, so that a case takes a second."""
    if world.clock.finished.is_set():
        return
    late, close = clock("11:12:00").timestamp(), clock("15:59:00").timestamp()
    if late <= world.clock.epoch() < close:
        world.clock.jump(close)
    else:
        asyncio.get_running_loop().call_later(0.005, _skip_afternoon, world)


def told(messages: list[dict[str, Any]]) -> dict[str, list[str]]:
    """What each channel has now: the titles of briefs, in order."""
    found: dict[str, list[str]] = {}
    for message in messages:
        if message["embeds"]:
            found.setdefault(message["channel"], []).append(message["embeds"][0]["title"])
    return found


@pytest.mark.asyncio(loop_scope="module")
async def test_the_road_passes_every_edge(warm: Warm, tmp_path: Path) -> None:
    """The list of failpoints above is complete: nothing of the road commits or sends unseen."""
    await play(warm, tmp_path, "")
    passed = set((tmp_path / "edges").read_text().splitlines())

    assert sorted([*WRITING, *READING]) == sorted(passed)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize(("edge", "kind"), CASES)
async def test_killed_there_and_started_again(
    warm: Warm, tmp_path: Path, request: pytest.FixtureRequest, edge: str, kind: str
) -> None:
    """One living message in each channel, at the figures of the close; no reply twice."""
    server: Server | None = request.getfixturevalue("postgres") if kind == "postgres" else None
    messages = await play(warm, tmp_path, server.fresh() if server else "", edge)

    assert {1} == {len(titles) for titles in told(messages).values()}
    assert {"Alibaba ADRs close 10.2% higher after report on Qwen downloads"} == {
        title for titles in told(messages).values() for title in titles
    }
    lines = [(m["channel"], m["content"]) for m in messages if not m["embeds"]]
    assert sorted(set(lines)) == sorted(lines)
