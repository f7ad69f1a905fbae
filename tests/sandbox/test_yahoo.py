"""What the real yfinance reads from the local Yahoo, and what the other routes answer."""

from __future__ import annotations

import pytest

from bot.sandbox.yahoo import YahooServer
from tests.sandbox.recorded import StoppedClock, epoch
from tests.sandbox.yfinance_session import Yfinance, get


async def test_at_11_08_the_move_is_9_8_percent(client: Yfinance) -> None:
    """REGULAR: today's figures against Friday's close."""
    baba = (await client.quotes("BABA"))["BABA"]

    assert baba["marketState"] == "REGULAR"
    assert baba["regularMarketPrice"] == 165.68
    assert baba["regularMarketPreviousClose"] == 150.96
    assert baba["regularMarketTime"] == epoch("11:08")
    assert f"{baba['regularMarketChangePercent']:.1f}" == "9.8"
    assert baba["regularMarketVolume"] == pytest.approx(18_400_000, abs=1000)
    assert baba["averageDailyVolume3Month"] == 18_400_000
    assert baba["twoHundredDayAverage"] == pytest.approx(150.9, abs=0.01)
    assert (baba["fiftyTwoWeekLow"], baba["fiftyTwoWeekHigh"]) == (99.6, 192.67)
    assert baba["regularMarketDayHigh"] == 165.68
    assert baba["currency"] == "USD"
    assert "preMarketPrice" not in baba


async def test_before_the_open_the_regular_figures_are_fridays(
    client: Yfinance, clock: StoppedClock
) -> None:
    """PRE: Yahoo's own percent is Friday's; only preMarketPrice is of today."""
    clock.set("08:00")
    baba = (await client.quotes("BABA"))["BABA"]

    assert baba["marketState"] == "PRE"
    assert baba["regularMarketPrice"] == 150.96
    assert baba["regularMarketPreviousClose"] == 143.5
    assert f"{baba['regularMarketChangePercent']:.1f}" == "5.2"
    assert baba["regularMarketTime"] == epoch("01-09 16:00")
    assert baba["preMarketTime"] == epoch("08:00")
    assert baba["preMarketPrice"] / 150.96 - 1 == pytest.approx(0.016, abs=0.001)
    assert baba["preMarketChangePercent"] == pytest.approx(1.6, abs=0.1)


async def test_after_the_close_the_post_price_stands_beside_the_day(
    client: Yfinance, clock: StoppedClock
) -> None:
    """POST: the day's move stays, postMarketPrice is measured from today's close."""
    clock.set("17:00")
    baba = (await client.quotes("BABA"))["BABA"]

    assert baba["marketState"] == "POST"
    assert (baba["regularMarketPrice"], baba["regularMarketTime"]) == (166.36, epoch("16:00"))
    assert f"{baba['regularMarketChangePercent']:.1f}" == "10.2"
    assert baba["postMarketTime"] > epoch("16:00")
    assert abs(baba["postMarketChangePercent"]) < 0.3


@pytest.mark.parametrize(
    ("clock_time", "state"),
    [
        ("03:59", "CLOSED"),
        ("04:00", "PRE"),
        ("09:29", "PRE"),
        ("09:30", "REGULAR"),
        ("15:59", "REGULAR"),
        ("16:00", "POST"),
        ("19:59", "POST"),
        ("20:00", "CLOSED"),
    ],
)
async def test_market_state_follows_the_session(
    client: Yfinance, clock: StoppedClock, clock_time: str, state: str
) -> None:
    """The state changes on the minute."""
    clock.set(clock_time)

    assert (await client.quotes("BABA"))["BABA"]["marketState"] == state


async def test_hong_kong_listing_keeps_its_own_zone_and_session(client: Yfinance) -> None:
    """At 11:08 in New York Hong Kong has been closed for eight hours."""
    home = (await client.quotes("9988.HK"))["9988.HK"]

    assert home["marketState"] == "CLOSED"
    assert home["currency"] == "HKD"
    assert home["exchangeTimezoneName"] == "Asia/Hong_Kong"
    assert home["gmtOffSetMilliseconds"] == 8 * 3600 * 1000
    assert home["regularMarketTime"] == epoch("03:00")
    assert (home["regularMarketPrice"], home["regularMarketPreviousClose"]) == (147.6, 140.2)
    assert f"{home['regularMarketChangePercent']:.1f}" == "5.3"
    assert "preMarketPrice" not in home


