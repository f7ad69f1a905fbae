"""
When are the readers of a failing feed told, and when is it left alone? In which words?

They are told once: after a day, at once when it is gone for good, sooner when it turns the desk
away. What is told is a sentence that says what happened, since when, and what can be done. Pure.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from bot.model.feed import FeedState

TOLD_AFTER = timedelta(hours=24)
STOPPED_AFTER = timedelta(days=14)
TURNED_AWAY = frozenset({401, 403})
TURNED_AWAY_TIMES = 3
GONE = 410
STRIKES = 2

_RESUME = "try it again or remove it with /desk feeds"


class Failing(NamedTuple):
    """A feed that has failed `failures` times since `since`, now with `why` and its status."""

    failures: int
    since: datetime
    status: int
    strikes: int
    why: str


class Trouble(NamedTuple):
    """`told` is what its readers have been told by now; `stopped` why it is polled no more."""

    told: str
    stopped: str


def trouble(state: FeedState, failing: Failing, now: datetime) -> Trouble:
    """What the failure just met means for those who want the feed."""
    outlet, why = state.feed.outlet, failing.why
    if failing.status == GONE:
        stopped = f"{state.feed.url} is gone for good (410); it is not asked again"
        return Trouble(f"{outlet} is read no more: {stopped}; {_RESUME}", stopped)
    if failing.strikes >= STRIKES:
        stopped = f"quarantined: {why}, twice in a row"
        return Trouble(f"{outlet} is read no more, {stopped}; {_RESUME}", stopped)
    if now - failing.since >= STOPPED_AFTER:
        stopped = f"nothing but failures since {_day(failing.since)}; the last: {why}"
        return Trouble(f"{outlet} is read no more: {stopped}; {_RESUME}", stopped)
    return Trouble(state.told or _first_words(state, failing, now), "")


def said(before: FeedState, after: FeedState) -> str:
    """What the readers are to be told now that a poll made `after` of `before`; "" for nothing."""
    if after.told == before.told:
        return ""
    return after.told or f"{after.feed.outlet} is read again: {after.feed.url} answers as it should"


def tried_again(state: FeedState, now: datetime) -> FeedState:
    """The feed as if it had never failed, due at once: somebody wants it tried again."""
    told = (
        f"{state.feed.outlet} is tried again since {_day(now)}; "
        f"if it fails, the desk goes on trying until {_day(now + STOPPED_AFTER)}"
    )
    return replace(
        state,
        etag="",
        last_modified="",
        unread="",
        failures=0,
        failing_since=None,
        strikes=0,
        stopped="",
        told=told,
        next_poll_at=now,
    )


def _first_words(state: FeedState, failing: Failing, now: datetime) -> str:
    locked_out = failing.status in TURNED_AWAY and failing.failures >= TURNED_AWAY_TIMES
    if not locked_out and now - failing.since < TOLD_AFTER:
        return ""
    return (
        f"{state.feed.outlet} has not been read since {_day(failing.since)}: {failing.why}; "
        f"the desk goes on trying until {_day(failing.since + STOPPED_AFTER)}; "
        "/desk feeds why says more"
    )


def _day(at: datetime) -> str:
    return f"{at:%b} {at.day}, {at:%H:%M} UTC"
