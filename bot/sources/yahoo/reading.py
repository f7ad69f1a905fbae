"""
What do Yahoo's rows mean? Its JSON in, quotes and bars out; whatever is odd is left out.

Keys go missing, a previous close can be 0, prices are binary floats: none of that becomes a
number that was never there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import Unreadable
from bot.model.market import Bar, Quote

FIELDS = (
    "symbol,quoteType,currency,marketState,exchange,exchangeTimezoneName,priceHint,"
    "exchangeDataDelayedBy,shortName,longName,averageDailyVolume3Month,"
    "regularMarketPrice,regularMarketTime,regularMarketPreviousClose,"
    "regularMarketChangePercent,regularMarketDayHigh,regularMarketDayLow,regularMarketVolume,"
    "preMarketPrice,preMarketTime,preMarketChangePercent,postMarketPrice,postMarketTime"
)
_OPEN = frozenset({"PRE", "REGULAR", "POST"})
_LAST_YEAR = 4_000_000_000  # epoch seconds of 2096


def read_quotes(told: object, seen_at: datetime) -> list[Quote]:
    """Raises `Unreadable` when `told` is no answer about quotes at all."""
    rows = _result(told, "quoteResponse")
    return [quote for row in rows if (quote := _quote(_Row(row), seen_at)) is not None]


def read_bars(told: object) -> list[Bar]:
    """Oldest first; an interval without a trade has no bar. None (unknown ticker) has none."""
    if told is None:
        return []
    charts = _result(told, "chart")
    return sorted(_bars(charts[0]), key=lambda bar: bar.at) if charts else []


def read_search(told: object) -> list[tuple[str, str]]:
    """(ticker, name) of the rows that have both."""
    rows = told.get("quotes") if isinstance(told, Mapping) else None
    if not isinstance(rows, list):
        raise Unreadable("Yahoo's answer to a search holds no list of quotes")
    found = [_Row(row) for row in rows if isinstance(row, Mapping)]
    named = [(row.text("symbol"), row.text("longname") or row.text("shortname")) for row in found]
    return [(ticker, name) for ticker, name in named if ticker and name]


@dataclass(frozen=True, slots=True)
class _Row:
    """One row, whose keys may be missing, null or of the wrong kind."""

    keys: Mapping[str, Any]

    def text(self, key: str) -> str:
        value = self.keys.get(key)
        return value.strip() if isinstance(value, str) else ""

    def number(self, key: str) -> Decimal | None:
        return _decimal(self.keys.get(key), None)

    def price(self, key: str) -> Decimal | None:
        """Above zero, or None."""
        price = _decimal(self.keys.get(key), _hint(self.keys))
        return price if price is not None and price > 0 else None

    def whole(self, key: str) -> int | None:
        value = self.number(key)
        return int(value) if value is not None and value >= 0 else None

    def instant(self, key: str) -> datetime | None:
        value = self.number(key)
        if value is None or not 0 < value < _LAST_YEAR:
            return None
        return datetime.fromtimestamp(int(value), UTC)


@dataclass(frozen=True, slots=True)
class _Print:
    """The price of a market state, what it is measured from, and what belongs to its session."""

    last: Decimal
    as_of: datetime
    close: Decimal | None
    close_date: date | None = None
    percent: Decimal | None = None
    day_high: Decimal | None = None
    day_low: Decimal | None = None
    volume: int | None = None


def _quote(row: _Row, seen_at: datetime) -> Quote | None:
    told = row.text("marketState")
    state = told if told in _OPEN else "CLOSED"
    seen = _print(row, state)
    if seen is None or not row.text("symbol") or row.text("quoteType") == "NONE":
        return None
    return Quote(
        ticker=row.text("symbol"),
        last=seen.last,
        currency=row.text("currency"),
        as_of=seen.as_of,
        seen_at=seen_at,
        state=state,
        close=seen.close,
        close_date=seen.close_date,
        percent=seen.percent,
        day_high=seen.day_high,
        day_low=seen.day_low,
        volume=seen.volume,
        average_volume=row.whole("averageDailyVolume3Month") or None,
        delay=timedelta(minutes=row.whole("exchangeDataDelayedBy") or 0),
        name=row.text("longName") or row.text("shortName"),
    )


def _print(row: _Row, state: str) -> _Print | None:
    regular = _regular(row)
    if regular is None or state not in ("PRE", "POST"):
        return regular
    prefix = state.lower() + "Market"
    last, as_of = row.price(f"{prefix}Price"), row.instant(f"{prefix}Time")
    if last is None or as_of is None or as_of <= regular.as_of:
        return regular
    if state == "PRE":
        # Range and volume of the row are still those of the session before.
        day = _local_date(regular.as_of, row.text("exchangeTimezoneName"))
        return _Print(last, as_of, regular.last, day, row.number("preMarketChangePercent"))
    return _Print(
        last,
        as_of,
        regular.close,
        day_high=regular.day_high,
        day_low=regular.day_low,
        volume=regular.volume,
    )


def _regular(row: _Row) -> _Print | None:
    last, as_of = row.price("regularMarketPrice"), row.instant("regularMarketTime")
    if last is None or as_of is None:
        return None
    close = row.price("regularMarketPreviousClose")
    return _Print(
        last,
        as_of,
        close,
        percent=row.number("regularMarketChangePercent") if close is not None else None,
        day_high=row.price("regularMarketDayHigh"),
        day_low=row.price("regularMarketDayLow"),
        volume=row.whole("regularMarketVolume"),
    )


def _bars(chart: Mapping[str, Any]) -> Iterator[Bar]:
    stamps = chart.get("timestamp")
    hint = _hint(chart.get("meta"))
    columns = _columns(chart.get("indicators"))
    if not isinstance(stamps, list) or columns is None:
        return
    for stamp, *four, volume in zip(stamps, *columns, strict=False):
        at = _Row({"at": stamp}).instant("at")
        opened, high, low, close = (_decimal(value, hint) for value in four)
        if at is None or opened is None or high is None or low is None or close is None:
            continue
        yield Bar(at, opened, high, low, close, int(_decimal(volume, None) or 0))


def _columns(indicators: object) -> list[list[Any]] | None:
    """Open, high, low, close, volume; None where there is nothing to show."""
    match indicators:
        case {
            "quote": [
                {
                    "open": list() as opened,
                    "high": list() as high,
                    "low": list() as low,
                    "close": list() as close,
                    "volume": list() as volume,
                },
                *_,
            ]
        }:
            return [opened, high, low, close, volume]
        case _:
            return None


def _result(told: object, key: str) -> list[Mapping[str, Any]]:
    match told:
        case Mapping() if isinstance(answer := told.get(key), Mapping):
            rows = answer.get("result")
        case _:
            raise Unreadable(f"Yahoo's answer holds no {key}")
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []


def _decimal(value: object, hint: int | None) -> Decimal | None:
    """The number as it is printed, at `hint` decimals unless that would make it nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    exact = Decimal(str(value))
    if hint is None or exact.adjusted() > 15:
        return exact
    return exact.quantize(Decimal(1).scaleb(-hint)) or exact


def _hint(row: object) -> int | None:
    hint = row.get("priceHint") if isinstance(row, Mapping) else None
    return hint if isinstance(hint, int) and 0 <= hint <= 8 else None


def _local_date(at: datetime, zone: str) -> date | None:
    try:
        return at.astimezone(ZoneInfo(zone)).date()
    except (KeyError, ValueError):
        return None
