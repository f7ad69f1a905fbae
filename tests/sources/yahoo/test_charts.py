"""What does a chart of Yahoo's say? Bars, splits and dividends."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from bot.errors import Unreadable
from bot.model.market import ActionKind, Bar, CorporateAction
from bot.sources.yahoo.charts import read_actions, read_bars


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


NINE_THIRTY = int(datetime(2026, 1, 12, 14, 30, tzinfo=UTC).timestamp())


def eventful(zone: object = "America/New_York", **events: Any) -> Any:
    told = chart(AT, FULL)
    told["chart"]["result"][0] |= {"meta": {"exchangeTimezoneName": zone}, "events": events}
    return told


def split(new: object, old: object, at: object = NINE_THIRTY) -> dict[str, Any]:
    return {"date": at, "numerator": new, "denominator": old, "splitRatio": f"{new}:{old}"}


@pytest.mark.parametrize(
    ("new", "old", "amount"), [(2, 1, "2"), (1, 10, "0.1"), (3.0, 2.0, "1.5"), (11, 10, "1.1")]
)
def test_a_split_is_new_shares_for_one(new: object, old: object, amount: str) -> None:
    """On the exchange's date."""
    told = eventful(splits={str(NINE_THIRTY): split(new, old)})

    assert read_actions(told) == (
        CorporateAction(ActionKind.SPLIT, date(2026, 1, 12), Decimal(amount)),
    )


def test_dividends_and_a_funds_gains_are_paid_out() -> None:
    """Oldest first, whatever order they came in."""
    day = 86_400
    told = eventful(
        dividends={
            "b": {"date": NINE_THIRTY, "amount": 0.205},
            "a": {"date": NINE_THIRTY - 3 * day, "amount": 1},
        },
        capitalGains={"c": {"date": NINE_THIRTY - day, "amount": 0.5}},
    )

    assert [(one.day.day, one.amount) for one in read_actions(told)] == [
        (9, 1),
        (11, Decimal("0.5")),
        (12, Decimal("0.205")),
    ]
    assert {one.kind for one in read_actions(told)} == {ActionKind.DIVIDEND}


def test_events_may_be_a_list() -> None:
    """Their keys do not matter."""
    assert len(read_actions(eventful(splits=[split(2, 1)]))) == 1


@pytest.mark.parametrize(
    "told",
    [
        None,
        chart(AT, FULL),
        {"chart": {"result": []}},
        {"chart": {"result": None, "error": {"code": "Not Found"}}},
        eventful(),
        eventful(splits=None, dividends="none"),
        eventful(splits={"x": None}),
        eventful(splits={"x": split(0, 1)}),
        eventful(splits={"x": split(2, 0)}),
        eventful(splits={"x": split("2", "1")}),
        eventful(splits={"x": split(-2, 1)}),
        eventful(splits={"x": split(2, 1, at=None)}),
        eventful(zone="Mars/Olympus", splits={"x": split(2, 1)}),
        eventful(zone=None, splits={"x": split(2, 1)}),
        eventful(dividends={"x": {"date": NINE_THIRTY}}),
        eventful(dividends={"x": {"date": NINE_THIRTY, "amount": 0}}),
        eventful(dividends={"x": {"date": NINE_THIRTY, "amount": float("nan")}}),
    ],
)
def test_events_that_say_nothing_are_none(told: object) -> None:
    """Without a day or a size there is nothing to adjust by."""
    assert read_actions(told) == ()


def test_actions_that_are_none_are_unreadable() -> None:
    """An answer to another question."""
    with pytest.raises(Unreadable, match="holds no chart"):
        read_actions({"finance": {"error": "x"}})
