"""The recorded day of the repository, and a few questions to it in the words of its tests."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.tape import Print, Tape, read_day

FOLDER = Path(__file__).resolve().parents[2] / "seeds/days/2026-01-12"
NEW_YORK = ZoneInfo("America/New_York")


@cache
def recorded_day() -> Tape:
    return read_day(FOLDER)


def at(clock: str) -> datetime:
    """ "11:08" or "01-09 16:00", New York time."""
    day, _, time = f"01-12 {clock}".rpartition(" ")
    return datetime.fromisoformat(f"2026-{day.split()[-1]}T{time}").replace(tzinfo=NEW_YORK)


def epoch(clock: str) -> int:
    return int(at(clock).timestamp())


def close_of(ticker: str) -> Decimal:
    """The close of the session before."""
    return recorded_day().daily[ticker][-1].close


def percent(ticker: str, tick: Print) -> float:
    return float((tick.price / close_of(ticker) - 1) * 100)


def moves(ticker: str, since: str, until: str) -> dict[str, float]:
    """Percent from the previous close of every print from `since` to `until`, by its time."""
    ticks = recorded_day().minutes[ticker]
    return {
        f"{tick.at.astimezone(NEW_YORK):%H:%M}": percent(ticker, tick)
        for tick in ticks
        if at(since) <= tick.at <= at(until)
    }


def move(ticker: str, clock: str) -> float:
    """The percent of the last print known at that time."""
    known = [tick for tick in recorded_day().minutes[ticker] if tick.at <= at(clock)]
    return percent(ticker, known[-1])


class StoppedClock:
    """A market clock that a test sets."""

    def __init__(self, clock: str) -> None:
        self.time = at(clock)

    def set(self, clock: str) -> None:
        self.time = at(clock)

    def now(self) -> datetime:
        return self.time.astimezone(UTC)
