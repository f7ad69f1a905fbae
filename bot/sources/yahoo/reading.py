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
from bot.sources.yahoo.rows import Row, hint, local_date, results

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
_ABOUT = (
    *("symbol", "quoteType", "currency", "exchange", "exchangeTimezoneName", "priceHint"),
    *("exchangeDataDelayedBy", "shortName", "longName", "averageDailyVolume3Month"),
    *("earningsTimestamp", "earningsTimestampStart", "earningsTimestampEnd"),
    "isEarningsDateEstimate",
)


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


class _Listing(NamedTuple):
    """What a row says of the listing itself, the same all day long."""

    ticker: str
    currency: str
    exchange: str
    kind: str
    name: str
    zone: str
    places: int | None
    delay: timedelta
    average_volume: int | None
    earnings: tuple[date, date] | None
    estimated: bool


def _quote(row: Row, seen_at: datetime) -> Quote | None:
    about = _listing(row)
    regular = _regular(row, about.places)
    if regular is None or not about.ticker or about.kind == "NONE":
        return None
    told = row.text("marketState")
    state = told if told in _OPEN else "CLOSED"
    seen, (actions, days) = _print(row, about, state, regular), _actions(row, about.zone)
    return Quote(  # by position: with all their names it takes half as long again
        about.ticker,
        seen.last,
        about.currency,
        seen.as_of,
        seen_at,
        state,
        seen.close,
        seen.close_date,
        seen.percent,
        seen.day_high,
        seen.day_low,
        seen.volume,
        about.average_volume,
        about.delay,
        about.name,
        about.exchange,
        regular.last,
        about.kind,
        row.price("marketCap", about.places),
        about.earnings,
        actions,
        regular.as_of,
        days,
        about.estimated,
    )


def _listing(row: Row) -> _Listing:
    told = tuple(map(row.keys.get, _ABOUT))
    try:
        return _known(*told)
    except TypeError:  # an object where a text belongs: nothing to look a listing up by
        return _about(*told)


def _about(*told: object) -> _Listing:
    row = Row(dict(zip(_ABOUT, told, strict=True)))
    late, zone = row.whole("exchangeDataDelayedBy"), row.text("exchangeTimezoneName")
    return _Listing(
        ticker=row.text("symbol"),
        currency=row.text("currency"),
        exchange=row.text("exchange"),
        kind=row.text("quoteType"),
        name=row.text("longName") or row.text("shortName"),
        zone=zone,
        places=hint(row.keys),
        delay=timedelta(minutes=late) if late else _AT_ONCE,
        average_volume=row.whole("averageDailyVolume3Month") or None,
        earnings=_earnings(row, zone),
        estimated=row.keys.get("isEarningsDateEstimate") is True,
    )


_known = lru_cache(_LISTINGS, typed=True)(_about)


def _print(row: Row, about: _Listing, state: str, regular: _Print) -> _Print:
    """Without an early or late print since the regular one, that is still the last."""
    if state not in ("PRE", "POST"):
        return regular
    prefix = state.lower() + "Market"
    last, as_of = row.price(f"{prefix}Price", about.places), row.instant(f"{prefix}Time")
    if last is None or as_of is None or as_of <= regular.as_of:
        return regular
    if state == "PRE":
        # Range and volume of the row are still those of the session before.
        day = local_date(regular.as_of, about.zone)
        return _Print(last, as_of, regular.last, day, row.number("preMarketChangePercent"))
    return regular._replace(last=last, as_of=as_of, percent=None)


def _regular(row: Row, places: int | None) -> _Print | None:
    last, as_of = row.price("regularMarketPrice", places), row.instant("regularMarketTime")
    if last is None or as_of is None:
        return None
    close = row.price("regularMarketPreviousClose", places)
    percent = row.number("regularMarketChangePercent") if close is not None else None
    high, low = row.price("regularMarketDayHigh", places), row.price("regularMarketDayLow", places)
    return _Print(last, as_of, close, None, percent, high, low, row.whole("regularMarketVolume"))


def _earnings(row: Row, zone: str) -> tuple[date, date] | None:
    """One day told is first and last; a span that ends before it starts is none."""
    told = ("earningsTimestampStart", "earningsTimestamp", "earningsTimestampEnd")
    start, only, end = (local_date(row.instant(key), zone) for key in told)
    start = start or only or end
    end = end or only or start
    return (start, end) if start and end and start <= end else None


def _actions(row: Row, zone: str) -> tuple[tuple[CorporateAction, ...], tuple[date, ...]]:
    """Dividends that come with their amount; the days of what does not, as a split never does."""
    known: list[CorporateAction] = []
    paid = row.instant("exDividendDate")
    if paid is None and not row.keys.get("corporateActions"):
        return (), ()
    days = [local_date(paid, zone)]
    for told in (one.row("meta") for one in row.rows("corporateActions")):
        day = local_date(told.instant("dateEpochMs", _MILLIS), zone)
        amount = _amount(told.keys.get("amount"))
        if day and amount and "DIVIDEND" in told.text("eventType").upper():
            known.append(CorporateAction(ActionKind.DIVIDEND, day, amount))
        else:
            days.append(day)
    return tuple(known), tuple(sorted({day for day in days if day is not None}))


def _amount(told: object) -> Decimal | None:
    """Yahoo writes it as a number, or as a text."""
    if isinstance(told, bool) or not isinstance(told, str | int | float):
        return None
    try:
        amount = Decimal(str(told).strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and amount > 0 else None
