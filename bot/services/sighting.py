"""
One look at the market: what each ticker did, or why that is not known.

Every quote passes the data gate here (`bot.desk.measure`); nothing further in sees a quote
that did not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.desk.measure import measure
from bot.errors import SourceError
from bot.model.market import Instrument, Move, NoMove, Phase, Quote, Session
from bot.services.belt import Belt
from bot.services.directory import instrument_of
from bot.services.gathering import Seen
from bot.services.ports import Look

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Sight:
    """One ticker in this pass: what was seen, or why nothing is known."""

    ticker: str
    instrument: Instrument | None = None
    session: Session | None = None
    quote: Quote | None = None
    move: Move | None = None
    no_move: NoMove = NoMove.NO_QUOTE
    why: str = NoMove.NO_QUOTE.value

    @property
    def seen(self) -> Seen | None:
        if not (self.instrument and self.session and self.quote and self.move):
            return None
        return Seen(self.instrument, self.session, self.quote, self.move)


class Sighting:
    """Keeps the last look at every ticker, for faces that answer from memory."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self.phases: set[Phase] = set()
        self.looks: dict[str, Look] = {}

    async def look(self, tickers: Sequence[str], now: datetime) -> dict[str, Sight]:
        """One sight a ticker, in their order; the provider's trouble is a reason, not an error."""
        try:
            quotes = await self._belt.quotes.latest(tickers) if tickers else {}
            failed = ""
        except SourceError as error:
            log.warning("no quotes", why=str(error))
            quotes, failed = {}, str(error)
        sights = [self._sight(ticker, quotes.get(ticker), now) for ticker in tickers]
        if failed:
            sights = [replace(sight, why=failed) for sight in sights]
        self.phases = {sight.session.phase(now) for sight in sights if sight.session}
        for sight in sights:
            self.looks[sight.ticker] = Look(sight.ticker, now, sight.quote, sight.move, sight.why)
        return {sight.ticker: sight for sight in sights}

    def _sight(self, ticker: str, quote: Quote | None, now: datetime) -> Sight:
        instrument = self._belt.companies.get(ticker)
        if instrument is None and quote is not None:
            instrument = instrument_of(quote)
        if instrument is None:
            return Sight(ticker)
        session = self._belt.calendar.session(instrument.calendar, now)
        result = measure(quote, session, now, self._belt.limits)
        if isinstance(result, NoMove):
            log.debug("no move", ticker=ticker, reason=result.name)
            return Sight(ticker, instrument, session, quote, None, result, result.value)
        return Sight(ticker, instrument, session, quote, result, why="")
