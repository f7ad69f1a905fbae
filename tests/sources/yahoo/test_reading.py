"""What do Yahoo's rows mean? Shapes seen in recorded answers, and odder ones."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.errors import Unreadable
from bot.model.market import ActionKind, CorporateAction, Quote
from bot.sources.yahoo.reading import FIELDS, read_quotes, read_search
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
    "marketCap": 395_000_000_000,
    "corporateActions": [],
    "earningsTimestampStart": int(datetime(2026, 2, 19, 10, 59, tzinfo=UTC).timestamp()),
    "earningsTimestampEnd": int(datetime(2026, 2, 24, 12, tzinfo=UTC).timestamp()),
    "isEarningsDateEstimate": True,
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
        exchange="NYQ",
        kind="EQUITY",
        regular_last=Decimal("165.68"),
        regular_at=MONDAY,
        market_cap=Decimal("395000000000.00"),
        earnings=(date(2026, 2, 19), date(2026, 2, 24)),
        earnings_estimated=True,
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
        exchange="NYQ",
        kind="EQUITY",
        regular_last=Decimal("150.96"),
        regular_at=FRIDAY_CLOSE,
        market_cap=Decimal("395000000000.00"),
        earnings=(date(2026, 2, 19), date(2026, 2, 24)),
        earnings_estimated=True,
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
    assert (quote.regular_last, quote.regular_at) == (Decimal("165.68"), MONDAY)


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
    row = {"symbol": "OCDO.L", "currency": "GBp", "regularMarketPrice": 308.8}
    quote = read(BABA | row | {"marketCap": 2_560_000_000})

    assert (quote.last, quote.currency) == (Decimal("308.80"), "GBp")
    assert quote.market_cap == 2_560_000_000  # in pounds, as Yahoo tells it


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
        regular_last=Decimal("165.68"),
        regular_at=MONDAY,
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

    told = {"exDividendDate", "earningsTimestamp"}
    assert named == (set(BABA) | set(BEFORE_OPEN) | set(AFTER_CLOSE) | told) - {
        "financialCurrency",
        "postMarketChangePercent",
    }


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


# ---- shapes that Yahoo really has ---------------------------------------------------------


def millis(at: datetime) -> int:
    return int(at.timestamp()) * 1000


def hint(kind: str = "DIVIDEND", day: object = None, **told: object) -> dict[str, Any]:
    """One of `corporateActions`: at noon in New York on Monday, unless told otherwise."""
    meta = {"eventType": kind, "dateEpochMs": millis(MONDAY) if day is None else day} | told
    return {"header": kind.title(), "message": "…", "meta": meta}


def actions(*told: object) -> Quote:
    return read(BABA | {"corporateActions": list(told)})


@pytest.mark.parametrize("amount", [1.05, "1.05", " 1.05 "])
def test_a_dividend_that_tells_its_amount(amount: object) -> None:
    """Is known from the quote alone, on the exchange's date."""
    quote = actions(hint(amount=amount))

    assert quote.actions == (
        CorporateAction(ActionKind.DIVIDEND, date(2026, 1, 12), Decimal("1.05")),
    )
    assert quote.action_days == ()


@pytest.mark.parametrize("amount", [None, "", "a lot", True, 0, -1, "NaN", float("inf"), [1]])
def test_a_dividend_that_tells_no_amount(amount: object) -> None:
    """Is a day to look at."""
    quote = actions(hint(amount=amount))

    assert (quote.actions, quote.action_days) == ((), (date(2026, 1, 12),))


def test_a_split_is_only_hinted_at() -> None:
    """Its size is the chart's to tell, even beside a dividend of the same day."""
    quote = actions(hint("STOCK_SPLIT", amount="2"), hint(amount="1.05"))

    assert len(quote.actions) == 1
    assert quote.action_days == (date(2026, 1, 12),)


@pytest.mark.parametrize(
    "told",
    [
        None,
        "soon",
        {},
        [None, "x", 3],
        [{"header": "Dividend"}],
        [{"meta": None}],
        [{"meta": {"eventType": "DIVIDEND"}}],
        [{"meta": {"eventType": None, "dateEpochMs": "Monday"}}],
        [{"meta": {"dateEpochMs": 0}}],
        [{"meta": {"dateEpochMs": 1e30}}],
    ],
)
def test_hints_without_a_day_are_none(told: object) -> None:
    """Whatever shape they have."""
    quote = read(BABA | {"corporateActions": told})

    assert (quote.actions, quote.action_days) == ((), ())


def test_an_ex_dividend_date_is_a_hint() -> None:
    """Where Yahoo tells it."""
    quote = read(BABA | {"exDividendDate": int(MONDAY.timestamp())})

    assert quote.action_days == (date(2026, 1, 12),)


def earnings(**told: object) -> tuple[date, date] | None:
    bare = {key: value for key, value in BABA.items() if not key.startswith("earnings")}
    stamps = {
        f"earningsTimestamp{name}": int(value.timestamp()) if isinstance(value, datetime) else value
        for name, value in told.items()
    }
    return read(bare | stamps).earnings


def test_results_are_expected_between_two_days() -> None:
    """Or on one, by the exchange's date; a span the wrong way round is none."""
    first, last = datetime(2026, 2, 19, 3, tzinfo=UTC), datetime(2026, 2, 24, 12, tzinfo=UTC)

    assert earnings(Start=first, End=last) == (date(2026, 2, 18), date(2026, 2, 24))
    assert earnings(Start=first) == (date(2026, 2, 18), date(2026, 2, 18))
    assert earnings(**{"": last}) == (date(2026, 2, 24), date(2026, 2, 24))
    assert earnings(End=last) == (date(2026, 2, 24), date(2026, 2, 24))
    assert earnings(Start=last, End=first) is None
    assert earnings() is None
    assert earnings(Start="soon", End=None) is None


