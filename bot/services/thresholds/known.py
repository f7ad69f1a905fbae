"""What is known of a listing when somebody sets a threshold on it, in two seconds?"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

import structlog

from bot.desk.unusual import usual_move
from bot.errors import SourceError
from bot.model.alert import Direction
from bot.model.market import Bar, Instrument, Quote
from bot.services.ports import Calendar, MarketClock, Quotes

log = structlog.get_logger(__name__)

PATIENCE = timedelta(seconds=2)
SESSIONS = 250


@dataclass(frozen=True, slots=True)
class Known:
    """`quote` is None and `daily`, completed sessions, empty where they could not be had."""

    quote: Quote | None = None
    daily: tuple[Bar, ...] = ()

    @property
    def usual_move(self) -> Decimal | None:
        """The usual daily move in percent."""
        return usual_move(self.daily)

    def days_beyond(self, level: Decimal, direction: Direction, over: int = 1) -> tuple[int, int]:
        """On how many of how many sessions the move over `over` of them was at least `level`."""
        closes = [bar.close for bar in self.daily[-SESSIONS - over :] if bar.close > 0]
        before_after = zip(closes, closes[over:], strict=False)
        moves = [(after / before - 1) * 100 for before, after in before_after]
        if direction is Direction.BOTH:
            moves = [abs(move) for move in moves]
        if direction is Direction.DOWN:
            moves = [-move for move in moves]
        return sum(move >= level for move in moves), len(moves)


class Knowing:
    """Asks the provider for the prices and the daily bars of several listings at once."""

    def __init__(self, clock: MarketClock, quotes: Quotes, calendar: Calendar) -> None:
        self.clock = clock
        self._quotes = quotes
        self._calendar = calendar

    async def of(self, listings: Collection[Instrument]) -> dict[str, Known]:
        """By ticker; what has not come after `PATIENCE` is not known."""
        tickers = list(dict.fromkeys(listing.ticker for listing in listings))
        quotes: dict[str, Quote] = {}
        daily: dict[str, tuple[Bar, ...]] = {}
        bars = [self._bars(listing, daily) for listing in listings]
        await self.clock.gather(PATIENCE, [self._prices(tickers, quotes), *bars])
        return {ticker: Known(quotes.get(ticker), daily.get(ticker, ())) for ticker in tickers}

    def zone(self, listing: Instrument) -> str:
        """The IANA zone of its exchange."""
        return self._calendar.session(listing.calendar, self.clock.now()).zone

    async def _prices(self, tickers: list[str], into: dict[str, Quote]) -> None:
        try:
            into.update(await self._quotes.latest(tickers))
        except SourceError as error:
            log.warning("prices not known", tickers=tickers, why=str(error))

    async def _bars(self, listing: Instrument, into: dict[str, tuple[Bar, ...]]) -> None:
        opens = self._calendar.session(listing.calendar, self.clock.now()).opens
        try:
            bars = await self._quotes.bars(listing.ticker, "1d", "1y")
        except SourceError as error:
            log.warning("history not known", ticker=listing.ticker, why=str(error))
            return
        into[listing.ticker] = tuple(bar for bar in bars if bar.at < opens)
