"""What a provider says of the days that are not plain: taken back, restated, split, halted, short."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.tape import Dividend, read_day
from bot.tape.yahoo import Listing, Provider, answers, shapes

DAYS = Path(__file__).resolve().parents[2] / "seeds" / "days"
NEW_YORK = ZoneInfo("America/New_York")


@cache
def provider(day: str) -> Provider:
    return Provider(read_day(DAYS / day))


def listing(day: str, symbol: str, clock: str) -> Listing:
    """`clock` is "10:31" on the first date of the day, or "29 10:31" on a later one."""
    of = provider(day)
    number, _, time = clock.rpartition(" ")
    on = next(each for each in of.tape.dates if not number or each.day == int(number))
    zone = ZoneInfo(of.tape.zone)
    found = of.look(symbol, datetime.fromisoformat(f"{on}T{time}").replace(tzinfo=zone))
    assert found is not None
    return found


def quote(day: str, symbol: str, clock: str) -> dict[str, Any]:
    return shapes.quote(listing(day, symbol, clock))


def chart(day: str, symbol: str, clock: str, **query: str) -> dict[str, Any]:
    status, body = answers.charts(listing(day, symbol, clock), query)
    assert status == 200
    found: dict[str, Any] = body["chart"]["result"][0]
    return found


def test_a_busted_print_is_the_days_low_until_it_is_taken_back() -> None:
    """At 10:17 it is the last price as well; from 11:05 on it never was."""
    wrong = quote("bad-print", "TRNI", "10:17")
    later = quote("bad-print", "TRNI", "11:04")
    gone = quote("bad-print", "TRNI", "11:05")

    assert wrong["regularMarketPrice"] == wrong["regularMarketDayLow"] == 36.08
    assert f"{wrong['regularMarketChangePercent']:.1f}" == "-38.0"
    assert later["regularMarketPrice"] > 58
    assert (later["regularMarketDayLow"], later["fiftyTwoWeekLow"]) == (36.08, 36.08)
    assert gone["regularMarketDayLow"] > 58
    assert gone["fiftyTwoWeekLow"] > 36.08


def test_a_close_is_restated_in_the_evening() -> None:
    """The evening's own price is measured from it, and so is the next morning's."""
    before = quote("restated-close", "PELD", "18:19")
    after = quote("restated-close", "PELD", "18:20")
    morning = quote("restated-close", "PELD", "11 09:40")

    assert (before["regularMarketPrice"], after["regularMarketPrice"]) == (41.02, 41.46)
    assert before["regularMarketTime"] == after["regularMarketTime"]
    assert after["postMarketChangePercent"] < 0.5 < before["postMarketChangePercent"]
    assert morning["regularMarketPreviousClose"] == 41.46
    bars = chart("restated-close", "PELD", "11 09:40", range="5d", interval="1d")
    assert bars["indicators"]["quote"][0]["close"][-2] == 41.46


def test_between_two_days_yahoo_still_speaks_of_the_first() -> None:
    """Overnight the evening's price stands; from 04:00 on it is the morning's."""
    night = quote("earnings", "MRLW", "29 03:59")
    early = quote("earnings", "MRLW", "29 04:00")

    assert night["marketState"] == "CLOSED"
    assert night["postMarketChangePercent"] == pytest.approx(9.5, abs=0.2)
    assert night["regularMarketPreviousClose"] == 84.6
    assert early["marketState"] == "PRE"
    assert early["preMarketChangePercent"] == pytest.approx(9.0, abs=0.2)
    assert early["regularMarketPrice"] == night["regularMarketPrice"]
    days = [bar.day.isoformat() for bar in listing("earnings", "MRLW", "29 10:00").days]
    assert days[-2:] == ["2026-01-27", "2026-01-28"]


def test_a_split_is_listed_before_the_close_is_adjusted() -> None:
    """Until 10:15 the close, and the year before it, are ten times what they should be."""
    late = quote("split", "NFLX", "10:14")
    done = quote("split", "NFLX", "10:15")

    assert f"{late['regularMarketChangePercent']:.0f}" == "-90"
    assert late["regularMarketPreviousClose"] == pytest.approx(1112.2)
    assert late["twoHundredDayAverage"] / done["twoHundredDayAverage"] == pytest.approx(10)
    assert done["regularMarketPreviousClose"] == 111.22
    assert f"{done['regularMarketChangePercent']:.1f}" == "3.7"
    shown = chart("split", "NFLX", "09:40", range="5d", interval="1d", events="div,split")
    (split,) = shown["events"]["splits"].values()
    assert split["splitRatio"] == "10:1"
    assert "events" not in chart(
        "split", "NFLX", "03:59", range="5d", interval="1d", events="split"
    )
    assert "events" not in chart("split", "NFLX", "09:40", range="5d", interval="1d")


def test_dividends_are_told_as_events() -> None:
    """With the amount, at the open of the ex-date."""
    day = listing("quiet", "KO", "12:00")
    paid = Dividend(day.day, Decimal("0.53"))
    symbol = provider("quiet").tape.symbols["KO"]
    with_it = replace(day, symbol=replace(symbol, dividends=(paid,)))
    _, body = answers.charts(with_it, {"range": "5d", "interval": "1d", "events": "div"})
    opened = int(day.opens.timestamp())

    assert body["chart"]["result"][0]["events"] == {
        "dividends": {str(opened): {"amount": 0.53, "date": opened}}
    }


def test_a_halt_is_a_time_that_stands_still() -> None:
    """The state stays REGULAR; only the time of the last print tells."""
    before, during = quote("halt", "QLTX", "10:31"), quote("halt", "QLTX", "13:04")

    assert during["regularMarketTime"] == before["regularMarketTime"]
    assert during["marketState"] == "REGULAR"
    assert quote("halt", "SPY", "13:04")["regularMarketTime"] > during["regularMarketTime"] + 9000
    assert f"{quote('halt', 'QLTX', '13:05')['regularMarketChangePercent']:.0f}" == "34"


@pytest.mark.parametrize(
    ("clock", "state"),
    [("12:59", "REGULAR"), ("13:00", "POST"), ("16:59", "POST"), ("17:00", "CLOSED")],
)
def test_half_day_ends_at_one_and_its_evening_at_five(clock: str, state: str) -> None:
    """Extended hours come as much earlier as the close."""
    assert quote("half-day", "INTC", clock)["marketState"] == state


def test_pence_are_told_in_pence_and_the_company_in_pounds() -> None:
    """A quarter of an hour late, as the provider says."""
    corran = quote("pence", "CRRN.L", "09:13")

    assert (corran["currency"], corran["regularMarketPrice"]) == ("GBp", 308.8)
    assert corran["marketCap"] == pytest.approx(3.088 * 690_000_000)
    assert corran["exchangeDataDelayedBy"] == 15
    assert datetime.fromtimestamp(corran["regularMarketTime"], ZoneInfo("UTC")).minute == 58


def test_a_day_that_is_called_off_has_no_session() -> None:
    """What is left is the price before the open, and yesterday's figures."""
    called_off = quote("no-trading", "KO", "12:00")

    assert called_off["regularMarketPrice"] == 71.0
    assert datetime.fromtimestamp(called_off["regularMarketTime"], NEW_YORK).day == 11
