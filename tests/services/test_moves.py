"""Thresholds in a person's words, and refused with the way out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.errors import UserError
from bot.model.alert import Direction
from bot.services.moves import Defaults, describe, parse


@pytest.mark.parametrize(
    ("words", "percent", "direction"),
    [
        ("", "5", Direction.BOTH),
        ("5%", "5", Direction.BOTH),
        ("±7.5 %", "7.5", Direction.BOTH),
        ("9,5%", "9.5", Direction.BOTH),
        ("3 percent up", "3", Direction.UP),
        ("4% down", "4", Direction.DOWN),
        ("-4%", "4", Direction.DOWN),
        ("0.5", "0.5", Direction.BOTH),
    ],
)
def test_a_move_is_read(words: str, percent: str, direction: Direction) -> None:
    """Percent from the previous close, either way unless said; "" is the default."""
    terms = parse("BABA", words, Defaults())

    assert (Decimal(percent), direction) == (terms.percent, terms.direction)


@pytest.mark.parametrize("words", ["0", "0.4%", "51%", "9999"])
def test_an_absurd_threshold_is_refused(words: str) -> None:
    """The sentence names the ticker, the bounds, the value found and what to try."""
    with pytest.raises(UserError) as caught:
        parse("BABA", words, Defaults())

    found = words.rstrip("%")
    assert str(caught.value) == (
        f"threshold for BABA must be between 0.5 and 50 percent, was {found}; try /alert set BABA 5"
    )


@pytest.mark.parametrize("words", ["five", "5% sideways", "5%%", "%", "5% 6%"])
def test_words_that_are_no_move(words: str) -> None:
    """What cannot be read is quoted back with an example."""
    with pytest.raises(UserError) as caught:
        parse("BABA", words, Defaults())

    assert str(caught.value) == (
        f"I cannot read the move “{words}” for BABA; "
        "try /subscribe BABA 5% or /subscribe BABA 5% down"
    )


def test_the_re_arm_level_stays_below_the_threshold() -> None:
    """One point of hysteresis, but never more than half of a small threshold."""
    assert Decimal(4) == parse("BABA", "5%", Defaults()).rearm
    assert Decimal("0.25") == parse("BABA", "0.5%", Defaults()).rearm


def test_a_threshold_is_described_in_figures() -> None:
    """What a person set is said back as numbers."""
    held = Defaults(hold=timedelta(seconds=90))

    assert describe(parse("X", "", Defaults())) == "±5%, held 1 minute, again every 5 points"
    assert describe(parse("X", "-2.5%", held)) == "−2.5%, held 90 seconds, again every 5 points"


def test_equal_terms_share_one_key() -> None:
    """Terms are the same whoever says them and however they are written."""
    assert parse("BABA", "5.0%", Defaults()).key == parse("JD", "5", Defaults()).key
    assert parse("BABA", "5%", Defaults()).key != parse("BABA", "5% up", Defaults()).key
