"""When are the readers of a failing feed told, and when is it left alone?"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.desk.trouble import Failing, said, trouble
from bot.model.feed import FeedState
from bot.model.news import Feed
from tests.builders import at

STATE = FeedState(Feed("https://wire.example/feed", "Wire"))
SINCE = at("10:00")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def failing(failures: int = 5, status: int = 500, strikes: int = 0) -> Failing:
    return Failing(failures, SINCE, status, strikes, f"{STATE.feed.url} answered {status}")


@pytest.mark.parametrize(
    ("what", "after", "told", "stopped"),
    [
        (failing(), 23.9 * HOUR, False, False),
        (failing(), DAY, True, False),
        (failing(status=0), DAY, True, False),
        (failing(2, 403), HOUR, False, False),
        (failing(3, 403), HOUR, True, False),
        (failing(3, 401), HOUR, True, False),
        (failing(3, 404), HOUR, False, False),
        (failing(1, 410), 0 * HOUR, True, True),
        (failing(1, 200, 1), 0 * HOUR, False, False),
        (failing(2, 200, 2), 0 * HOUR, True, True),
        (failing(), 13.9 * DAY, True, False),
        (failing(), 14 * DAY, True, True),
    ],
)
def test_who_is_told_of_what(what: Failing, after: timedelta, told: bool, stopped: bool) -> None:
    """After a day; at once when it has ended; a stop is always told."""
    found = trouble(STATE, what, SINCE + after)

    assert (bool(found.told), bool(found.stopped)) == (told, stopped)


def test_the_same_trouble_is_told_once() -> None:
    """Whatever its reason is by then; until it ends the feed."""
    first = trouble(STATE, failing(3, 403), SINCE + HOUR)
    state = replace(STATE, told=first.told)

    later = trouble(state, failing(9, 500), SINCE + 3 * DAY)
    last = trouble(state, failing(20, 500), SINCE + 15 * DAY)

    assert later == first
    assert last.told not in ("", first.told)


def test_what_is_said_is_what_is_new() -> None:
    """Trouble, a stop, and that it is over; nothing in between."""
    ill = replace(STATE, told="Wire has not been read since yesterday")

    assert said(STATE, ill) == ill.told
    assert said(ill, replace(ill, failures=7)) == ""
    assert said(STATE, replace(STATE, failures=1)) == ""
    assert said(ill, STATE) == (
        "Wire is read again: https://wire.example/feed answers as it should"
    )
