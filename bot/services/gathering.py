"""
Everything known about one move, fetched at once and within a time.

What is not there in time is named in `Gathered.missing`; the brief goes out without it and
a later pass fills it in by edit.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.desk.halts import of_session
from bot.desk.own import sift
from bot.errors import SourceError
from bot.model.alert import Said
from bot.model.gathered import Gathered, Other, Own, Told
from bot.model.halt import Halt
from bot.model.market import Bar, Instrument, Move, Quote, ReferenceKind, Session
from bot.services.belt import Belt
from bot.services.directory import instrument_of

log = structlog.get_logger(__name__)

NEWS_SPAN = timedelta(hours=48)
# Yahoo writes the units of a currency for one dollar as "HKD=X".
_CURRENCIES = {
    "XHKG": "HKD",
    "XLON": "GBP",
    "XTAI": "TWD",
    "XTKS": "JPY",
    "XKRX": "KRW",
    "XAMS": "EUR",
    "XPAR": "EUR",
    "XETR": "EUR",
    "XCSE": "DKK",
    "XSWX": "CHF",
}
_BARS = {"daily": ("1d", "2y"), "minutes": ("1m", "1d"), "five_minutes": ("5m", "1mo")}


@dataclass(frozen=True, slots=True)
class Seen:
    """
    One listing at one moment: what the pass knows before anything more is fetched.

    `spoke` is what the thresholds measured that speak now.
    """

    instrument: Instrument
    session: Session
    quote: Quote
    move: Move
    spoke: tuple[Said, ...] = ()


@dataclass(slots=True)
class _Desk:
    """What has come in so far."""

    others: dict[str, Other] = field(default_factory=dict)
    rate: Quote | None = None
    bars: dict[str, tuple[Bar, ...]] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    read: int = 0
    halts: tuple[Halt, ...] = ()
    own: tuple[Own, ...] = ()
    done: set[str] = field(default_factory=set)


class Gathering:
    """Fetches in parallel what a brief needs beyond the quote that moved."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt

    async def gather(self, seen: Seen, now: datetime, within: timedelta) -> Gathered:
        """All of it, or what arrived within `within`."""
        desk = _Desk()
        work: dict[str, Awaitable[None]] = {
            "comparisons": self._comparisons(seen, desk),
            "headlines": self._headlines(seen, now, desk),
        }
        for kind in _BARS:
            work[kind] = self._bars(seen, kind, desk)
        await self._belt.clock.gather(
            within, [_finish(name, task, desk) for name, task in work.items()]
        )
        return Gathered(
            instrument=seen.instrument,
            session=seen.session,
            quote=seen.quote,
            move=seen.move,
            now=now,
            daily=desk.bars.get("daily", ()),
            minutes=desk.bars.get("minutes", ()),
            five_minutes=desk.bars.get("five_minutes", ()),
            others=desk.others,
            rate=desk.rate,
            told=desk.told,
            read=desk.read,
            halts=desk.halts,
            own=desk.own,
            missing=tuple(name for name in work if name not in desk.done),
            disclosure=self._belt.disclosure,
        )

    async def _comparisons(self, seen: Seen, desk: _Desk) -> None:
        home = (seen.instrument.home.ticker,) if seen.instrument.home else ()
        tickers = (*seen.instrument.benchmarks, *seen.instrument.peers, *home)
        if not tickers:
            return
        rate = _rate(seen.instrument)
        quotes = await self._belt.quotes.latest((*tickers, *rate))
        desk.rate = quotes.get(rate[0]) if rate else None
        for ticker in tickers:
            quote = quotes.get(ticker)
            if quote is None:
                continue
            if instrument := self._belt.companies.get(ticker) or instrument_of(quote):
                session = self._belt.calendar.session(instrument.calendar, quote.as_of)
                desk.others[ticker] = Other(instrument, quote, session)

    async def _bars(self, seen: Seen, kind: str, desk: _Desk) -> None:
        interval, span = _BARS[kind]
        bars = await self._belt.quotes.bars(seen.instrument.ticker, interval, span)
        if kind == "daily":
            bars = [bar for bar in bars if bar.at < _completed(seen)]
        desk.bars[kind] = tuple(bars)

    async def _headlines(self, seen: Seen, now: datetime, desk: _Desk) -> None:
        since = now - NEWS_SPAN - _idle(seen.session)
        async with self._belt.store.transaction("headlines") as tx:
            stories = await tx.news.stories(seen.instrument.ticker, since, now)
            desk.read = await tx.news.count(since, now)
            halts = await tx.halts.of(seen.instrument.ticker, since, now)
            heard = await tx.wishes.stories(seen.instrument.ticker, since, now)
            wishes = await tx.wishes.of_feeds({one.story.feed for one in heard}) if heard else {}
        desk.halts = of_session(halts, seen.session, now)
        desk.told = tuple(
            Told(story, self._belt.outlet(story.outlet), words)
            for story, words in stories
            if not self._belt.denied(story)
        )
        if heard := [one for one in heard if not self._belt.denied(one.story)]:
            # People's patterns may take their time: not that of everybody else.
            desk.own = await asyncio.to_thread(sift, heard, wishes, self._belt.outlet)


def _rate(instrument: Instrument) -> tuple[str, ...]:
    """The ticker of what the dollar costs where the ordinary share is listed, if one is."""
    if instrument.home is None or instrument.currency != "USD":
        return ()
    currency = _CURRENCIES.get(instrument.home.calendar)
    return (f"{currency}=X",) if currency else ()


def _completed(seen: Seen) -> datetime:
    """Daily bars end with the close that the move is measured from: in the evening, today's."""
    session = seen.session
    evening = seen.move.reference.kind is ReferenceKind.REGULAR_CLOSE
    return (session.late or session.closes) if evening else session.opens


def _idle(session: Session) -> timedelta:
    """Days without a session do not age the news: Friday evening's still counts on Monday."""
    return timedelta(days=max(0, (session.day - session.previous).days - 1))


async def _finish(name: str, task: Awaitable[None], desk: _Desk) -> None:
    try:
        await task
    except SourceError as error:
        log.warning("not gathered", what=name, why=str(error))
    else:
        desk.done.add(name)
