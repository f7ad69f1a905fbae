"""Yahoo through the real yfinance, against the stand-in and its bad habits."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from yfinance.data import YfData

from bot.errors import SourceError, Unreachable, Unreadable
from bot.model.market import ActionKind, CorporateAction
from bot.sandbox.yahoo import YahooServer
from bot.services.ports import Quotes
from bot.sources.clock import SystemClock
from bot.sources.yahoo import Yahoo
from bot.tape import Tape, read_day
from tests.sources.fakes import HandClock, OddServer, say

DAY = Path(__file__).parents[3] / "seeds" / "days" / "2026-01-12"
LATE_MORNING = datetime(2026, 1, 12, 16, 8, tzinfo=UTC)
CAP = 2.0


@pytest.fixture(scope="module")
def tape() -> Tape:
    return read_day(DAY)


class Place:
    """The stand-in, the adapter on it, and the clock of both."""

    def __init__(self, server: YahooServer, yahoo: Yahoo, clock: HandClock) -> None:
        self.server, self.yahoo, self.clock = server, yahoo, clock

    async def sentence(self, ticker: str = "BABA") -> str:
        with pytest.raises(SourceError) as error:
            await self.yahoo.latest([ticker])
        return str(error.value)

    def counted(self, *routes: str) -> list[int]:
        return [self.server.requests[route] for route in routes]


@pytest.fixture
async def place(tape: Tape, tmp_path: Path) -> AsyncIterator[Place]:
    clock = HandClock(LATE_MORNING)
    async with YahooServer(tape, clock.now) as server:
        yahoo = Yahoo(server.url, tmp_path / "yahoo", CAP, clock, clock)
        yield Place(server, yahoo, clock)
        await yahoo.close()


@pytest.fixture
async def odd(tmp_path: Path) -> AsyncIterator[tuple[OddServer, Yahoo]]:
    """A Yahoo whose every byte the test writes; cookie and crumb behave."""
    clock = HandClock()
    answers = {
        "/_h/query1.finance.yahoo.com/v1/test/getcrumb": say("crumb"),
        "/_h/query2.finance.yahoo.com/v1/test/getcrumb": say("crumb"),
    }
    async with OddServer(answers) as server:
        yahoo = Yahoo(server.url, tmp_path / "yahoo", CAP, clock, clock)
        yield server, yahoo
        await yahoo.close()


QUOTE = "/_h/query1.finance.yahoo.com/v7/finance/quote"


async def test_many_quotes_are_one_request(place: Place) -> None:
    """After the crumb, which is had once."""
    quotes: Quotes = place.yahoo
    await quotes.latest(["BABA"])

    told = await quotes.latest(["BABA", "9988.HK", "KWEB", "SPY", "NOBODY"])

    assert set(told) == {"BABA", "9988.HK", "KWEB", "SPY"}
    assert place.counted("crumb", "quote") == [1, 2]
    assert place.yahoo.requests == place.server.requests.total()


async def test_the_recorded_morning_is_quoted(place: Place) -> None:
    """The day's anchor: $165.68, 9.8 % above a close of $150.96, at 11:08 in New York."""
    quote = (await place.yahoo.latest(["BABA"]))["BABA"]

    assert (quote.last, quote.close, quote.currency) == (
        Decimal("165.68"),
        Decimal("150.96"),
        "USD",
    )
    assert (quote.state, quote.seen_at) == ("REGULAR", LATE_MORNING)
    assert LATE_MORNING - timedelta(minutes=1) <= quote.as_of <= LATE_MORNING


async def test_before_the_open_the_close_is_fridays(place: Place) -> None:
    """Yahoo's own percent is Friday's then; ours is measured from Friday's close."""
    place.clock.at = LATE_MORNING.replace(hour=13)

    quote = (await place.yahoo.latest(["BABA"]))["BABA"]

    assert (quote.state, quote.close) == ("PRE", Decimal("150.96"))
    assert quote.close_date == date(2026, 1, 9)


async def test_tickers_come_back_as_they_were_asked(place: Place) -> None:
    """In any case, repeated or not."""
    told = await place.yahoo.latest(["baba", "SPY", "SPY"])

    assert set(told) == {"baba", "SPY"}


