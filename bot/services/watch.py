"""
One round of the watch: look, measure, step, and speak where a verdict says so.

Live, demo and replay call the same `pass_once`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import structlog

from bot.model.market import Phase, Session
from bot.model.piece import PieceState, UpdateKind
from bot.services.belt import Belt
from bot.services.gathering import Seen
from bot.services.ledger import PieceRow
from bot.services.ports import Look
from bot.services.publication import Publication
from bot.services.sighting import Sight, Sighting
from bot.services.stepping import Stepped, Stepping

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look, by what the exchanges are doing."""

    regular: timedelta = timedelta(seconds=30)
    extended: timedelta = timedelta(seconds=60)
    closed: timedelta = timedelta(minutes=15)


class Watching:
    """`fresh` are tickers that headlines came in about since; whoever reads feeds fills it."""

    def __init__(self, belt: Belt, publication: Publication, pace: Pace) -> None:
        self._belt = belt
        self._publication = publication
        self._pace = pace
        self._sighting = Sighting(belt)
        self._stepping = Stepping(belt)
        self.fresh: set[str] = set()

    @property
    def looks(self) -> dict[str, Look]:
        """The last look at every ticker, for faces that answer from memory."""
        return self._sighting.looks

    def next_look(self, now: datetime) -> datetime:
        """When the next pass is due, on whole multiples of the pace so that days replay alike."""
        span = self._pace.closed
        if any(phase.extended for phase in self._sighting.phases):
            span = self._pace.extended
        if any(phase.regular for phase in self._sighting.phases):
            span = self._pace.regular
        seconds = span.total_seconds()
        return datetime.fromtimestamp((now.timestamp() // seconds + 1) * seconds, UTC)

    async def pass_once(self, now: datetime) -> int:
        """One round at market time `now`; returns how many pieces were revised."""
        async with self._belt.store.transaction("wanted") as tx:
            wanted = await tx.watches.wanted()
            live = await tx.pieces.live()
        tickers = sorted({one.ticker for one in wanted} | {row.key.ticker for row in live})
        sights = await self._sighting.look(tickers, now)
        stepped = await self._stepping.step(sights, wanted, now)
        said = 0
        for ticker in tickers:
            rows = [row for row in live if row.key.ticker == ticker]
            try:
                said += await self._round(sights[ticker], stepped[ticker], rows, now)
            except Exception:  # one ticker's trouble must not silence the others
                log.exception("ticker failed", ticker=ticker)
        return said

    async def _round(
        self, sight: Sight, stepped: Stepped, rows: list[PieceRow], now: datetime
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

    async def _tell(self, sight: Sight, stepped: Stepped, now: datetime) -> int:
        if not stepped.spoken or sight.seen is None:
            return 0
        await self._publication.speak(sight.seen, stepped.spoken, now)
        self.fresh.discard(sight.ticker)
        return 1

    async def _keep(self, stepped: Stepped, now: datetime) -> None:
        """Save the episodes that changed without a word."""
        if not stepped.changed:
            return
        async with self._belt.store.transaction("step") as tx:
            for one in stepped.changed:
                await tx.episodes.save(one.key, one.episode, now)

    async def _follow(self, sight: Sight, stepped: Stepped, row: PieceRow, now: datetime) -> int:
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
        self, session: Session, stepped: Stepped, row: PieceRow, now: datetime
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
