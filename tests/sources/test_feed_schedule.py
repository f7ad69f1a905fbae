"""When may a feed be asked again?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.sources.feed_schedule import Rhythm
from tests.sources.fakes import NOON

MINUTE = timedelta(minutes=1)
DATE = "Mon, 12 Jan 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "every", "minutes"),
    [
        ({}, None, 15),
        ({"Cache-Control": "max-age=60"}, None, 5),
        ({"Cache-Control": "no-cache, max-age=0"}, None, 5),
        ({"Cache-Control": "no-store"}, None, 15),
        ({"Cache-Control": "public, Max-Age=1800"}, None, 30),
        ({"Cache-Control": 'max-age="1800"'}, None, 30),
        ({"Cache-Control": "max-age=1800", "Age": "600"}, None, 20),
        ({"Cache-Control": "max-age=1800", "Age": "9999"}, None, 5),
        ({"Cache-Control": "max-age=1800", "Age": "old"}, None, 30),
        ({"Cache-Control": "s-maxage=9999, max-age=1200"}, None, 20),
        ({"Cache-Control": "max-age=-1"}, None, 15),
        ({"Cache-Control": "max-age=99999999999999999999"}, None, 1440),
        ({"Expires": "Mon, 12 Jan 2026 12:40:00 GMT"}, None, 40),
        ({"Expires": "Mon, 12 Jan 2026 11:00:00 GMT"}, None, 5),
        ({"Expires": "0"}, None, 15),
        (
            {
                "Expires": "Mon, 12 Jan 2026 13:40:00 GMT",
                "Date": "Mon, 12 Jan 2026 13:00:00 GMT",
            },
            None,
            40,
        ),
        ({}, 60 * MINUTE, 60),
        ({"Cache-Control": "max-age=60"}, 60 * MINUTE, 60),
        ({"Cache-Control": "max-age=7200"}, 60 * MINUTE, 120),
        ({}, MINUTE, 5),
        ({}, timedelta(days=30), 1440),
    ],
)
def test_the_longest_wish_counts(
    headers: dict[str, str], every: timedelta | None, minutes: int
) -> None:
    """Silence means 15 minutes; whatever is wished for, 5 minutes and a day are the ends."""
    assert Rhythm().after_answer(headers, every, NOON) == minutes * MINUTE


def test_failures_double_the_wait() -> None:
    """5, 10, 20 … minutes, up to a day."""
    waits = [Rhythm().after_failure(failures, 0.0) for failures in (1, 2, 3, 4, 10, 50, 5000)]

    assert waits == [5 * MINUTE, 10 * MINUTE, 20 * MINUTE, 40 * MINUTE, *[1440 * MINUTE] * 3]


def test_jitter_only_lengthens() -> None:
    """By a fifth at most, so that feeds that failed together do not return together."""
    assert Rhythm().after_failure(1, 0.5) == 5.5 * MINUTE
    assert Rhythm().after_failure(9, 0.99) == timedelta(days=1)


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({"Retry-After": "600"}, 10),
        ({"Retry-After": " 600 "}, 10),
        ({"Retry-After": "1"}, 5),
        ({"Retry-After": "9" * 40}, 1440),
        ({"Retry-After": "Mon, 12 Jan 2026 12:30:00 GMT"}, 30),
        ({"Retry-After": "Mon, 12 Jan 2026 11:30:00 GMT"}, 5),
        ({"Retry-After": "Mon, 12 Jan 2026 12:30:00 GMT", "Date": DATE}, 30),
        (
            {
                "Retry-After": "Mon, 12 Jan 2026 15:30:00 GMT",
                "Date": "Mon, 12 Jan 2026 15:00:00 GMT",
            },
            30,
        ),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "-5"}, None),
        ({"Retry-After": "٣"}, None),
        ({"Retry-After": ""}, None),
        ({}, None),
    ],
)
def test_retry_after_is_obeyed(headers: dict[str, str], minutes: int | None) -> None:
    """In seconds or as a date by the server's own clock; garbage is none."""
    asked = Rhythm().after_refusal(headers, NOON)

    assert asked == (None if minutes is None else minutes * MINUTE)
