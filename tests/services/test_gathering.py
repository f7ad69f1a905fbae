"""What is fetched beyond the quote that moved, each of its own session."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.model.gathered import Gathered
from bot.model.market import HomeListing, Instrument, Move, Reference, ReferenceKind
from bot.services.directory import Companies
from bot.services.gathering import Gathering, Seen
from bot.sources.calendar import Calendars
from tests.builders import BABA, DAY, HONG_KONG, at, daily, instrument, move, quote, session
from tests.services.newsroom import Newsroom, newsroom

CALENDARS = Calendars()
HOME = instrument("9988.HK", calendar="XHKG", exchange="HKEX", currency="HKD")


class Desk:
    """BABA moved; what is known around it."""

    def __init__(self, room: Newsroom) -> None:
        self.room, self.prices = room, room.prices
        known = {"BABA": BABA, "9988.HK": HOME, "JD": instrument("JD")}
        companies = Companies(known, room.prices)
        belt = replace(room.belt, companies=companies, calendar=CALENDARS)
        self.gathering = Gathering(belt)

    async def gather(self, moved: Move | None = None, of: Instrument = BABA) -> Gathered:
        seen = Seen(of, session(), quote(), moved or move())
        return await self.gathering.gather(seen, at("11:08"), timedelta(seconds=1))


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(tmp_path) as room:
        yield Desk(room)


async def test_others_are_of_the_session_they_traded_in(desk: Desk) -> None:
    """At 11:08 in New York it is Tuesday in Hong Kong; its last print is Monday's."""
    home = quote("147.60", "140.20", ticker="9988.HK", as_of=at("16:08", zone=HONG_KONG))
    friday = quote("10", "10", ticker="JD", as_of=at("16:00", day="2026-01-09"))
    desk.prices.quotes = {"9988.HK": home, "JD": friday}
    others = (await desk.gather()).others

    assert {ticker: one.session.day for ticker, one in others.items()} == {
        "9988.HK": DAY,
        "JD": date(2026, 1, 9),
    }


async def test_the_rate_of_the_home_currency_comes_along(desk: Desk) -> None:
    """In the same request; it is nobody's peer."""
    desk.prices.quotes = {"HKD=X": quote("7.80", ticker="HKD=X", currency="HKD", exchange="CCY")}
    known = await desk.gather()

    assert known.rate is not None
    assert known.rate.last == Decimal("7.80")
    assert known.others == {}
    assert desk.prices.asked == 1


@pytest.mark.parametrize(
    "of",
    [
        replace(BABA, home=None),
        replace(BABA, currency="EUR"),
        replace(BABA, home=HomeListing("X.SA", "BVMF", "São Paulo", Decimal(1))),
    ],
)
async def test_no_rate_where_none_is_needed_or_known(desk: Desk, of: Instrument) -> None:
    """No home, another currency than the dollar, or an exchange whose currency is not known."""
    desk.prices.quotes = {"HKD=X": quote("7.80", ticker="HKD=X", currency="HKD")}

    assert (await desk.gather(of=of)).rate is None


async def test_daily_bars_end_with_the_close_that_is_the_reference(desk: Desk) -> None:
    """Today's is not complete in regular hours; in the evening it is what the move starts from."""
    desk.prices.series["BABA", "1d"] = daily([100, 101, 102], until=DAY)
    close = Reference(ReferenceKind.REGULAR_CLOSE, Decimal(160), DAY)
    evening = replace(move(as_of=at("16:30")), reference=close)

    assert [bar.close for bar in (await desk.gather()).daily] == [100, 101]
    assert [bar.close for bar in (await desk.gather(evening)).daily] == [100, 101, 102]
