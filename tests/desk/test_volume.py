"""How many shares are normal by a time of day: summed by hand, and as the brief divides by it."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.unusual import volume_ratio
from bot.desk.volume import curve_of
from bot.model.market import Bar
from tests.builders import at, bar, gathered, move, quote, session

SLOTS = 78  # of five minutes from 09:30 to 16:00
FIVE = timedelta(minutes=5)
SHARES = st.lists(st.integers(0, 10_000), min_size=1, max_size=40).filter(any)


def days(shares: list[int], sessions: int = 12, gap: int = 0) -> list[Bar]:
    """Sessions of December whose five minutes traded these shares, in turn; one may be missing."""
    return [
        bar(at("09:30", day=f"2025-12-{day:02}") + slot * FIVE, "100", volume=traded)
        for day in range(1, sessions + 1)
        for slot in range(SLOTS)
        if slot != gap or not gap
        for traded in [shares[(slot + day) % len(shares)]]
    ]


@given(SHARES, st.integers(0, 390 * 60), st.integers(0, 60))
def test_the_bar_in_progress_counts_by_the_part_that_has_passed(
    shares: list[int], seconds: int, gap: int
) -> None:
    """At any second of the session, also where bars are missing."""
    bars, passed = days(shares, gap=gap), timedelta(seconds=seconds)
    summed = [_summed([b for b in bars if b.at.day == day], passed) for day in range(1, 13)]
    traded = [share for share in summed if share is not None]
    curve = curve_of(bars, session())

    assert (curve is None) is (len(traded) < 10)
    if curve is not None:
        assert median(traded) == pytest.approx(curve.by(passed), abs=1e-12)


@given(SHARES, st.integers(1, 389 * 60))
def test_the_brief_divides_by_it(shares: list[int], seconds: int) -> None:
    """The ratio of the brief is the day's shares over the normal ones, to four decimals."""
    bars, when = days(shares), session().opens + timedelta(seconds=seconds)
    curve = curve_of(bars, session())
    usual = curve.by(when - session().opens) if curve else 0.0
    expected = Decimal(f"{2_000_000 / (1_000_000 * usual):.4f}") if usual else None

    assert expected == _ratio(bars, when)


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


def _ratio(bars: list[Bar], when: datetime) -> Decimal | None:
    told = quote(as_of=when, volume=2_000_000, average_volume=1_000_000)
    return volume_ratio(
        gathered(quote=told, move=move(as_of=when), five_minutes=tuple(bars), daily=())
    )


def _summed(of_day: list[Bar], passed: timedelta) -> float | None:
    """The part of a day's shares that was traded by then; None of a day without any."""
    whole = sum(one.volume for one in of_day)
    since = of_day[0].at
    traded = sum(
        one.volume * min(1.0, max(0.0, (passed - (one.at - since)) / FIVE)) for one in of_day
    )
    return traded / whole if whole else None
