"""Bars of completed sessions: asked for once, waited for a moment, and never guessed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import cycle, islice, pairwise
from pathlib import Path

import pytest

from bot.desk.facts import Past
from bot.model.alert import Measure
from bot.model.market import ActionKind, CorporateAction, Reference, ReferenceKind
from bot.services.asked import asked_of
from bot.services.gathering import Seen
from bot.services.history import FIRST_PAUSE, LONGEST_PAUSE, History, Series
from bot.services.ledger import Wanted
from tests.builders import BABA, DAY, at, bar, daily, minutes, move, quote, session, terms
from tests.fakes import HastyClock
from tests.services.newsroom import Newsroom, newsroom

CALM = daily(islice(cycle(["150", "151.5", "150", "148.5"]), 260))
ALL = {Series.DAILY, Series.FIVE_MINUTES, Series.MINUTES}


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as room:
        room.prices.series["BABA", "1d"] = CALM
        yield room


def seen(clock: str = "10:00", last: str = "151.50", *, evening: bool = False) -> Seen:
    """BABA looked at then; in the evening it is measured from today's close."""
    when = at(clock)
    of = move(last, as_of=when)
    if evening:
        of = replace(of, reference=Reference(ReferenceKind.REGULAR_CLOSE, Decimal(150), DAY))
    return Seen(BABA, session(), quote(last, as_of=when), of)


async def test_what_is_known_is_of_the_sessions_before(room: Newsroom) -> None:
    """Today's bar, still open, counts for nothing before the close."""
    room.prices.series["BABA", "1d"] = [*CALM, bar(at("09:30"), "500")]
    history = History(room.belt)
    before = history.past(seen())
    await history.learn([(seen(), {Series.DAILY})], at("10:00"))
    past = history.past(seen())

    assert Past() == before
    assert (Decimal("148.5"), Decimal("151.5")) == past.year
    assert Decimal(150) == past.average200
    assert past.sigma is not None


async def test_the_evening_counts_today(room: Newsroom) -> None:
    """After the close the session that just ended is one of those before."""
    room.prices.series["BABA", "1d"] = [*CALM, bar(at("09:30"), "170")]
    history = History(room.belt)
    for one in (seen(), seen("17:00", evening=True)):
        await history.learn([(one, {Series.DAILY})], one.move.as_of)

    past = history.past(seen("17:01", evening=True))
    assert (Decimal("148.5"), Decimal(170)) == past.year


async def test_bars_of_old_shares_are_divided_on_the_day_of_the_split(room: Newsroom) -> None:
    """Two for one today: the average and the extremes are in shares of today."""
    split = CorporateAction(ActionKind.SPLIT, DAY, Decimal(2))
    reference = Reference(
        ReferenceKind.PREVIOUS_CLOSE, Decimal("74.25"), date(2026, 1, 9), split, Decimal("148.5")
    )
    today = replace(seen(), move=replace(move("75.00"), reference=reference))
    history = History(room.belt)
    await history.learn([(today, {Series.DAILY})], at("10:00"))

    assert (Decimal("74.25"), Decimal("75.75")) == history.past(today).year


async def test_each_series_is_asked_for_once_a_session(room: Newsroom) -> None:
    """However many passes need it; the next session asks again."""
    history = History(room.belt)
    tomorrow = replace(seen(), session=session("2026-01-13", previous=DAY))
    for one in (seen(), seen("10:01"), tomorrow):
        await history.learn([(one, {Series.DAILY})], one.move.as_of)

    assert [("BABA", "1d")] * 2 == room.prices.bars_asked


async def test_what_did_not_come_is_asked_again_ever_later(room: Newsroom) -> None:
    """After a minute, two, four, and half an hour at the most."""
    room.prices.series.clear()
    history, now, asked = History(room.belt), at("10:00"), list[timedelta]()
    while len(asked) < 8:
        before = len(room.prices.bars_asked)
        await history.learn([(seen(), {Series.DAILY})], now)
        if len(room.prices.bars_asked) > before:
            asked.append(now - at("10:00"))
        now += timedelta(seconds=30)
    pauses = [after - before for before, after in pairwise(asked)]

    assert [FIRST_PAUSE * 2**tries for tries in range(5)] == pauses[:5]
    assert [LONGEST_PAUSE] * 2 == pauses[5:]


