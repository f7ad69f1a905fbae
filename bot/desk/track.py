"""
What was the lowest, and the highest, price since any moment?

Kept are only prices that nothing after them undercut (or topped): the first of those at or
after a moment is the answer, however long the track.
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import datetime
from decimal import Decimal


class Track:
    """
    The prints of one ticker today, in the order of their times; an older one is left out.

    `earlier` is the track of the sessions before, where there is one.
    """

    __slots__ = ("_highs", "_lows", "_until", "earlier")

    def __init__(self) -> None:
        self._lows = _Chain()
        self._highs = _Chain()
        self._until: datetime | None = None
        self.earlier: Track | None = None

    def add(self, at: datetime, price: Decimal) -> None:
        if self._until is not None and at <= self._until:
            return
        self._until = at
        self._lows.add(at, price)
        self._highs.add(at, -price)

    def low(self, since: datetime) -> tuple[datetime, Decimal] | None:
        """The lowest price at or after `since`, and when it was (last); None without one."""
        found = [self._lows.least(since), self.earlier and self.earlier.low(since)]
        return min((one for one in found if one), key=lambda one: one[1], default=None)

    def high(self, since: datetime) -> tuple[datetime, Decimal] | None:
        found = [self._highs.least(since), self.earlier and self.earlier._turned(since)]
        least = min((one for one in found if one), key=lambda one: one[1], default=None)
        return None if least is None else (least[0], -least[1])

    def _turned(self, since: datetime) -> tuple[datetime, Decimal] | None:
        """The highest price with its sign turned, as it is kept."""
        found = self.high(since)
        return None if found is None else (found[0], -found[1])


class _Chain:
    """Values that are each less than everything after them, with their times."""

    __slots__ = ("times", "values")

    def __init__(self) -> None:
        self.times: list[datetime] = []
        self.values: list[Decimal] = []

    def add(self, at: datetime, value: Decimal) -> None:
        while self.values and self.values[-1] >= value:
            self.values.pop()
            self.times.pop()
        self.values.append(value)
        self.times.append(at)

    def least(self, since: datetime) -> tuple[datetime, Decimal] | None:
        place = bisect_left(self.times, since)
        return (self.times[place], self.values[place]) if place < len(self.times) else None