async def test_hong_kong_is_told_a_quarter_of_an_hour_late(
    client: Yfinance, clock: StoppedClock
) -> None:
    """A delayed exchange's prints arrive delayed, and say so."""
    clock.set("02:30")
    home = (await client.quotes("9988.HK"))["9988.HK"]

    assert home["marketState"] == "REGULAR"
    assert home["exchangeDataDelayedBy"] == 15
    assert home["regularMarketTime"] == epoch("02:15")


async def test_many_tickers_come_in_one_request_and_strangers_are_left_out(
    yahoo: YahooServer, client: Yfinance
) -> None:
    """An unknown ticker is silently absent."""
    found = await client.quotes("BABA", "BABBA", "KWEB", "SPY", "JD", "PDD", "BIDU")

    assert list(found) == ["BABA", "KWEB", "SPY", "JD", "PDD", "BIDU"]
    assert yahoo.requests["quote"] == 1


async def test_fields_narrow_the_row_but_for_what_always_comes(client: Yfinance) -> None:
    """The currency is not among the keys that come unasked."""
    url = "https://query1.finance.yahoo.com/v7/finance/quote"
    told = await client.json(url, symbols="BABA", fields="regularMarketPrice")
    (row,) = told["quoteResponse"]["result"]

    assert row["regularMarketPrice"] == 165.68
    assert row["marketState"] == "REGULAR"
    assert {"currency", "regularMarketTime"}.isdisjoint(row)


async def test_search_finds_by_name_and_by_ticker(yahoo: YahooServer) -> None:
    """The listing whose ticker is asked for comes first; news only as far as it was seen."""
    url = f"{yahoo.url}/_h/query2.finance.yahoo.com/v1/finance/search"
    _, _, named = await get(url, q="micron")
    _, _, ticker = await get(url, q="BABA", newsCount="20")

    assert [row["symbol"] for row in named["quotes"]] == ["MU"]
    assert ticker["quotes"][0]["symbol"] == "BABA"
    assert ticker["news"][0]["title"] == "Why Alibaba stock is up today"
    assert all(row["providerPublishTime"] <= epoch("11:08") for row in ticker["news"])


async def test_news_stream_of_yfinance(client: Yfinance) -> None:
    """get_news reads the day's headlines about the ticker."""
    import asyncio

    import yfinance

    found = await asyncio.to_thread(yfinance.Ticker("BABA").get_news)

    assert found[0]["content"]["title"] == "Why Alibaba stock is up today"


async def test_summary_needs_the_crumb(yahoo: YahooServer) -> None:
    """Without a crumb 401, with it the modules asked for."""
    url = f"{yahoo.url}/_h/query2.finance.yahoo.com/v10/finance/quoteSummary/BABA"
    refused, _, body = await get(url, modules="price")
    _, _, told = await get(url, modules="price,calendarEvents", crumb=yahoo.faults.crumb)

    assert (refused, body["finance"]["error"]["description"]) == (401, "Invalid Crumb")
    (result,) = told["quoteSummary"]["result"]
    assert result["price"]["regularMarketPrice"] == 165.68
    assert result["calendarEvents"] == {"maxAge": 1}


async def test_unknown_chart_and_bad_interval_are_refused_in_yahoos_words(
    yahoo: YahooServer,
) -> None:
    """404 for a ticker, 422 for an interval."""
    url = f"{yahoo.url}/_h/query2.finance.yahoo.com/v8/finance/chart/"
    missing, _, body = await get(f"{url}BABBA", range="1d", interval="1m")
    strange, _, words = await get(f"{url}BABA", range="1d", interval="7m")

    assert missing == 404
    assert body["chart"]["error"]["description"] == "No data found, symbol may be delisted"
    assert strange == 422
    assert words["chart"]["error"]["description"] == (
        "Invalid input - interval=7m is not supported."
    )
