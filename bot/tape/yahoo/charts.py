"""What /v8/finance/chart says of a listing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from bot.tape.nouns import Daily
from bot.tape.yahoo.intraday import Bar, bars_of, invent_bars
from bot.tape.yahoo.listing import Listing
from bot.tape.yahoo.shapes import names, zone_names

RANGES = ("1d", "5d", "1mo", "3mo", "6mo", "1y", "2y", "5y", "10y", "ytd", "max")
INTERVALS = {"1m": 60, "2m": 120, "5m": 300, "15m": 900, "30m": 1800, "60m": 3600, "1h": 3600}
_DAYS = {"1mo": 31, "3mo": 92, "6mo": 183, "1y": 365, "2y": 730, "5y": 1826, "10y": 3652}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A chart request. `since` and `until` are epoch seconds, instead of a range."""

    interval: str
    range: str = ""
    since: int | None = None
    until: int | None = None
    extended: bool = False
    events: frozenset[str] = frozenset()

    @property
    def problem(self) -> str:
        """Yahoo's words for a request that it refuses, "" for one that it answers."""
        if self.interval != "1d" and self.interval not in INTERVALS:
            return f"Invalid input - interval={self.interval} is not supported."
        if self.range and self.range not in RANGES:
            return f"Invalid input - range={self.range} is not supported."
        return ""


def read_wanted(query: Mapping[str, str]) -> Wanted:
    """From a request's query."""
    since, until = query.get("period1"), query.get("period2")
    return Wanted(
        interval=query.get("interval", "1d"),
        range=query.get("range", "") or ("" if since else "1d"),
        since=int(since) if since else None,
        until=int(until) if until else None,
        extended=query.get("includePrePost", "").lower() == "true",
        events=frozenset(word.rstrip("s") for word in query.get("events", "").split(",")),
    )


def chart(listing: Listing, wanted: Wanted) -> dict[str, Any]:
    """One element of `chart.result`."""
    days = _days(listing, wanted)
    bars = (_daily if wanted.interval == "1d" else _intraday)(listing, days, wanted)
    if wanted.until is not None:
        bars = [bar for bar in bars if bar.at < wanted.until]
    if wanted.since is not None:
        bars = [bar for bar in bars if bar.at >= wanted.since]
    result = {"meta": _meta(listing, wanted, days)} | _columns(bars, wanted)
    events = _events(listing, days[0].day if days else listing.day, wanted)
    return result | ({"events": events} if events else {})


def _events(listing: Listing, since: date, wanted: Wanted) -> dict[str, Any]:
    """Splits and dividends of the days shown, as far as they were asked for."""
    symbol, until = listing.symbol, listing.day
    splits = {
        str(at): {
            "date": at,
            "numerator": split.numerator,
            "denominator": split.denominator,
            "splitRatio": f"{split.numerator}:{split.denominator}",
        }
        for split in symbol.splits
        if since <= split.day <= until and (at := _opening(listing, split.day))
    }
    paid = {
        str(at): {"amount": float(each.amount), "date": at}
        for each in symbol.dividends
        if since <= each.day <= until and (at := _opening(listing, each.day))
    }
    told = {"div": ("dividends", paid), "split": ("splits", splits)}
    return {key: rows for word, (key, rows) in told.items() if rows and word in wanted.events}


def _opening(listing: Listing, day: date) -> int:
    return int(listing.hours.opening(day).timestamp())


def _days(listing: Listing, wanted: Wanted) -> tuple[Daily, ...]:
    """The completed sessions that the range takes in."""
    if wanted.range in ("1d", "5d"):
        return listing.days[-4:] if wanted.range == "5d" else ()
    since = date.min
    if wanted.since is not None:
        since = datetime.fromtimestamp(wanted.since, listing.opens.tzinfo).date()
    elif wanted.range in _DAYS:
        since = listing.day - timedelta(days=_DAYS[wanted.range])
    elif wanted.range == "ytd":
        since = date(listing.day.year, 1, 1)
    return tuple(bar for bar in listing.days if bar.day >= since)