async def test_a_pass_waits_a_moment_only(tmp_path: Path) -> None:
    """What is slow goes on coming in behind it, and is asked for only once."""
    async with newsroom(tmp_path, HastyClock()) as room:
        room.prices.series["BABA", "1d"] = CALM
        room.prices.slow = asyncio.Event()
        history = History(room.belt)
        for clock in ("10:00", "10:01"):
            await history.learn([(seen(clock), {Series.DAILY})], at(clock))
        assert history.past(seen()).sigma is None
        room.prices.slow.set()
        await history.learn([(seen("10:02"), {Series.DAILY})], at("10:02"))

        assert history.past(seen()).sigma is not None
        assert [("BABA", "1d")] == room.prices.bars_asked


async def test_the_track_begins_before_the_first_look(room: Newsroom) -> None:
    """Earlier sessions in five minutes, today in minutes, then every look."""
    friday = date(2026, 1, 9)
    room.prices.series["BABA", "5m"] = [bar(at("10:00", day=friday), "140")]
    room.prices.series["BABA", "1m"] = minutes("09:31 152.00\n09:32 151.00")
    history = History(room.belt)
    assert history.track(seen()) is None
    await history.learn([(seen(), ALL)], at("10:00"))
    track = history.track(seen())
    again = history.track(seen("10:05", "149.00"))

    assert track is not None
    assert track is again
    assert (friday,) == history.past(seen()).days
    assert (at("10:05", day=friday), Decimal(140)) == track.low(at("04:00", day=friday))
    assert (at("09:32"), Decimal(152)) == track.high(at("09:31"))
    assert (at("10:05"), Decimal(149)) == track.low(at("09:31"))


async def test_a_longer_window_reaches_back_once_its_days_are_known(room: Newsroom) -> None:
    """What was seen today stays as it was seen."""
    friday = at("04:00", day="2026-01-09")
    room.prices.series["BABA", "5m"] = [bar(at("10:00", day=friday.date()), "140")]
    room.prices.series["BABA", "1m"] = minutes("09:31 152.00")
    history = History(room.belt)
    await history.learn([(seen(), {Series.MINUTES})], at("10:00"))
    track = history.track(seen())
    assert track is not None
    assert (at("10:00"), Decimal("151.50")) == track.low(friday)
    await history.learn([(seen("10:01"), {Series.MINUTES, Series.FIVE_MINUTES})], at("10:01"))
    again = history.track(seen("10:01"))

    assert track is again
    assert (at("10:05", day=friday.date()), Decimal(140)) == track.low(friday)
    assert (at("10:01"), Decimal("151.50")) == track.low(at("10:00"))


async def test_an_unforeseen_error_is_a_pause_as_well(room: Newsroom) -> None:
    """Bars that nothing can be made of are asked for again; the pass goes on."""
    room.prices.series["BABA", "1d"] = [replace(one, close=Decimal("NaN")) for one in CALM]
    history = History(room.belt)
    await history.learn([(seen(), {Series.DAILY})], at("10:00"))
    room.prices.series["BABA", "1d"] = CALM
    await history.learn([(seen("10:00:30"), {Series.DAILY})], at("10:00:30"))
    assert history.past(seen()).sigma is None
    await history.learn([(seen("10:01"), {Series.DAILY})], at("10:01"))

    assert history.past(seen()).sigma is not None


@pytest.mark.parametrize(
    ("measure", "window", "needs"),
    [
        (Measure.MOVE, 0, set()),
        (Measure.LEVEL, 0, set()),
        (Measure.BEYOND, 0, set()),
        (Measure.UNUSUAL, 0, {Series.DAILY}),
        (Measure.AVERAGE200, 0, {Series.DAILY}),
        (Measure.RANGE52, 0, {Series.DAILY}),
        (Measure.VOLUME, 0, {Series.DAILY, Series.FIVE_MINUTES}),
        (Measure.WINDOW, 1, {Series.MINUTES}),
        (Measure.WINDOW, 24, {Series.MINUTES, Series.FIVE_MINUTES}),
    ],
)
def test_only_what_is_needed_is_fetched(measure: Measure, window: int, needs: set[Series]) -> None:
    """A plain move needs the quote alone."""
    on = terms(measure=measure, window=timedelta(hours=window))
    of = asked_of([Wanted("BABA", terms("9")), Wanted("BABA", on)])["BABA"]

    assert needs == of.needs
    assert (measure is Measure.BEYOND, not needs and measure is not Measure.BEYOND) == (
        of.compared,
        of.plain,
    )
    assert [(terms("9"), terms("9").key), (on, on.key)] == [ask[:2] for ask in of.asks]