async def test_nothing_asked_is_nothing_sent(place: Place) -> None:
    """No tickers, no request."""
    assert await place.yahoo.latest([]) == {}
    assert place.yahoo.requests == 0


async def test_more_than_fifty_are_asked_in_turns(place: Place) -> None:
    """Fifty symbols a request."""
    tickers = [f"T{n}" for n in range(120)] + ["BABA"]

    told = await place.yahoo.latest(tickers)

    assert set(told) == {"BABA"}
    assert place.counted("quote") == [3]


async def test_the_splits_of_the_day_are_in_the_chart(place: Place) -> None:
    """One request, on the exchange's date; a ticker that Yahoo does not know has none."""
    place.server.faults.split = {"BABA": (2, 1)}
    quotes: Quotes = place.yahoo

    assert await quotes.actions("baba") == (
        CorporateAction(ActionKind.SPLIT, date(2026, 1, 12), Decimal(2)),
    )
    assert await quotes.actions("SPY") == ()
    assert place.counted("chart") == [2]
    assert await quotes.actions("NOBODY") == ()


async def test_the_events_of_five_days_are_asked_for(odd: tuple[OddServer, Yahoo]) -> None:
    """Splits, dividends and what funds pay out."""
    server, yahoo = odd
    server.answers["/_h/query2.finance.yahoo.com/v8/finance/chart/BABA"] = say(
        '{"chart": {"result": []}}'
    )
    await yahoo.actions("BABA")

    query = server.requests[-1].query
    assert (query["range"], query["interval"]) == ("5d", "1d")
    assert query["events"] == "div,splits,capitalGains"


async def test_yfinances_own_path_is_used(place: Place) -> None:
    """Its YfData fetched cookie and crumb and sent the request; its singleton is left alone."""
    await place.yahoo.latest(["BABA"])

    data = place.yahoo._wire._data
    assert type(data) is YfData
    assert data._session is place.yahoo._wire._session
    assert (data._crumb, data._cookie_strategy) == ("sandbox.crumb", "basic")
    assert data not in YfData._instances.values()
    assert min(place.counted("cookie", "crumb")) >= 1


async def test_minute_bars_have_extended_hours(place: Place) -> None:
    """Oldest first, up to now, early trading included."""
    bars = await place.yahoo.bars("BABA", "1m", "1d")

    opens = datetime(2026, 1, 12, 14, 30, tzinfo=UTC)
    assert [bar.at for bar in bars] == sorted({bar.at for bar in bars})
    assert bars[0].at < opens < bars[-1].at <= LATE_MORNING


async def test_five_minute_bars_are_regular_hours_only(place: Place) -> None:
    """They are for the volume curve of the regular session."""
    bars = await place.yahoo.bars("BABA", "5m", "1d")

    assert bars
    assert bars[0].at >= datetime(2026, 1, 12, 14, 30, tzinfo=UTC)


async def test_daily_bars_of_a_year(place: Place) -> None:
    """The last completed one closes at the reference."""
    bars = await place.yahoo.bars("BABA", "1d", "1y")

    completed = [bar for bar in bars if bar.at.date() < LATE_MORNING.date()]
    assert len(completed) >= 240
    assert completed[-1].close == Decimal("150.96")


async def test_bars_of_an_unknown_ticker_are_none(place: Place) -> None:
    """A 404 is an answer."""
    assert await place.yahoo.bars("NOBODY", "1d", "1y") == []


async def test_search_finds_by_name(place: Place) -> None:
    """(ticker, name), and nothing for nonsense."""
    found = await place.yahoo.search("alibaba")

    assert "BABA" in [ticker for ticker, _ in found]
    assert await place.yahoo.search("zzzz no such company") == []


async def test_a_429_is_one_request_and_then_silence(place: Place) -> None:
    """yfinance would have sent three; the next call sends none, until a minute is over."""
    await place.yahoo.latest(["BABA"])
    place.server.faults.status = {"quote": 429}
    before = place.counted("crumb", "consent", "quote")
    first = await place.sentence()
    sent = place.yahoo.requests
    second = await place.sentence()
    silent = place.yahoo.requests
    after = place.counted("crumb", "consent", "quote")
    place.server.faults.status = {}
    place.clock.pass_time(minutes=1)

    told = await place.yahoo.latest(["BABA"])

    assert after == [before[0], before[1], before[2] + 1]
    assert silent == sent
    assert first == "Yahoo asked for fewer requests (429); the desk is silent for 60 seconds more"
    assert second == first
    assert set(told) == {"BABA"}


