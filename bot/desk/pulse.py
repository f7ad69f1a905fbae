"""Does an exchange trade at all? Told by its other listings, for no provider says so."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.desk.measure import TICKING_AT_LEAST, Limits
from bot.model.market import Quote


@dataclass(frozen=True, slots=True)
class Pulse:
    """How many listings that usually trade all day were looked at, and how many did just now."""

    witnesses: int = 0
    ticking: int = 0

    @property
    def silent(self) -> bool:
        return self.witnesses >= TICKING_AT_LEAST and not self.ticking


NO_PULSE = Pulse()


def pulse(quotes: Iterable[Quote], now: datetime, limits: Limits) -> Pulse:
    """The pulse of the exchange that these quotes are of; thinly traded ones prove nothing."""
    witnesses = ticking = 0
    since = now - limits.halted_after
    for quote in quotes:
        if quote.average_volume is not None and quote.average_volume < limits.thin:
            continue
        witnesses += 1
        ticking += quote.as_of + quote.delay >= since
    return Pulse(witnesses, ticking)
