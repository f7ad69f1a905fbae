"""By how much is a feed's clock off? See tests/desk/test_weigh.py for outlets that prove nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.clocks import Lag, learned

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def minutes(*told: int, times: int = 5) -> list[timedelta]:
    return [each * MINUTE for each in told] * times


@pytest.mark.parametrize(
    ("lags", "lag"),
    [
        (minutes(1, 4, 9), Lag(4 * MINUTE, 15)),
        (minutes(301, 304, 309), Lag(304 * MINUTE, 15, 5)),
        (minutes(241, 244, 250, 262), Lag(250 * MINUTE, 20, 4)),
        (minutes(10, 120, 244, 400), Lag(244 * MINUTE, 20)),
        (minutes(200, 210, 220), Lag(210 * MINUTE, 15)),
        (minutes(-65, -62, -61), Lag(-62 * MINUTE, 15)),
    ],
)
def test_f27_the_median_is_a_feeds_clock(lags: list[timedelta], lag: Lag) -> None:
    """Near four or five hours, and nothing sooner, is New York's time marked as UTC."""
    assert learned(lags) == lag


def test_f27_only_the_latest_stories_count() -> None:
    """Fifty, so that a clock that was mended is soon believed."""
    assert learned([*minutes(5, times=50), *minutes(300, times=500)]) == Lag(5 * MINUTE, 50)


def test_f27_too_few_say_nothing() -> None:
    """Nine stories are chance."""
    assert learned(minutes(300, times=9)) is None


@pytest.mark.parametrize(
    ("lag", "words"),
    [
        (Lag(4 * MINUTE, 50), "its times are plausible: 4 min off, the median of 50 stories"),
        (
            Lag(303 * MINUTE, 50, 5),
            (
                "its times are 5 hours late (5 h 3 min, the median of 50 stories): it seems to "
                "mark New York time as UTC; they prove nothing until that is settled"
            ),
        ),
        (
            Lag(-62 * MINUTE, 12),
            "its times lie 1 h 2 min ahead, the median of 12 stories; they prove nothing",
        ),
        (
            Lag(210 * MINUTE, 12),
            "its stories are 3 h 30 min old when first read, the median of 12 stories",
        ),
    ],
)
def test_f27_the_offset_is_shown(lag: Lag, words: str) -> None:
    """In the words of `feed why`."""
    assert lag.words == words
