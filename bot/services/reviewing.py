"""
Is what stands in the channels still right? What was published, held against its sources.

Looked at in every pass, on the day itself and on the following session. A figure is corrected
once the provider has said the new one for a minute: a slip of one answer is no restatement.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import structlog

from bot.brief import remedies
from bot.desk.amend import withdrawn
from bot.desk.restated import Finding, Found, Known, restated, retold
from bot.model.alert import Measure, Terms
from bot.model.brief import Brief
from bot.model.news import Story
from bot.model.no_move import NoMove
from bot.model.piece import Correction, CorrectionKind, Matter, Remedy
from bot.services.amending import Amending
from bot.services.belt import Belt
from bot.services.ledger import PieceRow, Transaction
from bot.services.sighting import Sight

log = structlog.get_logger(__name__)

HOLD = timedelta(minutes=1)
DROPPED_FOR = timedelta(minutes=10)
DEFAULT_LOWEST = Decimal(3)
_UNSOUND = frozenset(
    {NoMove.NO_REFERENCE, NoMove.OLD_REFERENCE, NoMove.CONTRADICTION, NoMove.OUT_OF_RANGE}
    | {NoMove.NO_CURRENCY, NoMove.IMPLAUSIBLE, NoMove.UNCONFIRMED, NoMove.SPLIT}
)
_IN_PERCENT = (Measure.MOVE, Measure.WINDOW, Measure.BEYOND)


@dataclass(frozen=True, slots=True)
class _Published:
    """A piece as it stands, and the smallest threshold that spoke in it, in points."""

    row: PieceRow
    brief: Brief
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class _Case:
    """A piece beside what is known now."""

    published: _Published
    known: Known | None
    stories: tuple[Story, ...]
    dropped: frozenset[str]


class Reviewing:
    """Keeps the briefs under review, and since when the provider has said otherwise."""

    def __init__(self, belt: Belt, amending: Amending) -> None:
        self._belt = belt
        self._amending = amending
        self._kept: dict[str, _Published] = {}
        self._since: dict[tuple[str, Remedy], datetime] = {}

    async def review(self, sights: Mapping[str, Sight], now: datetime) -> int:
        """Correct what is no longer right; returns how many pieces were."""
        days = {one.session.previous for one in sights.values() if one.session}
        if not days:
            return 0
        cases = await self._cases(sights, min(days), now)
        corrected, doubts = 0, dict[tuple[str, Remedy], datetime]()
        for case in cases:
            found = self._found(case, now, doubts)
            if found is not None:
                corrected += await self._correct(case.published, found, now)
        self._since = doubts
        return corrected

    async def _cases(self, sights: Mapping[str, Sight], first: date, now: datetime) -> list[_Case]:
        async with self._belt.store.transaction("review") as tx:
            kept: dict[str, _Published] = {}
            cases = []
            for row in await tx.corrections.since(first):
                sight = sights.get(row.key.ticker)
                session = sight.session if sight else None
                if sight is None or session is None or row.key.session < session.previous:
                    continue
                published = await self._published(tx, row)
                if published is not None:
                    kept[row.key.id] = published
                    known = _sound(sight, published.brief, now)
                    cases.append(await _case(tx, published, known, now))
            self._kept = kept
        return cases

    async def _published(self, tx: Transaction, row: PieceRow) -> _Published | None:
        """Read once a revision. None for what is withdrawn, or is about no single instrument."""
        known = self._kept.get(row.key.id)
        if known is None or known.row != row:
            brief = await tx.pieces.brief(row.key.id, row.revision)
            if not isinstance(brief, Brief):
                return None
            known = _Published(row, brief, _lowest(await tx.corrections.terms(row.key.id)))
        return known

    def _found(
        self, case: _Case, now: datetime, doubts: dict[tuple[str, Remedy], datetime]
    ) -> Found | None:
        published = case.published
        if withdrawn(published.brief):
            return None
        if found := retold(published.brief, case.stories, case.dropped):
            return found
        if case.known is None:
            return None
        found = restated(published.brief, case.known, published.lowest)
        if found is None:
            return None
        key = (published.row.key.id, found.remedy)
        doubts[key] = self._since.get(key, now)
        return found if now - doubts[key] >= HOLD else None

    async def _correct(self, published: _Published, found: Found, now: datetime) -> int:
        try:
            correction = correction_of(published.brief, found, now)
            return await self._amending.commit(published.row, published.brief, correction)
        except Exception:  # one piece's trouble must not keep the others wrong
            log.exception("not corrected", piece=published.row.key.id)
            return 0


def correction_of(brief: Brief, found: Found, now: datetime) -> Correction:
    """What the desk found, in words."""
    remedy, why = found.remedy, found.finding.value
    if found.finding is Finding.RESTATED:
        why = f"the data provider restated {remedies.restated(brief, remedy)}"
    if found.kind is CorrectionKind.WITHDRAWN:
        why = f"{why}; {remedies.measured_again(brief, remedy)}"
        remedy = Remedy(Matter.PIECE, "")
    slip = found.kind is CorrectionKind.REFILE
    told, kind = remedies.told(brief, remedy), remedies.kind_of(remedy) if slip else found.kind
    return Correction(kind, told.what, told.was, told.now, why, now, remedy=remedy)


async def _case(
    tx: Transaction, published: _Published, known: Known | None, now: datetime
) -> _Case:
    said = published.brief.catalyst.attribution
    if said is None:
        return _Case(published, known, (), frozenset())
    ticker, since = published.row.key.ticker, said.story.out_at
    stories = tuple(story for story, _ in await tx.news.stories(ticker, since, now))
    dropped = await tx.news.dropped([said.story.id], now - DROPPED_FOR)
    return _Case(published, known, stories, frozenset(dropped))


def _sound(sight: Sight, brief: Brief, now: datetime) -> Known | None:
    """What the provider says, where it can be held against what was published."""
    quote, session = sight.quote, sight.session
    doubtful = sight.move is None and sight.no_move in _UNSOUND
    if quote is None or session is None or doubtful or quote.currency != brief.move.currency:
        return None
    return Known(quote, session, now, sight.move)


def _lowest(terms: list[Terms]) -> Decimal:
    """The smallest threshold in percent; the usual one where others spoke."""
    levels = [one.level for one in terms if one.measure in _IN_PERCENT and one.level > 0]
    return min(levels, default=DEFAULT_LOWEST)
