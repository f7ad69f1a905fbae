"""What must hold for every tape of every measure: no double word, no cool-down skipped, none lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.episode import rearm_level, step
from bot.desk.reading import Reading
from bot.model.alert import Direction, Episode, Measure, Reason, State, Terms
from bot.model.no_move import NoMove
from tests.builders import at, terms

Print = tuple[int, Decimal, Decimal, bool] | tuple[int, None, None, bool]
Tape = tuple[Terms, list[Print]]
ZERO = Decimal(0)

_SIZES = st.one_of(
    st.decimals(min_value=-30, max_value=30, places=1, allow_nan=False),
    st.sampled_from(["4.9", "5", "5.1", "7.4", "7.5", "-4.9", "-5", "-5.1", "0"]).map(Decimal),
)
_SECONDS = st.integers(min_value=1, max_value=900)
_UNKNOWN = st.tuples(_SECONDS, st.none(), st.none(), st.just(False))
_KNOWN = st.tuples(_SECONDS, _SIZES, _SIZES, st.booleans())
_PRINTS = st.lists(st.one_of(_KNOWN, _KNOWN, _KNOWN, _UNKNOWN), max_size=60)


@st.composite
def tapes(draw: st.DrawFn, *measures: Measure) -> Tape:
    """Terms of one of the measures, and prints seconds apart; the flag says extended hours."""
    measure = draw(st.sampled_from(measures or tuple(Measure)))
    on = terms(
        "0" if measure.crossing else draw(st.sampled_from(["0.5", "2", "5", "9.5"])),
        measure=measure,
        direction=draw(st.sampled_from(Direction)),
        hold=timedelta(seconds=draw(st.sampled_from([0, 30, 60, 300]))),
        cooldown=timedelta(minutes=draw(st.sampled_from([0, 1, 30]))),
        rung=Decimal(draw(st.sampled_from([0, 1, 5]))),
    )
    return on, draw(_PRINTS)


def reading(on: Terms, print_: Print, now: datetime) -> Reading | NoMove:
    """As `bot.desk.reading` makes them: windows rise and fall, what is crossed has no ladder's foot."""
    _, one, other, extended = print_
    if one is None or other is None:
        return NoMove.STALE
    level = ZERO if on.measure.crossing else on.level
    match on.measure:
        case Measure.WINDOW:
            up, down = abs(one), abs(other)
        case Measure.VOLUME:
            return Reading(abs(one), None, now, level, level)
        case Measure.LEVEL | Measure.AVERAGE200:
            return Reading(one, None, now, level, level)
        case Measure.RANGE52:
            up, down = one, -one - 20
        case _:
            up, down = one, -one
    half_more = extended and not on.measure.crossing
    return Reading(up, down, now, level, level * Decimal("1.5") if half_more else level)


@dataclass(frozen=True, slots=True)
class _Step:
    before: Episode
    after: Episode
    reason: Reason
    seen: Reading | NoMove
    now: datetime


def _play(tape: Tape) -> Iterator[_Step]:
    on, prints = tape
    episode, now = Episode(), at("04:00")
    for print_ in prints:
        now += timedelta(seconds=print_[0])
        seen = reading(on, print_, now)
        verdict = step(episode, on, seen, now)
        yield _Step(episode, verdict.episode, verdict.reason, seen, now)
        episode = verdict.episode


def _along(seen: Reading | NoMove, up: bool | None) -> Decimal:
    assert isinstance(seen, Reading)
    along = seen.along(bool(up))
    assert along is not None
    return along


@given(tapes())
def test_never_speaks_twice_of_one_crossing(tape: Tape) -> None:
    """Between two crossings the same way lies a re-arm or a crossing the other way."""
    said: bool | None = None
    for one in _play(tape):
        if one.reason is Reason.REARMED:
            said = None
        if one.reason is Reason.CROSSED:
            assert said is not one.after.up

            said = one.after.up


@given(tapes())
def test_every_rung_is_new(tape: Tape) -> None:
    """A rung that speaks lies above every rung said before in the same episode."""
    on, _ = tape
    for one in _play(tape):
        if one.reason is Reason.NEXT_RUNG:
            assert isinstance(one.seen, Reading)
            assert one.after.rungs > one.before.rungs
            assert _along(one.seen, one.after.up) >= one.seen.level + on.rung * one.after.rungs
            assert (one.now, one.seen.as_of) == (one.after.spoke_at, one.after.print_at)


@given(tapes())
def test_never_skips_a_cool_down(tape: Tape) -> None:
    """An episode ends only inside the re-arm level and a cool-down after its last word."""
    on, _ = tape
    for one in _play(tape):
        if one.reason is Reason.REARMED:
            assert one.before.spoke_at is not None
            assert one.now - one.before.spoke_at >= on.cooldown
            assert _along(one.seen, one.before.up) < rearm_level(on)


@given(tapes())
def test_only_a_reversal_ends_a_fired_episode_otherwise(tape: Tape) -> None:
    """Whatever lies between the thresholds of the two sides keeps the episode fired."""
    for one in _play(tape):
        left = one.before.state is State.FIRED and one.after.state is not State.FIRED
        turned = one.before.state is State.FIRED and one.after.up is not one.before.up
        if (left or turned) and one.reason is not Reason.REARMED:
            assert isinstance(one.seen, Reading)
            assert one.seen.beyond(not one.before.up)
            assert one.reason is Reason.CROSSED


