"""How many shares are normal by this time of day? One answer, for thresholds and for briefs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from statistics import median
from zoneinfo import ZoneInfo

from bot.model.market import Bar, Session

VOLUME_SESSIONS, VOLUME_AT_LEAST = 20, 10
FIVE_MINUTES = timedelta(minutes=5)
AN_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Curve:
    """Of each of some days, the part of its shares that was traded by each five minutes."""

    days: tuple[tuple[float, ...], ...]

    def by(self, passed: timedelta) -> float:
        """The part of a day's shares that is normal once `passed` of a session has gone by."""
        slots = max(0.0, passed / FIVE_MINUTES)
        whole, part = int(slots), slots - int(slots)
        shares = []
        for day in self.days:
            here = day[min(whole, len(day) - 1)]
            then = day[min(whole + 1, len(day) - 1)]
            shares.append(here + (then - here) * part)
        return median(shares)


def curve_of(bars: Sequence[Bar], session: Session) -> Curve | None:
    """From five-minute bars of the last 20 full sessions before this one, of 10 at least."""
    zone = ZoneInfo(session.zone)
    opens = session.opens.astimezone(zone).time()
    closes = session.closes.astimezone(zone).time()
    days: dict[date, list[Bar]] = defaultdict(list)
    for bar in bars:
        local = bar.at.astimezone(zone)
        if local.date() < session.day and opens <= local.time() < closes:
            days[local.date()].append(bar)
    full = [of_day for _, of_day in sorted(days.items()) if _whole(of_day, session)]
    shares = [_shares(of_day) for of_day in full[-VOLUME_SESSIONS:]]
    return Curve(tuple(shares)) if len(shares) >= VOLUME_AT_LEAST else None


def _whole(of_day: Sequence[Bar], session: Session) -> bool:
    """It was traded, and to the usual close: on a half day the last bar is hours before it."""
    passed = of_day[-1].at - of_day[0].at
    usual = session.closes - session.opens
    return usual - passed < AN_HOUR and any(bar.volume for bar in of_day)


def _shares(of_day: Sequence[Bar]) -> tuple[float, ...]:
    """What part of the day's shares had been traded at the start of each five minutes."""
    slots = int((of_day[-1].at - of_day[0].at) / FIVE_MINUTES) + 1
    traded = [0] * slots
    for bar in of_day:
        traded[int((bar.at - of_day[0].at) / FIVE_MINUTES)] += bar.volume
    return tuple(passed / sum(traded) for passed in accumulate(traded, initial=0))
