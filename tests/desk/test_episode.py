"""One threshold watching one ticker, told as tapes: ±5 %, held a minute, rungs of 5 points."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.desk.episode import rearm_level
from bot.model.alert import Direction, Episode
from tests.builders import at, terms
from tests.desk.playing import play


def test_hovering_around_the_threshold_speaks_once() -> None:
    """A price that hovers around the threshold is one alert, not ten."""
    play("""
        10:00 +4.9  WITHIN
        10:01 +5.1  HOLDING
        10:02 +5.2  CROSSED
        10:03 +4.8  ALREADY_SAID
        10:04 +5.3  ALREADY_SAID
        10:05 +4.2  ALREADY_SAID
        10:06 +5.6  ALREADY_SAID
        11:30 +4.9  ALREADY_SAID
        11:31 +5.1  ALREADY_SAID
    """)


def test_hold_counts_to_the_second() -> None:
    """Exactly the hold later with a later print counts; a second less does not."""
    play("""
        10:00:00 +5.0  HOLDING
        10:00:59 +5.0  HOLDING
        10:01:00 +5.0  CROSSED
    """)


def test_one_print_looked_at_twice_has_not_held() -> None:
    """The hold needs a later print beyond the threshold, not a later look at the same one."""
    play("""
        10:00 +6.0        HOLDING
        10:01 +6.0@10:00  HOLDING
        10:02 +6.0@10:00  HOLDING
        10:09 +5.5@10:08  CROSSED
    """)


def test_falling_back_in_the_hold_starts_it_anew() -> None:
    """A touch that does not hold is no crossing, and the next one is held from its own start."""
    play("""
        10:00:00 +5.1  HOLDING
        10:00:30 +4.9  WITHIN
        10:01:00 +5.1  HOLDING
        10:01:30 +5.1  HOLDING
        10:02:00 +5.1  CROSSED
    """)


def test_unknown_neither_ends_nor_satisfies_a_hold() -> None:
    """A gap in the quotes leaves a hold as it was; the next known print decides."""
    play("""
        10:00 +5.1  HOLDING
        10:01 STALE  UNKNOWN
        10:02 NO_QUOTE  UNKNOWN
        10:03 +5.2  CROSSED
    """)
    play("""
        10:00 +5.1  HOLDING
        10:01 STALE  UNKNOWN
        10:02 +4.0  WITHIN
    """)


def test_unknown_leaves_the_episode_unchanged() -> None:
    """No data never re-arms, whatever the clock says."""
    before = play("""
        10:00 +5.1  HOLDING
        10:01 +5.2  CROSSED
    """)
    after = play("15:00 CONTRADICTION UNKNOWN", episode=before)

    assert before == after


def test_no_hold_speaks_at_the_first_print() -> None:
    """With a hold of nothing the first print beyond the threshold speaks."""
    play("10:00 -5.0  CROSSED", terms(hold=timedelta(0)))


def test_each_rung_speaks_once() -> None:
    """Every further five points speak once, and not again after a dip."""
    episode = play("""
        10:00 +5.1   HOLDING
        10:01 +5.2   CROSSED
        10:02 +9.99  ALREADY_SAID
        10:03 +10.0  NEXT_RUNG
        10:04 +8.0   ALREADY_SAID
        10:05 +10.4  ALREADY_SAID
        10:06 +15.0  NEXT_RUNG
    """)

    assert episode.rungs == 2


def test_several_rungs_at_once_count_once() -> None:
    """A jump over three rungs is one message."""
    episode = play("""
        10:00 -5.1   HOLDING
        10:01 -5.2   CROSSED
        10:02 -21.0  NEXT_RUNG
        10:03 -21.5  ALREADY_SAID
        10:04 -24.9  ALREADY_SAID
        10:05 -25.0  NEXT_RUNG
    """)

    assert episode.rungs == 4


def test_rungs_passed_before_the_first_alert_are_not_said_after_it() -> None:
    """A gap to +17 % is said once, at its size; the next rung is +20 %."""
    play("""
        09:30 +17.0  HOLDING
        09:31 +17.2  CROSSED
        09:32 +17.5  ALREADY_SAID
        09:33 +20.1  NEXT_RUNG
    """)


def test_a_ladder_of_nothing_has_no_rungs() -> None:
    """A rung of 0 means: speak once."""
    play(
        """
        10:00 +5.1   HOLDING
        10:01 +5.2   CROSSED
        10:02 +45.0  ALREADY_SAID
    """,
        terms(rung=Decimal(0)),
    )


def test_rearming_waits_for_the_cool_down() -> None:
    """Back inside the re-arm level the episode ends only half an hour after it spoke."""
    episode = play("""
        10:00 +5.1  HOLDING
        10:01 +5.2  CROSSED
        10:10 +3.9  COOLING_DOWN
        10:20 +5.5  ALREADY_SAID
        10:30 +3.9  COOLING_DOWN
        10:31 +3.9  REARMED
        10:32 +5.1  HOLDING
        10:33 +5.2  CROSSED
    """)

    assert episode.ordinal == 2


def test_the_cool_down_is_counted_from_the_last_word() -> None:
    """A rung starts the cool-down anew."""
    play("""
        10:00 +5.1   HOLDING
        10:01 +5.2   CROSSED
        10:20 +10.1  NEXT_RUNG
        10:35 +3.0   COOLING_DOWN
        10:49:59 +3.0  COOLING_DOWN
        10:50 +3.0   REARMED
    """)


def test_a_swing_through_zero_is_no_reversal() -> None:
    """From +6 % to −3 % is a fade with a cool-down; only the threshold on the other side reverses."""
    play("""
        10:00 +5.1  HOLDING
        10:01 +6.0  CROSSED
        10:02 -3.0  COOLING_DOWN
        10:03 +6.0  ALREADY_SAID
    """)


def test_a_reversal_is_a_new_story() -> None:
    """Beyond the threshold on the other side, held, speaks without waiting; the rungs start anew."""
    episode = play("""
        10:00 +5.1   HOLDING
        10:01 +10.2  CROSSED
        10:02 -5.5   HOLDING
        10:03 -5.6   CROSSED
        10:04 -10.0  NEXT_RUNG
    """)

    assert (episode.ordinal, episode.up, episode.rungs) == (2, False, 1)


def test_a_hold_does_not_carry_over_to_the_other_side() -> None:
    """+5 % and a minute later −5 % have not held either way."""
    play("""
        10:00 +5.1  HOLDING
        10:01 -5.1  HOLDING
        10:02 -5.1  CROSSED
    """)


def test_one_odd_print_on_the_other_side_makes_nobody_speak_again() -> None:
    """A reversal that does not hold leaves what was said as said."""
    play("""
        10:00 +5.1  HOLDING
        10:01 +6.0  CROSSED
        10:02 -5.5  HOLDING
        10:03 +6.0  ALREADY_SAID
        10:04 -5.5  HOLDING
        10:04:59 -5.5  HOLDING
        10:05 -5.5  CROSSED
    """)


def test_the_direction_asked_for() -> None:
    """A threshold for falls says nothing of a rise, however far."""
    play(
        """
        10:00 +8.0  WRONG_WAY
        10:01 +8.0  WRONG_WAY
        10:02 -5.1  HOLDING
        10:03 -5.1  CROSSED
        10:04 +8.0  COOLING_DOWN
        10:40 +8.0  REARMED
        10:41 +8.0  WRONG_WAY
    """,
        terms(direction=Direction.DOWN),
    )


def test_spoke_at_outlives_the_episode() -> None:
    """The moment it last spoke is still known after the re-arm."""
    episode = play("""
        10:00 +5.1  HOLDING
        10:01 +5.2  CROSSED
        11:00 +0.0  REARMED
        11:01 +1.0  WITHIN
    """)

    assert Episode(spoke_at=at("10:01"), ordinal=1, print_at=at("10:01")) == episode


@pytest.mark.parametrize(
    ("percent", "rearm", "level"),
    [("5", "0", "4"), ("1.5", "0", "0.75"), ("2", "0", "1"), ("5", "2.5", "2.5")],
)
def test_rearm_level(percent: str, rearm: str, level: str) -> None:
    """As set; left open it is a point under the threshold, and at least half of it."""
    assert Decimal(level) == rearm_level(terms(percent, rearm=Decimal(rearm)))
