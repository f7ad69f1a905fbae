"""What does the running desk use while nothing happens, against a bare discord.py?"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp

from bench.figure import Figure
from bench.stand_in import ROOT, StandIn, stand_in
from bench.usage import Usage, of_session
from bot.sandbox.demo import start_desk, stop_desk

CLOSED, REGULAR = "03:30", "12:30"
WARM_UP, WINDOW = 10.0, 30.0
PERCENT, MEMORY = 2.0, 256.0


async def figures(share: float) -> AsyncIterator[Figure]:
    """
    Two real desks and the bare client, over the same 30 seconds: the time between two looks.

    One desk has a closed exchange, one an open exchange and living messages in its channels.
    """
    async with AsyncExitStack() as stack:
        night, day = [await stack.enter_async_context(_world(at)) for at in (CLOSED, REGULAR)]
        desks = [await stack.enter_async_context(_desk(place)) for place in (night, day)]
        bare = await stack.enter_async_context(_bare(night))
        await asyncio.gather(night.ready(), day.ready())
        await asyncio.sleep(WARM_UP)
        await _expect_messages(day)
        before = [of_session(process.pid) for process in (*desks, bare)]
        window = max(2.0, WINDOW * share)
        await asyncio.sleep(window)
        after = [of_session(process.pid) for process in (*desks, bare)]
    spent = [_percent(*both, window) for both in zip(before, after, strict=True)]
    peer = "a bare discord.py, connected to the same Discord"
    for phase, cpu, used in zip(("closed", "open"), spent[:2], after[:2], strict=True):
        desk = f"idle desk, exchange {phase}"
        yield Figure(f"{desk}: processor", cpu, "% of a core", peer, spent[2], PERCENT)
        yield Figure(f"{desk}: memory", used.memory, "MiB", peer, after[2].memory, MEMORY)


@asynccontextmanager
async def _world(at: str) -> AsyncIterator[StandIn]:
    with tempfile.TemporaryDirectory(prefix="newsdesk-bench-") as folder:
        async with stand_in(Path(folder), at, speed=1.0) as place:
            yield place


@asynccontextmanager
async def _desk(place: StandIn) -> AsyncIterator[Process]:
    """The real `python -m bot run`, as the demo starts it."""
    with (place.config.parent / "desk.log").open("w") as diary:
        process = await start_desk(place.config, diary)
        try:
            yield process
        finally:
            await stop_desk(process)


@asynccontextmanager
async def _bare(place: StandIn) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.bare_client", place.api_url, place.gateway_url),
        cwd=ROOT,
        stderr=DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        await stop_desk(process)


async def _expect_messages(place: StandIn) -> None:
    """An open exchange is idle only once its briefs are out."""
    url = place.api_url.removesuffix("/api/v10") + "/_sandbox/export"
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        messages = (await response.json())["messages"]
    if not messages:
        raise RuntimeError(f"the desk has posted nothing after {WARM_UP:g} s; it is not idle yet")


def _percent(before: Usage, after: Usage, seconds: float) -> float:
    return 100 * (after.cpu - before.cpu) / seconds
