"""What do Yahoo's rows mean? Shapes seen in recorded answers, and odder ones."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.errors import Unreadable
from bot.model.market import Bar, Quote
from bot.sources.yahoo.reading import FIELDS, read_bars, read_quotes, read_search
from tests.sources.fakes import NOON

FRIDAY_CLOSE = datetime(2026, 1, 9, 21, tzinfo=UTC)
MONDAY = datetime(2026, 1, 12, 16, 8, tzinfo=UTC)

BABA: dict[str, Any] = {
    "symbol": "BABA",
    "quoteType": "EQUITY",
    "currency": "USD",
    "financialCurrency": "CNY",
    "marketState": "REGULAR",
    "exchange": "NYQ",
    "exchangeTimezoneName": "America/New_York",
    "exchangeDataDelayedBy": 0,
    "priceHint": 2,
    "shortName": "Alibaba",
    "longName": "Alibaba Group Holding Limited",
    "averageDailyVolume3Month": 14_000_000,
    "regularMarketPrice": 165.68,
    "regularMarketTime": int(MONDAY.timestamp()),
    "regularMarketPreviousClose": 150.96,
    "regularMarketChangePercent": 9.750927,
    "regularMarketDayHigh": 166.2,
    "regularMarketDayLow": 156.5,
    "regularMarketVolume": 31_000_000,
}
BEFORE_OPEN = BABA | {
    "marketState": "PRE",
    "regularMarketPrice": 150.96,
    "regularMarketTime": int(FRIDAY_CLOSE.timestamp()),
    "regularMarketPreviousClose": 145.62,
    "regularMarketChangePercent": 3.667,
    "preMarketPrice": 156.5,
    "preMarketTime": int(NOON.timestamp()),
    "preMarketChangePercent": 3.67,
}
AFTER_CLOSE = BABA | {
    "marketState": "POST",
    "postMarketPrice": 166.01,
    "postMarketTime": int(MONDAY.timestamp()) + 21_600,
    "postMarketChangePercent": 0.2,
}


def answer(*rows: Any) -> Any:
    return {"quoteResponse": {"result": list(rows), "error": None}}


def read(row: dict[str, Any]) -> Quote:
    (quote,) = read_quotes(answer(row), NOON)
    return quote


def test_a_quote_of_a_regular_session() -> None:
    """Measured from the previous close; floats become the decimals they print as."""
    assert read(BABA) == Quote(
        ticker="BABA",
        last=Decimal("165.68"),
        currency="USD",
        as_of=MONDAY,
        seen_at=NOON,
        state="REGULAR",
        close=Decimal("150.96"),
        percent=Decimal("9.750927"),
        day_high=Decimal("166.20"),
        day_low=Decimal("156.50"),
        volume=31_000_000,
        average_volume=14_000_000,
        name="Alibaba Group Holding Limited",
    )


def test_before_the_open_the_last_regular_price_is_the_close() -> None:
    """With the date it belongs to; the row's range and volume are still that day's."""
    assert read(BEFORE_OPEN) == Quote(
        ticker="BABA",
        last=Decimal("156.50"),
        currency="USD",
        as_of=NOON,
        seen_at=NOON,
        state="PRE",
        close=Decimal("150.96"),
        close_date=date(2026, 1, 9),
        percent=Decimal("3.67"),
        average_volume=14_000_000,
        name="Alibaba Group Holding Limited",
    )


@pytest.mark.parametrize(
    "lost",
    [
        {"preMarketPrice": None},
        {"preMarketPrice": 0},
        {"preMarketTime": None},
        {"preMarketTime": int(FRIDAY_CLOSE.timestamp()) - 50_000},
    ],
)
def test_before_the_first_early_print_there_is_only_the_old_price(lost: dict[str, Any]) -> None:
    """Dated when it was true, so that nobody takes it for a print of today."""
    quote = read(BEFORE_OPEN | lost)

    assert (quote.state, quote.last, quote.as_of) == ("PRE", Decimal("150.96"), FRIDAY_CLOSE)
    assert (quote.close, quote.close_date) == (Decimal("145.62"), None)


def test_after_the_close_the_day_goes_on() -> None:
    """The late print, still measured from the close of the session before."""
    quote = read(AFTER_CLOSE)

    assert (quote.state, quote.last) == ("POST", Decimal("166.01"))
    assert quote.as_of == MONDAY + timedelta(hours=6)
    assert (quote.close, quote.percent) == (Decimal("150.96"), None)


@pytest.mark.parametrize("state", ["CLOSED", "PREPRE", "POSTPOST", "", None, "HALTED"])
def test_any_other_state_is_closed(state: object) -> None:
    """The last regular price then, whatever early and late fields linger."""
    quote = read(BEFORE_OPEN | {"marketState": state})

    assert (quote.state, quote.last) == ("CLOSED", Decimal("150.96"))


@pytest.mark.parametrize(
    "row",
    [
        {"symbol": "SIMP", "quoteType": "NONE"},
        BABA | {"quoteType": "NONE"},
        {key: value for key, value in BABA.items() if key != "regularMarketPrice"},
        {key: value for key, value in BABA.items() if key != "regularMarketTime"},
        {key: value for key, value in BABA.items() if key != "symbol"},
        BABA | {"regularMarketPrice": None},
        BABA | {"regularMarketPrice": 0},
        BABA | {"regularMarketPrice": -1.5},
        BABA | {"regularMarketPrice": "165.68"},
        BABA | {"regularMarketPrice": True},
        BABA | {"regularMarketPrice": float("nan")},
        BABA | {"regularMarketPrice": float("inf")},
        BABA | {"regularMarketTime": 0},
        BABA | {"regularMarketTime": 1e18},
        {},
    ],
)
def test_a_row_without_a_price_is_left_out(row: dict[str, Any]) -> None:
    """And does not take the others with it."""
    assert [quote.ticker for quote in read_quotes(answer(row, BABA, "junk"), NOON)] == ["BABA"]


@pytest.mark.parametrize("close", [0, 0.0, None, "150.96", float("nan"), -3])
def test_a_previous_close_of_nought_is_none(close: object) -> None:
    """Nor is Yahoo's own 0 % believed then."""
    quote = read(BABA | {"regularMarketPreviousClose": close, "regularMarketChangePercent": 0})

    assert (quote.close, quote.percent) == (None, None)


