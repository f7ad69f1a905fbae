"""
Saying it: from a verdict that speaks to one committed revision of a piece.

One transaction writes episodes, alerts, piece, brief, rendering and one post row per
destination. Nothing is ever sent that was not first written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.desk.compose import compose
from bot.errors import DeskError
from bot.model.alert import Episode, Reason, Terms, Verdict
from bot.model.brief import Brief, ChartData, Colours, Rendered, Variant
from bot.model.gathered import Gathered
from bot.model.news import Grade
from bot.model.piece import PieceKey, PieceState, Update, UpdateKind
from bot.services.belt import Belt
from bot.services.gathering import Gathering, Seen
from bot.services.ledger import Audience, EpisodeKey, PieceRow, Transaction

log = structlog.get_logger(__name__)

PATIENCE = timedelta(seconds=10)
ASK_AGAIN = 10
_RANK = {Grade.NONE: 0, Grade.POSSIBLE: 1, Grade.REPORTED: 2, Grade.STATED: 3}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Terms whose episode decided to speak; `but` is the piece whose readers know already."""

    terms: Terms
    key: EpisodeKey
    verdict: Verdict
    but: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """An episode that moved on without a word."""

    key: EpisodeKey
    episode: Episode


@dataclass(frozen=True, slots=True)
class _Revision:
    row: PieceRow
    brief: Brief
    rendered: Rendered
    charts: dict[Colours, bytes]


