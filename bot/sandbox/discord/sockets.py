"""How frames leave on one gateway socket: in order, compressed as the client asked."""

from __future__ import annotations

import asyncio
import importlib
import json
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.discord.wire import Json

_Encode = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class _Close:
    code: int
    reason: str


class Socket:
    """One connection; `serve` writes what `send` queued until the socket is closed."""

    def __init__(self, ws: web.WebSocketResponse, request: web.Request, encode: _Encode | None):
        self.ws = ws
        self.closed = False  # by us; the client then answers with its own code
        self._request = request
        self._encode = encode
        self._queue: asyncio.Queue[str | _Close] = asyncio.Queue()

    def send(self, frame: str) -> None:
        self._queue.put_nowait(frame)

    def operation(self, op: int, data: Any = None) -> None:
        """Send a frame that is not an event."""
        self.send(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def close(self, code: int, reason: str = "") -> None:
        """Close, after what was queued before."""
        self.closed = True
        self._queue.put_nowait(_Close(code, reason))

    def abort(self) -> None:
        """Cut the connection without a word."""
        if self._request.transport is not None:
            self._request.transport.abort()

    async def serve(self) -> None:
        while True:
            frame = await self._queue.get()
            try:
                if isinstance(frame, _Close):
                    await self.ws.close(code=frame.code, message=frame.reason.encode())
                    return
                if self._encode is None:
                    await self.ws.send_str(frame)
                else:
                    await self.ws.send_bytes(self._encode(frame))
            except (ConnectionError, RuntimeError):
                return


def encoder(compress: str | None) -> _Encode | None:
    """One compression context for the life of a socket; LookupError when there is none."""
    if compress is None:
        return None
    if compress == "zlib-stream":
        return _zlib()
    if compress == "zstd-stream":
        return _zstd()
    raise LookupError(f"no compression {compress}")


def _zlib() -> _Encode:
    context = zlib.compressobj()
    return lambda frame: context.compress(frame.encode()) + context.flush(zlib.Z_SYNC_FLUSH)


def _zstd() -> _Encode:
    try:
        zstandard: Any = importlib.import_module("zstandard")
    except ImportError as missing:
        raise LookupError("zstandard is not installed") from missing
    context = zstandard.ZstdCompressor().compressobj()
    block = zstandard.COMPRESSOBJ_FLUSH_BLOCK

    def encode(frame: str) -> bytes:
        compressed: bytes = context.compress(frame.encode()) + context.flush(block)
        return compressed

    return encode


def event(name: str, data: Json, sequence: int) -> str:
    """The frame of one event."""
    return json.dumps({"op": 0, "t": name, "s": sequence, "d": data}, separators=(",", ":"))
