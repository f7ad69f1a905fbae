"""The routes that yfinance uses, under /_h/{host}/… so that the hosts stay apart."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from datetime import datetime

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from bot.sandbox.loopback import Loopback, drop, read_object
from bot.sandbox.yahoo.faults import Faults, bend_listing, bend_quote, read_faults
from bot.tape import Item, Tape
from bot.tape.yahoo import Listing, Provider, answers, shapes

_CRUMBED = ("quote", "summary")
_FORM = '<form><input name="csrfToken" value="t"><input name="sessionId" value="s"></form>'
_PAGES = {429: "Edge: Too Many Requests", 503: "<html><body>Will be right back...</body></html>"}


class YahooServer(Loopback):
    """
    Yahoo as it would have answered at `now`. `requests` counts by route, refusals included.

    `faults` may be replaced at any time, also by POST /_sandbox/faults (what the body does not
    name is off again).
    """

    def __init__(self, tape: Tape, now: Callable[[], datetime]) -> None:
        super().__init__()
        self.faults = Faults()
        self.requests: Counter[str] = Counter()
        self._provider = Provider(tape)
        self._now = now

    def routes(self) -> list[web.RouteDef]:
        host = "/_h/{host}"
        return [
            web.get(f"{host}/", self._cookie, name="cookie"),
            web.get(f"{host}/v1/test/getcrumb", self._crumb, name="crumb"),
            web.get(f"{host}/consent", self._consent, name="consent"),
            web.get(f"{host}/copyConsent", self._consent, name="consent.copy"),
            web.post(f"{host}/v2/collectConsent", self._consent, name="consent.collect"),
            web.get(f"{host}/v7/finance/quote", self._quote, name="quote"),
            web.get(f"{host}/v8/finance/chart/{{symbol}}", self._chart, name="chart"),
            web.get(f"{host}/v10/finance/quoteSummary/{{symbol}}", self._summary, name="summary"),
            web.get(
                f"{host}/ws/fundamentals-timeseries/v1/finance/timeseries/{{symbol}}",
                self._timeseries,
                name="timeseries",
            ),
            web.get(f"{host}/v1/finance/search", self._search, name="search"),
            web.post(f"{host}/xhr/ncp", self._stream, name="news"),
            web.get("/_sandbox/faults", self._show_faults),
            web.post("/_sandbox/faults", self._set_faults),
        ]

    def middlewares(self) -> list[Middleware]:
        return [self._misbehave]

    @web.middleware
    async def _misbehave(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        route = (request.match_info.route.name or "").partition(".")[0]
        if not route:
            return await handler(request)
        self.requests[route] += 1
        if self.faults.dropped:
            drop(request)
            return web.Response()
        if delay := self.faults.delay(route):
            await asyncio.sleep(delay)
        if status := self.faults.of(route):
            page = _PAGES.get(status, "<html><body>Something went wrong</body></html>")
            return web.Response(status=status, text=page, content_type="text/html")
        if route in _CRUMBED and request.query.get("crumb") != self.faults.crumb:
            body = answers.error("finance", "Unauthorized", "Invalid Crumb")
            return web.json_response(body, status=401)
        return await handler(request)

    async def _cookie(self, request: web.Request) -> web.Response:
        response = web.Response(status=404)
        response.set_cookie("A3", "d=sandbox&S=AQ", max_age=31557600, path="/")
        return response

    async def _crumb(self, request: web.Request) -> web.Response:
        return web.Response(text=self.faults.crumb)

    async def _consent(self, request: web.Request) -> web.Response:
        return web.Response(text=_FORM, content_type="text/html")

    def _look(self, symbol: str) -> Listing | None:
        """The listing now; None for one that this Yahoo does not know."""
        if symbol in self.faults.missing:
            return None
        listing = self._provider.look(symbol, self._now(), self.faults.frozen_at)
        return bend_listing(listing, self.faults) if listing else None

    async def _quote(self, request: web.Request) -> web.Response:
        wanted = [symbol for symbol in request.query.get("symbols", "").split(",") if symbol]
        listings = [] if self.faults.empty else [self._look(symbol) for symbol in wanted]
        rows = [bend_quote(shapes.quote(found), self.faults) for found in listings if found]
        return web.json_response(answers.quotes(rows, request.query))

    async def _chart(self, request: web.Request) -> web.Response:
        listing = self._look(request.match_info["symbol"])
        status, body = answers.charts(listing, request.query)
        return web.json_response(body, status=status)

    async def _summary(self, request: web.Request) -> web.Response:
        symbol = request.match_info["symbol"]
        listing = self._look(symbol)
        if listing is None:
            words = f"Quote not found for symbol: {symbol}"
            return web.json_response(answers.error("quoteSummary", "Not Found", words), status=404)
        found = shapes.summary(listing, request.query.get("modules", "").split(","))
        return web.json_response({"quoteSummary": {"result": [found], "error": None}})

    async def _timeseries(self, request: web.Request) -> web.Response:
        meta = {"symbol": [request.match_info["symbol"]], "type": ["trailingPegRatio"]}
        return web.json_response({"timeseries": {"result": [{"meta": meta}], "error": None}})

    async def _search(self, request: web.Request) -> web.Response:
        told = self._told(request.query.get("q", ""))
        return web.json_response(answers.search(self._provider.tape, request.query, told))

    async def _stream(self, request: web.Request) -> web.Response:
        body = await read_object(request)
        (symbol, *_) = body.get("serviceConfig", {}).get("s") or [""]
        rows = shapes.stream(self._told(symbol))
        return web.json_response({"data": {"tickerStream": {"stream": rows}}})

    def _told(self, symbol: str) -> list[Item]:
        return shapes.told(self._provider.tape, symbol, self._now())

    async def _show_faults(self, request: web.Request) -> web.Response:
        return web.json_response({"requests": dict(self.requests)})

    async def _set_faults(self, request: web.Request) -> web.Response:
        try:
            self.faults = read_faults(await read_object(request))
        except (ValueError, TypeError) as error:
            raise web.HTTPBadRequest(text=str(error)) from error
        return await self._show_faults(request)
