"""
The worker's side: documents in, JSON out, until the pipe ends. Nothing here runs in the desk.

Everything that is done to a feed's bytes is done here, under the deadline.
"""

from __future__ import annotations

import gc
import json
import resource
import signal
from multiprocessing.connection import Connection

_GROWTH = 60_000  # kilobytes beyond what it began with


def serve(requests: Connection, replies: Connection, deadline: float, memory: int) -> None:
    """
    Until the pipe ends, or the worker has grown: what it holds of a document goes with it.

    The desk kills at `deadline` seconds; an orphan ends itself soon after.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    from bot.sources.parse_worker.documents import read

    gc.freeze()
    grown = _held() + _GROWTH
    replies.send_bytes(b"ready")
    while _held() < grown:
        try:
            body, content_type, url = requests.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_REAL, 2 * deadline)
        reply = json.dumps(read(body, content_type, url)).encode()
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            replies.send_bytes(reply)
        except OSError:
            return


def _held() -> int:
    """The most memory this process ever held, in kilobytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
