"""
What time is it, and for whom? The only module that reads the machine's clocks.

`SystemClock` is real time. The market's time is real time too (`WallClock`), or that of a
sandbox which moves it, speeds it up or steps it in lockstep (`SandboxClock`).
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp

from bot.errors import Unreachable, Unreadable

_NAP = 60.0  # a sleep is cut in pieces, so that a step of the wall clock is noticed


class _Real(Protocol):
    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


class SystemClock:
    """Real time, in UTC."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class WallClock:
    """The market's time when the market is the real one."""

    lockstep = False

    def __init__(self, real: _Real) -> None:
        self._real = real

    def now(self) -> datetime:
        return self._real.now()

    async def sleep_until(self, at: datetime) -> None:
        while (left := (at - self._real.now()).total_seconds()) > 0:
            await self._real.sleep(min(left, _NAP))

    async def gather(self, within: timedelta, work: Sequence[Awaitable[None]]) -> None:
        """Await all of `work`, at most `within`; cancel the rest. Raises what the work raises."""
        await _gather(work, within.total_seconds())


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the sandbox said its time was, and when (monotonic seconds) it said so."""

    now: float
    speed: float
    lockstep: bool
    heard_at: float


class SandboxClock:
    """
    The market's time as a sandbox's clock server tells it; `open` before use, `close` after.

    GET {url}/clock answers {"now": epoch seconds, "speed": factor, "lockstep": bool};
    POST {url}/clock/sleep {"until": epoch seconds} answers the same once it is that late.
    In lockstep time stands still until every sleeper sleeps.
    """

    def __init__(
        self,
        url: str,
        real: _Real,
        open_session: Callable[[], aiohttp.ClientSession] = aiohttp.ClientSession,
    ) -> None:
        self._url = url.rstrip("/")
        self._real = real
        self._open_session = open_session
        self._session: aiohttp.ClientSession | None = None
        self._answer: _Answer | None = None

    async def open(self) -> None:
        """Learn the time. Raises `Unreachable` when no clock answers there."""
        self._session = self._open_session()
        try:
            await self._ask("GET", "/clock", None)
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    @property
    def lockstep(self) -> bool:
        return self._heard().lockstep

    def now(self) -> datetime:
        answer = self._heard()
        run = 0.0 if answer.lockstep else self._real.monotonic() - answer.heard_at
        return datetime.fromtimestamp(answer.now + run * answer.speed, UTC)

    async def sleep_until(self, at: datetime) -> None:
        await self._ask("POST", "/clock/sleep", {"until": at.timestamp()})

    async def gather(self, within: timedelta, work: Sequence[Awaitable[None]]) -> None:
        """
        As `WallClock.gather`, in real time: `within` is how long a reader waits.

        Time that stands still waits for all of the work.
        """
        answer = self._heard()
        standing = answer.lockstep or not answer.speed
        await _gather(work, None if standing else within.total_seconds())

    def _heard(self) -> _Answer:
        if self._answer is None:
            raise RuntimeError("SandboxClock is used before open()")
        return self._answer

    async def _ask(self, method: str, path: str, body: dict[str, float] | None) -> None:
        if self._session is None:
            raise RuntimeError("SandboxClock is used before open() or after close()")
        patience = aiohttp.ClientTimeout(total=None, sock_connect=5)
        try:
            async with self._session.request(
                method, self._url + path, json=body, timeout=patience
            ) as response:
                response.raise_for_status()
                told = await response.json()
        except (aiohttp.ClientError, TimeoutError) as error:
            raise Unreachable(
                f"the sandbox's clock at {self._url} does not answer ({error})",
                hint="is the sandbox still running?",
            ) from error
        except ValueError as error:
            raise Unreadable(
                f"the sandbox's clock at {self._url} did not answer in JSON"
            ) from error
        self._hear(told)

    def _hear(self, told: object) -> None:
        match told:
            case {"now": int() | float() as now, "speed": int() | float() as speed, **rest}:
                answer = _Answer(now, speed, bool(rest.get("lockstep")), self._real.monotonic())
            case _:
                raise Unreadable(
                    f"the sandbox's clock at {self._url} answered {told!r}, not a time"
                )
        if self._answer is None or answer.now >= self._answer.now:
            self._answer = answer


async def _gather(work: Sequence[Awaitable[None]], seconds: float | None) -> None:
    tasks = [asyncio.ensure_future(each) for each in work]
    if not tasks:
        return
    try:
        await asyncio.wait(tasks, timeout=seconds)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    for end in ended:
        if isinstance(end, Exception):
            raise end
