"""
One round of the watch: look, measure, step, and speak where a verdict says so.

Live, demo and replay call the same `pass_once`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.desk.episode import step
from bot.desk.measure import measure
from bot.errors import SourceError
from bot.model.alert import Episode, State, Terms
from bot.model.market import Instrument, Move, NoMove, Phase, Quote, Session
from bot.model.piece import PieceState, UpdateKind
from bot.services.belt import Belt
from bot.services.directory import instrument_of
from bot.services.gathering import Seen
from bot.services.ledger import EpisodeKey, PieceRow
from bot.services.ports import Look
from bot.services.publication import Changed, Publication, Spoken

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Sight:
    """One ticker in this pass: what was seen, or why nothing is known."""

    ticker: str
    instrument: Instrument | None = None
    session: Session | None = None
    quote: Quote | None = None
    move: Move | None = None
    why: str = NoMove.NO_QUOTE.value

    @property
    def seen(self) -> Seen | None:
        if not (self.instrument and self.session and self.quote and self.move):
            return None
        return Seen(self.instrument, self.session, self.quote, self.move)


@dataclass(slots=True)
class _Ticker:
    """The episodes of one ticker after this pass; `over` are directions that had fired."""

    spoken: list[Spoken] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    fired: set[bool] = field(default_factory=set)
    over: set[bool] = field(default_factory=set)

    def note(self, before: Episode, now: Spoken) -> None:
        """File one threshold's verdict."""
        after = now.verdict.episode
        if now.verdict.reason.speaks:
            self.spoken.append(now)
        elif after != before:
            self.changed.append(Changed(now.key, after))
            log.info("stepped", ticker=now.key.ticker, reason=now.verdict.reason.name)
        if after.state is State.FIRED and after.up is not None:
            self.fired.add(after.up)
        if before.state is State.FIRED and before.up is not None:
            self.over.add(before.up)

    @property
    def faded(self) -> set[bool]:
        return self.over - self.fired


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look, by what the exchanges are doing."""

    regular: timedelta = timedelta(seconds=30)
    extended: timedelta = timedelta(seconds=60)
    closed: timedelta = timedelta(minutes=15)


class Watching:
    """
    Keeps the last look at every ticker, for faces that answer from memory.

    `fresh` are tickers that headlines came in about since; whoever reads feeds fills it.
    """

    def __init__(self, belt: Belt, publication: Publication, pace: Pace) -> None:
        self._belt = belt
        self._publication = publication
        self._pace = pace
        self._phases: set[Phase] = set()
        self.fresh: set[str] = set()
        self.looks: dict[str, Look] = {}

    def next_look(self, now: datetime) -> datetime:
        """When the next pass is due, on whole multiples of the pace so that days replay alike."""
        span = self._pace.closed
        if any(phase.extended for phase in self._phases):
            span = self._pace.extended
        if any(phase.regular for phase in self._phases):
            span = self._pace.regular
        seconds = span.total_seconds()
        return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, UTC)

    async def pass_once(self, now: datetime) -> int:
        """One round at market time `now`; returns how many pieces were revised."""
        async with self._belt.store.transaction("wanted") as tx:
            wanted = await tx.watches.wanted()
            live = await tx.pieces.live()
        tickers = sorted({one.ticker for one in wanted} | {row.key.ticker for row in live})
        sights = {sight.ticker: sight for sight in await self._look(tickers, now)}
        terms = defaultdict(list)
        for one in wanted:
            terms[one.ticker].append(one.terms)
        stepped = await self._step(sights, terms, now)
        said = 0
        for ticker in tickers:
            rows = [row for row in live if row.key.ticker == ticker]
            try:
                said += await self._round(sights[ticker], stepped[ticker], rows, now)
            except Exception:  # one ticker's trouble must not silence the others
                log.exception("ticker failed", ticker=ticker)
        return said

    async def _round(
        self, sight: _Sight, stepped: _Ticker, rows: list[PieceRow], now: datetime
    ) -> int:
        """
        One ticker. What is said and the episodes that say it are committed together, so
        that a crash in between says it again instead of never. A piece that ends is closed
        before another begins: the evening's move, or the other direction's.
        """
        said = 0
        for row in rows:
            said += await self._follow(sight, stepped, row, now)
        said += await self._tell(sight, stepped, now)
        await self._keep(stepped, now)
        return said

    async def _look(self, tickers: Sequence[str], now: datetime) -> list[_Sight]:
        try:
            quotes = await self._belt.quotes.latest(tickers) if tickers else {}
            failed = ""
        except SourceError as error:
            log.warning("no quotes", why=str(error))
            quotes, failed = {}, str(error)
        sights = [self._sight(ticker, quotes.get(ticker), now) for ticker in tickers]
        if failed:
            sights = [replace(sight, why=failed) for sight in sights]
        self._phases = {sight.session.phase(now) for sight in sights if sight.session}
        for sight in sights:
            self.looks[sight.ticker] = Look(sight.ticker, now, sight.quote, sight.move, sight.why)
        return sights

    def _sight(self, ticker: str, quote: Quote | None, now: datetime) -> _Sight:
        instrument = self._belt.companies.get(ticker)
        if instrument is None and quote is not None:
            instrument = instrument_of(quote)
        if instrument is None:
            return _Sight(ticker)
        session = self._belt.calendar.session(instrument.calendar, now)
        result = measure(quote, session, now, self._belt.limits)
        if isinstance(result, NoMove):
            log.debug("no move", ticker=ticker, reason=result.name)
            return _Sight(ticker, instrument, session, quote, None, result.value)
        return _Sight(ticker, instrument, session, quote, result, "")

    async def _step(
        self, sights: Mapping[str, _Sight], terms: Mapping[str, list[Terms]], now: datetime
    ) -> dict[str, _Ticker]:
        """Every threshold of every ticker, from one read of the store."""
        keys = {
            (ticker, one): EpisodeKey(one.key, ticker, sight.session.day)
            for ticker, sight in sights.items()
            if sight.session
            for one in terms.get(ticker, ())
        }
        async with self._belt.store.transaction("episodes") as tx:
            episodes = await tx.episodes.load(keys.values())
        stepped = {ticker: _Ticker() for ticker in sights}
        for (ticker, one), key in keys.items():
            before = episodes.get(key, Episode())
            verdict = step(before, one, sights[ticker].move or NoMove.NO_QUOTE, now)
            stepped[ticker].note(before, Spoken(one, key, verdict))
        return stepped

    async def _tell(self, sight: _Sight, stepped: _Ticker, now: datetime) -> int:
        if not stepped.spoken or sight.seen is None:
            return 0
        await self._publication.speak(sight.seen, stepped.spoken, now)
        self.fresh.discard(sight.ticker)
        return 1

    async def _keep(self, stepped: _Ticker, now: datetime) -> None:
        """Save the episodes that changed without a word."""
        if not stepped.changed:
            return
        async with self._belt.store.transaction("step") as tx:
            for one in stepped.changed:
                await tx.episodes.save(one.key, one.episode, now)

    async def _follow(self, sight: _Sight, stepped: _Ticker, row: PieceRow, now: datetime) -> int:
        """The fade and the close of a piece already published; a late cause, late details."""
        if sight.session is None:
            return 0
        if row.key.session < sight.session.day:
            await self._publication.retire(row)
            return 0
        seen, kind = sight.seen, await self._turn(sight.session, stepped, row, now)
        if seen is None or kind is None:
            return 0
        if kind is UpdateKind.CLOSED:
            seen = _at_the_close(seen)
        return await self._publication.follow(row, seen, kind, stepped.changed, now)

    async def _turn(
        self, session: Session, stepped: _Ticker, row: PieceRow, now: datetime
    ) -> UpdateKind | None:
        if now >= session.closes:
            return UpdateKind.CLOSED
        if row.state is not PieceState.LIVE:
            return None
        if row.key.up in stepped.faded:
            return UpdateKind.FADED
        if stepped.spoken:
            return None
        if row.key.ticker in self.fresh:
            self.fresh.discard(row.key.ticker)
            return UpdateKind.CATALYST
        return UpdateKind.DETAILS if await self._publication.incomplete(row) else None


def _at_the_close(seen: Seen) -> Seen:
    """The same listing at its regular close, whatever trades after it."""
    last, closes = seen.quote.regular_last or seen.move.last, seen.session.closes
    move = replace(seen.move, last=last, as_of=closes, phase=Phase.AFTERNOON)
    return replace(seen, move=move, quote=replace(seen.quote, last=last, as_of=closes))
