"""Fakes of what the sources stand on: a clock moved by hand, a name server, a server of odd bytes."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.sandbox.loopback import Loopback
from bot.sources.guard import AddrInfo

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class HandClock:
    """Market and real clock in one: sleeping moves it at once, and is written down."""

    def __init__(self, at: datetime = NOON) -> None:
        self.at = at
        self.slept: list[float] = []

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.pass_time(seconds=seconds)
        await asyncio.sleep(0)

    def pass_time(self, *, minutes: float = 0, seconds: float = 0) -> None:
        self.at += timedelta(minutes=minutes, seconds=seconds)


@dataclass
class Names(AbstractResolver):
    """A name server that knows only what it is told, and remembers who asked."""

    addresses: dict[str, list[str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        if host not in self.addresses:
            raise OSError("no such name")
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=socket.AI_NUMERICHOST,
            )
            for address in self.addresses[host]
        ]

    async def close(self) -> None:
        """Nothing is held."""


@dataclass
class NoDial:
    """A socket factory that writes down whom it would have dialled, and dials nobody."""

    dialled: list[str] = field(default_factory=list)

    def __call__(self, info: AddrInfo) -> socket.socket:
        self.dialled.append(str(info[4][0]))
        raise ConnectionRefusedError("tests dial nobody")


def to_port(port: int) -> Callable[[AddrInfo], socket.socket]:
    """
    A socket factory that leads every connection to 127.0.0.1:`port`, whatever was asked.

    So a public name can be served by a local server, with the guard none the wiser.
    """

    class Diverted(socket.socket):
        def connect(self, address: object) -> None:
            super().connect(("127.0.0.1", port))

    def dial(info: AddrInfo) -> socket.socket:
        return Diverted(socket.AF_INET, socket.SOCK_STREAM)

    return dial


class OddServer(Loopback):
    """Answers every path with what `answers` says, 404 otherwise; keeps the requests."""

    def __init__(self, answers: dict[str, Answer] | None = None) -> None:
        super().__init__()
        self.answers = answers or {}
        self.requests: list[web.Request] = []

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def routes(self) -> list[web.RouteDef]:
        return [web.route("*", "/{path:.*}", self._any)]

    async def _any(self, request: web.Request) -> web.StreamResponse:
        self.requests.append(request)
        answer = self.answers.get(request.path)
        return await answer(request) if answer else web.Response(status=404)


def say(body: bytes | str = b"", status: int = 200, **headers: str) -> Answer:
    """Always the same answer; header names have _ for -."""

    async def answer(request: web.Request) -> web.StreamResponse:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(body=data, status=status, headers=named)

    return answer


def go(to: str, status: int = 302) -> Answer:
    """A redirect, its Location exactly as given."""
    return say(status=status, Location=to)
