"""The virtual clock stands still in lockstep, runs at a speed, and never leaves the day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest

from bot.sandbox.clock import ClockServer, VirtualClock
from bot.sources.clock import SandboxClock

START = datetime(2026, 1, 12, 14, 27, tzinfo=UTC)
END = START + timedelta(hours=1)
T = START.timestamp()


async def asleep(clock: VirtualClock, seconds: float) -> asyncio.Task[None]:
    """A sleeper that has begun to sleep."""
    task = asyncio.create_task(clock.sleep_until(T + seconds))
    await settle()
    return task


async def settle() -> None:
    """Let every task run as far as it can."""
    for _ in range(5):
        await asyncio.sleep(0)


async def test_lockstep_stands_still_until_someone_sleeps() -> None:
    """No wall time leaks into the market's."""
    clock = VirtualClock(START, END)
    clock.run()
    await settle()

    assert (clock.now(), clock.lockstep, clock.speed) == (START, True, 0)


async def test_lockstep_jumps_to_the_only_sleeper() -> None:
    """With one participant every sleep is a jump."""
    clock = VirtualClock(START, END)
    await clock.sleep_until(T + 30)
    await clock.sleep_until(T + 1800)

    assert clock.now() == START + timedelta(minutes=30)


async def test_lockstep_waits_for_every_participant() -> None:
    """Time jumps to the earliest sleeper, and only he wakes."""
    clock = VirtualClock(START, END, participants=2)
    late = await asleep(clock, 60)

    assert clock.now() == START
    early = await asleep(clock, 10)
    assert (early.done(), late.done()) == (True, False)
    assert clock.now() == START + timedelta(seconds=10)
    again = await asleep(clock, 90)
    assert (late.done(), again.done()) == (True, False)
    assert clock.now() == START + timedelta(seconds=60)
    again.cancel()


async def test_sleeping_until_the_past_returns_at_once() -> None:
    """It does not count as a participant who sleeps."""
    clock = VirtualClock(START, END)
    await clock.sleep_until(T)
    await clock.sleep_until(T - 100)

    assert clock.now() == START


async def test_sleeper_who_gave_up_no_longer_counts() -> None:
    """A cancelled sleep leaves the other participant waiting."""
    clock = VirtualClock(START, END, participants=2)
    gone = await asleep(clock, 10)
    gone.cancel()
    await settle()
    waiting = await asleep(clock, 20)

    assert not waiting.done()
    assert clock.now() == START
    waiting.cancel()


async def test_beyond_the_end_the_day_is_finished_and_nobody_wakes() -> None:
    """The clock stops at the end; who asks to sleep past it sleeps on."""
    clock = VirtualClock(START, END)
    await clock.sleep_until(END.timestamp())
    before = clock.finished.is_set()
    beyond = await asleep(clock, 3601)

    assert not before
    assert clock.finished.is_set()
    assert clock.now() == END
    assert not beyond.done()
    beyond.cancel()


async def test_speed_runs_and_ends_the_day_by_itself() -> None:
    """At a hundred thousand times the wall's speed an hour takes 36 ms."""
    clock = VirtualClock(START, END, speed=100_000)
    clock.run()
    await clock.sleep_until(T + 600)

    assert START + timedelta(seconds=600) <= clock.now() <= END
    await asyncio.wait_for(clock.finished.wait(), 5)
    assert clock.now() == END


async def test_pause_stops_time_and_resume_goes_on() -> None:
    """While paused a sleeper sleeps, whatever the wall does."""
    clock = VirtualClock(START, END, speed=100_000)
    clock.run()
    clock.pause()
    stopped = clock.now()
    sleeper = await asleep(clock, 1800)

    assert (clock.now(), clock.speed, sleeper.done()) == (stopped, 0, False)
    clock.resume()
    await asyncio.wait_for(sleeper, 5)
    assert clock.now() >= START + timedelta(minutes=30)


async def test_pause_holds_lockstep_too() -> None:
    """Time does not jump while paused."""
    clock = VirtualClock(START, END)
    clock.pause()
    sleeper = await asleep(clock, 30)

    assert not sleeper.done()
    clock.resume()
    await sleeper
    assert clock.now() == START + timedelta(seconds=30)


async def test_jump_wakes_who_is_due_and_refuses_to_go_back() -> None:
    """Forward only."""
    clock = VirtualClock(START, END, speed=0.001)
    clock.run()
    sleeper = await asleep(clock, 1200)
    clock.jump(T + 1500)
    await sleeper

    with pytest.raises(ValueError, match="cannot go back to"):
        clock.jump(T)
    clock.jump(END.timestamp() + 999)
    assert clock.now() == END


