"""Briefs on demand: /brief and `bot brief`, through the same desk as everything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.desk.compose import Edition, compose
from bot.desk.halts import halted, said
from bot.desk.measure import Surroundings, doubtful, measure
from bot.desk.own import read_there
from bot.desk.reference import phase_of, regular_print, with_actions
from bot.errors import SourceError, UserError
from bot.model.brief import Variant
from bot.model.market import Instrument, Move, Quote, Session
from bot.model.no_move import NoMove
from bot.model.piece import PieceState
from bot.services.belt import Belt
from bot.services.faces import Answer
from bot.services.gathering import Gathering, Seen
from bot.services.picturing import chart_data

PATIENCE = timedelta(seconds=10)
_NOT_NOW = (NoMove.CLOSED, NoMove.NOT_TRADED, NoMove.STALE)


class Asking:
    """Answers "what is up with this ticker?"."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._gathering = Gathering(belt)

    async def brief(self, words: str, variant: Variant) -> Answer:
        """The brief now, or a `UserError` that says why nothing is known."""
        seen = await self._seen(words)
        now = self._belt.clock.now()
        gathered = await self._gathering.gather(seen, now, PATIENCE)
        composed = compose(gathered, Edition("", 0, _state(seen, now)), self._belt.weights)
        brief = read_there(composed, variant)
        rendered = self._belt.renderer.render(brief, variant)
        if not gathered.minutes or not rendered.chart:
            return Answer(replace(rendered, chart=""))
        data = chart_data(brief, gathered)
        return Answer(rendered, await self._belt.renderer.chart(brief, data, variant.colours))

    async def _seen(self, words: str) -> Seen:
        instrument = await self._belt.companies.resolve(words)
        ticker = instrument.ticker
        try:
            quote = (await self._belt.quotes.latest([ticker])).get(ticker)
        except SourceError as error:
            raise UserError(
                f"no brief on {ticker} now: {error.message}", hint="try again in a minute"
            ) from error
        if quote is None:
            raise UserError(
                f"the price provider knows no quote for {ticker}",
                hint="check that it is still listed, or try /brief BABA",
            )
        return await self._measured(instrument, quote)

    async def _measured(self, instrument: Instrument, quote: Quote) -> Seen:
        """
        The move now; outside of regular hours that of the last print there, else of the last day.

        Few shares trade there, so that a late print may be old: its time is said.
        """
        now = self._belt.clock.now()
        session = self._belt.calendar.session(instrument.calendar, now)
        if stopped := await self._stopped(quote, session, now):
            raise _nothing(quote, stopped)
        quote, move = await self._believed(quote, session, now)
        if move in _NOT_NOW and not session.phase(now - quote.delay).regular:
            extended = move is NoMove.STALE and phase_of(quote, session).extended
            quote = quote if extended else regular_print(quote)
            session = self._belt.calendar.session(instrument.calendar, quote.as_of)
            quote, move = await self._believed(quote, session, quote.as_of + quote.delay)
        if isinstance(move, NoMove):
            raise _nothing(quote, move.value)
        return Seen(instrument, session, quote, move)

    async def _stopped(self, quote: Quote, session: Session, now: datetime) -> str:
        """What its exchange says of a halt that stands, "" for none."""
        async with self._belt.store.transaction("halts") as tx:
            halt = (await tx.halts.standing(now)).get(quote.ticker)
        stands = halt is not None and halted(halt, quote, session, now)
        return said(halt, session.zone) if halt and stands else ""

    async def _believed(
        self, quote: Quote, session: Session, at: datetime
    ) -> tuple[Quote, Move | NoMove]:
        """Through the data gate, with the day's splits and dividends where they may matter."""
        limits = self._belt.limits
        move = measure(quote, session, at, limits)
        if not doubtful(quote, session, move, limits):
            return quote, move
        try:
            quote = with_actions(quote, await self._belt.quotes.actions(quote.ticker))
        except SourceError:
            return quote, move
        return quote, measure(quote, session, at, limits, Surroundings(read=True))


def _nothing(quote: Quote, why: str) -> UserError:
    last = f"the last known price is {quote.last} {quote.currency}".rstrip()
    return UserError(f"no brief on {quote.ticker} now: {why}; {last}", hint="try again later")


def _state(seen: Seen, now: datetime) -> PieceState:
    """A day that is over is told as one."""
    over = now >= seen.session.closes and not seen.move.phase.extended
    return PieceState.CLOSED if over else PieceState.LIVE