@pytest.mark.parametrize("route", ["cookie", "crumb"])
async def test_a_429_for_cookie_or_crumb_is_one_too(place: Place, route: str) -> None:
    """Wherever it comes, nothing more is sent."""
    place.server.faults.status = {route: 429}

    sentence = await place.sentence()

    assert "asked for fewer requests (429)" in sentence
    assert place.counted(route, "quote") == [1, 0]


async def test_silence_covers_charts_and_search(place: Place) -> None:
    """One Yahoo, one patience."""
    place.server.faults.status = {"chart": 429}
    with pytest.raises(Unreachable) as error:
        await place.yahoo.bars("BABA", "1d", "1y")
    sent = place.yahoo.requests

    for _ in range(2):
        with pytest.raises(Unreachable):
            await place.yahoo.search("alibaba")

    assert error.value.retry_after == timedelta(minutes=1)
    assert place.yahoo.requests == sent


async def test_a_503_page_is_one_sentence(place: Place) -> None:
    """And the next poll is served as if nothing had been."""
    place.server.faults.status = {"quote": 503}
    sentence = await place.sentence()
    place.server.faults.status = {}

    assert sentence == "Yahoo answered 503"
    assert set(await place.yahoo.latest(["BABA"])) == {"BABA"}


async def test_everything_down_is_one_sentence(place: Place) -> None:
    """Cookie and crumb too."""
    place.server.faults.status = {"*": 503}

    assert await place.sentence() in ("Yahoo answered 503", "Yahoo answered 401")


async def test_nobody_there_is_one_sentence(place: Place) -> None:
    """Taken down, and brought back at the same address."""
    await place.yahoo.latest(["BABA"])
    await place.server.stop()
    sentence = await place.sentence()
    await place.server.start()

    assert sentence == "Yahoo could not be reached"
    assert set(await place.yahoo.latest(["BABA"])) == {"BABA"}


async def test_a_cut_connection_is_one_sentence(place: Place) -> None:
    """A dropped socket is nobody there."""
    await place.yahoo.latest(["BABA"])
    place.server.faults.dropped = True

    assert await place.sentence() == "Yahoo could not be reached"


async def test_a_new_crumb_is_fetched_within_the_call(place: Place) -> None:
    """Yahoo rotates it; nobody notices."""
    await place.yahoo.latest(["BABA"])
    place.server.faults.crumb = "another"

    assert set(await place.yahoo.latest(["BABA"])) == {"BABA"}


async def test_an_empty_result_is_no_quote(place: Place) -> None:
    """`result: []` with a 200 is how Yahoo forgets a ticker."""
    place.server.faults.empty = True

    assert await place.yahoo.latest(["BABA", "SPY"]) == {}


async def test_a_missing_ticker_leaves_the_others(place: Place) -> None:
    """Asked for two, told of one."""
    place.server.faults.missing = frozenset({"BABA"})

    assert set(await place.yahoo.latest(["BABA", "SPY"])) == {"SPY"}


async def test_a_previous_close_of_nought_is_none(place: Place) -> None:
    """No division, no 0 %."""
    place.server.faults.zero_close = frozenset({"BABA"})

    quote = (await place.yahoo.latest(["BABA"]))["BABA"]

    assert (quote.close, quote.percent) == (None, None)


async def test_pence_are_told_as_pence(place: Place) -> None:
    """The number and its unit belong together."""
    place.server.faults.pence = frozenset({"BABA"})

    quote = (await place.yahoo.latest(["BABA"]))["BABA"]

    assert (quote.currency, quote.last) == ("GBp", Decimal("16568.00"))


