"""The state machine on its edges: exactly there, both ways at once, and what is kept with it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.desk.episode import rearm_level, step
from bot.desk.reading import Reading
from bot.model.alert import Direction, Episode, Measure, Reason, State, Terms, Verdict
from bot.model.no_move import NoMove
from tests.builders import at, terms

NOW = at("10:30")
FIRED = Episode(State.FIRED, up=True, spoke_at=at("09:40"), ordinal=1, print_at=at("09:40"))


def reading(up: str | None, down: str | None, floor: str = "5", level: str = "5") -> Reading:
    """So far up and so far down, true at 10:30."""
    along = [None if one is None else Decimal(one) for one in (up, down)]
    return Reading(along[0], along[1], NOW, Decimal(level), Decimal(floor))


def met(episode: Episode, found: Reading, on: Terms | None = None) -> Verdict:
    return step(episode, on or terms(), found, NOW)


def at_once(**changes: object) -> Terms:
    return replace(terms(), hold=terms().hold * 0, **changes)  # type: ignore[arg-type]


def test_what_is_unknown_keeps_its_reason() -> None:
    """And leaves the episode as it was."""
    verdict = step(FIRED, terms(), NoMove.HALTED, NOW)

    assert verdict == Verdict(FIRED, Reason.UNKNOWN, NoMove.HALTED)


@pytest.mark.parametrize(
    ("up", "down", "way"),
    [
        ("5", "6", False),
        ("6", "5", True),
        ("6", "6", True),
        ("5.5", None, True),
        (None, "5.5", False),
    ],
)
def test_of_both_ways_the_farther_is_told(up: str | None, down: str | None, way: bool) -> None:
    """A window may hold a rise and a fall; of equals the rise."""
    verdict = met(Episode(), reading(up, down), at_once())

    assert (verdict.reason, verdict.episode.up) == (Reason.CROSSED, way)


@pytest.mark.parametrize("way", [True, False])
def test_a_running_hold_goes_first(way: bool) -> None:
    """The other way, though farther, does not take its place."""
    holding = Episode(State.PENDING, up=way, since=at("10:29"))
    found = reading("5", "9") if way else reading("9", "5")
    verdict = met(holding, found)

    assert (verdict.reason, verdict.episode.up) == (Reason.CROSSED, way)


def test_a_hold_is_pending_with_its_way_and_its_start() -> None:
    """What is known of it while it holds."""
    verdict = met(Episode(), reading("5", "-5"))

    assert verdict == Verdict(Episode(State.PENDING, up=True, since=NOW), Reason.HOLDING)


def test_a_crossing_is_kept_whole() -> None:
    """State, way, both times, the rungs behind it, and its number in the session."""
    verdict = met(replace(FIRED, state=State.ARMED, up=None), reading("15", "-15"), at_once())

    assert verdict.reason is Reason.CROSSED
    assert verdict.episode == Episode(
        State.FIRED, up=True, spoke_at=NOW, rungs=2, ordinal=2, print_at=NOW
    )


def test_a_reversal_that_holds_keeps_what_was_said() -> None:
    """Until it has held, the first way stays said; a return in between ends the hold."""
    holding = met(FIRED, reading("-6", "6"))
    back = met(holding.episode, reading("4.5", "-4.5"))

    assert holding == Verdict(replace(FIRED, since=NOW), Reason.HOLDING)
    assert back == Verdict(FIRED, Reason.ALREADY_SAID)


def test_a_line_that_can_no_more_be_crossed_that_way() -> None:
    """Nothing is re-armed, and nothing is said twice."""
    assert met(FIRED, reading(None, "1")) == Verdict(FIRED, Reason.ALREADY_SAID)


@pytest.mark.parametrize(
    ("along", "reason"),
    [
        ("4", Reason.ALREADY_SAID),
        ("3.9999", Reason.REARMED),
        ("9.9999", Reason.ALREADY_SAID),
        ("10", Reason.NEXT_RUNG),
        ("19", Reason.NEXT_RUNG),
    ],
)
def test_the_rearm_level_and_the_rung_to_the_digit(along: str, reason: Reason) -> None:
    """On the re-arm level it goes on; on the rung it speaks."""
    verdict = met(FIRED, reading(along, f"-{along}"))

    assert reason is verdict.reason


def test_a_rung_counts_whole_steps() -> None:
    """And remembers its print and its moment."""
    verdict = met(FIRED, reading("19.9", "-19.9"))

    assert verdict.episode == replace(FIRED, rungs=2, spoke_at=NOW, print_at=NOW)


@pytest.mark.parametrize(
    ("along", "rung", "rungs"),
    [("7", "1", 2), ("6", "0.5", 2), ("5.4", "0.5", 0), ("9", "0", 0), ("5", "1", 0)],
)
def test_a_ladder_of_small_rungs(along: str, rung: str, rungs: int) -> None:
    """A rung of a point, or of half of one, is a ladder; a rung of 0 is none."""
    verdict = met(Episode(), reading(along, f"-{along}"), at_once(rung=Decimal(rung)))

    assert verdict.episode.rungs == rungs


@pytest.mark.parametrize("way", [Direction.UP, Direction.DOWN])
def test_one_way_only(way: Direction) -> None:
    """That way speaks; the other is named as the wrong one."""
    rise, fall = reading("6", "-6"), reading("-6", "6")
    wanted, other = (rise, fall) if way is Direction.UP else (fall, rise)

    assert Reason.CROSSED is met(Episode(), wanted, at_once(direction=way)).reason
    assert Reason.WRONG_WAY is met(Episode(), other, at_once(direction=way)).reason


def test_cooling_down_to_the_second() -> None:
    """Half an hour after it spoke, and not a second before."""
    on = terms()
    spoke = replace(FIRED, spoke_at=NOW - on.cooldown)
    early = replace(FIRED, spoke_at=NOW - on.cooldown + on.cooldown / 1800)

    assert Reason.REARMED is met(spoke, reading("1", "-1")).reason
    assert Reason.COOLING_DOWN is met(early, reading("1", "-1")).reason
    assert met(spoke, reading("1", "-1")).episode == replace(
        FIRED, state=State.ARMED, up=None, spoke_at=spoke.spoke_at
    )


@pytest.mark.parametrize(
    ("measure", "level", "rearm", "expected"),
    [
        (Measure.MOVE, "5", "", "4"),
        (Measure.MOVE, "1.5", "", "0.75"),
        (Measure.MOVE, "5", "2.5", "2.5"),
        (Measure.UNUSUAL, "3", "", "2.5"),
        (Measure.VOLUME, "2", "", "1.5"),
        (Measure.VOLUME, "0.8", "", "0.4"),
        (Measure.LEVEL, "180", "", "-0.5"),
        (Measure.LEVEL, "180", "2", "-2"),
        (Measure.AVERAGE200, "0", "", "-0.5"),
    ],
)
def test_where_an_episode_ends(measure: Measure, level: str, rearm: str, expected: str) -> None:
    """As set, else by rule; behind the line where one is crossed."""
    on = replace(terms(), measure=measure, level=Decimal(level), rearm=Decimal(rearm or 0))

    assert rearm_level(on) == Decimal(expected)


@pytest.mark.parametrize(
    ("up", "down", "direction", "reason"),
    [
        ("5", "-5", Direction.BOTH, Reason.EXTENDED),
        ("-5", "5", Direction.BOTH, Reason.EXTENDED),
        ("5", "-5", Direction.UP, Reason.EXTENDED),
        ("-5", "5", Direction.DOWN, Reason.EXTENDED),
        ("-5", "5", Direction.UP, Reason.WITHIN),
        ("5", "-5", Direction.DOWN, Reason.WITHIN),
        ("4.9", "-4.9", Direction.BOTH, Reason.WITHIN),
        ("8", "-8", Direction.DOWN, Reason.WRONG_WAY),
    ],
)
def test_inside_only_what_extended_hours_ask_for(
    up: str, down: str, direction: Direction, reason: Reason
) -> None:
    """By day it would have been news, the way that is wanted; the reason says so."""
    found = reading(up, down, floor="7.5")

    assert reason is met(Episode(), found, replace(terms(), direction=direction)).reason


def test_in_regular_hours_inside_is_inside() -> None:
    """The threshold itself is the floor."""
    assert Reason.WITHIN is met(Episode(), reading("4.9", "-4.9")).reason


def test_an_armed_episode_inside_is_left_as_it_is() -> None:
    """The very same row: nothing is written for it."""
    armed = Episode(ordinal=3)

    assert met(armed, reading("1", "-1")).episode is armed
