"""
What completed sessions say of the tickers whose thresholds must know it.

Bars are fetched once a session, for those tickers only, and never hold a pass up for more
than a moment: what is not there by then is not known yet, and comes in behind it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from zoneinfo import ZoneInfo

import structlog

from bot.desk.facts import Past
from bot.desk.track import Track
from bot.desk.unusual import (
    average200_of,
    average_volume_of,
    extended_dollars,
    split_adjusted,
    usual_move,
    year_range,
)
from bot.desk.volume import FIVE_MINUTES, curve_of
from bot.errors import SourceError
from bot.model.market import Bar, ReferenceKind
from bot.services.belt import Belt
from bot.services.gathering import Seen

log = structlog.get_logger(__name__)

A_MOMENT = timedelta(seconds=1.5)
AT_ONCE = 2
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(minutes=30)
LONGEST_WINDOW = timedelta(days=14)  # five sessions, whatever holidays lie between


class Series(Enum):
    """Bars as the provider is asked for them: the interval, and over how long."""

    DAILY = ("1d", "2y")
    FIVE_MINUTES = ("5m", "1mo")
    MINUTES = ("1m", "1d")


_ORDER = tuple(Series)


@dataclass(slots=True)
class _Known:
    """Of one ticker in one session: what was made of the bars that came, and which did."""

    day: date
    evening: bool
    done: set[Series] = field(default_factory=set)
    past: Past = field(default_factory=Past)
    earlier: Track | None = None
    track: Track | None = None
    failures: int = 0
    again: datetime | None = None


class History:
    """Fetches in the background, two requests at a time, in the order of the needs."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._known: dict[str, _Known] = {}
        self._due: deque[tuple[Seen, Series, datetime]] = deque()
        self._pending: set[tuple[str, Series]] = set()
        self._learning: asyncio.Task[None] | None = None

    async def learn(self, asked: Iterable[tuple[Seen, AbstractSet[Series]]], now: datetime) -> None:
        """Ask for what is needed and not known; returns when it is there, or after a moment."""
        for one, needed in asked:
            if not needed or needed <= (known := self._of(one)).done:
                continue
            if known.again is None or now >= known.again:
                self._ask(one, needed - known.done, now)
        if self._due and (self._learning is None or self._learning.done()):
            self._learning = asyncio.create_task(self._learn(), name="history learns")
        if self._learning is not None and not self._learning.done():
            await self._belt.clock.gather(A_MOMENT, [_until(self._learning)])

    def past(self, seen: Seen) -> Past:
        """What is known of the sessions before this leg."""
        return self._of(seen).past

    def track(self, seen: Seen) -> Track | None:
        """The prints up to this one; None until those before the first look are known."""
        known = self._of(seen)
        if known.track is not None:
            known.track.earlier = known.earlier
            known.track.add(seen.move.as_of, seen.move.last)
        return known.track

    def _of(self, seen: Seen) -> _Known:
        """A new session starts from nothing; in the evening the days before it are counted anew."""
        ticker, day = seen.instrument.ticker, seen.session.day
        evening = seen.move.reference.kind is ReferenceKind.REGULAR_CLOSE
        known = self._known.get(ticker)
        if known is None or known.day != day:
            known = self._known[ticker] = _Known(day, evening)
        elif known.evening is not evening:
            known.evening = evening
            known.past = Past(days=known.past.days)
            known.done.discard(Series.DAILY)
        return known

    def _ask(self, seen: Seen, series: AbstractSet[Series], now: datetime) -> None:
        for one in sorted(series, key=_ORDER.index):
            if (seen.instrument.ticker, one) not in self._pending:
                self._pending.add((seen.instrument.ticker, one))
                self._due.append((seen, one, now))

    async def _learn(self) -> None:
        await asyncio.gather(*(self._worker() for _ in range(AT_ONCE)))

    async def _worker(self) -> None:
        while self._due:
            seen, series, now = self._due.popleft()
            ticker = seen.instrument.ticker
            try:
                bars = await self._belt.quotes.bars(ticker, *series.value)
                self._take(seen, series, bars, now)
            except SourceError as error:
                self._pause(seen, series, str(error), now)
            except Exception:  # one ticker's trouble must not silence the others
                log.exception("history failed", ticker=ticker)
                self._pause(seen, series, "nothing could be made of it", now)
            finally:
                self._pending.discard((ticker, series))

    def _take(self, seen: Seen, series: Series, bars: Sequence[Bar], now: datetime) -> None:
        known = self._known[seen.instrument.ticker]
        if known.day != seen.session.day:
            return
        if not bars and series is not Series.MINUTES:  # nothing may have traded yet today
            self._pause(seen, series, "there were no bars", now)
            return
        match series:
            case Series.DAILY:
                known.past = _of_days(known, seen, bars)
            case Series.FIVE_MINUTES:
                known.past = _of_five_minutes(known, seen, bars)
                known.earlier = _earlier(seen, bars)
            case Series.MINUTES:
                known.track = _today(seen, bars, now)
        known.done.add(series)
        known.failures, known.again = 0, None

    def _pause(self, seen: Seen, series: Series, why: str, now: datetime) -> None:
        known = self._known[seen.instrument.ticker]
        pause = min(FIRST_PAUSE * 2**known.failures, LONGEST_PAUSE)
        known.failures, known.again = known.failures + 1, now + pause
        log.warning("no history", ticker=seen.instrument.ticker, series=series.name, why=why)


