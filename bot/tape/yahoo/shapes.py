"""What /v7/finance/quote, quoteSummary, search and the news stream say of a listing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.tape.nouns import Item, Print, Tape
from bot.tape.yahoo.listing import QUARTER, Listing, State

# Keys that come whether `fields` names them or not; the currency is not among them.
# fmt: off
ALWAYS = frozenset((
    "language", "region", "quoteType", "typeDisp", "quoteSourceName", "triggerable",
    "marketState", "exchange", "fullExchangeName", "exchangeTimezoneName",
    "exchangeTimezoneShortName", "gmtOffSetMilliseconds", "market", "esgPopulated",
    "sourceInterval", "exchangeDataDelayedBy", "tradeable", "cryptoTradeable", "priceHint",
    "hasPrePostMarketData", "customPriceAlertConfidence", "corporateActions", "symbol",
))
# fmt: on
# Prices in hundredths of the currency; a market capitalisation is in the whole one.
PARTS = frozenset({"GBp", "ZAc", "ILA"})


class Zone(NamedTuple):
    """`offset` is in seconds east of Greenwich."""

    short: str
    offset: int


def zone_names(listing: Listing) -> Zone:
    offset = listing.opens.utcoffset() or timedelta(0)
    return Zone(listing.opens.tzname() or "", int(offset.total_seconds()))


def names(listing: Listing) -> Mapping[str, Any]:
    """What does not move: names, exchange, kind."""
    zone = zone_names(listing)
    kind = str(listing.symbol.quote.get("quoteType", "EQUITY"))
    return {
        "language": "en-US",
        "region": "US",
        "typeDisp": "ETF" if kind == "ETF" else kind.title(),
        "triggerable": True,
        "customPriceAlertConfidence": "HIGH",
        "corporateActions": [],
        "esgPopulated": False,
        "sourceInterval": 15,
        "tradeable": False,
        "cryptoTradeable": False,
        "hasPrePostMarketData": listing.hours.early is not None,
        "exchangeTimezoneName": listing.hours.zone,
        "exchangeTimezoneShortName": zone.short,
        "gmtOffSetMilliseconds": zone.offset * 1000,
        "longName": listing.symbol.name,
        "shortName": listing.symbol.name,
        "quoteType": kind,
        "exchange": "",
        "fullExchangeName": "",
        "exchangeDataDelayedBy": 0,
        "priceHint": 2,
        **listing.symbol.quote,
        "symbol": listing.symbol.symbol,
        "currency": listing.symbol.currency,
    }


def quote(listing: Listing) -> dict[str, Any]:
    """
    One row of `quoteResponse.result`.

    Before the open every `regularMarket…` is still the last session's, its percent included.
    """
    return {
        **names(listing),
        "marketState": listing.state.value,
        **_regular(listing),
        **_averages(listing),
        **_extended(listing),
    }


def narrow(row: dict[str, Any], wanted: Iterable[str]) -> dict[str, Any]:
    """The row with `fields=` obeyed."""
    keep = ALWAYS | set(wanted)
    return {key: value for key, value in row.items() if key in keep}


def _regular(listing: Listing) -> dict[str, Any]:
    today, before = listing.today, listing.days[-1].close
    if today is None:
        today, before = listing.days[-1], listing.days[-2].close
    price, close = float(today.close), float(before)
    return {
        "regularMarketPrice": price,
        "regularMarketTime": _epoch(listing.last.at),
        "regularMarketPreviousClose": close,
        "regularMarketChange": price - close,
        "regularMarketChangePercent": (price / close - 1) * 100,
        "regularMarketOpen": float(today.open),
        "regularMarketDayHigh": float(today.high),
        "regularMarketDayLow": float(today.low),
        "regularMarketDayRange": f"{today.low:.2f} - {today.high:.2f}",
        "regularMarketVolume": today.volume,
        "bid": round(price - 0.01, 4),
        "ask": round(price + 0.01, 4),
    }


def _averages(listing: Listing) -> dict[str, Any]:
    past, today = listing.past, listing.today
    lows, highs = past.year
    low = float(min(lows, today.low) if today else lows)
    high = float(max(highs, today.high) if today else highs)
    price = float(listing.last.price)
    row: dict[str, Any] = {
        "averageDailyVolume3Month": past.volumes[QUARTER],
        "averageDailyVolume10Day": past.volumes[10],
        "fiftyTwoWeekLow": low,
        "fiftyTwoWeekHigh": high,
        "fiftyTwoWeekRange": f"{low:.2f} - {high:.2f}",
    }
    for word, count in (("fiftyDay", 50), ("twoHundredDay", 200)):
        average = past.averages[count]
        row[f"{word}Average"] = round(average, 4)
        row[f"{word}AverageChange"] = round(price - average, 4)
        row[f"{word}AverageChangePercent"] = price / average - 1
    if shares := listing.symbol.quote.get("sharesOutstanding"):
        whole = price / 100 if listing.symbol.currency in PARTS else price
        row["marketCap"] = round(whole * int(shares))
    return row


def _extended(listing: Listing) -> dict[str, Any]:
    """A price outside regular hours stands beside the regular one and is measured from it."""
    if listing.hours.early is None:
        return {}
    if listing.state is State.PRE and (ticks := listing.before_open):
        return _outside("preMarket", ticks[-1], float(listing.last.price))
    if listing.at >= listing.closes and (ticks := listing.after_close):
        return _outside("postMarket", ticks[-1], float(listing.last.price))
    return {}


def _outside(word: str, tick: Print, regular: float) -> dict[str, Any]:
    price = float(tick.price)
    return {
        f"{word}Price": price,
        f"{word}Time": _epoch(tick.at),
        f"{word}Change": price - regular,
        f"{word}ChangePercent": (price / regular - 1) * 100,
    }


def _epoch(at: datetime) -> int:
    return int(at.timestamp())


def search(tape: Tape, words: str) -> list[dict[str, Any]]:
    """Listings whose ticker or name begins with, or contains, the words."""
    words = words.lower().strip()
    hits = [
        symbol
        for symbol in tape.symbols.values()
        if words and (words in symbol.symbol.lower() or words in symbol.name.lower())
    ]
    hits.sort(key=lambda symbol: symbol.symbol.lower() != words)
    return [
        {
            "exchange": symbol.quote.get("exchange"),
            "exchDisp": symbol.quote.get("fullExchangeName"),
            "shortname": symbol.quote.get("shortName", symbol.name),
            "longname": symbol.name,
            "quoteType": symbol.quote.get("quoteType"),
            "symbol": symbol.symbol,
            "index": "quotes",
            "score": 20000.0 - place,
            "isYahooFinance": True,
        }
        for place, symbol in enumerate(hits)
    ]


def summary(listing: Listing, modules: Iterable[str]) -> dict[str, Any]:
    known = {"price": quote(listing), "quoteType": dict(names(listing))}
    return {module: known.get(module, {"maxAge": 1}) for module in modules if module}


def told(tape: Tape, symbol: str, now: datetime) -> list[Item]:
    """Headlines about `symbol` that are to be seen at `now`, newest first."""
    about = [item for item in reversed(tape.items) if symbol.upper() in item.symbols]
    return [shown for item in about if (shown := item.at(now))]


def news(items: Iterable[Item]) -> list[dict[str, Any]]:
    """Rows of `news` of the search; `stream` is the other shape of the same."""
    return [
        {
            "uuid": item.id,
            "title": item.title,
            "publisher": item.source,
            "link": item.link,
            "providerPublishTime": _epoch(item.published),
            "type": "STORY",
            "relatedTickers": list(item.symbols),
        }
        for item in items
    ]


def stream(items: Iterable[Item]) -> list[dict[str, Any]]:
    return [
        {
            "id": item.id,
            "content": {
                "id": item.id,
                "contentType": "STORY",
                "title": item.title,
                "summary": item.summary,
                "pubDate": f"{item.published:%Y-%m-%dT%H:%M:%S%z}",
                "provider": {"displayName": item.source, "url": item.link},
                "canonicalUrl": {"url": item.link},
            },
        }
        for item in items
    ]
