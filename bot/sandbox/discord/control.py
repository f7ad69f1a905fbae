"""The control routes below /_sandbox: faults, the gateway and the record, over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aiohttp import web

from bot.sandbox.discord.faults import Fault, Faults
from bot.sandbox.discord.gateway import Gateway
from bot.sandbox.discord.wire import Json

_GATEWAY = ("close", "abort", "op", "forget", "acknowledge")


class Control:
    """
    POST, GET, DELETE /_sandbox/faults   add one fault or a list of them, list, clear
    POST /_sandbox/down                  {"down": true}
    POST /_sandbox/gateway               {"close": 4000} · {"abort": true} · {"op": 9, "d": false}
                                         {"forget": true} · {"acknowledge": false}
    GET  /_sandbox/export                messages and the number of requests
    """

    def __init__(self, faults: Faults, gateway: Gateway, export: Callable[[], Json]) -> None:
        self._faults = faults
        self._gateway = gateway
        self._export = export

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/_sandbox/faults", self._add),
            web.get("/_sandbox/faults", self._list),
            web.delete("/_sandbox/faults", self._clear),
            web.post("/_sandbox/down", self._down),
            web.post("/_sandbox/gateway", self._disturb),
            web.get("/_sandbox/export", self._record),
        ]

    async def _add(self, request: web.Request) -> web.Response:
        spelled = await request.json()
        try:
            faults = [Fault.of(each) for each in _listed(spelled)]
        except (ValueError, TypeError, AttributeError) as mistake:
            return web.json_response({"error": str(mistake)}, status=400)
        for fault in faults:
            self._faults.add(fault)
        return web.json_response(self._faults.waiting(), status=201)

    async def _list(self, request: web.Request) -> web.Response:
        return web.json_response(self._faults.waiting())

    async def _clear(self, request: web.Request) -> web.Response:
        self._faults.clear()
        return web.json_response([])

    async def _down(self, request: web.Request) -> web.Response:
        self._faults.down = bool((await request.json()).get("down"))
        return web.json_response({"down": self._faults.down})

    async def _disturb(self, request: web.Request) -> web.Response:
        wanted = await request.json()
        gateway = self._gateway
        if not set(wanted) & set(_GATEWAY):
            return web.json_response({"error": f"say one of {_GATEWAY}"}, status=400)
        if "acknowledge" in wanted:
            gateway.acknowledges = bool(wanted["acknowledge"])
        if wanted.get("forget"):
            gateway.forget()
        if "op" in wanted:
            gateway.operation(int(wanted["op"]), wanted.get("d"))
        if "close" in wanted:
            gateway.close(int(wanted["close"]))
        if wanted.get("abort"):
            gateway.abort()
        return web.json_response({"connected": gateway.connected})

    async def _record(self, request: web.Request) -> web.Response:
        return web.json_response(self._export())


def _listed(spelled: Any) -> list[Any]:
    return spelled if isinstance(spelled, list) else [spelled]
