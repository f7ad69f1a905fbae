"""
One REST request from the socket to its answer.

    read ─▶ fault before? ─▶ limits ─▶ token ─▶ bucket ─▶ route ─▶ fault after? ─▶ log ─▶ answer
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.discord.call import Call, Upload
from bot.sandbox.discord.faults import Fault, Faults, Kind
from bot.sandbox.discord.limits import PROXY, Gatekeeper, too_many
from bot.sandbox.discord.log import RequestLog
from bot.sandbox.discord.routes import Router
from bot.sandbox.discord.wire import Refused, refusal, unauthorized

_PREFIX = "/api/v10"
_BANNED = "<!doctype html><title>Access denied | Cloudflare</title><h1>Error 1015</h1>"


@dataclass(frozen=True, slots=True)
class _Answer:
    """Status 0 is no answer: the socket is aborted."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Api:
    """Everything below /api/v10."""

    token: str
    router: Router
    faults: Faults
    gate: Gatekeeper
    log: RequestLog
    closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        call = Call(request.method, request.path, request.query, dict(request.headers))
        try:
            call = await _read(request, call)
            answer = await self._answer(call)
        except Refused as refused:
            answer = _refused(refused)
        self.log.write(call, answer.status)
        if answer.status == 0 and request.transport is not None:
            request.transport.abort()
        return web.Response(status=answer.status or 500, body=answer.body, headers=answer.headers)

    async def _answer(self, call: Call) -> _Answer:
        if self.faults.down:
            return _page(503, "upstream connect error")
        fault = self.faults.take(call.method, call.path)
        if fault is None:
            return self._served(call)
        if fault.applied:
            served = self._served(call)
            return await self._struck(fault) or served
        return await self._struck(fault) or self._served(call)

    async def _struck(self, fault: Fault) -> _Answer | None:
        """What the fault answers in Discord's place; None when Discord answers after all."""
        if fault.kind is Kind.SLOW:
            await self._pause(fault.seconds)
            return None
        if fault.kind is Kind.DROP:
            return _Answer(0)
        if fault.kind is Kind.RATE_LIMIT:
            return _refused(too_many(fault.seconds, fault.scope))
        if fault.kind is Kind.ERROR:
            return _refused(Refused(fault.status, fault.code, fault.message))
        if fault.kind is Kind.CLOUDFLARE:
            banned = _page(429, _BANNED)
            headers = {"Content-Type": "text/html", "Retry-After": str(int(fault.seconds))}
            return replace(banned, headers=headers)
        return _page(fault.status, fault.message or "upstream error")

    async def _pause(self, seconds: float) -> None:
        try:
            await asyncio.wait_for(self.closing.wait(), seconds)
        except TimeoutError:
            return

    def _served(self, call: Call) -> _Answer:
        headers: dict[str, str] = {}
        try:
            found = self.router.find(call.method, call.path.removeprefix(_PREFIX))
            if found is None:
                raise refusal(0)
            route, parameters = found
            if route.bot:
                self._authorize(call)
                self.gate.admit_globally()
                subject = parameters.get("channel") or parameters.get("guild") or ""
                headers = self.gate.admit(f"{route.method} {route.template}", subject)
            body = route.handler(replace(call, parameters=parameters))
        except Refused as refused:
            refused.headers = headers | refused.headers
            return _refused(refused)
        if body is None:
            return _Answer(204, b"", headers)
        return _json(200, body, headers)

    def _authorize(self, call: Call) -> None:
        if call.headers.get("Authorization") != f"Bot {self.token}":
            raise unauthorized()


async def _read(request: web.Request, call: Call) -> Call:
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request, call)
    text = await request.read()
    return replace(call, body=_decoded(text)) if text else call


async def _read_multipart(request: web.Request, call: Call) -> Call:
    body: Any = None
    uploads: list[Upload] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        data = bytes(await part.read())
        if part.name == "payload_json":
            body = _decoded(data)
        else:
            kind = part.headers.get("Content-Type", "application/octet-stream")
            uploads.append(Upload(part.name or "", part.filename or "", kind, data))
    return replace(call, body=body, uploads=uploads, multipart=True)


def _decoded(text: bytes) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise refusal(50109) from error


def _json(status: int, body: Any, headers: dict[str, str]) -> _Answer:
    # Exactly this type: with a charset behind it discord.py takes the body for text.
    spelled = {"Content-Type": "application/json", "Via": PROXY, **headers}
    return _Answer(status, json.dumps(body, separators=(",", ":")).encode(), spelled)


def _refused(refused: Refused) -> _Answer:
    return _json(refused.status, refused.body, refused.headers)


def _page(status: int, text: str) -> _Answer:
    return _Answer(status, text.encode(), {"Content-Type": "text/html", "Via": PROXY})