async def test_change_of_speed_keeps_the_time() -> None:
    """From slow to fast without a leap; from running to lockstep it stands still."""
    clock = VirtualClock(START, END, speed=0.001)
    clock.run()
    sleeper = await asleep(clock, 600)
    clock.set_speed(1_000_000)
    await asyncio.wait_for(sleeper, 5)
    clock.set_speed(0)
    stopped = clock.now()
    await settle()

    assert (clock.lockstep, clock.now()) == (True, stopped)
    with pytest.raises(ValueError, match=r"speed must be 0 \(lockstep\) or more, was -1"):
        clock.set_speed(-1)


@pytest.fixture
async def server() -> AsyncIterator[ClockServer]:
    async with ClockServer(VirtualClock(START, END)) as running:
        yield running


async def post(server: ClockServer, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.url}/clock{path}", json=body) as response,
    ):
        json = response.content_type == "application/json"
        return response.status, await (response.json() if json else response.text())


async def test_clock_tells_time_speed_and_mode(server: ClockServer) -> None:
    """GET /clock, and the same body once a sleep is over."""
    async with aiohttp.ClientSession() as session, session.get(f"{server.url}/clock") as response:
        told = await response.json()

    assert told == {"now": T, "speed": 0, "lockstep": True}
    assert await post(server, "/sleep", {"until": T + 30}) == (
        200,
        {"now": T + 30, "speed": 0, "lockstep": True},
    )


class WatchedClock(VirtualClock):
    """Tells when a sleeper came and when one left, for whatever reason."""

    def __init__(self) -> None:
        super().__init__(START, END, participants=2)
        self.came, self.left = asyncio.Event(), asyncio.Event()

    async def sleep_until(self, until: float) -> None:
        self.came.set()
        try:
            await super().sleep_until(until)
        finally:
            self.left.set()


async def test_client_who_hangs_up_no_longer_sleeps() -> None:
    """A killed desk does not keep its place among the sleepers."""
    clock = WatchedClock()
    async with ClockServer(clock) as server, aiohttp.ClientSession() as session:
        gone = asyncio.create_task(
            session.post(f"{server.url}/clock/sleep", json={"until": T + 10})
        )
        await clock.came.wait()
        gone.cancel()
        await asyncio.wait_for(clock.left.wait(), 5)
        alone = await asleep(clock, 20)

        assert not alone.done()
        assert clock.now() == START
        alone.cancel()


async def test_controls(server: ClockServer) -> None:
    """Pause, resume, jump and speed; anything else is refused in a sentence."""
    _, jumped = await post(server, "/control", {"action": "jump", "to": T + 60})
    _, faster = await post(server, "/control", {"action": "speed", "to": 60})
    _, paused = await post(server, "/control", {"action": "pause"})
    _, resumed = await post(server, "/control", {"action": "resume"})

    assert jumped["now"] == T + 60
    assert (faster["speed"], faster["lockstep"]) == (60, False)
    assert (paused["speed"], resumed["speed"]) == (0, 60)
    assert await post(server, "/control", {"action": "stop"}) == (
        400,
        "action must be pause, resume, jump or speed, was 'stop'",
    )
    assert await post(server, "/sleep", {"until": "noon"}) == (
        400,
        "until must be a number, was 'noon'",
    )
    status, words = await post(server, "/control", {"action": "jump", "to": T})
    assert (status, "cannot go back" in words) == (400, True)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"soon", "the body must be JSON: Expecting value: line 1 column 1 (char 0)"),
        (b"[]", "the body must be a JSON object, was []"),
        (b'{"until": NaN}', "until must be a number, was nan"),
        (b'{"until": true}', "until must be a number, was True"),
    ],
)
async def test_nonsense_is_refused_and_nobody_sleeps(
    server: ClockServer, body: bytes, words: str
) -> None:
    """A broken client gets a sentence, not a place among the sleepers."""
    url = f"{server.url}/clock/sleep"
    async with aiohttp.ClientSession() as session, session.post(url, data=body) as response:
        told = response.status, await response.text()

    assert told == (400, words)
    assert server.clock.now() == START


class Wall:
    """The desk's own clock of real time."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return asyncio.get_running_loop().time()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def test_desks_own_clock_plays_a_day_in_lockstep(server: ClockServer) -> None:
    """The client that the desk uses walks to the end of the day, pass by pass."""
    clock = SandboxClock(server.url, Wall())
    await clock.open()
    try:
        passes = [clock.now()]
        while passes[-1] < END:
            await clock.sleep_until(passes[-1] + timedelta(seconds=30))
            passes.append(clock.now())
        beyond = asyncio.create_task(clock.sleep_until(END + timedelta(seconds=30)))
        await asyncio.wait_for(server.clock.finished.wait(), 5)

        assert clock.lockstep
        assert passes == [START + n * timedelta(seconds=30) for n in range(121)]
        assert not beyond.done()
        beyond.cancel()
        await asyncio.gather(beyond, return_exceptions=True)
    finally:
        await clock.close()