class Extended:
    """Money traded in the extended phase under way, asked for when somebody is about to speak."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt

    async def dollars(self, seen: Iterable[Seen]) -> dict[str, Decimal]:
        """By ticker; what is not known within a moment is left out."""
        found: dict[str, Decimal] = {}
        work = [self._one(one, found) for one in seen]
        if work:
            await self._belt.clock.gather(A_MOMENT, work)
        return found

    async def _one(self, seen: Seen, found: dict[str, Decimal]) -> None:
        ticker, move = seen.instrument.ticker, seen.move
        try:
            bars = await self._belt.quotes.bars(ticker, *Series.MINUTES.value)
        except SourceError as error:
            log.warning("extended volume not read", ticker=ticker, why=str(error))
            return
        money = extended_dollars(bars, seen.session, move.phase, move.as_of)
        if money is not None:
            found[ticker] = money


def _of_days(known: _Known, seen: Seen, bars: Sequence[Bar]) -> Past:
    ends = seen.session.closes if known.evening else seen.session.opens
    told = [bar for bar in bars if bar.at < ends]
    daily = split_adjusted(told, seen.move.reference)
    average = average200_of(daily)
    return replace(
        known.past,
        sigma=usual_move(daily),
        average200=average[0] if average else None,
        year=year_range(daily),
        usual=average_volume_of(daily),
    )


def _of_five_minutes(known: _Known, seen: Seen, bars: Sequence[Bar]) -> Past:
    zone = ZoneInfo(seen.session.zone)
    days = {bar.at.astimezone(zone).date() for bar in bars}
    before = tuple(sorted(day for day in days if day < seen.session.day))
    return replace(known.past, curve=curve_of(bars, seen.session), days=before)


def _earlier(seen: Seen, bars: Sequence[Bar]) -> Track:
    track, begins = Track(), seen.session.early or seen.session.opens
    before = [bar for bar in bars if begins - LONGEST_WINDOW <= bar.at < begins]
    for bar in split_adjusted(before, seen.move.reference):
        track.add(bar.at + FIVE_MINUTES, bar.close)
    return track


def _today(seen: Seen, bars: Sequence[Bar], now: datetime) -> Track:
    track, begins = Track(), seen.session.early or seen.session.opens
    for bar in bars:
        if bar.at >= begins:
            track.add(min(bar.at + timedelta(minutes=1), now), bar.close)
    return track


async def _until(task: asyncio.Task[None]) -> None:
    """Wait for a task that goes on when the waiting ends."""
    await asyncio.shield(task)
