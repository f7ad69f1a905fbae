"""Whether a halt that an exchange states still stands, and how it is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.halts import halted, listed_as, of_session, reason, said
from bot.model.halt import Halt
from tests.builders import NEW_YORK, at, quote, session

PENDING = Halt("BABA", at("10:31"), "T1", "news pending")
ENDED = Halt("BABA", at("10:31"), "T3", "news released", at("10:56"), at("11:01"))


@pytest.mark.parametrize(
    ("halt", "clock", "expected"),
    [
        (PENDING, "10:30", False),
        (PENDING, "10:31", True),
        (PENDING, "15:00", True),
        (ENDED, "11:00", True),
        (ENDED, "11:01", False),
    ],
)
def test_a_halt_stands_from_its_beginning_to_its_end(
    halt: Halt, clock: str, expected: bool
) -> None:
    """Quoting alone does not end it; without an announced end it goes on."""
    stands = halted(halt, quote(as_of=at("10:31")), session(), at(clock))

    assert expected is stands


def test_a_print_long_after_it_began_ends_one_of_unknown_end() -> None:
    """The list may not have been read since; a late report of the last trade is no such print."""
    now = at("11:30")

    assert halted(PENDING, quote(as_of=at("10:36")), session(), now)
    assert not halted(PENDING, quote(as_of=at("10:37")), session(), now)
    assert halted(PENDING, None, session(), now)
    assert halted(ENDED, quote(as_of=at("10:45")), session(), at("10:50"))


def test_a_delayed_price_is_of_the_halt_for_as_long_after_it() -> None:
    """What it was before the halt must not be told as what it is after."""
    late = quote(as_of=at("10:31"), delay=timedelta(minutes=15))

    assert halted(ENDED, late, session(), at("10:35"))
    assert halted(ENDED, late, session(), at("11:15"))
    assert not halted(ENDED, late, session(), at("11:16"))


def test_a_closed_market_is_not_halted() -> None:
    """That it is closed says it better."""
    assert not halted(PENDING, None, session(), at("20:01"))


def test_it_is_said_in_the_zone_of_the_exchange() -> None:
    assert "halted by its exchange since 10:31 EST (news pending)" == said(PENDING, NEW_YORK)
    assert "halted by its exchange since 10:31 EST (news released), until 11:01 EST" == said(
        ENDED, NEW_YORK
    )


def test_codes_in_words() -> None:
    assert "volatility pause" == reason("LUDP")
    assert "suspended by the SEC" == reason("H10")
    assert "listing rules met" == reason("R4")
    assert "code X9" == reason("X9")


def test_a_class_of_shares_is_spelled_as_the_desk_does() -> None:
    assert ["BRK-B", "BABA"] == [listed_as(" brk.b"), listed_as("BABA")]


def test_the_halts_of_a_session() -> None:
    """One that stood as it began counts; what is over before, or comes later, does not."""
    night = Halt("BABA", at("19:00", day="2026-01-09"), "T1", "", None, at("09:00"))
    over = Halt("BABA", at("10:00", day="2026-01-09"), "M", "", None, at("11:00", day="2026-01-09"))
    later = Halt("BABA", at("12:00"), "M", "")

    assert (night, ENDED) == of_session([later, ENDED, over, night], session(), at("11:30"))
