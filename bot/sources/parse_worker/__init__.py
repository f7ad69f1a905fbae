"""
What does this document say? feedparser, in a process of its own that can be killed.

Some small documents keep feedparser busy for minutes and no thread can be stopped. So a worker
parses under a deadline and a memory limit; one that passes either is killed, and the next
document finds a new worker. It holds no socket of the desk and answers in JSON.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from bot.errors import Unreachable, Unreadable
from bot.sources.parse_worker.reading import serve

_START = 30.0
_LONGEST_REPLY = 50_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed has it: text without markup, the date as it is written."""

    guid: str
    link: str
    title: str
    summary: str
    dated: str


@dataclass(frozen=True, slots=True)
class Parsed:
    """`bozo` says why the document is not well-formed, "" when it is; `every` is its own pace."""

    title: str
    entries: tuple[Entry, ...]
    every: timedelta | None = None
    bozo: str = ""


class ParseWorker:
    """One worker, started with the first document. `deadline` in seconds for one document."""

    def __init__(self, deadline: float = 5.0) -> None:
        self._deadline = deadline
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="parse")
        self._child: _Child | None = None
        self._closing = False

    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed:
        """Raises `Unreadable` when `body` is no feed, or cannot be read within the limits."""
        loop = asyncio.get_running_loop()
        reply = await loop.run_in_executor(self._thread, self._ask, body, content_type, url)
        told = json.loads(reply)
        if "refused" in told:
            raise Unreadable(f"{url} {told['refused']}", hint=told["hint"])
        return Parsed(
            told["title"],
            tuple(Entry(*entry) for entry in told["entries"]),
            timedelta(hours=told["hours"]) if told["hours"] else None,
            told["bozo"],
        )

    async def close(self) -> None:
        """Stop the worker, even in the middle of a document."""
        self._closing = True
        if self._child is not None:
            self._child.kill()
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._bury)
        self._thread.shutdown()

    def _ask(self, body: bytes, content_type: str, url: str) -> bytes:
        """In the worker's thread. A worker that was found dead is no fault of the document's."""
        for _ in range(2):
            if self._closing:
                break
            self._child = child = self._child or _Child.start(self._deadline)
            try:
                return child.ask((body, content_type, url), self._deadline)
            except TimeoutError as error:
                self._bury()
                raise Unreadable(
                    f"{url} takes longer than {self._deadline:g} seconds to read; no feed should"
                ) from error
            except (OSError, EOFError):
                self._bury()
        raise Unreadable(f"{url} broke the reader of feeds; no feed should")

    def _bury(self) -> None:
        child, self._child = self._child, None
        if child is not None:
            child.bury()


@dataclass(frozen=True, slots=True)
class _Child:
    process: ForkServerProcess
    requests: Connection
    replies: Connection

    @staticmethod
    def start(deadline: float) -> _Child:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["feedparser"])
        theirs_in, requests = context.Pipe(duplex=False)
        replies, theirs_out = context.Pipe(duplex=False)
        process = context.Process(
            target=serve, args=(theirs_in, theirs_out, deadline), name="parse", daemon=True
        )
        process.start()
        theirs_in.close()
        theirs_out.close()
        child = _Child(process, requests, replies)
        if not replies.poll(_START):
            child.bury()
            raise Unreachable(f"the reader of feeds did not start within {_START:g} seconds")
        with contextlib.suppress(EOFError):
            replies.recv_bytes()
        return child

    def ask(self, request: tuple[bytes, str, str], deadline: float) -> bytes:
        self.requests.send(request)
        if not self.replies.poll(deadline):
            raise TimeoutError
        return self.replies.recv_bytes(_LONGEST_REPLY)

    def kill(self) -> None:
        with contextlib.suppress(ValueError):  # buried in the meantime
            self.process.kill()

    def bury(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.requests.close()
        self.replies.close()