@pytest.mark.parametrize("key", ["regularMarketPrice", "regularMarketTime", "symbol"])
async def test_a_row_that_lacks_the_essential_is_left_out(place: Place, key: str) -> None:
    """Keys go missing at Yahoo."""
    place.server.faults.without = frozenset({key})

    # The stand-in looks for the symbol itself, hence only what is left of the others.
    assert await place.yahoo.latest(["BABA"]) == {}


async def test_a_frozen_price_keeps_its_old_date(place: Place) -> None:
    """Whether it is stale is for the desk to say."""
    frozen = LATE_MORNING - timedelta(minutes=30)
    place.server.faults.frozen_at = frozen

    quote = (await place.yahoo.latest(["BABA"]))["BABA"]

    assert quote.as_of <= frozen
    assert quote.seen_at == LATE_MORNING


@pytest.mark.parametrize("route", ["quote", "chart", "search"])
async def test_a_slow_answer_is_left_in_time(tape: Tape, tmp_path: Path, route: str) -> None:
    """Within the cap, as one sentence."""
    clock = HandClock(LATE_MORNING)
    async with YahooServer(tape, clock.now) as server:
        yahoo = Yahoo(server.url, tmp_path, 0.2, clock, clock)
        await yahoo.latest(["BABA"])
        server.faults.slow = {route: 1.0}
        asks: dict[str, Callable[[], Awaitable[object]]] = {
            "quote": lambda: yahoo.latest(["BABA"]),
            "chart": lambda: yahoo.bars("BABA", "1d", "1y"),
            "search": lambda: yahoo.search("x"),
        }
        began = time.monotonic()

        with pytest.raises(Unreachable) as error:
            await asks[route]()

        took = time.monotonic() - began
        await yahoo.close()
    assert str(error.value) == "Yahoo did not answer within 0.2 seconds"
    assert took < 0.9


@pytest.mark.parametrize("slow", [["crumb"], ["cookie"], ["cookie", "crumb", "consent"]])
async def test_a_slow_cookie_or_crumb_cannot_hold_the_call(
    tape: Tape, tmp_path: Path, slow: list[str]
) -> None:
    """yfinance would wait 30 seconds for each; here the whole call has one time-out."""
    real = SystemClock()
    async with YahooServer(tape, HandClock(LATE_MORNING).now) as server:
        yahoo = Yahoo(server.url, tmp_path, 0.8, real, real)
        server.faults.slow = dict.fromkeys(slow, 5.0)
        began = time.monotonic()

        with contextlib.suppress(Unreachable):
            await yahoo.latest(["BABA"])

        took = time.monotonic() - began
        await yahoo.close()
    assert took < 1.2


async def test_a_cookie_that_never_comes_leaves_time_for_the_question(
    tape: Tape, tmp_path: Path
) -> None:
    """Where fc.yahoo.com is swallowed by a block list, quotes still arrive, another way."""
    real = SystemClock()
    async with YahooServer(tape, HandClock(LATE_MORNING).now) as server:
        yahoo = Yahoo(server.url, tmp_path, 2.0, real, real)
        server.faults.slow = {"cookie": 5.0}

        told = await yahoo.latest(["BABA"])

        await yahoo.close()
    assert set(told) == {"BABA"}


async def test_closing_ends_a_call_with_its_request(tape: Tape, tmp_path: Path) -> None:
    """What is under way gets no further request, and no thread is left."""
    clock = HandClock(LATE_MORNING)
    async with YahooServer(tape, clock.now) as server:
        yahoo = Yahoo(server.url, tmp_path, 0.8, clock, clock)
        server.faults.slow = {"cookie": 5.0}
        call = asyncio.ensure_future(yahoo.latest(["BABA"]))
        while not server.requests["cookie"]:  # noqa: ASYNC110  the request is on its way
            await asyncio.sleep(0.005)

        await yahoo.close()

        with pytest.raises(Unreachable, match="the desk is closing"):
            await call
        assert server.requests.total() == 1
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("yahoo")]


@pytest.mark.parametrize(
    "body", ["<html>Will be right back</html>", "", "not json", "[1, 2", "\xff\xfe"]
)
async def test_an_answer_that_is_no_json_is_unreadable(
    odd: tuple[OddServer, Yahoo], body: str
) -> None:
    """A page with a 200."""
    server, yahoo = odd
    server.answers[QUOTE] = say(body)

    with pytest.raises(Unreadable) as error:
        await yahoo.latest(["BABA"])

    assert str(error.value) == "Yahoo answered with something that is not JSON"


