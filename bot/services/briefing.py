"""Briefs on demand: /brief and `bot brief`, through the same desk as everything else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.desk.compose import compose
from bot.desk.measure import measure
from bot.errors import SourceError, UserError
from bot.model.brief import Variant
from bot.model.market import NoMove
from bot.model.piece import PieceState
from bot.services.belt import Belt
from bot.services.faces import Answer
from bot.services.gathering import Gathering, Seen
from bot.services.publication import chart_data

PATIENCE = timedelta(seconds=10)


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
        brief = compose(gathered, "", 0, PieceState.LIVE, ())
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
        now = self._belt.clock.now()
        session = self._belt.calendar.session(instrument.calendar, now)
        move = measure(quote, session, now, self._belt.limits)
        if move is NoMove.CLOSED:
            move = measure(replace(quote, state="REGULAR"), session, quote.as_of, self._belt.limits)
        if isinstance(move, NoMove):
            last = f"the last known price is {quote.last} {quote.currency}"
            raise UserError(
                f"no brief on {ticker} now: {move.value}; {last}", hint="try again later"
            )
        return Seen(instrument, session, quote, move)
