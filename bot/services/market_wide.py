"""
One brief where twenty would say the same: who moves together, and who is hushed by it.

A crowd (`bot.desk.together`) that holds from one print to the next becomes a piece of its own,
edited as it grows and closed with the session. While it lives, the singles of its movers stay
silent where it was heard, unless a move is beyond its own threshold without the market's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.desk.together import COUNTED, Crowd, One, beyond_alone, crowds, stamped, turn
from bot.model.alert import Measure, Reason
from bot.model.brief import Caveat, MarketBrief
from bot.model.market import Move, ReferenceKind, Session
from bot.model.piece import WIDE, PieceKey, PieceState, UpdateKind
from bot.services.belt import Belt
from bot.services.ledger import PieceRow, Wanted
from bot.services.outbox import Audience
from bot.services.publication import Spoken
from bot.services.sighting import Sight
from bot.services.stepping import Heard

log = structlog.get_logger(__name__)

HOLD = timedelta(minutes=1)
HUSHED = frozenset({Measure.MOVE, Measure.WINDOW, Measure.UNUSUAL})
UNEXPLAINED = Caveat(
    "market-wide", "Many names moved together; no cause was looked for in any one of them."
)


class MarketWide:
    """
    Keeps since when each crowd holds; everything said is in the store.

    A market-wide brief goes on hushing after the close, which would else let all of its
    singles speak at once.
    """

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._limits = belt.together
        self._since: dict[tuple[str, bool], datetime] = {}
        self._live: dict[tuple[str, bool], MarketBrief] = {}
        self._wanted: Sequence[Wanted] = ()
        self._watched: set[str] = set()
        self._marks: set[str] | None = None
        self._reached: dict[Audience, bool] = {}

    def tickers(self, wanted: Sequence[Wanted]) -> set[str]:
        """The benchmarks of what is watched, where enough is watched to move together."""
        names = self._names(wanted)
        if self._marks is not None:
            return self._marks
        known = [self._belt.companies.get(ticker) for ticker in names]
        counted = [one for one in known if one and one.benchmarks and one.kind in COUNTED]
        marks = {mark for one in counted for mark in (one.benchmarks[0], one.benchmarks[-1])}
        if len(counted) < self._limits.names:
            marks.clear()
        self._marks = None if None in known else marks  # whoever is not known yet may be soon
        return marks

    async def consider(
        self,
        sights: Mapping[str, Sight],
        wanted: Sequence[Wanted],
        rows: Sequence[PieceRow],
        now: datetime,
    ) -> int:
        """Speak, follow or close every market-wide piece (`rows`); returns how many were revised."""
        watched = self._names(wanted)
        counted = (_one(sight) for ticker, sight in sights.items() if ticker in watched)
        known, index_of = filter(None, counted), lambda ticker: _one(sights.get(ticker))
        told = crowds(known, index_of, self._limits)
        found = {(crowd.benchmark, crowd.up): crowd for crowd in told}
        self._since = {key: self._since.get(key, crowd.as_of) for key, crowd in found.items()}
        said = 0
        self._forget({row.key.id for row in rows}, now)
        for row in rows:
            said += await self._follow(row, found.pop(_key(row), None), now)
        for key, crowd in found.items():
            if crowd.as_of - self._since[key] >= HOLD:
                said += await self._speak(crowd, now)
        return said

    async def hush(
        self, sight: Sight, spoken: Sequence[Spoken], now: datetime, heard: Heard | None
    ) -> list[Spoken]:
        """
        What is left to say singly: nothing where a living market-wide brief was heard.

        An episode that is hushed stays where it was, so that it speaks as soon as its move is
        beyond its threshold without the market's.
        """
        seen = sight.seen
        if not spoken or seen is None or seen.move.reference.kind is ReferenceKind.REGULAR_CLOSE:
            return list(spoken)
        wide = self._over(seen.instrument.benchmarks, seen.move, seen.session)
        if wide is None:
            return list(spoken)
        left = []
        for one in spoken:
            if one.terms.measure not in HUSHED or _alone(seen.move, wide, one):
                left.append(one)
            elif await self._anyone(Audience(sight.ticker, one.terms, wide.piece)):
                left.append(replace(one, but=wide.piece))
            else:
                log.info("hushed", ticker=sight.ticker, piece=wide.piece, terms=one.terms.key)
                if heard is not None:
                    verdict = replace(one.verdict, reason=Reason.HUSHED)
                    heard(sight, replace(one, verdict=verdict), now)
        return left

    def _forget(self, live: set[str], now: datetime) -> None:
        """One that was withdrawn hushes nobody any more."""
        for key, brief in list(self._live.items()):
            if brief.piece not in live and now < brief.session.closes:
                del self._live[key]

    def _names(self, wanted: Sequence[Wanted]) -> set[str]:
        """The tickers watched; the store hands over the very same object until that changes."""
        if wanted is not self._wanted:
            self._wanted, self._watched = wanted, {one.ticker for one in wanted}
            self._marks = None
            self._reached.clear()
        return self._watched

    def _over(self, benchmarks: Sequence[str], move: Move, session: Session) -> MarketBrief | None:
        """The living market-wide brief that names it, the broadest first."""
        for benchmark in reversed(benchmarks):
            brief = self._live.get((benchmark, move.up))
            today = brief is not None and brief.session.day == session.day
            if brief and today and move.ticker in {mover.ticker for mover in brief.movers}:
                return brief
        return None

    async def _anyone(self, audience: Audience) -> bool:
        """Asked once: it changes only with the watches and with what the market brief reaches."""
        if audience not in self._reached:
            async with self._belt.store.transaction("audience") as tx:
                self._reached[audience] = await tx.outbox.reaches(audience)
        return self._reached[audience]

    async def _speak(self, crowd: Crowd, now: datetime) -> int:
        async with self._belt.store.transaction("piece") as tx:
            before = await tx.pieces.latest(f"{WIDE}{crowd.benchmark}", crowd.session.day, crowd.up)
        if before is not None:
            return 0  # once a session and direction: what faded does not come back as news
        key = PieceKey("market", f"{WIDE}{crowd.benchmark}", crowd.session.day, crowd.up, 1)
        row = PieceRow(key, PieceState.LIVE, 1)
        brief = self._brief(row, crowd, now)
        await self._write(row, stamped(brief, UpdateKind.FIRST, ()), speaks=True)
        return 1

    async def _follow(self, row: PieceRow, crowd: Crowd | None, now: datetime) -> int:
        before = await self._before(row)
        if before is None:
            return 0
        closed = now >= before.session.closes
        if row.state is PieceState.LIVE:
            self._live[_key(row)] = before
        kind = turn(before, crowd, now)
        if kind is None:
            return 0
        state = {UpdateKind.FADED: PieceState.FADED, UpdateKind.CLOSED: PieceState.CLOSED}
        after = PieceRow(row.key, state.get(kind, row.state), row.revision + 1)
        brief = replace(before, revision=after.revision, state=after.state, composed_at=now)
        if crowd is not None:
            brief = self._brief(after, crowd, now)
        await self._write(after, stamped(brief, kind, before.updates), speaks=not closed)
        return 1

    async def _before(self, row: PieceRow) -> MarketBrief | None:
        async with self._belt.store.transaction("before") as tx:
            brief = await tx.pieces.brief(row.key.id, row.revision)
        return brief if isinstance(brief, MarketBrief) else None

    def _brief(self, row: PieceRow, crowd: Crowd, now: datetime) -> MarketBrief:
        movers = {mover.ticker: mover.percent for mover in crowd.movers}
        alone = {
            one.ticker
            for one in self._wanted
            if one.ticker in movers
            and one.terms.measure is Measure.MOVE
            and beyond_alone(movers[one.ticker], crowd.index, one.terms.level, up=crowd.up)
        }
        return MarketBrief(
            piece=row.key.id,
            revision=row.revision,
            state=row.state,
            scope=crowd.scope,
            up=crowd.up,
            level=self._limits.level,
            movers=crowd.movers,
            watched=crowd.watched,
            index=crowd.index,
            alone=tuple(sorted(alone)),
            session=crowd.session,
            phase=crowd.session.phase(crowd.as_of),
            as_of=crowd.as_of,
            composed_at=now,
            caveats=(UNEXPLAINED,),
            disclosure=self._belt.disclosure,
        )

    async def _write(self, row: PieceRow, brief: MarketBrief, *, speaks: bool) -> None:
        """One transaction: the revision, and a post wherever enough of the names are watched."""
        movers = [mover.ticker for mover in brief.movers]
        self._reached.clear()
        async with self._belt.store.transaction("wide") as tx:
            known = await tx.pieces.get(row.key.id)
            if (known.revision if known else 0) != row.revision - 1:
                return  # an operator's withdrawal came in between
            await tx.pieces.add_revision(row, brief)
            if speaks and row.state is PieceState.LIVE:
                await tx.outbox.fan_out_wide(row.key.id, movers, self._limits.each, row.revision)
            await tx.outbox.raise_all(row.key.id, row.revision)
            if row.state is PieceState.CLOSED:
                await tx.outbox.expire(row.key.id)
        if row.state is PieceState.FADED:
            self._live.pop(_key(row), None)
        else:
            self._live[_key(row)] = brief
        log.info("market-wide", piece=row.key.id, revision=row.revision, movers=len(movers))


def _key(row: PieceRow) -> tuple[str, bool]:
    return row.key.ticker.removeprefix(WIDE), row.key.up


def _one(sight: Sight | None) -> One | None:
    if sight is None or not (sight.instrument and sight.session and sight.move):
        return None
    return One(sight.instrument, sight.session, sight.move)


def _alone(move: Move, wide: MarketBrief, one: Spoken) -> bool:
    """What the threshold measures, in proportion to what is left of the move without the market's."""
    said, terms = one.verdict.said, one.terms
    if said is None or terms.measure is Measure.MOVE:
        return beyond_alone(move.percent, wide.index, terms.level, up=wide.up)
    share = (terms.level / said.along) * abs(move.percent) if said.along else terms.level
    return beyond_alone(move.percent, wide.index, share, up=wide.up)
