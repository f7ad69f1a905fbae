"""What does it cost to keep up with thousands of feeds, beside the `reader` library?"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.feeds_server import ITEMS
from bench.figure import Figure, quantile, rounds
from bench.usage import of_session

ROOT = Path(__file__).resolve().parent.parent
FEEDS = 2_000
ROUNDS = 5
UNCHANGED, CHANGED = 4, 2  # times cheaper than the library
EVERY, MANY = 300.0, 10_000  # seconds, feeds
CHANGING, NEW = 0.1, 2  # of those many, how many tell something new, and how much
PLAIN, SECURE = 6.0, 15.0  # percent of a core
MEMORY, HELD_UP = 200.0, 50.0  # MiB, ms


@dataclass(frozen=True, slots=True)
class Round:
    """Of all feeds once: `cpu` in ms a feed, `memory` in MiB, `held` (the event loop) in ms."""

    cpu: float
    memory: float
    held: float
    new: int


async def figures(share: float) -> AsyncIterator[Figure]:
    """The same feeds over the same loopback, everything stored, nothing linked."""
    count, times = max(50, round(FEEDS * share)), rounds(ROUNDS, share)
    async for figure in _beside(count, times):
        yield figure
    for secure, goal in ((False, PLAIN), (True, SECURE)):
        async for figure in _many(count, times, secure=secure, goal=goal):
            yield figure


async def _beside(count: int, times: int) -> AsyncIterator[Figure]:
    async with _served(count) as server:
        desk = await server.reader("desk")
        peer = await server.reader("reader")
        both = (desk, peer)
        for one in both:
            await one.read()
        unchanged = [[await one.read() for one in both] for _ in range(times)]
        changed = []
        for _ in range(times):
            await server.add(ITEMS, 1.0)
            changed.append([await one.read() for one in both])
    for what, found, cheaper in (
        ("unchanged", unchanged, UNCHANGED),
        (f"{ITEMS} new items", changed, CHANGED),
    ):
        ours, theirs = (_middle([one[who] for one in found]) for who in (0, 1))
        _expect_alike([one.new for pair in found for one in pair])
        name = f"a feed polled, {what}: processor"
        yield Figure(name, ours, "ms", "the reader library", theirs, theirs / cheaper)


async def _many(count: int, times: int, *, secure: bool, goal: float) -> AsyncIterator[Figure]:
    async with _served(count, secure=secure) as server:
        desk = await server.reader("desk")
        await desk.read()
        found = []
        for _ in range(times):
            await server.add(NEW, CHANGING)
            found.append(await desk.read())
    how = "TLS, new connections" if secure else "plain loopback"
    load = f"{MANY} feeds every {EVERY / 60:g} minutes, {how}"
    percent = _middle(found) * MANY / 1000 / EVERY * 100
    yield Figure(f"{load}: processor", percent, "% of a core", "its goal", goal, goal)
    if not secure:
        last = found[-1]
        yield Figure(f"{load}: memory", last.memory, "MiB", "its goal", MEMORY, MEMORY)
        held = quantile([one.held for one in found], 0.99)
        yield Figure(f"{load}: loop held up", held, "ms", "its goal", HELD_UP, HELD_UP)


def _middle(found: Sequence[Round]) -> float:
    return quantile([one.cpu for one in found], 0.5)


def _expect_alike(new: Sequence[int]) -> None:
    """Both found the same stories, or the comparison is none."""
    if len(set(new)) != 1:
        raise RuntimeError(f"the two readers found different numbers of stories: {new}")


class Reader:
    """A process that reads all feeds when it is told to."""

    def __init__(self, process: Process, feeds: int) -> None:
        self._process = process
        self._feeds = feeds

    async def read(self) -> Round:
        before = of_session(self._process.pid)
        told = await _ask(self._process, "read")
        after = of_session(self._process.pid)
        spent = (after.cpu - before.cpu) * 1000 / self._feeds
        return Round(spent, after.memory, told["held"] * 1000, told["new"])


class Served:
    """The feeds' server, and readers of it."""

    def __init__(
        self, server: Process, where: dict[str, Any], trust: str, stack: AsyncExitStack
    ) -> None:
        self._server = server
        self._where = where
        self._trust = trust
        self._stack = stack

    async def add(self, items: int, share: float) -> None:
        await _ask(self._server, json.dumps({"items": items, "share": share}))

    async def reader(self, who: str) -> Reader:
        told = json.dumps(self._where | {"who": who})
        environment = {"SSL_CERT_FILE": self._trust} if self._trust else {}
        process = await self._stack.enter_async_context(
            _python("bench.feeds_reading", told, environment)
        )
        return Reader(process, self._where["feeds"])


@asynccontextmanager
async def _served(feeds: int, *, secure: bool = False) -> AsyncIterator[Served]:
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-bench-"))
        certificate = _certificate(Path(folder)) if secure else ""
        wanted = {"feeds": feeds, "close": secure, "certificate": certificate}
        server = await stack.enter_async_context(
            _python("bench.feeds_server", json.dumps(wanted), {})
        )
        assert server.stdout is not None
        port = int(await server.stdout.readline())
        scheme = "https" if secure else "http"
        where = {"folder": folder, "scheme": scheme, "port": port, "feeds": feeds}
        yield Served(server, where, certificate, stack)


@asynccontextmanager
async def _python(module: str, told: str, environment: dict[str, str]) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, told),
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=PIPE,
        stdout=PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        assert process.stdin is not None
        process.stdin.close()
        await process.wait()


async def _ask(process: Process, line: str) -> Any:
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write(f"{line}\n".encode())
    answer = await process.stdout.readline()
    if not answer:
        raise RuntimeError("the measured process ended before its time")
    return json.loads(answer) if answer.startswith(b"{") else None


def _certificate(folder: Path) -> str:
    """A key and a certificate of its own for loopback, in one file."""
    path = folder / "server.pem"
    names = ",".join(f"IP:127.0.0.{host}" for host in range(1, 51))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
        + ["-nodes", "-days", "2", "-subj", "/CN=newsdesk bench", "-addext"]
        + [f"subjectAltName={names}", "-keyout", str(path), "-out", f"{path}.crt"],
        check=True,
        capture_output=True,
    )
    path.write_text(path.read_text() + Path(f"{path}.crt").read_text())
    return str(path)
