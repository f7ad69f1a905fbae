"""
What do Yahoo's rows about a listing mean? Its JSON in, quotes out; whatever is odd is left out.

A percent of Yahoo's own is kept for comparison only: before the open it is yesterday's, and of
a crypto pair that of rolling 24 hours, while its "previous close" is the price at 00:00 UTC.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import NamedTuple

from bot.errors import Unreadable
from bot.model.market import ActionKind, CorporateAction, Quote
from bot.sources.yahoo.rows import Row, local_date, results

FIELDS = (
    "symbol,quoteType,currency,marketState,exchange,exchangeTimezoneName,priceHint,"
    "exchangeDataDelayedBy,shortName,longName,averageDailyVolume3Month,marketCap,"
    "corporateActions,exDividendDate,"
    "earningsTimestamp,earningsTimestampStart,earningsTimestampEnd,isEarningsDateEstimate,"
    "regularMarketPrice,regularMarketTime,regularMarketPreviousClose,"
    "regularMarketChangePercent,regularMarketDayHigh,regularMarketDayLow,regularMarketVolume,"
    "preMarketPrice,preMarketTime,preMarketChangePercent,postMarketPrice,postMarketTime"
)
_OPEN = frozenset({"PRE", "REGULAR", "POST"})
_MILLIS = 1000
_AT_ONCE = timedelta(0)
_LISTINGS = 20_000


def read_quotes(told: object, seen_at: datetime) -> list[Quote]:
    """Raises `Unreadable` when `told` is no answer about quotes at all."""
    rows = results(told, "quoteResponse")
    return [quote for row in rows if (quote := _quote(row, seen_at)) is not None]


def read_search(told: object) -> list[tuple[str, str]]:
    """(ticker, name) of the rows that have both."""
    if not isinstance(told, Mapping) or not isinstance(told.get("quotes"), list):
        raise Unreadable("Yahoo's answer to a search holds no list of quotes")
    found = Row(told).rows("quotes")
    named = [(row.text("symbol"), row.text("longname") or row.text("shortname")) for row in found]
    return [(ticker, name) for ticker, name in named if ticker and name]


class _Print(NamedTuple):
    """The price of a market state, what it is measured from, and what belongs to its session."""

    last: Decimal
    as_of: datetime
    close: Decimal | None
    close_date: date | None = None
    percent: Decimal | None = None
    day_high: Decimal | None = None
    day_low: Decimal | None = None
    volume: int | None = None


def _quote(row: Row, seen_at: datetime) -> Quote | None:
    told = row.text("marketState")
    state = told if told in _OPEN else "CLOSED"
    regular = _regular(row)
    if regular is None or not row.text("symbol") or row.text("quoteType") == "NONE":
        return None
    seen, (actions, days) = _print(row, state, regular), _actions(row)
    late = row.whole("exchangeDataDelayedBy")
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
        delay=timedelta(minutes=late) if late else _AT_ONCE,
        name=row.text("longName") or row.text("shortName"),
        exchange=row.text("exchange"),
        kind=row.text("quoteType"),
        regular_last=regular.last,
        regular_at=regular.as_of,
        market_cap=row.price("marketCap"),
        earnings=_earnings(row),
        earnings_estimated=row.keys.get("isEarningsDateEstimate") is True,
        actions=actions,
        action_days=days,
    )


def _print(row: Row, state: str, regular: _Print) -> _Print:
    """Without an early or late print since the regular one, that is still the last."""
    if state not in ("PRE", "POST"):
        return regular
    prefix = state.lower() + "Market"
    last, as_of = row.price(f"{prefix}Price"), row.instant(f"{prefix}Time")
    if last is None or as_of is None or as_of <= regular.as_of:
        return regular
    if state == "PRE":
        # Range and volume of the row are still those of the session before.
        day = local_date(regular.as_of, row.text("exchangeTimezoneName"))
        return _Print(last, as_of, regular.last, day, row.number("preMarketChangePercent"))
    return _Print(
        last,
        as_of,
        regular.close,
        day_high=regular.day_high,
        day_low=regular.day_low,
        volume=regular.volume,
    )


def _regular(row: Row) -> _Print | None:
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


def _earnings(row: Row) -> tuple[date, date] | None:
    return _span(
        row.instant("earningsTimestampStart"),
        row.instant("earningsTimestamp"),
        row.instant("earningsTimestampEnd"),
        row.text("exchangeTimezoneName"),
    )


@lru_cache(_LISTINGS)
def _span(
    first: datetime | None, alone: datetime | None, last: datetime | None, zone: str
) -> tuple[date, date] | None:
    """One day told is first and last; a span that ends before it starts is none."""
    start, only, end = (local_date(at, zone) for at in (first, alone, last))
    start = start or only or end
    end = end or only or start
    return (start, end) if start and end and start <= end else None


def _actions(row: Row) -> tuple[tuple[CorporateAction, ...], tuple[date, ...]]:
    """Dividends that come with their amount; the days of what does not, as a split never does."""
    known: list[CorporateAction] = []
    paid = row.instant("exDividendDate")
    if paid is None and not row.keys.get("corporateActions"):
        return (), ()
    days = [local_date(paid, row.text("exchangeTimezoneName"))]
    for told in (one.row("meta") for one in row.rows("corporateActions")):
        day, amount = _day(row, told), _amount(told.keys.get("amount"))
        if day and amount and "DIVIDEND" in told.text("eventType").upper():
            known.append(CorporateAction(ActionKind.DIVIDEND, day, amount))
        else:
            days.append(day)
    return tuple(known), tuple(sorted({day for day in days if day is not None}))


def _day(row: Row, told: Row) -> date | None:
    return local_date(told.instant("dateEpochMs", _MILLIS), row.text("exchangeTimezoneName"))


def _amount(told: object) -> Decimal | None:
    """Yahoo writes it as a number, or as a text."""
    if isinstance(told, bool) or not isinstance(told, str | int | float):
        return None
    try:
        amount = Decimal(str(told).strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None
