"""The real yfinance, told to find Yahoo on loopback and nowhere else."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from curl_cffi import requests

QUOTE = "https://query1.finance.yahoo.com/v7/finance/quote"
CHART = "https://query2.finance.yahoo.com/v8/finance/chart/"


class LoopbackSession(requests.Session[requests.Response]):
    """Sends what is meant for a Yahoo host to the sandbox; refuses every other host."""

    def __init__(self, base: str) -> None:
        super().__init__(timeout=5, trust_env=False)
        self._base = base

    def request(self, method: Any, url: str, *args: Any, **options: Any) -> Any:
        parts = urlsplit(url)
        host = parts.hostname or ""
        if not host.endswith(".yahoo.com"):
            raise ConnectionRefusedError(f"{host} is not the local Yahoo")
        tail = f"?{parts.query}" if parts.query else ""
        return super().request(
            method, f"{self._base}/_h/{host}{parts.path}{tail}", *args, **options
        )


class Yfinance:
    """yfinance's own client over such a session, called from a thread."""

    def __init__(self, base: str, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import yfinance
            from yfinance.data import YfData
        yfinance.set_tz_cache_location(str(folder))
        self._data = YfData(session=LoopbackSession(base))
        self._data._crumb = None
        self._data._cookie = None

    async def json(self, url: str, **params: str) -> Any:
        return await asyncio.to_thread(self._data.get_raw_json, url, params=params)

    async def quotes(self, *tickers: str) -> dict[str, dict[str, Any]]:
        told = await self.json(QUOTE, symbols=",".join(tickers))
        return {row["symbol"]: row for row in told["quoteResponse"]["result"]}

    async def chart(self, ticker: str, **params: str) -> dict[str, Any]:
        told = await self.json(CHART + ticker, **params)
        (result,) = told["chart"]["result"]
        return dict(result)


async def get(url: str, **params: str) -> tuple[int, str, Any]:
    """Status, content type and the body: JSON where it is."""
    async with aiohttp.ClientSession() as session, session.get(url, params=params) as response:
        json = response.content_type == "application/json"
        return (
            response.status,
            response.content_type,
            await (response.json() if json else response.text()),
        )
