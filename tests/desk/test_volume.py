"""The quick curve of normal volume says what the brief says."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.unusual import volume_ratio
from bot.desk.volume import curve_of
from bot.model.market import Bar
from tests.builders import at, bar, gathered, move, quote, session

SLOTS = 78  # of five minutes from 09:30 to 16:00


def days(shares: list[int], sessions: int = 12, gap: int = 0) -> list[Bar]:
    """Sessions of December whose five minutes traded these shares, in turn; one may be missing."""
    return [
        bar(
            at("09:30", day=f"2025-12-{day:02}") + slot * timedelta(minutes=5), "100", volume=traded
        )
        for day in range(1, sessions + 1)
        for slot in range(SLOTS)
        if slot != gap or not gap
        for traded in [shares[(slot + day) % len(shares)]]
    ]


@given(
    st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any),
    st.integers(1, 389 * 60),
    st.integers(0, 60),
)
def test_it_is_the_ratio_of_the_brief(shares: list[int], seconds: int, gap: int) -> None:
    """At any second of the session, also where bars are missing."""
    bars, when = days(shares, gap=gap), session().opens + timedelta(seconds=seconds)
    told = quote(as_of=when, volume=2_000_000, average_volume=1_000_000)
    ratio = volume_ratio(
        gathered(quote=told, move=move(as_of=when), five_minutes=tuple(bars), daily=())
    )
    curve = curve_of(bars, session())
    usual = 1_000_000 * curve.by(when - session().opens) if curve else 0.0

    assert (ratio is None) is (not usual)
    if ratio is not None:
        assert float(ratio) == pytest.approx(2_000_000 / usual, rel=1e-4)


def test_ten_days_make_a_curve() -> None:
    """Nine are too few."""
    assert curve_of(days([1], 10), session()) is not None
    assert curve_of(days([1], 9), session()) is None


def test_half_days_and_today_are_left_out() -> None:
    """A day whose last bar is hours before the close tells nothing of a whole one."""
    half = [
        one for one in days([1], 10) if one.at.day > 1 or one.at < at("13:00", day="2025-12-01")
    ]
    today = [bar(at("09:30"), "100")]

    assert curve_of([*half, *today], session()) is None
