"""Until when a threshold holds, in a person's words. It is Monday, 12 January 2026, 11:08."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.services.thresholds.expiry import expiry
from tests.builders import HONG_KONG, NEW_YORK, at


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("7d", "2026-01-19", "11:08"),
        ("in 7 days", "2026-01-19", "11:08"),
        ("90 minutes", "2026-01-12", "12:38"),
        ("2 weeks", "2026-01-26", "11:08"),
        ("until Friday", "2026-01-16", "23:59"),
        ("FRI", "2026-01-16", "23:59"),
        ("monday", "2026-01-19", "23:59"),
        ("today", "2026-01-12", "23:59"),
        ("till tomorrow", "2026-01-13", "23:59"),
        ("2026-12-01", "2026-12-01", "23:59"),
        ("until 2026-01-15 09:30", "2026-01-15", "09:30"),
    ],
)
def test_an_end_is_read(words: str, day: str, clock: str) -> None:
    """A day means the end of it where the exchange is."""
    assert at(clock, day=day) == expiry(words, at("11:08"), NEW_YORK)


def test_no_words_are_no_end() -> None:
    """It holds for good."""
    assert expiry("  ", at("11:08"), NEW_YORK) is None


def test_a_day_ends_where_the_reader_is() -> None:
    """In Hong Kong it is Tuesday already, and tomorrow is Wednesday."""
    friday = at("23:59", day="2026-01-16", zone=HONG_KONG)
    wednesday = at("23:59", day="2026-01-14", zone=HONG_KONG)

    assert friday == expiry("friday", at("11:08"), HONG_KONG)
    assert wednesday == expiry("tomorrow", at("11:30"), HONG_KONG)


def test_a_week_is_a_week_over_a_change_of_the_clocks() -> None:
    """Seven times twenty-four hours."""
    now = at("12:00", day="2026-03-06")

    assert at("13:00", day="2026-03-13") == expiry("7d", now, NEW_YORK)


@pytest.mark.parametrize("words", ["whenever", "2026-13-01", "fr", "31", "2026-02-30"])
def test_an_end_that_cannot_be_read(words: str) -> None:
    """It is quoted back with examples."""
    with pytest.raises(UserError) as caught:
        expiry(words, at("11:08"), NEW_YORK)

    assert str(caught.value) == (
        f"I cannot read the end “{words}”; try expires 7d, until Friday or 2026-12-01"
    )


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ("2026-01-11", "in the past"),
        ("0d", "in the past"),
        ("2027-12-01", "more than a year ahead"),
        ("400 days", "more than a year ahead"),
        ("999999 weeks", "more than a year ahead"),
    ],
)
def test_an_absurd_end(words: str, why: str) -> None:
    """Past, or so far away that nobody remembers."""
    with pytest.raises(UserError) as caught:
        expiry(words, at("11:08"), NEW_YORK)

    assert str(caught.value) == (
        f"a threshold's end must be within a year from now, “{words}” is {why}; "
        "try expires 7d or until Friday"
    )
