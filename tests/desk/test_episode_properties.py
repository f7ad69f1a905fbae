"""What must hold for every tape: no double word, no skipped cool-down, no lost crossing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.episode import rearm_level, step
from bot.model.alert import Episode, Reason, State, Terms
from bot.model.market import Move, NoMove
from tests.builders import at, percent_move, terms

_PRINTS = st.one_of(
    st.decimals(min_value=-30, max_value=30, places=1, allow_nan=False),
    st.sampled_from(["4.9", "5.0", "5.1", "-4.9", "-5.0", "-5.1", "0"]).map(Decimal),
    st.none(),
)
_TAPES = st.lists(st.tuples(st.integers(min_value=1, max_value=900), _PRINTS), max_size=60)
_TERMS = st.builds(
    terms,
    percent=st.sampled_from(["0.5", "2", "5", "9.5"]),
    hold=st.sampled_from([0, 30, 60, 300]).map(lambda seconds: timedelta(seconds=seconds)),
    cooldown=st.sampled_from([0, 1, 30]).map(lambda minutes: timedelta(minutes=minutes)),
    rung=st.sampled_from([0, 1, 5]).map(Decimal),
)
Tape = list[tuple[int, Decimal | None]]


@dataclass(frozen=True, slots=True)
class _Step:
    before: Episode
    after: Episode
    reason: Reason
    percent: Decimal | None
    now: datetime


def _play(tape: Tape, on: Terms) -> Iterator[_Step]:
    episode, now = Episode(), at("04:00")
    for seconds, percent in tape:
        now += timedelta(seconds=seconds)
        move: Move | NoMove = NoMove.STALE
        if percent is not None:
            move = percent_move(percent, as_of=now)
        verdict = step(episode, on, move, now)
        yield _Step(episode, verdict.episode, verdict.reason, percent, now)
        episode = verdict.episode


@given(_TAPES, _TERMS)
def test_never_speaks_twice_of_one_crossing(tape: Tape, on: Terms) -> None:
    """Between two crossings the same way lies a re-arm or a crossing the other way."""
    said: bool | None = None
    for one in _play(tape, on):
        if one.reason is Reason.REARMED:
            said = None
        if one.reason is Reason.CROSSED:
            assert said is not one.after.up

            said = one.after.up


@given(_TAPES, _TERMS)
def test_every_rung_is_new(tape: Tape, on: Terms) -> None:
    """A rung that speaks lies above every rung said before in the same episode."""
    for one in _play(tape, on):
        if one.reason is Reason.NEXT_RUNG:
            assert one.percent is not None
            assert one.after.rungs > one.before.rungs
            assert abs(one.percent) >= on.percent + on.rung * one.after.rungs


@given(_TAPES, _TERMS)
def test_never_skips_a_cool_down(tape: Tape, on: Terms) -> None:
    """An episode ends only inside the re-arm level and a cool-down after its last word."""
    for one in _play(tape, on):
        if one.reason is Reason.REARMED:
            assert one.before.spoke_at is not None
            assert one.percent is not None
            assert one.now - one.before.spoke_at >= on.cooldown

            along = one.percent if one.before.up else -one.percent
            assert along < rearm_level(on)


@given(_TAPES, _TERMS)
def test_only_a_full_reversal_ends_a_fired_episode_otherwise(tape: Tape, on: Terms) -> None:
    """A swing through zero that stays inside the threshold keeps the episode fired."""
    for one in _play(tape, on):
        left = one.before.state is State.FIRED and one.after.state is not State.FIRED
        turned = one.before.state is State.FIRED and one.after.up is not one.before.up
        if (left or turned) and one.reason is not Reason.REARMED:
            assert one.percent is not None
            assert abs(one.percent) >= on.percent
            assert (one.percent > 0) is not one.before.up
            assert one.reason is Reason.CROSSED


@given(_TAPES, _TERMS)
def test_never_loses_a_crossing_that_held(tape: Tape, on: Terms) -> None:
    """Prints beyond one side for the length of the hold are said by the print that completes it."""
    since: datetime | None = None
    side: bool | None = None
    for one in _play(tape, on):
        if one.percent is None:
            continue
        beyond = abs(one.percent) >= on.percent
        if not beyond or side is not (one.percent > 0):
            since, side = (one.now, one.percent > 0) if beyond else (None, None)
        if since is not None and one.now - since >= on.hold:
            assert one.after.state is State.FIRED
            assert one.after.up is side


@given(_TAPES, _TERMS)
def test_a_crossing_speaks_only_when_it_held(tape: Tape, on: Terms) -> None:
    """Nothing is said of a touch shorter than the hold."""
    beyond_since: datetime | None = None
    side: bool | None = None
    for one in _play(tape, on):
        if one.percent is None:
            continue
        if abs(one.percent) < on.percent:
            beyond_since, side = None, None
        elif side is not (one.percent > 0):
            beyond_since, side = one.now, one.percent > 0
        if one.reason is Reason.CROSSED:
            assert beyond_since is not None
            assert one.now - beyond_since >= on.hold


@given(_TAPES, _TERMS)
def test_the_unknown_changes_nothing(tape: Tape, on: Terms) -> None:
    """Taking the gaps out of a tape leaves the same words at the same times."""
    spoken = [(one.now, one.reason) for one in _play(tape, on) if one.reason.speaks]
    known: Tape = []
    waited = 0
    for seconds, percent in tape:
        waited += seconds
        if percent is not None:
            known.append((waited, percent))
            waited = 0

    assert spoken == [(one.now, one.reason) for one in _play(known, on) if one.reason.speaks]


@given(_TAPES, _TERMS)
def test_ordinals_count_the_crossings(tape: Tape, on: Terms) -> None:
    """Every crossing, and nothing else, raises the ordinal by one."""
    crossings = 0
    for one in _play(tape, on):
        crossings += one.reason is Reason.CROSSED

        assert crossings == one.after.ordinal
