"""
The stand-ins of the recorded day, in a process of their own so that they share no event loop
with what is measured.

    python -m bench.stand_in '{"folder": …, "at": "11:08", "speed": null, "channels": 3}'

prints where they are as a line of JSON and another line once somebody is connected to its
gateway, and serves until its stdin is closed.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from typing import Self

from bot.sandbox.demo import write_config
from bot.sandbox.world import World
from bot.tape import Channel, Tape, read_day

ROOT = Path(__file__).resolve().parent.parent
DAY = ROOT / "seeds" / "days" / "2026-01-12"
TOKEN = "sandbox"
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class StandIn:
    """Where a desk finds its world; `channels` are ids, `now` is the market's time at start."""

    config: Path
    api_url: str
    gateway_url: str
    channels: tuple[int, ...]
    now: datetime
    lines: asyncio.StreamReader

    @classmethod
    async def heard(cls, lines: asyncio.StreamReader) -> Self:
        """As its process says on its stdout."""
        told = json.loads(await lines.readline())
        return cls(
            Path(told["config"]),
            told["api_url"],
            told["gateway_url"],
            tuple(told["channels"]),
            datetime.fromisoformat(told["now"]),
            lines,
        )

    async def ready(self) -> None:
        """Wait for the first client on the gateway."""
        async with asyncio.timeout(PATIENCE):
            await self.lines.readline()


@asynccontextmanager
async def stand_in(
    folder: Path, at: str, *, speed: float | None = None, channels: int = 0
) -> AsyncIterator[StandIn]:
    """
    The day from `at` ("11:08", New York) with that many channels, or its own three.

    Time stands still, or runs `speed` times as fast as the wall. Terms hold for no time.
    """
    wanted = {"folder": str(folder), "at": at, "speed": speed, "channels": channels}
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.stand_in", json.dumps(wanted)),
        cwd=ROOT,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 20,
    )
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        yield await StandIn.heard(child.stdout)
    finally:
        child.stdin.close()
        await child.wait()


async def serve(folder: Path, at: str, speed: float | None, channels: int) -> None:
    """Start the stand-ins, say where they are, stay until stdin ends."""
    tape = _with_channels(read_day(DAY), channels)
    starts = tape.hours[tape.calendar].on(tape.day, time.fromisoformat(at))
    async with World(tape, speed=speed, starts=starts) as world:
        config = write_config(world, tape, folder)
        at_once = config.read_text().replace("[clock]", "[thresholds]\nhold = 0\n[clock]")
        config.write_text(at_once)
        here = {
            "config": str(config),
            "api_url": world.discord.api_url,
            "gateway_url": world.discord.gateway_url,
            "channels": world.channels,
            "now": starts.isoformat(),
        }
        print(json.dumps(here), flush=True)
        ready = asyncio.create_task(_say_when_ready(world))
        await asyncio.to_thread(sys.stdin.read)
        ready.cancel()


async def _say_when_ready(world: World) -> None:
    await world.discord.ready(timeout=PATIENCE)
    print("ready", flush=True)


def _with_channels(tape: Tape, count: int) -> Tape:
    if not count:
        return tape
    names = [f"channel-{number}" for number in range(count)]
    return replace(
        tape, channels=tuple(Channel(n, "brief", ("BABA",), "5%, at once") for n in names)
    )


if __name__ == "__main__":
    order = json.loads(sys.argv[1])
    asyncio.run(serve(Path(order["folder"]), order["at"], order["speed"], order["channels"]))
