"""The day, the evening and the hours between: each leg is measured from its own close."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.model.alert import Hours, Terms
from bot.model.piece import PieceState, UpdateKind
from bot.services.publication import Publication
from bot.services.watch import Pace, Watching
from tests.builders import at, minutes, terms, watch
from tests.services.newsroom import Newsroom, newsroom

CLOSE = Decimal("160.02")
LATE = {"state": "POST", "percent": None, "regular_last": CLOSE, "regular_at": at("16:00")}
EVENING = "BABA/2026-01-12/evening-up/1"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as room:
        yield room


async def instead(room: Newsroom, on: Terms) -> None:
    """Channel 1 watches BABA on these terms only."""
    async with room.store.transaction("set") as tx:
        await tx.watches.remove(1, "BABA")
        await tx.watches.put(watch(1, on=on))


async def state_of(room: Newsroom, revision: int) -> tuple[PieceState, UpdateKind] | None:
    brief = await room.brief(revision, EVENING)
    return (brief.state, brief.updates[0].kind) if brief else None


async def test_the_evenings_move_is_its_own_piece(room: Newsroom) -> None:
    """The day ends with its line; what follows is measured from its close, and ends at 20:00."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    (edit,) = await room.look("16:01", "160.50", **LATE)
    assert edit.startswith("edit: ▲ BABA closed +6.0% $160.02")
    for clock in ("16:04", "16:05"):  # a jump is confirmed by a second print, and then held
        assert [] == await room.look(clock, "173.00", **LATE)
    (post,) = await room.look("16:06", "173.00", **LATE)
    assert post.startswith("post: ▲ BABA +8.1% $173.00")
    (end,) = await room.look("20:00", "174.00", **LATE)

    assert end.startswith("edit: ")
    assert (PieceState.LIVE, UpdateKind.FIRST) == await state_of(room, 1)
    assert (PieceState.CLOSED, UpdateKind.CLOSED) == await state_of(room, 2)
    assert [] == await room.look("20:15", "174.00", **LATE)


async def test_what_the_day_said_is_not_said_again_in_the_evening(room: Newsroom) -> None:
    """+6 % by the close and +6.3 % after it is +0.3 % in the evening: nothing."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    await room.look("16:01", "160.10", **LATE)

    for clock in ("16:02", "16:03", "16:04"):
        assert [] == await room.look(clock, "160.50", **LATE)


async def test_extended_hours_want_half_as_much_again(room: Newsroom) -> None:
    """7.4 % after the close is no news on ±5 %; 7.5 % is, once it has held."""
    for clock, last in (("16:05", "171.80"), ("16:06", "171.80"), ("16:07", "172.03")):
        assert [] == await room.look(clock, last, **LATE)

    assert 1 == len(await room.look("16:08", "172.03", **LATE))


async def test_a_thin_evening_waits_for_five_million(room: Newsroom) -> None:
    """Known to be thin it is silent; it speaks by itself once enough has traded."""
    room.prices.series["BABA", "1m"] = minutes("16:03 172.00", volume=1_000)
    for clock in ("16:05", "16:06", "16:07"):
        assert [] == await room.look(clock, "173.00", **LATE)
    room.prices.series["BABA", "1m"] = minutes("16:03 172.00\n16:07 173.00", volume=20_000)

    (post,) = await room.look("16:08", "173.00", **LATE)
    assert post.startswith("post: ▲ BABA +8.1% $173.00")


async def test_regular_hours_only_speaks_at_the_open(room: Newsroom) -> None:
    """A crossing before the open is not lost: it is told when its hours begin."""
    await instead(room, terms(hours=Hours.REGULAR))
    early = {"state": "PRE", "percent": None}
    for clock in ("09:20", "09:21", "09:29"):
        assert [] == await room.look(clock, "163.50", **early)

    assert ["post: ▲ BABA +8.3% $163.50 · no confirmed catalyst"] == await room.look(
        "09:30", "163.50"
    )


async def test_the_closing_print_is_waited_for(room: Newsroom) -> None:
    """A quote of a second before the close does not say how the day ended."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")

    assert [] == await room.look("16:00", "159.90", regular_at=at("15:59:59"))
    (edit,) = await room.look("16:01", "160.10", **LATE)
    assert edit.startswith("edit: ▲ BABA closed +6.0% $160.02")


async def test_an_evening_ends_as_it_was_last_seen(room: Newsroom) -> None:
    """Once the provider tells no late price, the last one seen is the evening's; after a restart none."""
    await instead(room, terms(hold=timedelta(0)))
    await room.look("16:06", "173.00", **LATE)
    await room.look("19:59", "174.00", **LATE)
    over = {"state": "CLOSED", "percent": None, "regular_last": CLOSE, "regular_at": at("16:00")}
    (edit,) = await room.look("20:00", "160.02", **over)

    assert edit.startswith("edit: ")
    brief = await room.brief(2, EVENING)
    assert brief is not None
    assert Decimal(174) == brief.move.last


async def test_an_evening_that_nobody_saw_end_is_closed_without_a_word(room: Newsroom) -> None:
    """Nothing is made up after a restart."""
    await instead(room, terms(hold=timedelta(0)))
    await room.look("16:06", "173.00", **LATE)
    room.watching = Watching(room.belt, Publication(room.belt), Pace())
    over = {"state": "CLOSED", "percent": None, "regular_last": CLOSE, "regular_at": at("16:00")}

    assert [] == await room.look("20:15", "160.02", **over)
    async with room.store.transaction("live") as tx:
        assert [] == await tx.pieces.live()