@pytest.mark.parametrize(
    ("price", "hint", "last"),
    [
        (165.67999267578125, 2, "165.68"),
        (165.7, 2, "165.70"),
        (165, 2, "165.00"),
        (0.1234, 4, "0.1234"),
        (0.00012, 2, "0.00012"),
        (165.6789, None, "165.6789"),
        (165.6789, "2", "165.6789"),
        (165.6789, -1, "165.6789"),
        (1e15, 2, "1000000000000000.00"),
        (1e22, 2, "1E+22"),
    ],
)
def test_prices_are_rounded_as_yahoo_hints(price: float, hint: object, last: str) -> None:
    """Never to nothing, and not at all without a hint."""
    assert read(BABA | {"regularMarketPrice": price, "priceHint": hint}).last == Decimal(last)


def test_pence_stay_pence() -> None:
    """The unit is the currency's business."""
    quote = read(BABA | {"symbol": "OCDO.L", "currency": "GBp", "regularMarketPrice": 308.8})

    assert (quote.last, quote.currency) == (Decimal("308.80"), "GBp")


def test_the_financial_currency_is_not_the_prices() -> None:
    """A row that names no other has none."""
    assert read({key: value for key, value in BABA.items() if key != "currency"}).currency == ""


def test_what_is_missing_is_none() -> None:
    """The barest row still makes a quote; nothing else is made up."""
    bare = {key: BABA[key] for key in ("symbol", "regularMarketPrice", "regularMarketTime")}

    assert read(bare) == Quote(
        ticker="BABA",
        last=Decimal("165.68"),
        currency="",
        as_of=MONDAY,
        seen_at=NOON,
        state="CLOSED",
    )


@pytest.mark.parametrize(
    ("delayed", "delay"), [(15, 15), (0, 0), (None, 0), ("15", 0), (-5, 0), (10.0, 10)]
)
def test_the_delay_is_told(delayed: object, delay: int) -> None:
    """In minutes, as the exchange allows."""
    assert read(BABA | {"exchangeDataDelayedBy": delayed}).delay == timedelta(minutes=delay)


def test_an_empty_range_is_none() -> None:
    """An index without a day's range has 0 to 0."""
    quote = read(BABA | {"regularMarketDayHigh": 0, "regularMarketDayLow": 0})

    assert (quote.day_high, quote.day_low) == (None, None)


@pytest.mark.parametrize("zone", ["", "Mars/Olympus", "../etc/passwd", None])
def test_an_unknown_zone_dates_nothing(zone: object) -> None:
    """Better no date than a wrong one."""
    assert read(BEFORE_OPEN | {"exchangeTimezoneName": zone}).close_date is None


