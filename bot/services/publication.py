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

from bot.brief.standing import rising
from bot.desk.amend import carried, withdrawn
from bot.desk.compose import Edition, compose
from bot.model.alert import Episode, Reason, Terms, Verdict
from bot.model.brief import Brief, Colours, Rendered, Variant
from bot.model.gathered import Gathered
from bot.model.market import ReferenceKind
from bot.model.piece import PieceState, UpdateKind
from bot.services.belt import Belt
from bot.services.gathering import Gathering, Seen
from bot.services.ledger import EpisodeKey, PieceRow, Transaction
from bot.services.outbox import Audience
from bot.services.picturing import for_servers, pictures
from bot.services.revisions import from_the_same, next_row, same_reference, stamped, worth_it

log = structlog.get_logger(__name__)

PATIENCE = timedelta(seconds=10)
ASK_AGAIN = 10


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
    charts: dict[str, dict[Colours, bytes]]  # by the name they are kept under


class Publication:
    """Composes, renders and commits revisions of pieces."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._gathering = Gathering(belt)
        self._missing: dict[str, tuple[str, ...]] = {}
        self._asked: dict[str, int] = {}

    async def speak(self, seen: Seen, spoken: Sequence[Spoken], now: datetime) -> str:
        """
        Publish what `spoken` decided; returns the piece, "" where nothing is said.

        A piece that was withdrawn is never extended: its rungs are silent, and the next
        episode begins another. What was revised meanwhile is said by the next pass.
        """
        previous, before = await self._newest(seen)
        telling = spoken
        if before is not None and withdrawn(before):
            telling = [one for one in spoken if one.verdict.reason is not Reason.NEXT_RUNG]
        if not telling:
            await self._keep(spoken, now)
            return ""
        row = next_row(previous, seen)
        seen = replace(seen, spoke=tuple(one.verdict.said for one in telling if one.verdict.said))
        kind = UpdateKind.FIRST if row.revision == 1 else UpdateKind.EXTENDED
        revision = await self._revise(row, seen, kind, before if row.revision > 1 else None, now)
        async with self._belt.store.transaction("speak") as tx:
            if not await _still(tx, row):
                return ""
            for one in spoken:
                await tx.episodes.save(one.key, one.verdict.episode, now)
            for one in telling:
                await tx.episodes.add_alert(one.key, one.verdict.episode, row.key.id, now)
            await self._write(tx, revision)
            await _tell(tx, row, telling)
        for one in telling:
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
        with it. False when there was nothing to say, when the move is measured from another
        reference than the piece's, or when the piece was revised meanwhile.
        """
        state = {UpdateKind.FADED: PieceState.FADED, UpdateKind.CLOSED: PieceState.CLOSED}
        following = PieceRow(row.key, state.get(kind, row.state), row.revision + 1)
        before = await self._load(row)
        if before is not None and not same_reference(seen, before):
            return False
        if kind is UpdateKind.DETAILS and before is not None:
            seen = replace(seen, quote=before.quote, move=before.move)
        revision = await self._revise(following, seen, kind, before, now)
        if not worth_it(before, revision.brief, kind):
            return False
        async with self._belt.store.transaction("follow") as tx:
            if not await _still(tx, following):
                return False
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
            brief = await self._load(row)
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

    async def _newest(self, seen: Seen) -> tuple[PieceRow | None, Brief | None]:
        """The newest piece of that move, and its brief."""
        evening = seen.move.reference.kind is ReferenceKind.REGULAR_CLOSE
        async with self._belt.store.transaction("piece") as tx:
            row = await tx.pieces.latest(
                seen.instrument.ticker, seen.session.day, seen.move.up, evening
            )
            return row, await _brief(tx, row) if row else None

    async def _load(self, row: PieceRow) -> Brief | None:
        async with self._belt.store.transaction("before") as tx:
            return await _brief(tx, row)

    async def _keep(self, spoken: Sequence[Spoken], now: datetime) -> None:
        async with self._belt.store.transaction("step") as tx:
            for one in spoken:
                await tx.episodes.save(one.key, one.verdict.episode, now)

    async def _revise(
        self, row: PieceRow, seen: Seen, kind: UpdateKind, before: Brief | None, now: datetime
    ) -> _Revision:
        """A piece has one reference until that is corrected, and keeps what was put right."""
        if before is not None:
            seen = from_the_same(seen, before)
        speaks = kind in (UpdateKind.FIRST, UpdateKind.EXTENDED)
        within = self._belt.gather if speaks else PATIENCE
        gathered = await self._gathering.gather(seen, now, within)
        updates = before.updates if before else ()
        turned = before is not None and rising(before) is not seen.move.up
        told = before if turned else None
        edition = Edition(row.key.id, row.revision, row.state, updates, told)
        brief = compose(gathered, edition, self._belt.weights)
        if before is not None:
            brief = carried(brief, before.corrections)
        lines = stamped(brief, before, kind, now)
        spoke = seen.spoke or (before.spoke if before else ())
        brief = replace(brief, updates=lines, missing=gathered.missing, spoke=spoke)
        self._missing[row.key.id] = gathered.missing
        rendered = self._belt.renderer.render(brief, Variant())
        charts = await self._drawn(brief, gathered)
        shown = rendered if charts[row.key.id] else replace(rendered, chart="")
        return _Revision(row, brief, shown, charts)

    async def _drawn(self, brief: Brief, gathered: Gathered) -> dict[str, dict[Colours, bytes]]:
        """For all copies, and for servers whose own figures are others."""

        async def draw(one: Brief) -> dict[Colours, bytes]:
            return await pictures(self._belt, one, gathered)

        own = await for_servers(self._belt, brief, draw) if gathered.minutes else {}
        return {**own, brief.piece: await draw(brief)}

    async def _write(self, tx: Transaction, revision: _Revision) -> None:
        variant, piece = Variant(), revision.row.key.id
        await tx.pieces.add_revision(revision.row, revision.brief)
        await tx.pieces.put_rendered(piece, revision.row.revision, variant, revision.rendered)
        for name, charts in revision.charts.items():
            for colours, png in charts.items():
                await tx.pieces.put_chart(name, revision.row.revision, colours, png)


async def _brief(tx: Transaction, row: PieceRow) -> Brief | None:
    brief = await tx.pieces.brief(row.key.id, row.revision)
    return brief if isinstance(brief, Brief) else None


async def _still(tx: Transaction, row: PieceRow) -> bool:
    """Whether `row` is still the next revision: a correction may have come in between."""
    known = await tx.pieces.get(row.key.id)
    return (known.revision if known else 0) == row.revision - 1


async def _tell(tx: Transaction, row: PieceRow, spoken: Sequence[Spoken]) -> None:
    for one in spoken:
        audience = Audience(row.key.ticker, one.terms, one.but)
        if one.verdict.reason is Reason.NEXT_RUNG:
            await tx.outbox.add_rung(row.key.id, audience, row.revision)
        await tx.outbox.fan_out(row.key.id, audience, row.revision)
