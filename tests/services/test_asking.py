"""A brief when a person asks: the move of now, of the evening, or of the day that is over."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.errors import UserError
from bot.model.brief import Variant
from bot.model.market import ActionKind, CorporateAction, Quote
from bot.services.briefing import Asking
from bot.services.directory import Companies
from bot.sources.calendar import Calendars
from tests.builders import BABA, DAY, HONG_KONG, at, instrument, quote
from tests.services.newsroom import Newsroom, newsroom

HOME = instrument("0700.HK", short="Tencent", calendar="XHKG", exchange="HKEX", currency="HKD")
CALENDARS = Calendars()


class Desk:
    """Somebody asks about a ticker at a time of day."""

    def __init__(self, room: Newsroom) -> None:
        self.room = room
        companies = Companies({"BABA": BABA, "0700.HK": HOME}, room.prices)
        self.asking = Asking(replace(room.belt, companies=companies, calendar=CALENDARS))

    async def ask(self, clock: str, seen: Quote, *, day: str = "2026-01-12") -> tuple[str, str]:
        """The headline, and the first paragraph of the brief."""
        self.room.clock.at = at(clock, day=day)
        self.room.prices.quotes = {seen.ticker: seen}
        told = (await self.asking.brief(seen.ticker, Variant())).rendered
        return told.title, told.description.split("\n\n")[0]

    async def refused(self, clock: str, seen: Quote) -> str:
        with pytest.raises(UserError) as error:
            await self.ask(clock, seen)
        return str(error.value)


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(tmp_path) as room:
        yield Desk(room)
        assert room.held == []


def priced(last: str, clock: str, state: str = "REGULAR", **changes: object) -> Quote:
    told = {"percent": None, "close_date": None} | changes
    return quote(last, "100.00", as_of=at(clock), state=state, **told)  # type: ignore[arg-type]


CLOSE = {"regular_last": Decimal("103.00"), "regular_at": at("16:00")}


async def test_in_regular_hours_it_is_the_move_of_now(desk: Desk) -> None:
    """From the previous close."""
    title, lede = await desk.ask("11:08", priced("103.00", "11:08"))

    assert "3.0%" in title
    assert "$103.00" in lede


async def test_in_the_evening_it_is_the_evenings(desk: Desk) -> None:
    """From today's close, also when the last late print is a while ago: few trade there."""
    late = priced("104.03", "16:30", "POST", **CLOSE)
    for clock in ("16:30:10", "17:10"):
        title, lede = await desk.ask(clock, late)

        assert "1.0%" in title
        assert "$103.00" in lede


async def test_without_a_late_print_it_is_the_days(desk: Desk) -> None:
    """At the closing price, in the evening and at night."""
    for clock, state in (("16:01", "POST"), ("18:00", "POST"), ("21:00", "CLOSED")):
        title, _ = await desk.ask(clock, priced("103.00", "16:00", state, **CLOSE))

        assert "3.0%" in title


async def test_at_night_it_is_the_days_whatever_traded_late(desk: Desk) -> None:
    """Once the late hours are over, too."""
    title, _ = await desk.ask("21:00", priced("103.00", "16:00", "CLOSED", **CLOSE))

    assert "3.0%" in title


async def test_at_the_weekend_it_is_fridays(desk: Desk) -> None:
    """With Friday's date."""
    friday = replace(
        priced("103.00", "16:00", "CLOSED"),
        as_of=at("16:00", day="2026-01-09"),
        regular_last=Decimal("103.00"),
        regular_at=at("16:00", day="2026-01-09"),
    )
    title, lede = await desk.ask("12:00", friday, day="2026-01-10")

    assert "3.0%" in title
    assert "(Jan 8)" in lede


async def test_before_the_open_without_an_early_print_it_is_fridays(desk: Desk) -> None:
    """What trades at eight is nothing yet."""
    stamp = at("16:00", day="2026-01-09")
    friday = replace(
        priced("103.00", "16:00", "PRE"),
        as_of=stamp,
        regular_last=Decimal("103.00"),
        regular_at=stamp,
    )
    title, lede = await desk.ask("08:00", friday)

    assert "3.0%" in title
    assert "(Jan 8)" in lede


async def test_hong_kongs_day_is_told_at_night_there(desk: Desk) -> None:
    """Past midnight its next session has not begun; the last print is of 16:08."""
    stamp = at("16:08", zone=HONG_KONG)
    home = quote(
        "618.00",
        "600.00",
        ticker="0700.HK",
        as_of=stamp,
        state="CLOSED",
        currency="HKD",
        close_date=None,
        regular_last=Decimal("618.00"),
        regular_at=stamp,
    )
    title, lede = await desk.ask("11:08", home)

    assert "3.0%" in title
    assert "(Jan 9)" in lede


async def test_an_old_price_in_regular_hours_is_refused(desk: Desk) -> None:
    """There a price must be fresh."""
    words = await desk.refused("11:08", priced("103.00", "11:00"))

    assert words == (
        "no brief on BABA now: the quote is older than the limit; "
        "the last known price is 103.00 USD; try again later"
    )


async def test_a_split_of_the_day_is_read_first(desk: Desk) -> None:
    """Half the price is no fall."""
    desk.room.prices.events["BABA"] = (CorporateAction(ActionKind.SPLIT, DAY, Decimal(2)),)
    title, _ = await desk.ask("11:08", priced("51.00", "11:08"))

    assert "2.0%" in title


async def test_a_huge_move_is_refused_without_its_chart(desk: Desk) -> None:
    """It cannot be told from a split."""
    desk.room.prices.no_charts = True
    words = await desk.refused("11:08", priced("51.00", "11:08"))

    assert "the jump is too large to believe without a second source" in words
