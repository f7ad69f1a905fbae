"""
Which outlets' clocks are impossible, and by how much is a feed's clock off?

Some vendors print New York wall-clock time and call it UTC: everything they publish seems four
or five hours old when it appears. Others publish in the future. Neither proves what came first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.model.news import Story

SEEN_AT_LEAST = 3  # stories, beyond the first batch: a new feed brings its history
LATE_BY = timedelta(hours=3)
EARLY_BY = timedelta(minutes=10)
ROLLING = 50  # stories
LEARNED_FROM = 10
NEW_YORK = (4, 5)  # hours behind UTC, in summer and in winter
PROMPT = timedelta(minutes=45)  # by then a poll has met a new story
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Lag:
    """
    How old a feed's stories claim to be when they are first read: the median of `of` stories.

    `new_york` is the hours by which its times would be off if it marks New York's as UTC, 0
    where nothing suggests so: an operator may know, the desk does not correct times by itself.
    """

    median: timedelta
    of: int
    new_york: int = 0

    @property
    def words(self) -> str:
        """For `feed why`."""
        first_read = f"the median of {self.of} stories"
        if self.new_york:
            return (
                f"its times are {self.new_york} hours late ({_spoken(self.median)}, {first_read}): "
                "it seems to mark New York time as UTC; they prove nothing until that is settled"
            )
        if self.median < -EARLY_BY:
            return f"its times lie {_spoken(-self.median)} ahead, {first_read}; they prove nothing"
        if self.median >= LATE_BY:
            return f"its stories are {_spoken(self.median)} old when first read, {first_read}"
        return f"its times are plausible: {_spoken(abs(self.median))} off, {first_read}"


def learned(lags: Sequence[timedelta]) -> Lag | None:
    """
    What a feed's stories tell of its clock, from first seen less published, the latest first.

    Stories of its first batch are not to be among them. None where there are too few.
    """
    told = sorted(lags[:ROLLING])
    if len(told) < LEARNED_FROM:
        return None
    median = told[len(told) // 2]
    near = (hours for hours in NEW_YORK if _off_by(hours * _HOUR, median, told))
    return Lag(median, len(told), next(near, 0))


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


def _off_by(offset: timedelta, median: timedelta, told: Sequence[timedelta]) -> bool:
    """Half come as promptly as polls are, and hardly any before the clock is that much off."""
    sooner = sum(lag < offset - EARLY_BY for lag in told)
    return offset - EARLY_BY <= median <= offset + PROMPT and 10 * sooner <= len(told)


def _spoken(span: timedelta) -> str:
    hours, rest = divmod(span, _HOUR)
    minutes = rest // _MINUTE
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
