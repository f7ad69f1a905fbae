"""The bad habits of the local Yahoo, one by one."""

from __future__ import annotations

import aiohttp
import pytest
from curl_cffi.requests.exceptions import HTTPError
from yfinance.exceptions import YFRateLimitError

from bot.sandbox.yahoo import Faults, YahooServer
from tests.sandbox.recorded import StoppedClock, at, epoch
from tests.sandbox.yfinance_session import Yfinance, get


async def test_too_many_requests_is_a_page_of_text(yahoo: YahooServer, client: Yfinance) -> None:
    """yfinance asks twice, a new crumb in between, and raises its own error."""
    yahoo.faults = Faults(status={"quote": 429})
    status, kind, text = await get(f"{yahoo.url}/_h/query1.finance.yahoo.com/v7/finance/quote")

    assert (status, kind, text) == (429, "text/html", "Edge: Too Many Requests")
    with pytest.raises(YFRateLimitError):
        await client.quotes("BABA")
    assert yahoo.requests["quote"] == 1 + 2


async def test_down_for_maintenance(yahoo: YahooServer, client: Yfinance) -> None:
    """503 with a page."""
    yahoo.faults = Faults(status={"*": 503})

    with pytest.raises(HTTPError, match="503"):
        await client.quotes("BABA")


async def test_rotated_crumb_is_healed_by_one_more_round(
    yahoo: YahooServer, client: Yfinance
) -> None:
    """401 for the old crumb, then the new one works."""
    await client.quotes("BABA")
    yahoo.faults = Faults(crumb="another")
    yahoo.requests.clear()

    assert "BABA" in await client.quotes("BABA")
    assert yahoo.requests["quote"] == 2
    assert yahoo.requests["crumb"] >= 1


async def test_missing_symbol_and_empty_result(yahoo: YahooServer, client: Yfinance) -> None:
    """Both answer 200 with fewer rows than asked for."""
    yahoo.faults = Faults(missing=frozenset({"KWEB"}))
    fewer = await client.quotes("BABA", "KWEB")
    yahoo.faults = Faults(empty=True)

    assert list(fewer) == ["BABA"]
    assert await client.quotes("BABA") == {}


async def test_frozen_prices_keep_their_old_time(
    yahoo: YahooServer, client: Yfinance, clock: StoppedClock
) -> None:
    """A stale quote is recognisable by its time only: the market state goes on."""
    yahoo.faults = Faults(frozen_at=at("10:40"))
    clock.set("15:59")
    baba = (await client.quotes("BABA"))["BABA"]

    assert baba["regularMarketTime"] == epoch("10:40")
    assert baba["marketState"] == "REGULAR"


async def test_previous_close_of_zero(yahoo: YahooServer, client: Yfinance) -> None:
    """Zero, and a change of zero, beside a real price."""
    yahoo.faults = Faults(zero_close=frozenset({"BABA"}))
    baba = (await client.quotes("BABA"))["BABA"]

    assert (baba["regularMarketPreviousClose"], baba["regularMarketChangePercent"]) == (0, 0)
    assert baba["regularMarketPrice"] == 165.68


async def test_pence(yahoo: YahooServer, client: Yfinance) -> None:
    """Prices in hundredths, the currency GBp, in quotes and charts alike."""
    yahoo.faults = Faults(pence=frozenset({"BABA"}))
    baba = (await client.quotes("BABA"))["BABA"]
    chart = await client.chart("BABA", range="5d", interval="1d")

    assert (baba["currency"], baba["regularMarketPrice"]) == ("GBp", 16568.0)
    assert chart["meta"]["currency"] == "GBp"
    assert chart["indicators"]["quote"][0]["close"][-2:] == [15096.0, 16568.0]


async def test_split_day_halves_the_price_but_not_the_close(
    yahoo: YahooServer, client: Yfinance
) -> None:
    """The quote looks like a crash; only the chart's events tell of the split."""
    yahoo.faults = Faults(split={"BABA": (2, 1)})
    baba = (await client.quotes("BABA"))["BABA"]
    chart = await client.chart("BABA", range="5d", interval="1d", events="div,splits")
    (event,) = chart["events"]["splits"].values()

    assert (baba["regularMarketPrice"], baba["regularMarketPreviousClose"]) == (82.84, 150.96)
    assert (event["splitRatio"], event["date"]) == ("2:1", epoch("09:30"))


async def test_keys_go_missing(yahoo: YahooServer, client: Yfinance) -> None:
    """A quote without its price is still a row."""
    yahoo.faults = Faults(without=frozenset({"regularMarketPrice", "longName"}))
    baba = (await client.quotes("BABA"))["BABA"]

    assert {"regularMarketPrice", "longName"}.isdisjoint(baba)


async def test_slow_route_delays_that_route_alone(yahoo: YahooServer) -> None:
    """A slow quote is late, a chart is not; a patient client gets both."""
    yahoo.faults = Faults(slow={"quote": 30})
    base = f"{yahoo.url}/_h/query1.finance.yahoo.com"
    impatient = aiohttp.ClientTimeout(total=0.2)

    async with aiohttp.ClientSession(timeout=impatient) as session:
        with pytest.raises(TimeoutError):
            await session.get(f"{base}/v7/finance/quote")
    status, _, _ = await get(f"{base}/v8/finance/chart/BABA", range="1d", interval="1d")
    assert status == 200


async def test_dropped_connection_and_closed_port(yahoo: YahooServer) -> None:
    """Cut without an answer, then refused, then back at the same address."""
    url = f"{yahoo.url}/_h/query1.finance.yahoo.com/v1/test/getcrumb"
    yahoo.faults = Faults(dropped=True)
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await get(url)
    yahoo.faults = Faults()
    await yahoo.stop()
    with pytest.raises(aiohttp.ClientConnectorError):
        await get(url)
    await yahoo.start()

    assert (await get(url))[2] == yahoo.faults.crumb


async def test_faults_can_be_set_over_http(yahoo: YahooServer) -> None:
    """What the body names is on, everything else off; a wrong name is refused."""
    url = f"{yahoo.url}/_sandbox/faults"
    body = {
        "status": {"chart": 429},
        "missing": ["JD"],
        "split": {"BABA": [2, 1]},
        "frozen_at": "2026-01-12T10:40:00-05:00",
    }
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json=body) as response:
            assert response.status == 200
        faults = yahoo.faults
        async with session.post(url, json={"crumbs": "x"}) as response:
            refused = response.status, await response.text()
        async with session.post(url, json={}) as response:
            assert (await response.json())["requests"] == {}

    assert faults == Faults(
        status={"chart": 429},
        missing=frozenset({"JD"}),
        split={"BABA": (2, 1)},
        frozen_at=at("10:40"),
    )
    assert refused[0] == 400
    assert refused[1].startswith("no fault is called 'crumbs'; there are ")
    assert yahoo.faults == Faults()
