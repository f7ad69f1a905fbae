"""When may a feed be asked again?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.feed import FeedState
from bot.model.news import Feed, Story
from bot.sources.feed_schedule import Rhythm, median_gap, skew
from tests.sources.fakes import NOON

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
STATE = FeedState(Feed("https://one.example/feed", "Wire"))
DATE = "Mon, 12 Jan 2026 12:00:00 GMT"


def story(hours: float) -> Story:
    """Published that long before noon."""
    at = NOON - timedelta(hours=hours)
    return Story(f"{hours}", STATE.feed.url, "Wire", "A title", "", at, NOON)


@pytest.mark.parametrize(
    ("headers", "every", "minutes"),
    [
        ({}, None, 15),
        ({"Cache-Control": "max-age=60"}, None, 5),
        ({"Cache-Control": "max-age=300"}, None, 5),
        ({"Cache-Control": "max-age=301"}, None, 15),
        ({"Cache-Control": "no-cache, max-age=0"}, None, 5),
        ({"Cache-Control": "no-store"}, None, 15),
        ({"Cache-Control": "public, Max-Age=1800"}, None, 30),
        ({"Cache-Control": 'max-age="1800"'}, None, 30),
        ({"Cache-Control": "max-age=1800", "Age": "600"}, None, 20),
        ({"Cache-Control": "max-age=1800", "Age": "9999"}, None, 15),
        ({"Cache-Control": "max-age=1800", "Age": "old"}, None, 30),
        ({"Cache-Control": "s-maxage=9999, max-age=1200"}, None, 20),
        ({"Cache-Control": "max-age=-1"}, None, 15),
        ({"Cache-Control": "max-age=99999999999999999999"}, None, 1440),
        ({"Expires": "Mon, 12 Jan 2026 12:40:00 GMT"}, None, 40),
        ({"Expires": "Mon, 12 Jan 2026 11:00:00 GMT"}, None, 15),
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
        ({}, MINUTE, 15),
        ({}, timedelta(days=30), 1440),
    ],
)
def test_the_longest_wish_counts(
    headers: dict[str, str], every: timedelta | None, minutes: int
) -> None:
    """A quarter of an hour at least, five minutes where max-age is no longer, a day at most."""
    state = replace(STATE, every=every)

    assert Rhythm().after_answer(headers, state, NOON) == minutes * MINUTE


@pytest.mark.parametrize(
    ("headers", "interval", "minutes"),
    [
        ({}, 5, 5),
        ({}, 1, 5),
        ({}, 60, 60),
        ({"Cache-Control": "max-age=60"}, 60, 60),
        ({"Cache-Control": "max-age=600"}, 5, 10),
        ({"Cache-Control": "max-age=3600"}, 5, 60),
    ],
)
def test_the_operators_wish_is_the_floor(
    headers: dict[str, str], interval: int, minutes: int
) -> None:
    """Above or below the usual one, never below the least, nor what the server wishes for."""
    state = replace(STATE, feed=replace(STATE.feed, interval=interval * MINUTE), gap=10 * DAY)

    assert Rhythm().after_answer(headers, state, NOON) == minutes * MINUTE


@pytest.mark.parametrize(
    ("gap", "headers", "minutes"),
    [
        (2 * MINUTE, {}, 15),
        (90 * MINUTE, {}, 45),
        (90 * MINUTE, {"Cache-Control": "max-age=60"}, 5),
        (4 * DAY, {}, 360),
    ],
)
def test_a_feed_of_rare_stories_is_read_rarely(
    gap: timedelta, headers: dict[str, str], minutes: int
) -> None:
    """Half the time between its stories, six hours at most, where nobody says anything else."""
    assert Rhythm().after_answer(headers, replace(STATE, gap=gap), NOON) == minutes * MINUTE


@pytest.mark.parametrize(
    ("hours", "days", "minutes"),
    [
        ((), (), 15),
        ((11, 13), (), 15),
        ((12, 13, 14), (), 195),
        ((), (0,), 735),
        ((), (0, 1), 1455),
        (tuple(range(24)), (), 1455),
        ((0, 1), (0,), 855),
    ],
)
def test_skipped_hours_are_passed_over(
    hours: tuple[int, ...], days: tuple[int, ...], minutes: int
) -> None:
    """By whole hours, so that feeds keep apart; a hint, so by a day at most. NOON is a Monday's."""
    state = replace(STATE, skip_hours=hours, skip_days=days)

    assert Rhythm().after_answer({}, state, NOON) == minutes * MINUTE


def test_the_gap_is_that_of_the_newest_stories() -> None:
    """The median over twenty; what is not dated, or too few, says nothing."""
    hourly = [story(hours=n) for n in range(20)]
    daily = [story(hours=40 + 24 * n) for n in range(50)]

    assert median_gap([*daily, *hourly]) == timedelta(hours=1)
    assert median_gap(hourly[:4]) is None
    assert median_gap([replace(one, published=None) for one in hourly]) is None


@pytest.mark.parametrize(
    ("headers", "minutes"),
    [
        ({}, None),
        ({"Date": "yesterday"}, None),
        ({"Date": "Mon, 12 Jan 2026 12:04:59 GMT"}, None),
        ({"Date": "Mon, 12 Jan 2026 12:06:00 GMT"}, 6),
        ({"Date": "Mon, 12 Jan 2026 11:00:00 GMT"}, -60),
        ({"Date": "Mon, 12 Jan 2026 11:00:00 GMT", "Age": "3600"}, None),
    ],
)
def test_a_clock_that_is_off_is_noticed(headers: dict[str, str], minutes: int | None) -> None:
    """Beyond five minutes; what a cache kept is as old as it says."""
    assert skew(headers, NOON) == (None if minutes is None else minutes * MINUTE)


@pytest.mark.parametrize(
    ("contact", "readers", "agent"),
    [
        ("", 1, "Newsdesk/0.5 (1 subscriber)"),
        ("https://desk.example", 12, "Newsdesk/0.5 (+https://desk.example; 12 subscribers)"),
    ],
)
def test_the_desk_says_who_it_is(contact: str, readers: int, agent: str) -> None:
    """Its name and version, where it can be reached, and for how many it reads."""
    assert Rhythm(name="Newsdesk/0.5", contact=contact).agent(readers) == agent


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