@pytest.mark.parametrize(("told", "estimated"), [(True, True), (False, False), (None, False)])
def test_results_may_be_a_guess(told: object, estimated: bool) -> None:
    """Yahoo says so."""
    assert estimated is read(BABA | {"isEarningsDateEstimate": told}).earnings_estimated


@pytest.mark.parametrize("cap", [None, 0, -1, "1e9", float("nan")])
def test_no_market_cap_is_none(cap: object) -> None:
    """Never nought."""
    assert read(BABA | {"marketCap": cap}).market_cap is None


@pytest.mark.parametrize(
    ("code", "over"),
    [("PNK", True), ("OQB", True), ("OQX", True), ("OEM", True), ("NYQ", False), (None, False)],
)
def test_what_trades_over_the_counter(code: object, over: bool) -> None:
    """By the provider's code of its place."""
    assert over is read(BABA | {"exchange": code}).over_the_counter


COIN: dict[str, Any] = {
    "symbol": "BTC-USD",
    "quoteType": "CRYPTOCURRENCY",
    "currency": "USD",
    "marketState": "REGULAR",
    "exchange": "CCC",
    "exchangeTimezoneName": "UTC",
    "priceHint": 2,
    "shortName": "Bitcoin USD",
    "regularMarketPrice": 90_940.5,
    "regularMarketTime": int(MONDAY.timestamp()),
    "regularMarketPreviousClose": 90_995.07,
    "regularMarketChangePercent": -1.26,
    "regularMarketVolume": 45_000_000_000,
}


def test_a_coins_percent_is_not_of_its_close() -> None:
    """Rolling 24 hours beside a price at 00:00 UTC: both are read as they are."""
    quote = read(COIN)

    assert (quote.kind, quote.exchange) == ("CRYPTOCURRENCY", "CCC")
    assert (quote.close, quote.percent) == (Decimal("90995.07"), Decimal("-1.26"))


FUTURE: dict[str, Any] = {
    "symbol": "GC=F",
    "quoteType": "FUTURE",
    "currency": "USD",
    "marketState": "REGULAR",
    "exchange": "CMX",
    "exchangeTimezoneName": "America/New_York",
    "underlyingSymbol": "GCG26.CMX",
    "regularMarketPrice": 4_500.1,
    "regularMarketTime": int(MONDAY.timestamp()),
    "regularMarketPreviousClose": 4_470.9,
    "regularMarketVolume": 180_000,
    "averageDailyVolume3Month": 30_000,
}
STALE: dict[str, Any] = BABA | {
    "symbol": "OLD.JK",
    "marketState": "POSTPOST",
    "currency": "IDR",
    "exchangeTimezoneName": "Asia/Jakarta",
    "regularMarketTime": int(datetime(2025, 6, 2, 9, tzinfo=UTC).timestamp()),
}
NO_RANGE: dict[str, Any] = BABA | {
    "symbol": "^VX",
    "quoteType": "INDEX",
    "regularMarketDayHigh": 0,
    "regularMarketDayLow": 0,
    "fiftyTwoWeekLow": 0.0,
    "fiftyTwoWeekHigh": 0.0,
}
RAND: dict[str, Any] = BABA | {"symbol": "ABC.JO", "currency": "ZAc", "exchange": "JNB"}
AGOROT: dict[str, Any] = BABA | {"symbol": "ABC.TA", "currency": "ILA", "exchange": "TLV"}
ZERO_CLOSE: dict[str, Any] = BABA | {
    "symbol": "OTCXF",
    "exchange": "PNK",
    "regularMarketPrice": 8.46,
    "regularMarketPreviousClose": 0.0,
    "regularMarketChangePercent": 0.0,
}
BEHIND: dict[str, Any] = BABA | {
    "symbol": "ABC.OL",
    "exchangeDataDelayedBy": 15,
    "regularMarketTime": int((NOON - timedelta(seconds=1_000)).timestamp()),
}


@pytest.mark.parametrize(
    ("row", "state", "close", "percent"),
    [
        (COIN, "REGULAR", "90995.07", "-1.26"),
        (FUTURE, "REGULAR", "4470.9", None),
        (STALE, "CLOSED", "150.96", "9.750927"),
        (NO_RANGE, "REGULAR", "150.96", "9.750927"),
        (RAND, "REGULAR", "150.96", "9.750927"),
        (AGOROT, "REGULAR", "150.96", "9.750927"),
        (ZERO_CLOSE, "REGULAR", None, None),
        (BEHIND, "REGULAR", "150.96", "9.750927"),
    ],
    ids=lambda value: value["symbol"] if isinstance(value, dict) else "",
)
def test_odd_rows_are_survived(
    row: dict[str, Any], state: str, close: str | None, percent: str | None
) -> None:
    """Each beside an ordinary one, and each with what it does tell."""
    odd, plain = read_quotes(answer(row, BABA), NOON)

    assert (odd.ticker, plain.ticker) == (row["symbol"], "BABA")
    assert (odd.state, odd.currency) == (state, row["currency"])
    assert odd.close == (Decimal(close) if close else None)
    assert odd.percent == (Decimal(percent) if percent else None)


@pytest.mark.parametrize("key", sorted(set(BABA) | set(BEFORE_OPEN) | set(AFTER_CLOSE)))
def test_any_key_may_go_missing(key: str) -> None:
    """From any row; the others still make their quotes."""
    rows = [
        {name: value for name, value in row.items() if name != key}
        for row in (BABA, BEFORE_OPEN, AFTER_CLOSE)
    ]

    assert read_quotes(answer(*rows, BABA), NOON)[-1] == read(BABA)