@pytest.mark.parametrize("body", ["{}", "[]", "null", '"x"', '{"quoteResponse": 5}'])
async def test_an_answer_to_another_question_is_unreadable(
    odd: tuple[OddServer, Yahoo], body: str
) -> None:
    """JSON, but no quotes."""
    server, yahoo = odd
    server.answers[QUOTE] = say(body)

    with pytest.raises(Unreadable, match="Yahoo's answer holds no quoteResponse"):
        await yahoo.latest(["BABA"])


async def test_a_crumb_that_complains_is_a_429(odd: tuple[OddServer, Yahoo]) -> None:
    """Yahoo writes "Too Many Requests" with a 200, at times."""
    server, yahoo = odd
    for host in ("query1", "query2"):
        server.answers[f"/_h/{host}.finance.yahoo.com/v1/test/getcrumb"] = say("Too Many Requests")
    server.answers[QUOTE] = say("denied", 401)

    with pytest.raises(Unreachable):
        await yahoo.latest(["BABA"])


async def test_a_consent_page_gone_wrong_is_one_sentence(odd: tuple[OddServer, Yahoo]) -> None:
    """yfinance trips over a form without its fields; the desk does not."""
    server, yahoo = odd
    server.answers[QUOTE] = say("denied", 401)
    server.answers["/_h/guce.yahoo.com/consent"] = say('<input name="csrfToken" value="t">')

    with pytest.raises(Unreadable) as error:
        await yahoo.latest(["BABA"])

    assert str(error.value) == "Yahoo's answer was not understood (TypeError)"


async def test_nothing_leaves_for_another_host(odd: tuple[OddServer, Yahoo]) -> None:
    """In a sandbox a redirect is not followed, wherever it leads."""
    async with OddServer({"/": say("{}")}) as other:
        server, yahoo = odd
        server.answers[QUOTE] = say(status=302, Location=f"{other.url}/")

        with pytest.raises(SourceError):
            await yahoo.latest(["BABA"])

        assert other.requests == []


async def test_a_foreign_host_is_refused(odd: tuple[OddServer, Yahoo]) -> None:
    """Only Yahoo's own hosts have a place in the stand-in."""
    _, yahoo = odd

    with pytest.raises(Unreachable, match="example.com is not part of the stand-in"):
        await yahoo._ask("https://example.com/", {})


async def test_the_desk_names_every_field(odd: tuple[OddServer, Yahoo]) -> None:
    """And asks for the tickers of one batch, comma by comma."""
    server, yahoo = odd
    server.answers[QUOTE] = say('{"quoteResponse": {"result": []}}')
    await yahoo.latest(["BABA", "^GSPC", "BRK-B"])

    query = server.requests[-1].query
    assert query["symbols"] == "BABA,^GSPC,BRK-B"
    assert {"currency", "regularMarketPrice", "marketState"} <= set(query["fields"].split(","))
    assert query["crumb"] == "crumb"


async def test_yfinance_keeps_its_complaints_to_itself(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """What went wrong is an error of ours, once; its own log stays empty."""
    place.server.faults.status = {"*": 503}
    with caplog.at_level(logging.DEBUG):
        await place.sentence()

    assert [record for record in caplog.records if record.name == "yfinance"] == []


async def test_two_desks_share_nothing(tape: Tape, tmp_path: Path) -> None:
    """yfinance's singleton would have handed the first one's crumb to the second."""
    clock = HandClock(LATE_MORNING)
    servers: Sequence[YahooServer] = [YahooServer(tape, clock.now) for _ in range(2)]
    for n, server in enumerate(servers):
        server.faults.crumb = f"crumb {n}"
        await server.start()
        yahoo = Yahoo(server.url, tmp_path, CAP, clock, clock)
        assert set(await yahoo.latest(["BABA"])) == {"BABA"}
        await yahoo.close()
        await server.stop()

    assert [server.requests["quote"] for server in servers] == [1, 1]
