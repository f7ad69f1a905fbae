"""
Which outlets' clocks are impossible?

Some vendors print New York wall-clock time and call it UTC: everything they publish seems four
or five hours old when it appears. Others publish in the future. Neither proves what came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta

from bot.model.news import Story

SEEN_AT_LEAST = 3  # stories, beyond the first batch: a new feed brings its history
LATE_BY = timedelta(hours=3)
EARLY_BY = timedelta(minutes=10)


def impossible(stories: Iterable[Story]) -> frozenset[str]:
    """
    Return the outlets that no time of theirs can be trusted from.

    Their fresh stories all claim to be hours older than when this desk first read them, or
    most of them claim a future. What arrived with an outlet's first batch says nothing.
    """
    lags: dict[str, list[tuple[Story, timedelta]]] = defaultdict(list)
    for story in stories:
        if story.published is not None:
            lags[story.outlet].append((story, story.first_seen - story.published))
    return frozenset(outlet for outlet, told in lags.items() if _wrong(told))


def _wrong(told: list[tuple[Story, timedelta]]) -> bool:
    ahead = sum(lag < -EARLY_BY for _, lag in told)
    if len(told) >= SEEN_AT_LEAST and 2 * ahead > len(told):
        return True
    first = min(story.first_seen for story, _ in told)
    later = [lag for story, lag in told if story.first_seen > first]
    return len(later) >= SEEN_AT_LEAST and min(later) >= LATE_BY
