"""
What really went over the wire during one attempt: at most one request, and its reply at once.

discord.py repeats a refused request up to five times inside one call, and after the last
request of a rate-limit bucket it sleeps before it returns. The outbox wants neither: one slot
is one request, and what was posted is settled when the reply is there. So the client's HTTP is
traced (`trace`), and every call of discord.py is an attempt that is watched.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from types import SimpleNamespace

import aiohttp

from bot.delivery.outcomes import Reply, lost

Edge = Callable[[str], None]
"""Called with the name of a failpoint; in production it does nothing."""

_RETRIED = (429, 500, 502, 504, 524)


class Wire:
    """
    Makes one request a call. `edge` is told "<name>.before" and "<name>.after".

    An attempt that takes more than `timeout` seconds is given up.
    """

    def __init__(self, edge: Edge, timeout: float) -> None:
        self._edge = edge
        self._timeout = timeout
        self._lingering: set[asyncio.Task[object]] = set()

    async def request(
        self, name: str, call: Callable[[], Awaitable[object]], *, repeatable: bool
    ) -> Reply:
        """
        Run `call` of discord.py and return Discord's reply, whatever its status.

        Raises `Transient` when there is none: ambiguous when the request may have arrived,
        unless it is `repeatable`.
        """
        attempt = Attempt(name, self._edge)
        task = asyncio.create_task(attempt.run(call))
        self._lingering.add(task)
        task.add_done_callback(self._forget)
        try:
            await asyncio.wait(
                (task, attempt.reply), timeout=self._timeout, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            if not attempt.reply.done():
                task.cancel()
        if attempt.reply.done():
            return attempt.reply.result()
        error = _failure(task)
        raise lost(error, ambiguous=attempt.written and not repeatable) or error

    async def close(self) -> None:
        """End what still sleeps inside discord.py until a rate limit has passed."""
        for task in self._lingering:
            task.cancel()
        await asyncio.gather(*self._lingering, return_exceptions=True)

    def _forget(self, task: asyncio.Task[object]) -> None:
        self._lingering.discard(task)
        if not task.cancelled():
            task.exception()  # looked at, or asyncio complains that nobody did


def _failure(task: asyncio.Task[object]) -> BaseException:
    error = task.exception() if task.done() and not task.cancelled() else None
    return error or TimeoutError("no answer in time")


class Answered(aiohttp.ClientError):
    """Raised inside discord.py, so that it neither retries nor sleeps."""


class Attempt:
    """
    One call of discord.py. `name` is that of its failpoints: "discord.create".

    `written` is True from the moment the request is about to be written: before it, Discord
    cannot have applied anything. `reply` is done as soon as the reply was read.
    """

    def __init__(self, name: str, edge: Edge) -> None:
        self._name = name
        self._edge = edge
        self._requests = 0
        self.written = False
        self.reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

    async def run(self, call: Callable[[], Awaitable[object]]) -> object:
        """Watch every request that `call` makes; to be run as a task of its own."""
        _attempt.set(self)
        return await call()

    def started(self) -> None:
        self._requests += 1
        if self._requests > 1:
            raise Answered(f"{self._name} asked for a second request")

    def writing(self) -> None:
        self._edge(f"{self._name}.before")
        self.written = True

    def replied(self, reply: Reply) -> None:
        self._edge(f"{self._name}.after")
        if not self.reply.done():
            self.reply.set_result(reply)
        if reply.status in _RETRIED:
            raise Answered(f"{self._name} was answered with {reply.status}")


_attempt: ContextVar[Attempt | None] = ContextVar("attempt", default=None)


def trace() -> aiohttp.TraceConfig:
    """For `discord.Client(http_trace=…)`. Requests outside an attempt pass unwatched."""
    config = aiohttp.TraceConfig()
    config.on_request_start.append(_on_start)
    config.on_request_headers_sent.append(_on_writing)
    config.on_request_end.append(_on_end)
    return config


async def _on_start(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    _params: aiohttp.TraceRequestStartParams,
) -> None:
    if attempt := _attempt.get():
        attempt.started()


async def _on_writing(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    _params: aiohttp.TraceRequestHeadersSentParams,
) -> None:
    if attempt := _attempt.get():
        attempt.writing()


async def _on_end(
    _session: aiohttp.ClientSession,
    _context: SimpleNamespace,
    params: aiohttp.TraceRequestEndParams,
) -> None:
    if attempt := _attempt.get():
        response = params.response
        headers = {name.lower(): value for name, value in response.headers.items()}
        text = await response.text(errors="replace")
        attempt.replied(Reply(response.status, headers, text))
