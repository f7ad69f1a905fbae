"""
Which id does a message get, the same one on every run?

    63            22          14        0
    ┌──────────────┬───────────┬─────────┐
    │ milliseconds │  counter  │ channel │   the channel's own counter and ordinal,
    └──────────────┴───────────┴─────────┘   so the order between channels is without effect
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)

_ORDINALS = 1 << 14
_PER_MILLISECOND = 1 << 8


class Snowflakes:
    """The ids of one channel, rising even when the clock stands still or steps back."""

    def __init__(self, ordinal: int) -> None:
        if not 0 <= ordinal < _ORDINALS:
            raise ValueError(f"the sandbox holds {_ORDINALS} channels, asked for one more")
        self._ordinal = ordinal
        self._latest = (-1, 0)

    def next(self, now: datetime) -> str:
        """The next id; more than 256 in one millisecond borrow from the next."""
        milliseconds, counter = self._latest
        present = (now - EPOCH) // timedelta(milliseconds=1)
        if present > milliseconds:
            milliseconds, counter = present, 0
        elif counter + 1 < _PER_MILLISECOND:
            counter += 1
        else:
            milliseconds, counter = milliseconds + 1, 0
        self._latest = (milliseconds, counter)
        return str(milliseconds << 22 | counter << 14 | self._ordinal)


def earliest_id(moment: datetime) -> int:
    """The smallest id of that moment, as `before` and `after` are asked with."""
    return ((moment - EPOCH) // timedelta(milliseconds=1)) << 22
