"""Whatever a threshold measures: one message in a channel, and nothing that is not known."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

import pytest

from bot.model.alert import Direction, Measure, Reason, Terms
from bot.model.no_move import NoMove
from bot.services.publication import Spoken
from bot.services.sighting import Sight
from tests.builders import at, daily, minutes, quote, terms, watch
from tests.services.newsroom import Newsroom, newsroom

NOW = timedelta(0)
CALM = daily(islice(cycle(["150", "151.5", "150", "148.5"]), 260))  # a usual daily move of 1 %


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as room:
        yield room


async def also(room: Newsroom, *ways: Terms, only: bool = False) -> None:
    """Channel 1 watches BABA on these terms too, or on nothing else."""
    async with room.store.transaction("set") as tx:
        if only:
            await tx.watches.remove(1, "BABA")
        for on in ways:
            await tx.watches.put(watch(1, on=on))


def of(measure: Measure, level: str, **changes: object) -> Terms:
    return terms(level, measure=measure, hold=NOW, **changes)


async def test_five_percent_three_sigma_and_an_hour_are_one_message(room: Newsroom) -> None:
    """A piece gathers the alerts of all terms: an edit as each joins, never a second message."""
    hour = of(Measure.WINDOW, "5", window=timedelta(hours=1))
    await also(room, terms(hold=NOW), of(Measure.UNUSUAL, "3"), hour)
    room.prices.series["BABA", "1d"] = CALM
    room.prices.series["BABA", "1m"] = minutes("09:30 151.00\n09:45 152.00")
    assert [] == await room.look("09:50", "153.00")
    assert 1 == len(await room.look("10:00", "157.00"))  # 4 %, four times the usual
    told = await room.look("10:30", "160.00")  # 6 %, all of it within the hour

    assert [one.split(":")[0] for one in told] == ["edit"]
    assert 1 == len(room.discord.in_channel(1))


async def test_nothing_is_guessed_without_a_history(room: Newsroom) -> None:
    """Until the bars are there it is silent, and what did not come is asked again after a while."""
    await also(room, of(Measure.UNUSUAL, "3"), only=True)
    assert [] == await room.look("10:00", "157.00")
    room.prices.series["BABA", "1d"] = CALM
    assert [] == await room.look("10:00:30", "157.00")

    assert 1 == len(await room.look("10:01:30", "157.00"))


async def test_a_price_level_is_crossed_once(room: Newsroom) -> None:
    """Above 160 speaks when it is passed, not while it hovers there, and needs no history."""
    above = of(Measure.LEVEL, "160", direction=Direction.UP)
    await also(room, above, only=True)
    assert [] == await room.look("10:00", "160.00")
    (post,) = await room.look("10:01", "160.01")

    assert post.startswith("post: ▲ BABA +6.0% $160.01")
    for clock, last in (("10:02", "159.90"), ("10:03", "160.05"), ("10:40", "159.50")):
        assert [] == await room.look(clock, last)


async def test_new_extremes_are_of_completed_sessions(room: Newsroom) -> None:
    """The 52-week high is that of the days before; passing it speaks."""
    await also(room, of(Measure.RANGE52, "0"), only=True)
    room.prices.series["BABA", "1d"] = CALM
    assert [] == await room.look("10:00", "151.50", close="150.00")

    assert 1 == len(await room.look("10:01", "151.51", close="150.00"))


async def test_a_fall_within_a_rise_joins_the_piece_of_the_day(room: Newsroom) -> None:
    """Down 5 % within the hour on a day that is up: the piece is that of the day's rise."""
    hour = of(Measure.WINDOW, "5", window=timedelta(hours=1))
    await also(room, hour, only=True)
    room.prices.series["BABA", "1m"] = minutes("09:30 170.00")
    for clock, last in (("09:45", "169.00"), ("09:50", "165.00")):
        assert [] == await room.look(clock, last)
    (post,) = await room.look("10:00", "161.00")

    assert post.startswith("post: ▲ BABA +6.7% $161.00")
    assert await room.brief(1, "BABA/2026-01-12/up/1") is not None


async def test_beyond_the_benchmark_looks_at_the_benchmark(room: Newsroom) -> None:
    """Nobody watches KWEB, but its move is taken off; without it nothing is known."""
    await also(room, of(Measure.BEYOND, "5"), only=True)
    heard: list[tuple[Reason, NoMove | None]] = []
    room.watching.heard = lambda _sight, told, _now: heard.append(
        (told.verdict.reason, told.verdict.unknown)
    )
    for clock, marks in (("10:00", ()), ("10:01", ("102.00",)), ("10:02", ("100.50",))):
        await _beside(room, clock, "160.00", *marks)

    assert [
        (Reason.UNKNOWN, NoMove.NO_BENCHMARK),
        (Reason.WITHIN, None),
        (Reason.CROSSED, None),
    ] == heard


async def _beside(room: Newsroom, clock: str, last: str, *benchmark: str) -> None:
    room.clock.at = at(clock)
    room.prices.quotes = {"BABA": room.quote(clock, last)}
    for price in benchmark:
        there = quote(price, "100.00", ticker="KWEB", as_of=at(clock), kind="ETF")
        room.prices.quotes["KWEB"] = replace(there, exchange="PCX")
    await room.watching.pass_once(room.clock.at)


async def test_every_silence_is_heard_with_its_reason(room: Newsroom) -> None:
    """Unknown, inside, held, out of the way of size: whoever listens is told each."""
    heard: list[tuple[str, Reason]] = []

    def hear(_sight: Sight, told: Spoken, now: datetime) -> None:
        heard.append((f"{now.astimezone(at('10:00').tzinfo):%M}", told.verdict.reason))

    room.watching.heard = hear
    await room.look("10:00", None)
    await room.look("10:01", "151.00")
    await room.look("10:01:30", "155.00")
    await room.look("10:02", "159.00", average_volume=None)
    await room.look("10:03", "159.00", average_volume=None)
    await room.look("10:04", "159.00")

    assert heard == [
        ("00", Reason.UNKNOWN),
        ("01", Reason.WITHIN),
        ("01", Reason.WITHIN),
        ("02", Reason.HOLDING),
        ("03", Reason.TINY),
        ("04", Reason.CROSSED),
    ]


async def test_an_expired_watch_is_told_nothing(room: Newsroom) -> None:
    """It is gone at its time; the others hear of the crossing."""
    async with room.store.transaction("set") as tx:
        await tx.watches.put(replace(watch(1), expires=at("10:01")))
    await room.look("10:00", "158.60")

    assert [] == await room.look("10:01", "158.61")
    async with room.store.transaction("look") as tx:
        assert [] == await tx.watches.of(1)


async def test_one_tickers_odd_terms_do_not_silence_the_others(room: Newsroom) -> None:
    """What cannot be stepped is logged; the rest of the pass goes on."""
    async with room.store.transaction("set") as tx:
        await tx.watches.put(watch(1, "JD", of(Measure.LEVEL, "0")))
    for clock in ("10:00", "10:01"):
        room.clock.at = at(clock)
        jd = quote("30.00", "29.00", ticker="JD", as_of=at(clock))
        room.prices.quotes = {"BABA": room.quote(clock, "158.60"), "JD": jd}
        await room.watching.pass_once(room.clock.at)
    await room.publish()

    assert ["▲ BABA +5.1% $158.60"] == [one.words.content[:20] for one in room.discord.sent]
    assert Decimal(30) == (room.watching.looks["JD"].quote or jd).last
