"""
One round of the watch: look, measure, step, and speak where a verdict says so.

Live, demo and replay call the same `pass_once`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog

from bot.model.piece import PieceState, UpdateKind
from bot.services.amending import Amending
from bot.services.belt import Belt
from bot.services.ending import day_ended, end_of, evening_ended
from bot.services.gathering import Seen
from bot.services.ledger import PieceRow
from bot.services.market_wide import MarketWide
from bot.services.publication import Publication
from bot.services.reviewing import Reviewing
from bot.services.sighting import Sight, Sighting
from bot.services.stepping import Heard, Stepped, Stepping

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to look, by what the exchanges are doing."""

    regular: timedelta = timedelta(seconds=30)
    extended: timedelta = timedelta(seconds=60)
    closed: timedelta = timedelta(minutes=15)


class Watching:
    """
    `fresh` are tickers that headlines came in about since; whoever reads feeds fills it.

    `heard` is told every verdict, also of those that do not speak.
    """

    def __init__(self, belt: Belt, publication: Publication, pace: Pace) -> None:
        self._belt = belt
        self._publication = publication
        self._pace = pace
        self._sighting = Sighting(belt)
        self._stepping = Stepping(belt)
        self._reviewing = Reviewing(belt, Amending(belt))
        self._wide = MarketWide(belt)
        self._evenings: dict[str, Seen] = {}
        self.fresh: set[str] = set()
        self.heard: Heard | None = None

    @property
    def looks(self) -> Mapping[str, Sight]:
        """The last sight of every ticker, for who answers from memory."""
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
            wanted = await tx.watches.wanted(now)
            live = await tx.pieces.live()
            halts = await tx.halts.standing(now)
        rows: dict[str, list[PieceRow]] = defaultdict(list)
        for row in live:
            if not row.key.wide:
                rows[row.key.ticker].append(row)
        tickers = (*self._stepping.tickers(wanted), *self._wide.tickers(wanted), *rows)
        in_order = sorted(dict.fromkeys(tickers))  # most of them are so already
        sights = await self._sighting.look(in_order, now, halts)
        stepped = await self._stepping.step(sights, wanted, now, self.heard)
        crowds = [row for row in live if row.key.wide]
        said = await self._wide.consider(sights, wanted, crowds, now)
        for ticker in sorted(stepped.keys() | rows.keys()):
            this, pieces = stepped[ticker], rows.get(ticker, [])
            try:
                if pieces or this.spoken:
                    said += await self._round(sights[ticker], this, pieces, now)
            except Exception:  # one ticker's trouble must not silence the others
                this.changed.clear()
                log.exception("ticker failed", ticker=ticker)
        await self._keep(stepped.values(), now)
        return said + await self._reviewing.review(sights, now)

    async def _round(
        self, sight: Sight, stepped: Stepped, rows: list[PieceRow], now: datetime
    ) -> int:
        """
        One ticker. What is said and the episodes that say it are committed together, so
        that a crash in between says it again instead of never. A piece that ends is closed
        before another begins: the evening's move, or the other direction's.
        """
        said, stepped.spoken = 0, await self._wide.hush(sight, stepped.spoken, now, self.heard)
        for row in rows:
            said += await self._follow(sight, stepped, row, now)
        return said + await self._tell(sight, stepped, now)

    async def _tell(self, sight: Sight, stepped: Stepped, now: datetime) -> int:
        if not stepped.spoken or sight.seen is None:
            return 0
        await self._publication.speak(sight.seen, stepped.spoken, now)
        self.fresh.discard(sight.ticker)
        return 1

    async def _keep(self, stepped: Iterable[Stepped], now: datetime) -> None:
        """Save the episodes that changed without a word."""
        changed = {one.key: one.episode for each in stepped for one in each.changed}
        if not changed:
            return
        async with self._belt.store.transaction("step") as tx:
            await tx.episodes.save_all(changed, now)

    async def _follow(self, sight: Sight, stepped: Stepped, row: PieceRow, now: datetime) -> int:
        """The fade and the end of a piece already published; a late cause, late details."""
        session, seen = sight.session, sight.seen
        if session is None:
            return 0
        if row.key.session < session.day:
            await self._publication.retire(row)
            return 0
        if now >= end_of(row.key, session):
            return await self._end(sight, stepped, row, now)
        if seen is not None and row.key.evening:
            self._evenings[row.key.ticker] = seen
        if seen is None or (kind := await self._turn(stepped, row)) is None:
            return 0
        done = await self._publication.follow(row, seen, kind, stepped.changed, now)
        if kind is UpdateKind.FADED and not done:
            stepped.changed.clear()  # not said, so not over: the next pass says it
        return done

    async def _end(self, sight: Sight, stepped: Stepped, row: PieceRow, now: datetime) -> int:
        """The last line. What the closing print itself crosses is told before it."""
        evening = row.key.evening
        if stepped.spoken and all(one.key.evening is evening for one in stepped.spoken):
            return 0
        if evening:
            seen = evening_ended(sight, self._evenings.pop(row.key.ticker, None))
        else:
            seen = day_ended(sight, now, self._belt.limits)
        if seen is not None:
            return await self._publication.follow(
                row, seen, UpdateKind.CLOSED, stepped.changed, now
            )
        if evening:
            await self._publication.retire(row)
        return 0

    async def _turn(self, stepped: Stepped, row: PieceRow) -> UpdateKind | None:
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
