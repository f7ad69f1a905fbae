"""An HTTP server on 127.0.0.1 that can be taken down and brought back at the same address."""

from __future__ import annotations

import json
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from aiohttp import web
from aiohttp.typedefs import Middleware


class Loopback:
    """
    Serves `routes()` while started; a subclass says which.

    `stop()` closes the port, so that connections are refused; `start()` opens the same one.
    A handler whose client has gone is cancelled.
    """

    def __init__(self) -> None:
        self._runner: web.AppRunner | None = None
        self._port = 0

    def routes(self) -> Sequence[web.RouteDef]:
        raise NotImplementedError

    def middlewares(self) -> Sequence[Middleware]:
        return ()

    @property
    def url(self) -> str:
        """The base address, "http://127.0.0.1:PORT", known once started."""
        return f"http://127.0.0.1:{self._port}"

    async def start(self, port: int = 0) -> None:
        app = web.Application(middlewares=self.middlewares())
        app.add_routes(self.routes())
        runner = web.AppRunner(
            app, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port or self._port, reuse_address=True).start()
        self._runner, self._port = runner, runner.addresses[0][1]

    async def stop(self) -> None:
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()


async def read_object(request: web.Request) -> dict[str, Any]:
    """The body, which must be a JSON object; anything else is refused with 400."""
    try:
        body = json.loads(await request.read())
    except ValueError as error:
        raise web.HTTPBadRequest(text=f"the body must be JSON: {error}") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text=f"the body must be a JSON object, was {body!r}")
    return body


def drop(request: web.Request) -> None:
    """Cut the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
