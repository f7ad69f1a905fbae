"""
What does Yahoo Finance say? The `Quotes` port, through yfinance's own session.

Many quotes in one request; charts as raw JSON. Never `yf.download` (it swaps the session), never
`AsyncWebSocket` (it freezes the loop). Yahoo's data is for personal use.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.model.market import Bar, CorporateAction, Quote
from bot.sources.yahoo.charts import read_actions, read_bars
from bot.sources.yahoo.reading import FIELDS, read_quotes, read_search

_QUOTE = "https://query1.finance.yahoo.com/v7/finance/quote"
_CHART = "https://query2.finance.yahoo.com/v8/finance/chart/"
_SEARCH = "https://query2.finance.yahoo.com/v1/finance/search"
_BATCH = 50


class _Market(Protocol):
    def now(self) -> datetime: ...


class _Real(Protocol):
    def monotonic(self) -> float: ...


class Yahoo:
    """
    `base_url` is a stand-in's address, None for Yahoo itself; `cache_dir` keeps its cookie.

    `timeout` in seconds is for one answer, its cookie and crumb included. Quotes are dated by
    `market`, silences by `real`. Raises `Unreachable` or `Unreadable`.
    """

    def __init__(
        self, base_url: str | None, cache_dir: Path, timeout: float, market: _Market, real: _Real
    ) -> None:
        from bot.sources.yahoo.wire import Wire

        self._market = market
        self._wire = Wire(base_url, cache_dir, timeout, real.monotonic)
        # yfinance blocks, and `wait_for` stops no thread: a pool of its own, so none else starves.
        self._pool = ThreadPoolExecutor(2, thread_name_prefix="yahoo")

    @property
    def requests(self) -> int:
        """HTTP requests sent so far, those for cookie and crumb included."""
        return self._wire.requests

    async def latest(self, tickers: Sequence[str]) -> dict[str, Quote]:
        """Quotes by ticker as asked; tickers Yahoo does not know, or cannot price, are left out."""
        asked = {ticker.upper(): ticker for ticker in tickers}
        symbols = list(asked)
        quotes: dict[str, Quote] = {}
        for start in range(0, len(symbols), _BATCH):
            batch = ",".join(symbols[start : start + _BATCH])
            told = await self._ask(_QUOTE, {"symbols": batch, "fields": FIELDS})
            for quote in read_quotes(told, self._market.now()):
                if ticker := asked.get(quote.ticker):
                    quotes[ticker] = quote
        return quotes

    async def bars(self, ticker: str, interval: str, span: str) -> list[Bar]:
        """
        Bars as Yahoo has them, oldest first: adjusted for splits, not for dividends.

        "1m" includes extended hours. The last "1d" bar is that of the session under way, if one
        is. Empty for a ticker Yahoo does not know.
        """
        extended = "true" if interval == "1m" else "false"
        params = {"range": span, "interval": interval, "includePrePost": extended}
        return read_bars(await self._ask(_CHART + ticker.upper(), params))

    async def actions(self, ticker: str) -> tuple[CorporateAction, ...]:
        """Splits and dividends of the last five days and today, oldest first."""
        params = {"range": "5d", "interval": "1d", "events": "div,splits,capitalGains"}
        return read_actions(await self._ask(_CHART + ticker.upper(), params))

    async def search(self, words: str) -> list[tuple[str, str]]:
        """(ticker, company name) of what Yahoo finds for `words`, best first."""
        params = {"q": words, "quotesCount": "8", "newsCount": "0"}
        return read_search(await self._ask(_SEARCH, params))

    async def close(self) -> None:
        """Start nothing more; a request under way ends by its time-out."""
        self._wire.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self._pool.shutdown)
        self._wire.close()

    async def _ask(self, url: str, params: Mapping[str, str]) -> object:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._wire.fetch, url, params)
