"""
Whose turn is it? One request per host at a time and a pause after it, so many in all. Real time.

Few wait here for their host: whoever finds a queue is told when to come back, so that a host of
ten thousand feeds costs one of them what it costs ten, and holds no other host up.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from urllib.parse import urlsplit

_SWEEP_FROM = 1000


class _Clock(Protocol):
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True, slots=True)
class Pace:
    """
    `spacing` in seconds between two requests to one host, of which at most `queue` wait;
    `at_once` in all; `a_spacing` requests at most begin within one `spacing`.

    Without a spacing nobody is paced: a sandbox's time means nothing to a server.
    """

    spacing: float = 1.0
    queue: int = 5
    at_once: int = 100
    a_spacing: int = 50


@dataclass(slots=True)
class Host:
    """`free_at` and `booked_until` in monotonic seconds; silent until it will listen again."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    free_at: float = 0.0
    booked_until: float = 0.0
    silent_until: datetime | None = None


class Hosts:
    """The hosts asked of late, each with its turns."""

    def __init__(self, clock: _Clock, pace: Pace) -> None:
        self._clock = clock
        self._pace = pace
        self._hosts: dict[str, Host] = {}
        self._sweep_at = _SWEEP_FROM
        self._places = asyncio.Semaphore(pace.at_once)
        self._next_start = 0.0

    def __len__(self) -> int:
        return len(self._hosts)

    def of(self, url: str, now: datetime) -> Host:
        """The host of `url`; forgets, now and then, those that ask for nothing at `now`."""
        name = _host(url)
        host = self._hosts.get(name)
        if host is None:
            if len(self._hosts) >= self._sweep_at:
                self._sweep(now)
            host = self._hosts[name] = Host()
        return host

    def come_back_in(self, host: Host) -> float:
        """0 when there is room to wait for a turn; else the seconds until a turn of one's own."""
        spacing = self._pace.spacing
        if not spacing or host.waiting < self._pace.queue:
            return 0.0
        now = self._clock.monotonic()
        queue_ends = max(host.free_at, now) + host.waiting * spacing
        host.booked_until = max(host.booked_until + spacing, queue_ends)
        return host.booked_until - now

    @asynccontextmanager
    async def turn(self, host: Host) -> AsyncIterator[None]:
        """Within it one request may be made."""
        host.waiting += 1
        try:
            async with host.lock:
                await self._until(host.free_at)
                async with self._places:
                    await self._start()
                    try:
                        yield
                    finally:
                        host.free_at = self._clock.monotonic() + self._pace.spacing
        finally:
            host.waiting -= 1

    async def _start(self) -> None:
        """Starts are spread over time, whatever has become due at once."""
        if not self._pace.spacing:
            return
        at = max(self._next_start, self._clock.monotonic())
        self._next_start = at + self._pace.spacing / self._pace.a_spacing
        await self._until(at)

    async def _until(self, at: float) -> None:
        if (wait := at - self._clock.monotonic()) > 0:
            await self._clock.sleep(wait)

    def _sweep(self, now: datetime) -> None:
        moment = self._clock.monotonic()
        self._hosts = {
            name: host
            for name, host in self._hosts.items()
            if host.waiting
            or max(host.free_at, host.booked_until) > moment
            or (host.silent_until is not None and host.silent_until > now)
        }
        self._sweep_at = 2 * len(self._hosts) + _SWEEP_FROM


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:
        return ""
