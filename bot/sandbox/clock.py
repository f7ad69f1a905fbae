"""
What time is it on the recorded day, and when does it move?

    lockstep   stands still; jumps to the earliest sleeper once every participant sleeps
    speed N    runs N times as fast as the wall

Never past the end of the day: who asks to sleep beyond it is left waiting, and `finished` is set.
"""

from __future__ import annotations

import asyncio
import math
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from bot.sandbox.loopback import Loopback, read_object


@dataclass(eq=False, slots=True)
class _Sleeper:
    until: float
    woken: asyncio.Event = field(default_factory=asyncio.Event)


class VirtualClock:
    """Market time of the sandbox, in epoch seconds. Speed 0 is lockstep."""

    def __init__(
        self, starts: datetime, ends: datetime, *, speed: float = 0.0, participants: int = 1
    ) -> None:
        self.finished = asyncio.Event()
        self._ends = ends.timestamp()
        self._participants = participants
        self._speed = speed
        self._paused = False
        self._then = starts.timestamp()  # market time at the wall time `_wall`
        self._wall: float | None = None  # None while time stands still
        self._sleepers: list[_Sleeper] = []
        self._timer: asyncio.TimerHandle | None = None

    @property
    def lockstep(self) -> bool:
        return self._speed == 0

    @property
    def speed(self) -> float:
        """Market seconds a second right now: 0 in lockstep and while paused."""
        return 0.0 if self._paused else self._speed

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.epoch(), UTC)

    def epoch(self) -> float:
        if self._wall is None:
            return self._then
        passed = asyncio.get_running_loop().time() - self._wall
        return min(self._ends, self._then + passed * self._speed)

    def run(self) -> None:
        """Let time begin, if it has not; in lockstep it moves when everyone sleeps."""
        self._settle()

    async def sleep_until(self, until: float) -> None:
        """Return once it is `until` or later; never, when that is beyond the day's end."""
        if until <= self.epoch():
            return
        sleeper = _Sleeper(until)
        self._sleepers.append(sleeper)
        try:
            self._settle()
            await sleeper.woken.wait()
        finally:
            if sleeper in self._sleepers:
                self._sleepers.remove(sleeper)

    def pause(self) -> None:
        self._hold()
        self._paused = True
        self._settle()

    def resume(self) -> None:
        self._paused = False
        self._settle()

    def jump(self, to: float) -> None:
        """Move forward at once. Raises `ValueError` for a time that is past."""
        if to < self.epoch():
            raise ValueError(f"the clock shows {self.epoch():.0f} and cannot go back to {to:.0f}")
        self._hold()
        self._then = min(to, self._ends)
        self._settle()

    def set_speed(self, speed: float) -> None:
        """Run `speed` times as fast as the wall; 0 is lockstep. Raises `ValueError` below 0."""
        if speed < 0:
            raise ValueError(f"speed must be 0 (lockstep) or more, was {speed:g}")
        self._hold()
        self._speed = speed
        self._settle()

    def _hold(self) -> None:
        """Stand still at the present time."""
        self._then, self._wall = self.epoch(), None

    def _settle(self) -> None:
        """Move as far as the mode allows, wake who is due, plan the next look."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self.speed and self._wall is None:
            self._wall = asyncio.get_running_loop().time()
        if self.lockstep and not self._paused and self._everyone_sleeps():
            self._then = min(self._ends, min(sleeper.until for sleeper in self._sleepers))
        self._wake()
        if self._wall is not None and not self.finished.is_set():
            nearest = min([self._ends, *(sleeper.until for sleeper in self._sleepers)])
            wait = max(0.0, (nearest - self.epoch()) / self._speed)
            self._timer = asyncio.get_running_loop().call_later(wait, self._settle)

    def _everyone_sleeps(self) -> bool:
        return len(self._sleepers) >= max(1, self._participants)

    def _wake(self) -> None:
        now = self.epoch()
        for sleeper in [sleeper for sleeper in self._sleepers if sleeper.until <= now]:
            self._sleepers.remove(sleeper)
            sleeper.woken.set()
        if now >= self._ends and (self._sleepers or not self.lockstep):
            self.finished.set()


class ClockServer(Loopback):
    """
    The clock over HTTP: GET /clock, POST /clock/sleep {"until"}, POST /clock/control.

    A control is {"action": "pause" | "resume"} or {"action": "jump" | "speed", "to": number}.
    """

    def __init__(self, clock: VirtualClock) -> None:
        super().__init__()
        self.clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [
            web.get("/clock", self._show),
            web.post("/clock/sleep", self._sleep),
            web.post("/clock/control", self._control),
        ]

    async def _show(self, request: web.Request) -> web.Response:
        return self._answer()

    async def _sleep(self, request: web.Request) -> web.Response:
        await self.clock.sleep_until(_number(await read_object(request), "until"))
        return self._answer()

    async def _control(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        action = body.get("action")
        try:
            if action == "pause":
                self.clock.pause()
            elif action == "resume":
                self.clock.resume()
            elif action == "jump":
                self.clock.jump(_number(body, "to"))
            elif action == "speed":
                self.clock.set_speed(_number(body, "to"))
            else:
                raise ValueError(f"action must be pause, resume, jump or speed, was {action!r}")
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return self._answer()

    def _answer(self) -> web.Response:
        clock = self.clock
        return web.json_response(
            {"now": clock.epoch(), "speed": clock.speed, "lockstep": clock.lockstep}
        )


def _number(body: dict[str, Any], key: str) -> float:
    value: Any = body.get(key)
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if not number or not math.isfinite(value):
        raise web.HTTPBadRequest(text=f"{key} must be a number, was {value!r}")
    return float(value)
