"""A recorded day through the desk without a socket: the demo's messages, and every silence."""

from __future__ import annotations

import json
import signal
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.app.replay import CHANNEL, DAYS, find_day, play
from bot.app.telling import tell
from bot.errors import DeskError
from bot.model.alert import Reason
from bot.model.no_move import NoMove
from bot.sandbox.world import World
from bot.tape import Tape, read_day
from tests.acceptance.running import bot, end, finished, settings, spawn

Json = dict[str, Any]


def part(day: str, since: str, until: str) -> Tape:
    """A day from one time to another, in its own zone."""
    tape = read_day(DAYS / day)
    zone = ZoneInfo(tape.zone)
    begins, ends = (
        datetime.fromisoformat(f"{tape.day}T{clock}").replace(tzinfo=zone)
        for clock in (since, until)
    )
    return replace(tape, begins=begins, ends=ends)


async def demo(tape: Tape, folder: Path) -> list[Json]:
    """What lands in the sandbox's Discord, the world played over real HTTP."""
    async with World(tape, starts=tape.begins, ends=tape.ends) as world:
        config = settings(world, folder, ('layout = "brief"', 'layout = "brief"'))
        desk = await spawn("run", "--config", str(config), DISCORD_TOKEN="sandbox")
        await finished(world)
        await end(desk, signal.SIGTERM)
        messages: list[Json] = world.discord.export()["messages"]
    return messages


@pytest.mark.parametrize(
    ("day", "since", "until"),
    [("earnings", "16:00", "16:14"), ("pence", "08:10", "08:50")],
)
async def test_replay_and_demo_say_the_same(
    tmp_path: Path, day: str, since: str, until: str
) -> None:
    """
    Words, cards, pictures, buttons, edits, their times and their ids.

    The demo's desk asks the sandbox over HTTP, through yfinance; the replay's asks the tape.
    The whole of 12 January is compared in tests/acceptance/test_demo.py.
    """
    tape = part(day, since, until)
    replayed = await play(tape, draw=True)
    played = await demo(tape, tmp_path / "demo")

    assert len(played) > 0
    assert played == replayed.exported["messages"]


async def test_a_quiet_day_is_all_silences() -> None:
    """Every watched ticker has its rows; every reason is one that the desk has a name for."""
    tape = part("quiet", "10:30", "14:10")
    done = await play(tape)
    known = {reason.value for reason in (*Reason, *NoMove)}
    silences = done.exported["silences"]

    assert done.exported["messages"] == []
    assert {row["ticker"] for row in silences} == {"NVDA", "BABA", "AAPL", "KO"}
    assert {row["reason"] for row in silences} <= known
    (nvda,) = [row for row in silences if row["ticker"] == "NVDA"]
    assert (nvda["reason"], nvda["nearest"]) == ("inside the threshold", "-4.60")
    assert nvda["nearest_at"] == "2026-03-18T14:47:00+00:00"
    assert (nvda["first"], nvda["count"]) == ("2026-03-18T14:30:00+00:00", 221)


async def test_a_replay_leaves_nothing_to_chance() -> None:
    """Twice the same bytes; pictures that are not drawn are still named."""
    tape = part("2026-01-12", "09:50", "09:57")
    first, again = await play(tape), await play(tape)
    (message,) = first.exported["messages"]

    assert json.dumps(first.exported) == json.dumps(again.exported)
    assert message["channel"] == str(CHANNEL)
    assert message["attachments"] == [
        {"filename": "chart.png", "content_type": "image/png", "size": 0}
    ]


async def test_told_to_a_person_it_has_times_edits_and_reasons() -> None:
    """In the zone of the day, without markdown."""
    tape = part("2026-01-12", "09:50", "11:33")
    done = await play(tape)
    words = tell(tape, done.exported, done.names)

    assert words.startswith("Monday, 12 January 2026: 3 messages\n")
    assert "#alerts, 09:55 EST\n  > ▲ BABA +5.3% $158.96" in words
    assert "  edited 11:31 EST\n  > ▲ BABA +10.1% $166.21" in words
    assert "#alerts, 11:31 EST, in reply\n  > ▲ BABA extends to +10.1%, $166.21" in words
    assert "**" not in words
    assert "    beyond the threshold, but not for long enough yet: " in words


async def test_command_prints_json_in_the_shape_of_the_demo() -> None:
    """By the name of a day that ships."""
    ran = await bot("replay", "no-trading", "--json")
    told = json.loads(ran.out)

    assert (ran.code, ran.err) == (0, "")
    assert list(told) == ["messages", "requests", "silences"]
    assert told["messages"] == []


def test_a_day_is_found_by_name_or_folder() -> None:
    """What is none is told with the names of those that ship."""
    assert find_day("quiet") == DAYS / "quiet"
    assert find_day(str(DAYS / "quiet")) == DAYS / "quiet"
    with pytest.raises(DeskError, match=r"^yesterday is no recorded day") as caught:
        find_day("yesterday")
    assert "2026-01-12, 2026-02-02, bad-print" in caught.value.hint
