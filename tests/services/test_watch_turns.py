"""What a living message says of a report that came late, and of a price that turned."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.model.news import Grade
from bot.model.piece import UpdateKind
from tests.builders import at, minutes, story
from tests.services.newsroom import Newsroom, newsroom

MORNING = "07:30 151.00\n07:50 152.00\n09:30 156.00\n10:00 158.60"
DEAL = "Alibaba agrees to buy a chip designer for $2 billion"


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as made:
        made.prices.series["BABA", "1m"] = minutes(MORNING)
        yield made


async def test_a_report_from_after_the_move_is_told_as_that(room: Newsroom) -> None:
    """It is no cause, and yet the message is edited: whoever reads on should know of it."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    await room.read(story(DEAL, published=at("10:01:10"), first_seen=at("10:01:30")))
    (edit,) = await room.look("10:02", "158.62")
    brief = await room.brief(2)

    assert edit.startswith("edit: ▲ BABA +5.1% $158.62 · no confirmed catalyst")
    assert brief is not None
    assert Grade.NONE is brief.catalyst.grade
    assert brief.catalyst.later is not None
    assert DEAL == brief.catalyst.later.story.title
    stamp = brief.updates[0]
    expected = (UpdateKind.DETAILS, f"{brief.catalyst.later.outlet.name}, after the move began")
    assert expected == (stamp.kind, stamp.text)


async def test_it_is_told_once(room: Newsroom) -> None:
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    await room.read(story(DEAL, published=at("10:01:10"), first_seen=at("10:01:30")))
    await room.look("10:02", "158.62")
    again = "Alibaba names new finance chief as chairman resigns"
    await room.read(story(again, published=at("10:02:10"), first_seen=at("10:02:30")))

    assert [] == await room.look("10:03", "158.63")


async def test_a_price_that_turned_keeps_the_cause_that_was_told(room: Newsroom) -> None:
    """What came out since explains the fall, which is the story of another message."""
    await room.read(replace(story(), first_seen=at("07:43")))
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    first = await room.brief(1)
    await room.read(story(DEAL, published=at("12:00"), first_seen=at("12:01")))
    room.prices.series["BABA", "1m"] = minutes(MORNING + "\n12:30 150.50\n15:00 147.00")
    close = {"state": "POST", "percent": None, "regular_last": Decimal("147.20")}
    (edit,) = await room.look("16:01", "147.10", **close)
    last = await room.brief(2)

    assert edit.startswith("edit: ▼ BABA reversed and closed −2.5% $147.20")
    assert first is not None
    assert last is not None
    assert Grade.REPORTED is first.catalyst.grade
    assert (first.catalyst, first.onset) == (last.catalyst, last.onset)
