"""
Killed before and after every commit, request and reply of the road, and started again.

Every subscribed channel must then have the brief exactly once. On SQLite and on PostgreSQL.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.sandbox.world import World
from bot.tape import Tape
from tests.acceptance.running import (
    Message,
    Warm,
    clock,
    day_of,
    finished,
    settings,
    skip,
)
from tests.acceptance.warm_desk import DIED
from tests.postgres import Server, postgres

__all__ = ["postgres"]

pytestmark = pytest.mark.asyncio(loop_scope="module")


def both_sides(kind: str, *names: str) -> list[str]:
    return [f"{kind}.{name}.{side}" for name in names for side in ("before", "after")]


# Where something is said, in the order of the road.
SAYING = [
    *both_sides("store", "step", "speak", "claim", "rendered", "start"),
    *both_sides("discord", "create"),
    *both_sides("store", "settle"),
    *both_sides("discord", "edit"),
    *both_sides("store", "follow"),
]
# What every life passes soon after its start, writing or reading: many lives in one day.
STARTING = [
    *both_sides("store", "configured", "feeds", "commands", "release", "watched"),
    *both_sides("store", "due feeds", "known stories", "poll", "old stories"),
    *both_sides("store", "next feed", "wanted", "episodes", "owed"),
]
# Reads on the way to a brief in the order they come, after a look at the channels.
READING = [
    *both_sides("store", "list", "mended", "review", "piece", "headlines", "colours"),
    *both_sides("store", "own pictures", "copies", "words", "before"),
]
QUIET = replace(day_of("full"), feeds=(), items=())
CLOSE = "Alibaba ADRs close 10.2% higher"
RUNGS = (("[clock]", "[thresholds]\nrung = 0.1\n[clock]"),)  # so that one follows at once


BOTH = pytest.mark.parametrize(
    "kind", ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]
)


@pytest.fixture
def database(request: pytest.FixtureRequest) -> str:
    """The `[store]` section for the kind of database that the test was given."""
    if request.getfixturevalue("kind") == "sqlite":
        return ""
    server: Server = request.getfixturevalue("postgres")
    return f'[store]\nurl = "{server.fresh()}"\n'


async def play(
    warm: Warm, folder: Path, database: str, deaths: Sequence[str] = (), tape: Tape = QUIET
) -> list[Message]:
    """
    From 11:06 until a rung has followed, then the close; killed once at each of `deaths`.

    Returns what stands in the channel.
    """
    async with World(tape, starts=clock("11:06:00"), ends=clock("16:02:00")) as world:
        config = settings(world, folder, *RUNGS, ("[discord]", f"{database}[discord]"))
        skipping = asyncio.create_task(skip(world, "11:12:00", "15:59:00"))
        for edge in deaths:
            async with warm.desk(config, edge) as desk:
                async with asyncio.timeout(30):
                    assert DIED == await desk.ended()
        async with warm.desk(config, edges=folder / "edges") as desk:
            await finished(world)
            assert 0 == (await desk.stop()).code
        await skipping
        found: list[Message] = world.discord.export()["messages"]
        return found


def assert_told_once(messages: list[Message]) -> None:
    """One living message at the figures of the close; no line twice."""
    living = [m["embeds"][0]["title"] for m in messages if m["embeds"]]
    lines = [m["content"] for m in messages if not m["embeds"]]

    assert [f"{CLOSE}; no confirmed catalyst"] == living
    assert sorted(set(lines)) == sorted(lines)


async def test_the_road_passes_every_edge(warm: Warm, tmp_path: Path) -> None:
    """The lists above are complete: nothing of the road commits or sends unseen."""
    await play(warm, tmp_path, "", tape=day_of("full"))
    passed = set((tmp_path / "edges").read_text().splitlines())

    assert sorted([*SAYING, *STARTING, *READING]) == sorted(passed)


@pytest.mark.parametrize("edge", SAYING)
async def test_killed_there_and_started_again(warm: Warm, tmp_path: Path, edge: str) -> None:
    """Whatever was being said when it died is said once."""
    assert_told_once(await play(warm, tmp_path, "", [edge]))


@BOTH
async def test_killed_again_and_again_while_saying_it(
    warm: Warm, tmp_path: Path, database: str, kind: str
) -> None:
    """A life ends at every step of the road in turn, and the next takes it up there."""
    assert_told_once(await play(warm, tmp_path, database, SAYING))


@BOTH
async def test_killed_again_and_again_at_the_start(
    warm: Warm, tmp_path: Path, database: str, kind: str
) -> None:
    """A desk that dies at every step of starting up, one life each, still tells it once."""
    tape = day_of("full")
    messages = await play(warm, tmp_path, database, STARTING, tape)
    living = [m["embeds"][0]["title"] for m in messages if m["embeds"]]

    assert [f"{CLOSE} after report on Qwen downloads"] == living


async def test_killed_again_and_again_while_reading(warm: Warm, tmp_path: Path) -> None:
    """A read leaves nothing behind: a life for each, on one database."""
    assert_told_once(await play(warm, tmp_path, "", READING))
