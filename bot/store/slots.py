"""
When may the next request leave? One shared row spaces the requests of all replicas evenly.

A claim reserves slots at most `horizon` ahead, so a hot post overtakes any backlog within
that time. Other posts reserve the nearer half only: the further half is the hot lane.
A moment further ahead than is ever written here means that the clock jumped: it is over.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from bot.model.post import Priority
from bot.store import tables
from bot.store.work import Work

KEY = "discord"
PAUSE_CAP = timedelta(minutes=5)
_mine = tables.slot.c.key == KEY


@dataclass(frozen=True, slots=True)
class Pace:
    """Requests a second of the whole desk, and how far ahead slots are reserved."""

    rate: float = 45.0
    horizon: timedelta = timedelta(seconds=0.25)

    @property
    def gap(self) -> timedelta:
        return max(timedelta(seconds=1 / self.rate), timedelta(microseconds=1))

    def reach(self, priority: int) -> timedelta:
        """How far ahead a post of that priority may reserve."""
        return self.horizon if priority == Priority.HOT.value else self.horizon / 2


@dataclass(frozen=True, slots=True)
class Slots:
    """What is free, as seen with the row locked: no other claim runs meanwhile."""

    pace: Pace
    now: datetime
    next_at: datetime
    pause: timedelta

    def within(self, reach: timedelta) -> int:
        """How many slots begin no later than that from now."""
        if self.pause:
            return 0
        return max(0, (self.now + reach - self.next_at) // self.pace.gap + 1)

    def wait(self, index: int) -> float:
        """Seconds until the slot of that index begins."""
        return (self.next_at + index * self.pace.gap - self.now).total_seconds()

    def opens_in(self, taken: int, reach: timedelta) -> float:
        """Seconds until the slot after `taken` others begins no later than `reach` ahead."""
        return max(self.pause.total_seconds(), self.wait(taken) - reach.total_seconds(), 0.001)


async def look(work: Work, pace: Pace) -> Slots:
    """Lock the row and read it; the lock holds until the transaction ends."""
    row = (await work.rows(sa.select(tables.slot).where(_mine).with_for_update()))[0]
    now = await work.now()
    jumped = row.next_at > now + pace.horizon + pace.gap
    next_at = now if jumped else max(now, row.next_at)
    return Slots(pace, now, next_at, _left(row.paused_until, now))


async def take(work: Work, slots: Slots, count: int) -> None:
    """Reserve the next `count` slots."""
    after = slots.next_at + count * slots.pace.gap
    await work.run(sa.update(tables.slot).where(_mine).values(next_at=after))


async def pause(work: Work, seconds: float) -> None:
    """Let nothing leave for that long, `PAUSE_CAP` at most; never shortens a longer pause."""
    row = (await work.rows(sa.select(tables.slot).where(_mine).with_for_update()))[0]
    now = await work.now()
    asked = min(timedelta(seconds=seconds), PAUSE_CAP)
    until = now + max(asked, _left(row.paused_until, now))
    await work.run(sa.update(tables.slot).where(_mine).values(paused_until=until))


def _left(until: datetime, now: datetime) -> timedelta:
    left = until - now
    return left if timedelta(0) < left <= PAUSE_CAP else timedelta(0)