@pytest.mark.parametrize("result", [[], None, "none"])
def test_no_result_is_no_quote(result: object) -> None:
    """Yahoo's way of saying that it knows none of them."""
    assert read_quotes({"quoteResponse": {"result": result}}, NOON) == []


@pytest.mark.parametrize("told", [None, [], "x", {}, {"quoteResponse": None}, {"finance": {}}])
def test_anything_else_is_unreadable(told: object) -> None:
    """An answer to another question."""
    with pytest.raises(Unreadable, match="holds no quoteResponse"):
        read_quotes(told, NOON)


def test_every_field_that_is_read_is_asked_for() -> None:
    """Yahoo leaves out the currency, among others, unless it is named."""
    named = set(FIELDS.split(","))

    assert named == (set(BABA) | set(BEFORE_OPEN) | set(AFTER_CLOSE)) - {
        "financialCurrency",
        "postMarketChangePercent",
    }


def chart(stamps: Any, quote: Any, hint: object = 2) -> Any:
    result = {"meta": {"priceHint": hint}, "timestamp": stamps, "indicators": {"quote": [quote]}}
    return {"chart": {"result": [result], "error": None}}


FULL: dict[str, list[Any]] = {
    "open": [1, 2.5],
    "high": [2, 3],
    "low": [0.5, 2],
    "close": [1.5, 2.75],
    "volume": [10, 20],
}
AT = [1_768_228_200, 1_768_228_260]


def test_bars_come_oldest_first() -> None:
    """Each starts at its stamp."""
    turned = {name: column[::-1] for name, column in FULL.items()}

    assert read_bars(chart(AT[::-1], turned)) == [
        Bar(
            datetime.fromtimestamp(AT[0], UTC),
            Decimal("1.00"),
            Decimal("2.00"),
            Decimal("0.50"),
            Decimal("1.50"),
            10,
        ),
        Bar(
            datetime.fromtimestamp(AT[1], UTC),
            Decimal("2.50"),
            Decimal("3.00"),
            Decimal("2.00"),
            Decimal("2.75"),
            20,
        ),
    ]


@pytest.mark.parametrize("column", ["open", "high", "low", "close"])
def test_a_bar_with_a_hole_is_skipped(column: str) -> None:
    """null is how Yahoo says that nothing traded."""
    (bar,) = read_bars(chart(AT, FULL | {column: [None, FULL[column][1]]}))

    assert bar.volume == 20


def test_no_volume_is_nought_shares() -> None:
    """Indices have none."""
    assert [bar.volume for bar in read_bars(chart(AT, FULL | {"volume": [None, 5]}))] == [0, 5]


@pytest.mark.parametrize(
    "told",
    [
        None,
        chart(None, {}),
        chart([], FULL),
        chart(AT, {}),
        chart(AT, {"open": []}),
        chart(AT, None),
        chart([None, "x"], FULL),
        {"chart": {"result": None, "error": {"code": "Not Found"}}},
        {"chart": {"result": [{}]}},
        {"chart": {"result": [{"meta": None, "timestamp": AT, "indicators": None}]}},
        {"chart": {"result": []}},
    ],
)
def test_a_chart_without_bars_has_none(told: object) -> None:
    """Missing stamps, missing columns, unknown tickers."""
    assert read_bars(told) == []


def test_a_chart_that_is_none_is_unreadable() -> None:
    """An answer to another question."""
    with pytest.raises(Unreadable, match="holds no chart"):
        read_bars({"finance": {"error": "x"}})


def test_search_finds_tickers_with_names() -> None:
    """Rows without either are skipped: Yahoo mixes in what is no listing."""
    told = {
        "quotes": [
            {"symbol": "BABA", "longname": "Alibaba Group Holding Limited", "shortname": "A"},
            {"symbol": "9988.HK", "shortname": "BABA-W"},
            {"index": "some-fund", "name": "x"},
            {"symbol": "X"},
            "junk",
        ]
    }

    assert read_search(told) == [
        ("BABA", "Alibaba Group Holding Limited"),
        ("9988.HK", "BABA-W"),
    ]


@pytest.mark.parametrize("told", [None, {}, {"quotes": None}, []])
def test_a_search_without_a_list_is_unreadable(told: object) -> None:
    """Nothing found is an empty list, not a missing one."""
    with pytest.raises(Unreadable, match="holds no list of quotes"):
        read_search(told)


def test_json_numbers_survive_the_wire() -> None:
    """NaN is valid for Python's reader of JSON, and is no price."""
    told = json.loads(json.dumps(answer(BABA | {"regularMarketPrice": float("nan")})))

    assert read_quotes(told, NOON) == []
