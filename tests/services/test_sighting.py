"""One look at the market: what the data gate must know besides the quote is kept between looks."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.model.market import ActionKind, CorporateAction, Phase, Quote, ReferenceKind
from bot.services.directory import Companies
from bot.services.sighting import LOOK_UPS, Sight, Sighting
from tests.builders import DAY, at, instrument, quote
from tests.fakes import Prices
from tests.services.newsroom import Newsroom, newsroom

SPLIT = CorporateAction(ActionKind.SPLIT, DAY, Decimal(2))


class Market:
    """Tickers of the NYSE, their prices, and the desk that looks at them."""

    def __init__(self, room: Newsroom, tickers: tuple[str, ...]) -> None:
        self.tickers = tickers
        self.prices: Prices = room.prices
        known = {ticker: instrument(ticker) for ticker in tickers}
        companies = Companies(known, room.prices)
        self.sighting = Sighting(replace(room.belt, companies=companies))

    async def sights(self, clock: str, *quotes: Quote) -> dict[str, Sight]:
        self.prices.quotes = {one.ticker: one for one in quotes}
        return await self.sighting.look(self.tickers, at(clock))

    async def look(self, clock: str, *quotes: Quote) -> list[str]:
        """What every ticker did, in percent, or the name of the reason that is not known."""
        return [said(one) for one in (await self.sights(clock, *quotes)).values()]


def said(sight: Sight) -> str:
    return f"{sight.move.percent:+.1f}" if sight.move else sight.no_move.name


def priced(clock: str, last: str = "101", ticker: str = "BABA", **changes: object) -> Quote:
    return quote(last, "100", ticker=ticker, as_of=at(clock), **changes)


@pytest.fixture
async def market(tmp_path: Path) -> AsyncIterator[Callable[..., Market]]:
    async with newsroom(tmp_path) as room:
        yield lambda *tickers: Market(room, tickers or ("BABA",))


async def test_every_ticker_has_its_sight(market: Callable[..., Market]) -> None:
    """In the order asked; one without a quote has its instrument and session all the same."""
    desk = market("BABA", "JD", "PDD")
    sights = await desk.sights("11:00", priced("11:00", ticker="PDD"), priced("11:00"))

    assert list(sights) == ["BABA", "JD", "PDD"]
    assert [said(one) for one in sights.values()] == ["+1.0", "NO_QUOTE", "+1.0"]
    assert all(one.instrument and one.session for one in sights.values())
    assert desk.sighting.phases == {Phase.LATE_MORNING}
    assert desk.sighting.looks["JD"].why == "the provider had no quote"


async def test_a_ticker_nobody_knows(market: Callable[..., Market]) -> None:
    """Its quote tells where it is listed, or nothing is known."""
    desk = market()
    desk.tickers = ("NEW", "ODD", "GONE")
    new = priced("11:00", ticker="NEW", exchange="NYQ")
    sights = await desk.sights("11:00", new, priced("11:00", ticker="ODD", exchange="???"))

    assert [said(one) for one in sights.values()] == ["+1.0", "NO_QUOTE", "NO_QUOTE"]


async def test_the_providers_trouble_is_a_reason(market: Callable[..., Market]) -> None:
    """Every ticker says so."""
    desk = market("BABA", "JD")
    desk.prices.down = "Yahoo could not be reached"
    sights = await desk.sights("11:00")

    assert {one.why for one in sights.values()} == {"Yahoo could not be reached"}


async def test_a_single_bad_print_never_was(market: Callable[..., Market]) -> None:
    """It is not believed at its look, and gone at the next."""
    desk = market()
    prints = (("11:00", "101"), ("11:01", "120"), ("11:02", "101.2"), ("11:03", "101.4"))
    found = [await desk.look(clock, priced(clock, last)) for clock, last in prints]

    assert found == [["+1.0"], ["UNCONFIRMED"], ["+1.2"], ["+1.4"]]


async def test_a_jump_that_stays_is_a_move(market: Callable[..., Market]) -> None:
    """One look later."""
    desk = market()
    prints = (("11:00", "101"), ("11:01", "108"), ("11:02", "108.1"), ("11:03", "109"))
    found = [await desk.look(clock, priced(clock, last)) for clock, last in prints]

    assert found == [["+1.0"], ["UNCONFIRMED"], ["+8.1"], ["+9.0"]]


async def test_another_reason_leaves_the_jump_open(market: Callable[..., Market]) -> None:
    """A look without a quote neither confirms nor forgets it."""
    desk = market()
    await desk.look("11:00", priced("11:00"))
    await desk.look("11:01", priced("11:01", "108"))

    assert ["NO_QUOTE"] == await desk.look("11:02")
    assert ["+8.1"] == await desk.look("11:03", priced("11:03", "108.1"))


OTHERS = ("AMD", "INTC", "MU")


async def test_a_halt_is_told_by_the_others(market: Callable[..., Market]) -> None:
    """Its time stands still for five minutes while three others of its exchange trade."""
    desk = market("BABA", *OTHERS)
    ticking = [priced("11:06", ticker=ticker) for ticker in OTHERS]

    assert (await desk.look("11:06", priced("11:00:59"), *ticking))[0] == "HALTED"
    assert (await desk.look("11:06", priced("11:01"), *ticking))[0] == "STALE"
    assert (await desk.look("11:06", priced("11:00:59"), *ticking[:2]))[0] == "STALE"


async def test_an_exchange_without_a_print(market: Callable[..., Market]) -> None:
    """The calendar says open, and nobody trades: a closure it did not know of."""
    desk = market("BABA", *OTHERS)
    old = [
        quote("101", "100", ticker=ticker, as_of=at("16:00", day="2026-01-09"))
        for ticker in ("BABA", *OTHERS)
    ]

    assert ["NOT_TRADED"] * 4 == await desk.look("09:39", *old)
    assert ["NO_TRADING"] * 4 == await desk.look("09:40", *old)
    assert ["NOT_TRADED", "NOT_TRADED"] == (await desk.look("09:41", *old[:2]))[:2]


async def test_other_exchanges_and_thin_stocks_prove_nothing(
    market: Callable[..., Market],
) -> None:
    """Nor does a quote that is merely delayed."""
    desk = market("BABA", *OTHERS)
    thin = [priced("11:06", ticker=ticker, average_volume=99_999) for ticker in OTHERS]
    late = timedelta(minutes=15)
    delayed = [priced("10:51", ticker=ticker, delay=late) for ticker in OTHERS]

    assert (await desk.look("11:06", priced("11:00"), *thin))[0] == "STALE"
    assert (await desk.look("11:06", priced("11:00"), *delayed))[0] == "HALTED"


async def test_the_days_splits_are_read_once(market: Callable[..., Market]) -> None:
    """Half the price is ±0 % once its split is known, in every look of the day."""
    desk = market()
    desk.prices.events["BABA"] = (SPLIT,)
    sights = await desk.sights("09:31", priced("09:31", "51"))
    found = sights["BABA"]
    assert found.move is not None
    assert found.quote is not None

    assert (found.move.percent, found.why) == (Decimal(2), "")
    assert (found.move.reference.adjusted, found.quote.actions) == (SPLIT, (SPLIT,))
    assert ["+4.0"] == await desk.look("09:50", priced("09:50", "52"))
    assert desk.prices.charts == ["BABA"]


async def test_a_small_move_reads_nothing(market: Callable[..., Market]) -> None:
    """Unless the quote itself hints at something today."""
    desk = market("BABA", "JD")
    hinted = priced("11:00", ticker="JD", action_days=(DAY,))
    past = priced("11:00", action_days=(date(2026, 1, 9),))
    await desk.look("11:00", past, hinted)

    assert desk.prices.charts == ["JD"]


async def test_hints_of_a_day_that_was_not_read_stay(market: Callable[..., Market]) -> None:
    """What the chart tells of a day goes before what the quote hints at."""
    desk = market()
    hinted = CorporateAction(ActionKind.DIVIDEND, DAY, Decimal(3))
    friday = CorporateAction(ActionKind.DIVIDEND, date(2026, 1, 9), Decimal(9))
    told = replace(friday, amount=Decimal(8))
    desk.prices.events["BABA"] = (told,)
    seen = priced("11:00", "97", actions=(friday, hinted), action_days=(DAY,))
    sights = await desk.sights("11:00", seen)
    found = sights["BABA"]
    assert found.move is not None
    assert found.quote is not None

    assert found.quote.actions == (hinted, told)
    assert (found.move.percent, found.move.reference.unadjusted) == (Decimal(0), Decimal(100))


async def test_a_chart_that_does_not_come(market: Callable[..., Market]) -> None:
    """A moderate move is believed without it, a huge one is not; the next look asks again."""
    desk = market("BABA", "JD")
    quotes = (priced("11:00", "150"), priced("11:00", "108", ticker="JD"))
    desk.prices.quotes = {one.ticker: one for one in quotes}
    desk.prices.no_charts = True

    assert ["IMPLAUSIBLE", "+8.0"] == await desk.look("11:00", *quotes)
    desk.prices.no_charts = False
    assert ["+50.0", "+8.0"] == await desk.look("11:00:30", *quotes)
    assert desk.prices.charts == ["BABA", "JD", "BABA", "JD"]


async def test_a_crash_does_not_ask_for_every_chart_at_once(
    market: Callable[..., Market],
) -> None:
    """What is withheld comes first, then the largest moves; the rest in the next looks."""
    tickers = [f"T{number:02}" for number in range(LOOK_UPS + 5)]
    desk = market(*tickers)
    quotes = [
        priced("11:00", f"{95 - number}", ticker=ticker) for number, ticker in enumerate(tickers)
    ]
    quotes[3] = priced("11:00", "70", ticker="T03")
    await desk.look("11:00", *quotes)
    first = list(desk.prices.charts)
    await desk.look("11:00:30", *quotes)

    assert first == ["T03", *sorted(tickers[-LOOK_UPS + 1 :], reverse=True)]
    assert sorted(desk.prices.charts) == tickers


async def test_the_evening_and_the_closing_print(market: Callable[..., Market]) -> None:
    """The day's move till the close; what trades after it is measured from that."""
    desk = market()
    close: dict[str, Any] = {
        "regular_last": Decimal(105),
        "regular_at": at("16:00:01"),
        "percent": None,
    }
    closing = priced("16:00:01", "105", state="POST", **close)
    late = priced("16:05", "106.05", state="POST", **close)

    assert ["+5.0"] == await desk.look("16:01", closing)
    sights = await desk.sights("16:05:10", late)
    assert sights["BABA"].move is not None
    assert sights["BABA"].move.percent == 1
    assert sights["BABA"].move.reference.kind is ReferenceKind.REGULAR_CLOSE
