"""One worker process, seen from the desk: asked one document at a time, killed when it hangs."""

from __future__ import annotations

import contextlib
import multiprocessing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from bot.errors import Unreachable
from bot.sources.parse_worker.reading import serve

_START = 30.0  # seconds
_LONGEST_REPLY = 50_000_000


@dataclass(frozen=True, slots=True)
class Child:
    process: ForkServerProcess
    requests: Connection
    replies: Connection

    @staticmethod
    def start(deadline: float, memory: int) -> Child:
        """Raises `Unreachable` when it does not come up."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["bot.sources.parse_worker.documents"])
        theirs_in, requests = context.Pipe(duplex=False)
        replies, theirs_out = context.Pipe(duplex=False)
        process = context.Process(
            target=serve, args=(theirs_in, theirs_out, deadline, memory), name="parse", daemon=True
        )
        process.start()
        theirs_in.close()
        theirs_out.close()
        child = Child(process, requests, replies)
        if not replies.poll(_START):
            child.bury()
            raise Unreachable(f"the reader of feeds did not start within {_START:g} seconds")
        with contextlib.suppress(EOFError):
            replies.recv_bytes()
        return child

    def ask(self, request: tuple[bytes, str, str], deadline: float) -> bytes:
        """Raises `TimeoutError` after `deadline` seconds, `OSError` or `EOFError` when it died."""
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