def _daily(listing: Listing, days: tuple[Daily, ...], wanted: Wanted) -> list[Bar]:
    """Yahoo stamps the session in progress with its last trade, the completed with their open."""
    bars = [_bar(bar, listing.hours.opening(bar.day)) for bar in days]
    if today := listing.today:
        bars.append(_bar(today, listing.last.at))
    return bars


def _bar(bar: Daily, at: datetime) -> Bar:
    prices = (float(price) for price in (bar.open, bar.high, bar.low, bar.close))
    open_, high, low, close = prices
    return Bar(int(at.timestamp()), open_, high, low, close, bar.volume)


def _intraday(listing: Listing, days: tuple[Daily, ...], wanted: Wanted) -> list[Bar]:
    step, name = INTERVALS[wanted.interval], listing.symbol.symbol
    bars = [bar for day in days for bar in invent_bars(name, day, listing.hours, step)]
    return bars + bars_of(listing.prints if wanted.extended else listing.regular, step)


def _columns(bars: list[Bar], wanted: Wanted) -> dict[str, Any]:
    """Without a bar Yahoo leaves the timestamps out and the columns empty."""
    if not bars:
        return {"indicators": {"quote": [{}]} | _adjusted([], wanted)}
    at, open_, high, low, close, volume = (list(column) for column in zip(*bars, strict=True))
    quote = {"open": open_, "high": high, "low": low, "close": close, "volume": volume}
    return {"timestamp": at, "indicators": {"quote": [quote]} | _adjusted(close, wanted)}


def _adjusted(closes: list[float | int], wanted: Wanted) -> dict[str, Any]:
    return {"adjclose": [{"adjclose": closes}]} if wanted.interval == "1d" else {}


def _meta(listing: Listing, wanted: Wanted, days: tuple[Daily, ...]) -> dict[str, Any]:
    """`chartPreviousClose` is the close before the range, which is seldom yesterday's."""
    shown = len(days)
    before = listing.days[-shown - 1] if shown < len(listing.days) else listing.days[0]
    periods = _periods(listing)
    meta = _standing(listing) | {
        "chartPreviousClose": float(before.close),
        "currentTradingPeriod": periods,
        "dataGranularity": wanted.interval,
        "range": wanted.range,
        "validRanges": list(RANGES),
    }
    if wanted.interval != "1d":
        whole = {key: [[period]] for key, period in periods.items()}
        meta["tradingPeriods"] = whole if wanted.extended else whole["regular"]
    if wanted.range == "1d":
        meta["previousClose"] = float(listing.days[-1].close)
    return meta


def _standing(listing: Listing) -> dict[str, Any]:
    """The part of `meta` that does not depend on what was asked for."""
    last, zone, named = listing.last, zone_names(listing), names(listing)
    today = listing.today or listing.days[-1]
    return {
        "currency": listing.symbol.currency,
        "symbol": listing.symbol.symbol,
        "exchangeName": named["exchange"],
        "fullExchangeName": named["fullExchangeName"],
        "instrumentType": named["quoteType"],
        "longName": named["longName"],
        "shortName": named["shortName"],
        "priceHint": named["priceHint"],
        "hasPrePostMarketData": named["hasPrePostMarketData"],
        "gmtoffset": zone.offset,
        "timezone": zone.short,
        "exchangeTimezoneName": listing.hours.zone,
        "regularMarketTime": int(last.at.timestamp()),
        "regularMarketPrice": float(last.price),
        "regularMarketDayHigh": float(today.high),
        "regularMarketDayLow": float(today.low),
        "regularMarketVolume": today.volume,
    }


def _periods(listing: Listing) -> dict[str, dict[str, Any]]:
    early, late = listing.extended
    zone = zone_names(listing)
    spans = {
        "pre": (early, listing.opens),
        "regular": (listing.opens, listing.closes),
        "post": (listing.closes, late),
    }
    return {
        key: {
            "timezone": zone.short,
            "start": int(start.timestamp()),
            "end": int(end.timestamp()),
            "gmtoffset": zone.offset,
        }
        for key, (start, end) in spans.items()
    }
