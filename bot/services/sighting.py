"""
One look at the market: what each ticker did, or why that is not known.

Every quote passes the data gate here (`bot.desk.measure`); nothing further in sees a quote
that did not. What the gate must know besides the quote is kept here: the look before, what
else trades on the exchange, and the splits and dividends of the day, which are asked for once
a session, when a move is large enough for them to matter.
"""

from __future__ import annotations

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from heapq import nlargest

import structlog

from bot.desk.halts import halted, said
from bot.desk.measure import Surroundings, doubtful, measure
from bot.desk.pulse import NO_PULSE, Pulse, pulse
from bot.desk.reference import with_actions
from bot.errors import SourceError
from bot.model.halt import Halt
from bot.model.market import CorporateAction, Instrument, Move, Phase, Quote, Session
from bot.model.no_move import NoMove
from bot.services.belt import Belt
from bot.services.directory import instrument_of
from bot.services.gathering import Seen

log = structlog.get_logger(__name__)

_NO_QUOTE = NoMove.NO_QUOTE
LOOK_UPS = 10  # charts asked for in one pass, those of the largest moves first
_FARTHEST = Decimal("Infinity")
_NO_HALTS: Mapping[str, Halt] = {}


@dataclass(slots=True)
class Sight:
    """
    One ticker in this pass: what was seen, or why nothing is known.

    Not frozen, because a pass makes thousands.
    """

    ticker: str
    instrument: Instrument | None = None
    session: Session | None = None
    quote: Quote | None = None
    move: Move | None = None
    no_move: NoMove = _NO_QUOTE
    why: str = _NO_QUOTE.value

    @property
    def seen(self) -> Seen | None:
        if not (self.instrument and self.session and self.quote and self.move):
            return None
        return Seen(self.instrument, self.session, self.quote, self.move)


@dataclass(slots=True)
class _Memory:
    """Of one ticker: its last quote that made a move, one not confirmed since, the day's actions."""

    before: Quote | None = None
    odd: Quote | None = None
    read: date | None = None
    told: tuple[CorporateAction, ...] = ()

    def keep(self, sight: Sight) -> None:
        if sight.move is not None:
            self.before, self.odd = sight.quote, None
        elif sight.no_move is NoMove.UNCONFIRMED:
            self.odd = sight.quote


class Sighting:
    """Keeps the last sight of every ticker, for who answers from memory."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._memory: dict[str, _Memory] = defaultdict(_Memory)
        self.phases: set[Phase] = set()
        self.looks: dict[str, Sight] = {}

    async def look(
        self, tickers: Sequence[str], now: datetime, halts: Mapping[str, Halt] = _NO_HALTS
    ) -> dict[str, Sight]:
        """
        One sight a ticker, in their order; the provider's trouble is a reason, not an error.

        `halts` are those that stand, by ticker.
        """
        quotes, failed = await self._quotes(tickers)
        sessions: dict[str, Session] = {}
        sights = {
            ticker: self._glance(ticker, quotes.get(ticker), now, sessions) for ticker in tickers
        }
        pulses = self._pulses(sights.values(), now)
        for sight in sights.values():
            self._judge(sight, now, pulses)
        for sight in await self._look_up(sights.values()):
            self._judge(sight, now, pulses)
        _withhold(sights, halts, now)
        if failed:
            sights = {ticker: replace(sight, why=failed) for ticker, sight in sights.items()}
        self.phases = {session.phase(now) for session in sessions.values()}
        self._keep(sights)
        return sights

    async def _quotes(self, tickers: Sequence[str]) -> tuple[dict[str, Quote], str]:
        """What the provider tells, and its trouble."""
        try:
            return await self._belt.quotes.latest(tickers) if tickers else {}, ""
        except SourceError as error:
            log.warning("no quotes", why=str(error))
            return {}, str(error)

    def _glance(
        self, ticker: str, quote: Quote | None, now: datetime, sessions: dict[str, Session]
    ) -> Sight:
        """The quote in its session, by its calendar; nothing is believed yet."""
        instrument = self._belt.companies.get(ticker)
        if instrument is None and quote is not None:
            instrument = instrument_of(quote)
        if instrument is None:
            return Sight(ticker)
        calendar = instrument.calendar
        session = sessions.get(calendar)
        if session is None:
            session = sessions[calendar] = self._belt.calendar.session(calendar, now)
        return Sight(ticker, instrument, session, quote)

    def _pulses(self, glances: Iterable[Sight], now: datetime) -> dict[str, Pulse]:
        places: dict[str, list[Quote]] = defaultdict(list)
        for one in glances:
            if one.session and one.quote:
                places[one.session.calendar].append(one.quote)
        return {place: pulse(quotes, now, self._belt.limits) for place, quotes in places.items()}

    def _judge(self, sight: Sight, now: datetime, pulses: dict[str, Pulse]) -> None:
        """Say of a glance what it shows: a move, or why there is none."""
        session, memory = sight.session, self._memory[sight.ticker]
        if session is None:
            return
        beat, read = pulses.get(session.calendar, NO_PULSE), memory.read == session.day
        around = Surroundings(memory.before, memory.odd, beat.ticking, beat.silent, read)
        if sight.quote is not None and read and memory.told:
            sight.quote = with_actions(sight.quote, memory.told)
        found = measure(sight.quote, session, now, self._belt.limits, around)
        if isinstance(found, Move):
            sight.move, sight.no_move, sight.why = found, _NO_QUOTE, ""
        else:
            sight.move, sight.no_move, sight.why = None, found, found.value

    async def _look_up(self, sights: Iterable[Sight]) -> list[Sight]:
        """Those whose splits and dividends of the day were asked for just now."""
        doubtful = (one for one in sights if self._doubtful(one))
        asked = nlargest(LOOK_UPS, doubtful, key=_size)
        answers = await asyncio.gather(*(self._read(sight) for sight in asked))
        return [sight for sight, answered in zip(asked, answers, strict=True) if answered]

    def _doubtful(self, sight: Sight) -> bool:
        quote, session = sight.quote, sight.session
        if quote is None or session is None or self._memory[sight.ticker].read == session.day:
            return False
        return doubtful(quote, session, sight.move or sight.no_move, self._belt.limits)

    def _keep(self, sights: Mapping[str, Sight]) -> None:
        self.looks.update(sights)
        for sight in sights.values():
            self._memory[sight.ticker].keep(sight)
        reasons = Counter(sight.no_move.name for sight in sights.values() if sight.move is None)
        log.debug("looked", tickers=len(sights), **reasons)

    async def _read(self, sight: Sight) -> bool:
        """Without an answer a moderate move is believed as it is; the next pass asks again."""
        memory = self._memory[sight.ticker]
        try:
            memory.told = await self._belt.quotes.actions(sight.ticker)
        except SourceError as error:
            log.warning("splits and dividends not read", ticker=sight.ticker, why=str(error))
            return False
        memory.read = sight.session.day if sight.session else None
        return True


def _size(sight: Sight) -> Decimal:
    """The farthest first; what is withheld until it is known, before all."""
    return abs(sight.move.percent) if sight.move else _FARTHEST


def _withhold(sights: dict[str, Sight], halts: Mapping[str, Halt], now: datetime) -> None:
    """What its exchange has halted is not measured, whatever its quote seems to say."""
    for ticker in halts.keys() & sights.keys():
        one, halt = sights[ticker], halts[ticker]
        if one.session and halted(halt, one.quote, one.session, now):
            why = said(halt, one.session.zone)
            sights[ticker] = replace(one, move=None, no_move=NoMove.HALTED_BY_EXCHANGE, why=why)
