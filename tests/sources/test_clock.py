"""What time is it, and for whom?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.errors import Unreachable, Unreadable
from bot.sandbox.clock import ClockServer, VirtualClock
from bot.services.ports import MarketClock, RealClock
from bot.sources.clock import SandboxClock, SystemClock, WallClock
from tests.sources.fakes import NOON, Answer, HandClock, OddServer, say

HOUR = timedelta(hours=1)


def at(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


async def test_system_time_runs_and_is_utc() -> None:
    """Aware, and it can be slept on."""
    clock: RealClock = SystemClock()
    before, ticks = clock.now(), clock.monotonic()

    await clock.sleep(0)

    assert before.tzinfo is UTC
    assert clock.now() >= before
    assert clock.monotonic() >= ticks


async def test_the_wall_clock_sleeps_in_short_naps() -> None:
    """So that a step of the machine's clock is noticed within a minute."""
    real = HandClock()
    clock: MarketClock = WallClock(real)

    await clock.sleep_until(at(2.5))

    assert (clock.now(), clock.lockstep) == (at(2.5), False)
    assert real.slept == [60.0, 60.0, 30.0]


async def test_a_time_that_is_past_is_no_sleep() -> None:
    """Due is due."""
    real = HandClock()

    await WallClock(real).sleep_until(at(-1))

    assert real.slept == []


async def test_gathering_ends_when_all_is_there() -> None:
    """It does not sit out its time."""
    done: list[int] = []

    async def work(n: int) -> None:
        done.append(n)

    await WallClock(SystemClock()).gather(HOUR, [work(1), work(2)])
    await WallClock(SystemClock()).gather(HOUR, [])

    assert done == [1, 2]


async def test_gathering_leaves_what_is_late() -> None:
    """The late are cancelled, and have ended when it returns."""
    ended: list[str] = []

    async def late() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("late")

    async def quick() -> None:
        ended.append("quick")

    await WallClock(SystemClock()).gather(timedelta(milliseconds=20), [late(), quick()])

    assert ended == ["quick", "late"]


async def test_gathering_passes_on_what_it_does_not_expect() -> None:
    """Work that can fail says so by itself; anything else is a fault of ours."""

    async def broken() -> None:
        raise LookupError("ours")

    with pytest.raises(LookupError, match="ours"):
        await WallClock(SystemClock()).gather(HOUR, [broken()])


async def test_cancelled_gathering_cancels_its_work() -> None:
    """Nothing is left running."""
    began, ended = asyncio.Event(), asyncio.Event()

    async def work() -> None:
        began.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    gathering = asyncio.ensure_future(WallClock(SystemClock()).gather(HOUR, [work()]))
    await began.wait()
    gathering.cancel()

    with pytest.raises(asyncio.CancelledError):
        await gathering

    assert ended.is_set()


@pytest.fixture
async def lockstep() -> AsyncIterator[ClockServer]:
    async with ClockServer(VirtualClock(NOON, NOON + 8 * HOUR)) as server:
        yield server


async def test_in_lockstep_time_jumps_to_the_sleeper(lockstep: ClockServer) -> None:
    """And stands still in between, however long that takes."""
    real = HandClock()
    clock = SandboxClock(lockstep.url, real)
    market: MarketClock = clock
    await clock.open()
    before = market.now()
    real.pass_time(minutes=30)
    still = market.now()

    await market.sleep_until(at(45))

    await clock.close()
    assert (before, still, market.now(), market.lockstep) == (NOON, NOON, at(45), True)


async def test_in_lockstep_gathering_waits_for_everything(lockstep: ClockServer) -> None:
    """Market time cannot pass while work is under way, so none is late."""
    clock = SandboxClock(lockstep.url, SystemClock())
    await clock.open()
    done: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0.02)
        done.append("work")

    await clock.gather(timedelta(microseconds=1), [work()])

    await clock.close()
    assert (done, clock.now()) == (["work"], NOON)


async def test_a_faster_time_is_extrapolated() -> None:
    """Between two answers the last one runs on at its speed."""
    async with OddServer({"/clock": _told(NOON, speed=60, lockstep=False)}) as server:
        real = HandClock()
        clock = SandboxClock(f"{server.url}/", real)
        await clock.open()
        real.pass_time(seconds=2)

        assert clock.now() == at(2)
        assert not clock.lockstep
        await clock.close()


async def test_a_faster_time_leaves_a_reader_as_patient() -> None:
    """The limit is real time: at a million times the speed the work still has its second."""
    async with OddServer({"/clock": _told(NOON, speed=1e6, lockstep=False)}) as server:
        clock = SandboxClock(server.url, SystemClock())
        await clock.open()
        done: list[str] = []

        async def work() -> None:
            await asyncio.sleep(0)
            done.append("work")

        never = asyncio.Event().wait()
        await clock.gather(timedelta(seconds=0.2), [work(), never])  # type: ignore[list-item]

        await clock.close()

    assert done == ["work"]


async def test_a_paused_time_waits_for_the_work() -> None:
    """Speed nought is no division by nought: time stands still, so none is late."""
    async with OddServer({"/clock": _told(NOON, speed=0, lockstep=False)}) as server:
        clock = SandboxClock(server.url, SystemClock())
        await clock.open()
        done: list[str] = []

        async def work() -> None:
            done.append("work")

        await clock.gather(HOUR, [work()])

        await clock.close()
        assert done == ["work"]


async def test_a_fast_time_is_slept_on_at_its_speed() -> None:
    """The server answers when it is that late there."""
    async with ClockServer(VirtualClock(NOON, NOON + 8 * HOUR, speed=36_000)) as server:
        server.clock.run()
        clock = SandboxClock(server.url, SystemClock())
        await clock.open()

        await clock.sleep_until(at(30))

        assert clock.now() >= at(30)
        await clock.close()


async def test_no_clock_is_one_sentence() -> None:
    """It names the address, and what to look at."""
    clock = SandboxClock("http://127.0.0.1:1", SystemClock())

    with pytest.raises(Unreachable, match="the sandbox's clock at http://127.0.0.1:1 does not"):
        await clock.open()


@pytest.mark.parametrize("body", ["{}", "[]", '{"now": "noon", "speed": 1}', "null"])
async def test_an_answer_that_is_no_time_is_one_sentence(body: str) -> None:
    """Another server at that address is not taken for a clock."""
    async with OddServer({"/clock": say(body, Content_Type="application/json")}) as server:
        clock = SandboxClock(server.url, SystemClock())

        with pytest.raises(Unreadable, match="not a time"):
            await clock.open()


@pytest.mark.parametrize("body", ["<html>", ""])
async def test_an_answer_that_is_no_json_is_one_sentence(body: str) -> None:
    """A page is not a clock either."""
    async with OddServer({"/clock": say(body, Content_Type="application/json")}) as server:
        clock = SandboxClock(server.url, SystemClock())

        with pytest.raises((Unreachable, Unreadable)):
            await clock.open()


async def test_a_clock_not_opened_is_a_fault_of_ours() -> None:
    """It does not guess a time."""
    with pytest.raises(RuntimeError, match="before open"):
        SandboxClock("http://127.0.0.1:1", SystemClock()).now()


def _told(now: datetime, *, speed: float, lockstep: bool) -> Answer:
    body = f'{{"now": {now.timestamp()}, "speed": {speed}, "lockstep": {str(lockstep).lower()}}}'
    return say(body, Content_Type="application/json")
