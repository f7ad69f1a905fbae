"""May Yahoo be asked now?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.errors import Unreachable
from bot.sources.yahoo.breaker import Breaker
from tests.sources.fakes import HandClock


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def breaker(clock: HandClock) -> Breaker:
    return Breaker(clock.monotonic)


def ask(breaker: Breaker, *, answers: bool = True) -> None:
    """One call, whose request is answered, or drawn a 429."""
    with breaker.call():
        breaker.check()
        if not answers:
            raise breaker.trip()


def test_silences_grow_to_an_hour(breaker: Breaker, clock: HandClock) -> None:
    """1, 2, 5, 15 and 60 minutes, and 60 again, each ended by one probe."""
    silences = []
    for _ in range(6):
        with pytest.raises(Unreachable) as error:
            ask(breaker, answers=False)
        assert error.value.retry_after is not None
        silences.append(error.value.retry_after / timedelta(minutes=1))
        clock.pass_time(minutes=silences[-1])

    assert silences == [1, 2, 5, 15, 60, 60]


def test_a_silence_is_one_sentence_with_what_is_left(breaker: Breaker, clock: HandClock) -> None:
    """Nothing is sent in it."""
    with pytest.raises(Unreachable):
        ask(breaker, answers=False)
    clock.pass_time(seconds=20)

    with pytest.raises(Unreachable) as error:
        ask(breaker)

    assert str(error.value) == (
        "Yahoo asked for fewer requests (429); the desk is silent for 40 seconds more"
    )
    assert error.value.retry_after == timedelta(seconds=40)


def test_an_answer_ends_the_matter(breaker: Breaker, clock: HandClock) -> None:
    """After a successful probe the next 429 is a first one again."""
    for _ in range(2):
        with pytest.raises(Unreachable):
            ask(breaker, answers=False)
        clock.pass_time(minutes=5)
    ask(breaker)

    with pytest.raises(Unreachable) as error:
        ask(breaker, answers=False)

    assert error.value.retry_after == timedelta(minutes=1)


def test_only_one_call_probes(breaker: Breaker, clock: HandClock) -> None:
    """Beside the probe nothing is asked; after it, everything."""
    with pytest.raises(Unreachable):
        ask(breaker, answers=False)
    clock.pass_time(minutes=1)

    with (
        breaker.call(),
        pytest.raises(Unreachable, match="is being asked whether it answers again"),
    ):
        ask(breaker)

    ask(breaker)


def test_a_probe_that_fails_otherwise_lets_the_next_one_probe(
    breaker: Breaker, clock: HandClock
) -> None:
    """A time-out proves nothing either way."""
    with pytest.raises(Unreachable):
        ask(breaker, answers=False)
    clock.pass_time(minutes=1)
    with pytest.raises(TimeoutError), breaker.call():
        raise TimeoutError

    ask(breaker)
    ask(breaker)


def test_two_calls_that_meet_the_same_429_are_one_strike(breaker: Breaker) -> None:
    """They were under way together."""
    with pytest.raises(Unreachable), breaker.call():
        breaker.trip()
        raise breaker.trip()

    with pytest.raises(Unreachable) as error:
        ask(breaker)

    assert error.value.retry_after == timedelta(minutes=1)


def test_a_call_under_way_stops_at_its_next_request(breaker: Breaker) -> None:
    """The second thread's 429 silences the first thread's crumb too."""
    with pytest.raises(Unreachable), breaker.call():
        breaker.trip()
        breaker.check()
