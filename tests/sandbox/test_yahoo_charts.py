"""Charts of the local Yahoo: minutes, synthesised five minutes, days."""

from __future__ import annotations

import pytest

from bot.tape.yahoo.curve import cumulative_share
from tests.sandbox.recorded import StoppedClock, at, epoch, recorded_day
from tests.sandbox.yfinance_session import Yfinance


async def test_minute_chart_shows_the_day_so_far(client: Yfinance) -> None:
    """With extended hours from 04:00, without from the open; never past the market clock."""
    whole = await client.chart("BABA", range="1d", interval="1m", includePrePost="true")
    regular = await client.chart("BABA", range="1d", interval="1m")

    assert whole["timestamp"][0] == epoch("04:00")
    assert regular["timestamp"][0] == epoch("09:30")
    for chart in (whole, regular):
        assert chart["timestamp"][-1] == epoch("11:08")
        assert chart["indicators"]["quote"][0]["close"][-1] == 165.68
        assert chart["meta"]["chartPreviousClose"] == 150.96
    assert len(regular["timestamp"]) == 99
    periods = whole["meta"]["currentTradingPeriod"]
    assert periods["pre"]["start"] == epoch("04:00")
    assert (periods["regular"]["start"], periods["regular"]["end"]) == (
        epoch("09:30"),
        epoch("16:00"),
    )
    assert whole["meta"]["tradingPeriods"]["post"][0][0]["end"] == epoch("20:00")
    assert regular["meta"]["tradingPeriods"][0][0]["start"] == epoch("09:30")


async def test_chart_before_the_first_print_has_no_timestamps(
    client: Yfinance, clock: StoppedClock
) -> None:
    """Yahoo's odd shape for nothing: no timestamp, one empty quote."""
    clock.set("03:30")
    chart = await client.chart("BABA", range="1d", interval="1m", includePrePost="true")

    assert "timestamp" not in chart
    assert chart["indicators"]["quote"] == [{}]


async def test_five_minute_chart_agrees_with_the_daily_bars(client: Yfinance) -> None:
    """Each past session adds up to its daily bar; shares follow the usual curve."""
    chart = await client.chart("BABA", range="1mo", interval="5m")
    (quote,) = chart["indicators"]["quote"]
    days: dict[str, list[int]] = {}
    for place, stamp in enumerate(chart["timestamp"]):
        local = at("00:00").fromtimestamp(stamp, at("00:00").tzinfo)
        days.setdefault(local.date().isoformat(), []).append(place)
    past = {bar.day.isoformat(): bar for bar in recorded_day().daily["BABA"]}
    *before, today = days

    assert today == "2026-01-12"
    assert 18 <= len(before) <= 22
    for day in before:
        places, bar = days[day], past[day]
        assert len(places) == (42 if day == "2025-12-24" else 78)
        assert sum(quote["volume"][place] for place in places) == bar.volume
        assert quote["open"][places[0]] == float(bar.open)
        assert quote["close"][places[-1]] == float(bar.close)
        assert max(quote["high"][place] for place in places) == float(bar.high)
        assert min(quote["low"][place] for place in places) == float(bar.low)
    places = days["2026-01-09"]
    morning = sum(quote["volume"][place] for place in places[:20]) / past["2026-01-09"].volume
    assert morning == pytest.approx(cumulative_share(100 / 390), abs=0.05)
    assert sum(quote["volume"][place] for place in days[today]) == pytest.approx(18_400_000, abs=99)


async def test_synthesised_bars_are_always_the_same(client: Yfinance) -> None:
    """Two requests, one answer."""
    first = await client.chart("BABA", range="1mo", interval="5m")

    assert first == await client.chart("BABA", range="1mo", interval="5m")


async def test_daily_chart_ends_with_the_session_in_progress(client: Yfinance) -> None:
    """Completed days carry their open's time, today's bar that of its last trade."""
    chart = await client.chart("BABA", range="1y", interval="1d")
    (quote,) = chart["indicators"]["quote"]

    assert 248 <= len(chart["timestamp"]) <= 253
    assert chart["timestamp"][-2:] == [epoch("01-09 09:30"), epoch("11:08")]
    assert quote["close"][-2:] == [150.96, 165.68]
    assert chart["indicators"]["adjclose"][0]["adjclose"] == quote["close"]
    assert chart["meta"]["chartPreviousClose"] != 150.96


async def test_daily_chart_before_the_open_ends_on_friday(
    client: Yfinance, clock: StoppedClock
) -> None:
    """There is no bar of a session that has not begun."""
    clock.set("08:00")
    chart = await client.chart("BABA", range="2y", interval="1d")

    assert len(chart["timestamp"]) == len(recorded_day().daily["BABA"])
    assert chart["timestamp"][-1] == epoch("01-09 09:30")


async def test_chart_by_period_is_cut_to_it(client: Yfinance) -> None:
    """period1 is included, period2 is not."""
    since, until = epoch("01-08 09:30"), epoch("01-09 09:31")
    chart = await client.chart(
        "BABA", period1=str(since), period2=str(until), interval="1d", events="div,splits"
    )

    assert chart["timestamp"] == [since, epoch("01-09 09:30")]


async def test_history_of_yfinance_reads_the_chart(client: Yfinance) -> None:
    """The library's own reader, not only its transport, accepts the shapes."""
    import asyncio
    import warnings

    import yfinance

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        ticker = yfinance.Ticker("BABA")
        minutes = await asyncio.to_thread(ticker.history, period="1d", interval="1m", prepost=True)
        year = await asyncio.to_thread(ticker.history, period="1y")

    assert round(float(minutes["Close"].iloc[-1]), 2) == 165.68
    assert round(float(year["Close"].iloc[-2]), 2) == 150.96
