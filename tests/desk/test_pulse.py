"""An exchange trades when its usual listings do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.measure import Limits
from bot.desk.pulse import NO_PULSE, Pulse, pulse
from bot.model.market import Quote
from tests.builders import at, quote


def of(*quotes: Quote) -> Pulse:
    return pulse(quotes, at("11:08"), Limits())


def test_who_ticks() -> None:
    """A print of the last five minutes, the provider's delay aside."""
    late = timedelta(minutes=15)

    assert of(
        quote(as_of=at("11:03")),
        quote(as_of=at("11:02:59")),
        quote(as_of=at("10:48"), delay=late),
        quote(as_of=at("10:47:59"), delay=late),
    ) == Pulse(witnesses=4, ticking=2)


@pytest.mark.parametrize(("usual", "witnesses"), [(99_999, 0), (100_000, 1), (None, 1)])
def test_thin_stocks_prove_nothing(usual: int | None, witnesses: int) -> None:
    """They may be quiet for an hour; of an index nothing is known."""
    assert of(quote(average_volume=usual)).witnesses == witnesses


@pytest.mark.parametrize(
    ("witnesses", "ticking", "silent"), [(3, 0, True), (2, 0, False), (3, 1, False), (9, 9, False)]
)
def test_silence_takes_three(witnesses: int, ticking: int, silent: bool) -> None:
    """Two that do not trade may be two that do not trade."""
    assert Pulse(witnesses, ticking).silent is silent


def test_nothing_seen_is_no_silence() -> None:
    """Nobody was asked."""
    assert of() == NO_PULSE
    assert not NO_PULSE.silent
