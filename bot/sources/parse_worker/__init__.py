"""
What does this document say? feedparser, in processes of their own that can be killed.

Some small documents keep feedparser busy for minutes and no thread can be stopped. So a worker
parses under a deadline and a memory limit; one that passes either is killed, and the next
document finds a new worker. A second worker reads on while the first one hangs. They hold no
socket of the desk and answer in JSON.
"""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor

from bot.errors import Killed, Unreadable
from bot.sources.parse_worker.child import Child
from bot.sources.parse_worker.parsed import Entry, Parsed, parsed

__all__ = ["READER", "Entry", "ParseWorker", "Parsed"]

READER = 1  # the version of what is made of a document; where it rises, unchanged documents are read again


class ParseWorker:
    """
    At most `workers` of them, each started with the first document that finds none free.

    `deadline` is in seconds for one document, `memory` in bytes for one worker.
    """

    def __init__(self, deadline: float = 5.0, memory: int = 600_000_000, workers: int = 2) -> None:
        self._deadline = deadline
        self._memory = memory
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="parse")
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._closing = False

    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed:
        """
        What `body` says; `url` is where it was found.

        Raises `Unreadable` when it is no feed, `Killed` when it cannot be read within the limits.
        """
        loop = asyncio.get_running_loop()
        reply = await loop.run_in_executor(self._threads, self._ask, body, content_type, url)
        told = json.loads(reply)
        if "refused" in told:
            kind = Killed if told["killed"] else Unreadable
            raise kind(f"{url} {told['refused']}", hint=told["hint"])
        return parsed(told)

    async def close(self) -> None:
        """Stop the workers, even in the middle of a document."""
        self._closing = True
        for child in tuple(self._busy):
            child.kill()
        await asyncio.to_thread(self._threads.shutdown)
        while self._idle:
            self._idle.pop().bury()

    def _ask(self, body: bytes, content_type: str, url: str) -> bytes:
        """In a thread. A worker that was found dead is no fault of the document's."""
        for _ in range(2):
            if self._closing:
                break
            child = self._take()
            try:
                reply = child.ask((body, content_type, url), self._deadline)
            except TimeoutError as error:
                self._bury(child)
                raise Killed(
                    f"{url} takes longer than {self._deadline:g} seconds to read; no feed should"
                ) from error
            except (OSError, EOFError):
                self._bury(child)
            else:
                self._busy.remove(child)
                self._idle.append(child)
                return reply
        raise Killed(f"{url} broke the reader of feeds; no feed should")

    def _take(self) -> Child:
        try:
            child = self._idle.pop()
        except IndexError:
            child = Child.start(self._deadline, self._memory)
        self._busy.add(child)
        if self._closing:
            child.kill()
        return child

    def _bury(self, child: Child) -> None:
        self._busy.remove(child)
        child.bury()
