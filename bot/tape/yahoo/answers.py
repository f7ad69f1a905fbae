"""Whole answers, as they come over the wire: what was asked for in Yahoo's envelopes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bot.tape.nouns import Item, Tape
from bot.tape.yahoo import shapes
from bot.tape.yahoo.charts import chart, read_wanted
from bot.tape.yahoo.listing import Listing

Json = dict[str, Any]


def quotes(rows: Iterable[Json], query: Mapping[str, str]) -> Json:
    """Of /v7/finance/quote; `rows` are those of the symbols that Yahoo knows."""
    found = list(rows)
    if fields := query.get("fields"):
        found = [shapes.narrow(row, fields.split(",")) for row in found]
    return {"quoteResponse": {"result": found, "error": None}}


def charts(listing: Listing | None, query: Mapping[str, str]) -> tuple[int, Json]:
    """Status and body of /v8/finance/chart."""
    wanted = read_wanted(query)
    if wanted.problem:
        return 422, error("chart", "Unprocessable Entity", wanted.problem)
    if listing is None:
        return 404, error("chart", "Not Found", "No data found, symbol may be delisted")
    return 200, {"chart": {"result": [chart(listing, wanted)], "error": None}}


def search(tape: Tape, query: Mapping[str, str], told: Iterable[Item]) -> Json:
    """Of /v1/finance/search; `told` are the headlines about the words, newest first."""
    rows = shapes.search(tape, query.get("q", ""))[: _count(query, "quotesCount", 7)]
    news = shapes.news(told)[: _count(query, "newsCount", 4)]
    return {"explains": [], "count": len(rows), "quotes": rows, "news": news}


def error(envelope: str, code: str, words: str) -> Json:
    return {envelope: {"result": None, "error": {"code": code, "description": words}}}


def _count(query: Mapping[str, str], key: str, usual: int) -> int:
    text = query.get(key, "")
    return int(text) if text.isdigit() else usual
