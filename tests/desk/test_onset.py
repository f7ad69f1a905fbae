"""The move begins at the first minute after the price was last near its reference."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.desk.onset import onset
from bot.model.market import Move, Reference, ReferenceKind
from tests.builders import DAY, at, minutes, move, session

QUIET = """
    04:00 150.90
    05:30 151.60
    06:45 150.40
    07:41 151.10
    07:42 151.20
"""
RUN = """
    07:43 151.60
    07:46 152.20
    07:55 153.50
    09:30 155.00
    11:08 165.68
"""


def test_the_recorded_day() -> None:
    """Flat until 07:42, drifting up afterwards: the move to +9.75 % began at 07:46."""
    assert at("07:46") == onset(minutes(QUIET + RUN), move(), session())


def test_an_earlier_swing_that_came_back_is_not_part_of_it() -> None:
    """Up 4 % at six and back by seven is another move."""
    swing = QUIET.replace("05:30 151.60", "05:30 157.00\n05:50 157.20")

    assert at("07:46") == onset(minutes(swing + RUN), move(), session())


def test_a_dip_within_the_run_does_not_restart_it() -> None:
    """Giving back a part, but not all, is the same run."""
    dip = RUN.replace("09:30 155.00", "09:30 153.00")

    assert at("07:46") == onset(minutes(QUIET + dip), move(), session())


def test_a_fall_is_measured_downwards() -> None:
    """The sign of the move turns the tape round."""
    tape = minutes("09:30 100.2\n10:00 99.8\n10:05 99.0\n10:22 95.3")
    fall = move("95.3", "100", as_of=at("10:22"))

    assert at("10:05") == onset(tape, fall, session())


def test_a_gap_begins_at_the_first_print() -> None:
    """The first print of the session was away already."""
    tape = minutes("04:00 160.00\n04:10 161.00")

    assert at("04:00") == onset(tape, move("161.00", as_of=at("04:10")), session())


def test_only_this_sessions_minutes_up_to_the_move_count() -> None:
    """Friday's tape and what came later are nothing to it."""
    friday = minutes("15:59 150.96", day="2026-01-09")
    later = minutes("11:30 151.00")

    assert at("07:46") == onset((*friday, *minutes(QUIET + RUN), *later), move(), session())


def test_quotes_ahead_of_the_bars() -> None:
    """When the last bar is still quiet, the move began after it."""
    assert at("07:43") == onset(minutes(QUIET), move(), session())


def test_nothing_to_go_by() -> None:
    """Without a bar of this session the onset is not known."""
    assert onset((), move(), session()) is None
    assert onset(minutes("15:59 150.96", day="2026-01-09"), move(), session()) is None


def evening(last: str, clock: str) -> Move:
    """Measured from today's close at $160."""
    reference = Reference(ReferenceKind.REGULAR_CLOSE, Decimal(160), DAY)
    return replace(move(last, as_of=at(clock)), reference=reference)


def test_an_evenings_move_begins_after_the_close() -> None:
    """Results at 16:05: what the day did before is another move, however near to it."""
    tape = minutes("09:30 150.00\n15:59 150.50\n16:05 150.00\n16:06 150.20")

    assert at("16:05") == onset(tape, evening("150.20", "16:06"), session())


def test_a_quiet_evening_that_turns() -> None:
    """At the first minute after the price was last near its close."""
    tape = minutes("15:59 160.00\n16:20 160.10\n17:00 160.20\n17:01 165.00\n17:02 168.00")

    assert at("17:01") == onset(tape, evening("168.00", "17:02"), session())


def test_no_late_print_no_evening() -> None:
    """The day's tape is nothing to it."""
    assert onset(minutes("15:59 160.00"), evening("168.00", "17:02"), session()) is None
