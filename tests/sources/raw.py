"""A server that answers every request with the very bytes it is given, then hangs up."""

from __future__ import annotations

import asyncio
import contextlib
from types import TracebackType
from typing import Self


class RawServer:
    """Listens on 127.0.0.1; `url` is its origin. `held` keeps the connection open afterwards."""

    def __init__(self, answer: bytes, held: bool = False) -> None:
        self._answer = answer
        self._over = asyncio.Event()
        if not held:
            self._over.set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await reader.readuntil(b"\r\n\r\n")
            writer.write(self._answer)
            await writer.drain()
            await self._over.wait()
        writer.close()