@given(tapes())
def test_never_loses_a_crossing_that_held(tape: Tape) -> None:
    """Prints beyond one side for the length of the hold are said by the print that completes it."""
    on, _ = tape
    since: dict[bool, datetime | None] = {True: None, False: None}
    for one in _play(tape):
        if not isinstance(one.seen, Reading):
            continue
        for up in (True, False):
            asked = on.direction in (Direction.BOTH, Direction.UP if up else Direction.DOWN)
            beyond = asked and one.seen.beyond(up)
            since[up] = (since[up] or one.now) if beyond else None
        if (up := since[True] is not None) is not (since[False] is not None):
            run = since[up]
            if run is not None and one.now - run >= on.hold and _alone(run, since, one, up):
                assert one.after.state is State.FIRED
                assert one.after.up is up


def _alone(run: datetime, since: dict[bool, datetime | None], one: _Step, up: bool) -> bool:
    """Where both sides are beyond at once, the one held first is told first."""
    begun = one.before.since
    waits = one.before.state is State.FIRED and one.before.up is up
    return since[not up] is None and (waits or one.before.up is up or begun is None or begun <= run)


@given(tapes())
def test_a_crossing_speaks_only_when_it_held(tape: Tape) -> None:
    """Nothing is said of a touch shorter than the hold."""
    on, _ = tape
    since: dict[bool, datetime | None] = {True: None, False: None}
    for one in _play(tape):
        if not isinstance(one.seen, Reading):
            continue
        for up in (True, False):
            since[up] = (since[up] or one.now) if one.seen.beyond(up) else None
        if one.reason is Reason.CROSSED:
            run = since[bool(one.after.up)]
            assert run is not None
            assert one.now - run >= on.hold


@given(tapes())
def test_the_unknown_changes_nothing(tape: Tape) -> None:
    """Taking the gaps out of a tape leaves the same words at the same times."""
    on, prints = tape
    spoken = [(one.now, one.reason) for one in _play(tape) if one.reason.speaks]
    known: list[Print] = []
    waited = 0
    for seconds, *rest in prints:
        waited += seconds
        if rest[0] is not None:
            known.append((waited, *rest))
            waited = 0

    assert spoken == [(one.now, one.reason) for one in _play((on, known)) if one.reason.speaks]


@given(tapes())
def test_ordinals_count_the_crossings(tape: Tape) -> None:
    """Every crossing, and nothing else, raises the ordinal by one."""
    crossings = 0
    for one in _play(tape):
        crossings += one.reason is Reason.CROSSED

        assert crossings == one.after.ordinal


@given(tapes(*(one for one in Measure if one is not Measure.WINDOW)))
def test_it_says_what_the_rules_say(tape: Tape) -> None:
    """The rules told as a loop over what was said last, where one side excludes the other."""
    assert _by_the_rules(tape) == [
        (one.now, one.reason, one.after.up, one.after.rungs)
        for one in _play(tape)
        if one.reason.speaks
    ]


def _by_the_rules(tape: Tape) -> list[tuple[datetime, Reason, bool | None, int]]:
    on, prints = tape
    words: list[tuple[datetime, Reason, bool | None, int]] = []
    now, last, said, rungs = at("04:00"), at("04:00"), None, 0
    runs: dict[bool, datetime | None] = {True: None, False: None}
    for print_ in prints:
        now += timedelta(seconds=print_[0])
        seen = reading(on, print_, now)
        if isinstance(seen, NoMove):
            continue
        for up in (True, False):
            asked = on.direction in (Direction.BOTH, Direction.UP if up else Direction.DOWN)
            runs[up] = (runs[up] or now) if asked and seen.beyond(up) else None
        fresh = [(up, run) for up, run in runs.items() if run is not None and up is not said]
        if fresh:
            ((way, run),) = fresh
            if now - run >= on.hold:
                said, rungs, last = way, _rungs(on, seen, way), now
                words.append((now, Reason.CROSSED, said, rungs))
        elif said is not None and _rungs(on, seen, said) > rungs:
            rungs, last = _rungs(on, seen, said), now
            words.append((now, Reason.NEXT_RUNG, said, rungs))
        elif said is not None and _along(seen, said) < rearm_level(on):
            said = None if now - last >= on.cooldown else said
    return words


def _rungs(on: Terms, seen: Reading, up: bool) -> int:
    steps = 0
    while on.rung and _along(seen, up) >= seen.level + on.rung * (steps + 1):
        steps += 1
    return steps


_STEPS = st.lists(st.tuples(_SECONDS, st.decimals(-1, 1, places=2)), min_size=20, max_size=80)


@given(st.sampled_from(Measure), _STEPS)
def test_a_hovering_value_speaks_at_most_once(
    measure: Measure, steps: list[tuple[int, Decimal]]
) -> None:
    """Within the hysteresis around the threshold there is one word, however long it lasts."""
    around = ZERO if measure.crossing else Decimal(5)
    on = terms("0" if measure.crossing else "5", measure=measure, cooldown=timedelta(0))
    width = (around - rearm_level(on)) * Decimal("0.99")
    prints: list[Print] = [(seconds, around + width * sway, ZERO, False) for seconds, sway in steps]

    assert sum(one.reason.speaks for one in _play((on, prints))) <= 1


@given(st.sampled_from(Measure), st.integers(min_value=1, max_value=40))
def test_a_slow_drift_speaks_once_it_is_far_enough(measure: Measure, parts: int) -> None:
    """However small its steps, and a new session, with a new episode, says it again."""
    on = terms("0" if measure.crossing else "5", measure=measure, rung=ZERO)
    prints: list[Print] = [
        (600, Decimal(number) / parts * Decimal("5.5"), ZERO, False) for number in range(parts + 2)
    ]
    for _session in range(2):
        assert 1 == sum(one.reason.speaks for one in _play((on, prints)))
