"""The watch, a day at a time: when it speaks, when it is silent, and what a crash changes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.model.news import Grade
from bot.model.piece import PieceState, UpdateKind
from bot.services.publication import Publication
from bot.services.watch import Pace, Watching
from tests.builders import at, destination, minutes, story, terms, watch
from tests.fakes import HastyClock
from tests.services.newsroom import Newsroom, newsroom


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as room:
        yield room


async def test_a_hovering_price_speaks_once(room: Newsroom) -> None:
    """Around the threshold there is one message, and a rung is an edit and one line."""
    assert [] == await room.look("10:00", "158.00")
    assert [] == await room.look("10:01", "158.60")
    assert ["post: ▲ BABA +5.1% $158.61 · no confirmed catalyst"] == await room.look(
        "10:02", "158.61"
    )
    for clock, last in (("10:03", "158.30"), ("10:04", "158.70"), ("10:05", "157.90")):
        assert [] == await room.look(clock, last)
    assert [
        "edit: ▲ BABA +10.2% $166.36 · no confirmed catalyst",
        "post: ▲ BABA extends to +10.2%, $166.36",
    ] == await room.look("11:31", "166.36")


async def test_never_zero_percent_for_unknown(room: Newsroom) -> None:
    """No quote, a stale one, a missing reference: nothing is said, and the reason is kept."""
    await room.look("10:00", "158.60")
    assert [] == await room.look("10:01", None)
    assert "the provider had no quote" == room.watching.looks["BABA"].why
    assert [] == await room.look("10:02", "158.60", close=None, percent=None)
    assert "the previous close is missing or zero" == room.watching.looks["BABA"].why

    assert ["post: ▲ BABA +5.1% $158.61 · no confirmed catalyst"] == await room.look(
        "10:03", "158.61"
    )


async def test_a_provider_that_is_down_loses_nothing(room: Newsroom) -> None:
    """The crossing is told when quotes are back; a published piece does not fade meanwhile."""
    await room.look("10:00", "158.60")
    room.prices.down = "Yahoo answered 503"
    assert [] == await room.look("10:01", "158.60")
    room.prices.down = ""
    assert 1 == len(await room.look("10:02", "158.61"))

    room.prices.down = "Yahoo answered 503"
    assert [] == await room.look("10:03", "158.61")
    room.prices.down = ""
    assert [] == await room.look("10:04", "158.62")


async def test_the_fade_edits_with_a_stamped_line(room: Newsroom) -> None:
    """Back inside the re-arm level and cooled down: the same message says so, nothing new."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    assert [] == await room.look("10:20", "154.00")
    (edit,) = await room.look("10:40", "154.00")
    brief = await room.brief(2)

    assert edit.startswith("edit: ")
    assert brief is not None
    assert (PieceState.FADED, UpdateKind.FADED) == (brief.state, brief.updates[0].kind)


async def test_unsubscribing_is_not_a_fade(room: Newsroom) -> None:
    """Who no longer asks is told nothing more about the move until the close."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    async with room.store.transaction("unsubscribe") as tx:
        await tx.watches.remove(1, "BABA")

    assert [] == await room.look("10:02", "154.00")


async def test_the_close_edits_at_the_closing_price(room: Newsroom) -> None:
    """After 16:00 the message ends with how the day ended, whatever trades after it."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    close = {"state": "POST", "percent": None, "regular_last": Decimal("160.02")}
    (edit,) = await room.look("16:01", "160.10", **close)

    assert edit.startswith("edit: ▲ BABA closed +6.0% $160.02")
    assert [] == await room.look("16:02", "160.10", **close)


async def test_a_reversal_is_a_new_story(room: Newsroom) -> None:
    """From up to down past the threshold: the other direction has its own message."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    await room.look("11:00", "143.00")
    told = await room.look("11:01", "143.00")

    fade, post = told
    assert fade.startswith("edit: ")
    assert "post: ▼ BABA −5.3% $143.00 · no confirmed catalyst" == post


async def test_two_thresholds_of_a_channel_make_one_message(room: Newsroom) -> None:
    """A piece gathers the alerts of all terms; another channel's terms create only there."""
    async with room.store.transaction("setup") as tx:
        await tx.destinations.put(destination(2))
        await tx.watches.put(watch(2, on=terms("8")))
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    await room.look("10:30", "163.50")
    told = await room.look("10:31", "163.50")

    assert ["post: ▲ BABA +8.3% $163.50 · no confirmed catalyst"] == told
    assert [1, 1] == [len(room.discord.in_channel(channel)) for channel in (1, 2)]


async def test_what_is_not_there_in_time_follows_by_edit(tmp_path: Path) -> None:
    """The brief does not wait for slow bars; they come by edit once the provider has them."""
    async with newsroom(tmp_path, HastyClock()) as room:
        room.prices.slow = asyncio.Event()
        await room.look("10:00", "158.60")
        assert 1 == len(await room.look("10:01", "158.61"))
        first = await room.brief(1)
        room.prices.slow.set()
        room.prices.series["BABA", "1m"] = minutes("09:30 151.00\n09:45 156.00\n10:00 158.60")
        (edit,) = await room.look("10:02", "158.62")
        second = await room.brief(2)

    assert first is not None
    assert second is not None
    assert ("minutes" in first.missing, second.missing) == (True, ())
    assert edit.startswith("edit: ")


async def test_a_late_cause_edits_the_brief(room: Newsroom) -> None:
    """A report that was out before the move but read after it replaces "no confirmed catalyst"."""
    room.prices.series["BABA", "1m"] = minutes(
        "07:30 151.00\n07:50 152.00\n09:30 156.00\n10:00 158.60"
    )
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    await room.read(replace(story(), first_seen=at("10:01:30")))
    (edit,) = await room.look("10:02", "158.62")
    brief = await room.brief(2)

    assert edit.startswith("edit: ▲ BABA +5.1% $158.62")
    assert brief is not None
    assert Grade.REPORTED is brief.catalyst.grade


async def test_one_tickers_trouble_does_not_silence_the_others(room: Newsroom) -> None:
    """A ticker whose round raises is logged; the next pass goes on."""
    room.prices.quotes.clear()
    await room.look("10:00", "158.60")
    broken = replace(room.quote("10:01", "158.61"), ticker="BABA", currency="")
    room.clock.at = at("10:01")
    room.prices.quotes["BABA"] = broken
    await room.watching.pass_once(room.clock.at)

    assert "the currency is unknown" == room.watching.looks["BABA"].why
    assert 1 == len(await room.look("10:02", "158.61"))


async def test_a_restart_goes_on_where_it_stopped(room: Newsroom) -> None:
    """Holds, episodes and pieces are rows: another process takes them up."""
    await room.look("10:00", "158.60")
    room.watching = Watching(room.belt, Publication(room.belt), Pace())

    assert 1 == len(await room.look("10:01", "158.61"))
    room.watching = Watching(room.belt, Publication(room.belt), Pace())

    assert [] == await room.look("10:02", "158.70")


def test_looks_are_on_whole_multiples(tmp_path: Path) -> None:
    """Every half minute in regular hours, so that a recorded day replays alike."""
    pace = Pace()

    assert (30, 60, 900) == tuple(
        int(span.total_seconds()) for span in (pace.regular, pace.extended, pace.closed)
    )