class Publication:
    """Composes, renders and commits revisions of pieces."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._gathering = Gathering(belt)
        self._missing: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, int] = {}

    async def speak(self, seen: Seen, spoken: Sequence[Spoken], now: datetime) -> str:
        """Publish what `spoken` decided; returns the piece."""
        previous = await self._piece(seen)
        row = _next(previous, seen)
        kind = UpdateKind.FIRST if row.revision == 1 else UpdateKind.EXTENDED
        revision = await self._revise(row, seen, kind, now)
        async with self._belt.store.transaction("speak") as tx:
            for one in spoken:
                await tx.episodes.save(one.key, one.verdict.episode, now)
                await tx.episodes.add_alert(one.key, one.verdict.episode, row.key.id, now)
            await self._write(tx, revision)
            for one in spoken:
                audience = Audience(seen.instrument.ticker, one.terms, one.but)
                if one.verdict.reason is Reason.NEXT_RUNG:
                    await tx.outbox.add_rung(row.key.id, audience, row.revision)
                await tx.outbox.fan_out(row.key.id, audience, row.revision)
        for one in spoken:
            log.info(
                "spoke",
                piece=row.key.id,
                revision=row.revision,
                terms=one.terms.key,
                reason=one.verdict.reason.name,
                percent=f"{seen.move.percent:.2f}",
            )
        return row.key.id

    async def follow(
        self,
        row: PieceRow,
        seen: Seen,
        kind: UpdateKind,
        changed: Sequence[Changed],
        now: datetime,
    ) -> bool:
        """
        Edit every posted copy: the fade, the close, a better catalyst, details that were late.

        Details are added to the figures as published. The episodes that `changed` are saved
        with it. False when there was nothing to say.
        """
        state = {UpdateKind.FADED: PieceState.FADED, UpdateKind.CLOSED: PieceState.CLOSED}
        following = PieceRow(row.key, state.get(kind, row.state), row.revision + 1)
        if kind is UpdateKind.DETAILS and (before := await self._load(row.key.id, row.revision)):
            seen = replace(seen, quote=before.quote, move=before.move)
        revision = await self._revise(following, seen, kind, now)
        if not await self._worth_it(row, revision.brief, kind):
            return False
        async with self._belt.store.transaction("follow") as tx:
            for one in changed:
                await tx.episodes.save(one.key, one.episode, now)
            await self._write(tx, revision)
            await tx.outbox.raise_all(row.key.id, following.revision)
            if kind is UpdateKind.CLOSED:
                await tx.outbox.expire(row.key.id)
        log.info("followed", piece=row.key.id, revision=following.revision, kind=kind.name)
        return True

    async def incomplete(self, row: PieceRow) -> bool:
        """Whether something was not there in time when the newest revision was written."""
        if row.key.id not in self._missing:
            brief = await self._load(row.key.id, row.revision)
            self._missing[row.key.id] = brief.missing if brief else ()
        if not self._missing[row.key.id]:
            return False
        self._asked[row.key.id] = self._asked.get(row.key.id, 0) + 1
        return self._asked[row.key.id] <= ASK_AGAIN

    async def retire(self, row: PieceRow) -> None:
        """Close a piece whose session is over without another word."""
        async with self._belt.store.transaction("retire") as tx:
            await tx.pieces.close(row.key.id)
            await tx.outbox.expire(row.key.id)

    async def _piece(self, seen: Seen) -> PieceRow | None:
        async with self._belt.store.transaction("piece") as tx:
            return await tx.pieces.latest(seen.instrument.ticker, seen.session.day, seen.move.up)

    async def _revise(
        self, row: PieceRow, seen: Seen, kind: UpdateKind, now: datetime
    ) -> _Revision:
        speaks = kind in (UpdateKind.FIRST, UpdateKind.EXTENDED)
        within = self._belt.gather if speaks else PATIENCE
        gathered = await self._gathering.gather(seen, now, within)
        before = await self._load(row.key.id, row.revision - 1)
        brief = compose(
            gathered, row.key.id, row.revision, row.state, before.updates if before else ()
        )
        stamped = _stamped(brief, before, kind, now)
        brief = replace(brief, updates=stamped, missing=gathered.missing)
        self._missing[row.key.id] = gathered.missing
        charts = await self._charts(brief, gathered)
        rendered = self._belt.renderer.render(brief, Variant())
        return _Revision(row, brief, rendered if charts else replace(rendered, chart=""), charts)

    async def _load(self, piece: str, revision: int) -> Brief | None:
        if not revision:
            return None
        async with self._belt.store.transaction("before") as tx:
            return await tx.pieces.brief(piece, revision)

    async def _charts(self, brief: Brief, gathered: Gathered) -> dict[Colours, bytes]:
        """One picture for each colour convention that is watched in; none without bars."""
        if not gathered.minutes:
            return {}
        async with self._belt.store.transaction("colours") as tx:
            wanted = await tx.watches.colours(brief.instrument.ticker)
        data, charts = chart_data(brief, gathered), {}
        try:
            for colours in wanted or [Colours.GREEN_UP]:
                charts[colours] = await self._belt.renderer.chart(brief, data, colours)
        except (DeskError, ValueError, ArithmeticError) as error:
            log.warning("no chart", piece=brief.piece, why=str(error))
        return charts

    async def _worth_it(self, row: PieceRow, brief: Brief, kind: UpdateKind) -> bool:
        """A late cause must be better than the one printed, late details must be more."""
        if kind not in (UpdateKind.CATALYST, UpdateKind.DETAILS):
            return True
        before = await self._load(row.key.id, row.revision)
        if before is None:
            return True
        if kind is UpdateKind.DETAILS:
            return len(brief.missing) < len(before.missing)
        return _RANK[brief.catalyst.grade] > _RANK[before.catalyst.grade]

    async def _write(self, tx: Transaction, revision: _Revision) -> None:
        variant, piece = Variant(), revision.row.key.id
        await tx.pieces.add_revision(revision.row, revision.brief)
        await tx.pieces.put_rendered(piece, revision.row.revision, variant, revision.rendered)
        for colours, png in revision.charts.items():
            await tx.pieces.put_chart(piece, revision.row.revision, colours, png)


def chart_data(brief: Brief, gathered: Gathered) -> ChartData:
    """The picture's facts: the day's minutes and the moment the cause was out."""
    said = brief.catalyst.attribution
    if said is None or said.story.out_at < gathered.minutes[0].at:
        return ChartData(gathered.minutes)
    return ChartData(gathered.minutes, said.story.out_at, said.outlet.short)


def _next(previous: PieceRow | None, seen: Seen) -> PieceRow:
    if previous is not None and previous.state is PieceState.LIVE:
        return replace(previous, revision=previous.revision + 1)
    ordinal = previous.key.ordinal + 1 if previous else 1
    key = PieceKey(
        seen.instrument.subject, seen.instrument.ticker, seen.session.day, seen.move.up, ordinal
    )
    return PieceRow(key, PieceState.LIVE, 1)


def _stamped(
    brief: Brief, before: Brief | None, kind: UpdateKind, now: datetime
) -> tuple[Update, ...]:
    text = ""
    if kind is UpdateKind.CATALYST and brief.catalyst.attribution:
        text = brief.catalyst.attribution.outlet.name
    update = Update(kind, now, brief.move.percent, brief.move.last, text)
    return (update, *(before.updates if before else ()))
