"""
A person corrects what the desk published: an editor a server's own copies, the operator every one.

What is asked is held against the brief as it reads there. Nothing is changed by a preview.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.brief import remedies, wording
from bot.desk.amend import amended, redraws, withdrawn
from bot.desk.own import read_there
from bot.errors import UserError
from bot.model.brief import AnyBrief, Brief, Variant
from bot.model.piece import WIDE, Correction, CorrectionKind, Matter, PieceKey, Remedy
from bot.services.amending import Amending
from bot.services.belt import Belt
from bot.services.copies import made_right
from bot.services.faces import Answer, Mending
from bot.services.ledger import PieceRow, Transaction
from bot.services.mending import remedy_for

RECENT = 25
_LINK = re.compile(r"https?://\S+/channels/\d+/\d+/(?P<message>\d{1,20})/?")


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece, its newest brief as it is stored, and as it reads where it is corrected."""

    row: PieceRow
    stored: AnyBrief
    brief: AnyBrief


class Correcting:
    """Satisfies `bot.services.faces.Corrections`."""

    def __init__(self, belt: Belt, amending: Amending) -> None:
        self._belt = belt
        self._amending = amending

    async def recent(self, guild: int | None, typed: str) -> list[tuple[str, str]]:
        """(piece, what a person calls it) of what stands there, the newest first."""
        async with self._belt.store.transaction("recent") as tx:
            rows = await tx.corrections.recent(guild, RECENT)
        named = [(row.key.id, name_of(row.key)) for row in rows]
        wanted = typed.strip().casefold()
        return [(id, name) for id, name in named if wanted in f"{id} {name}".casefold()]

    async def preview(self, mending: Mending, variant: Variant) -> Answer:
        """The brief as it will read; `UserError` says what cannot be corrected, and why."""
        found = await self._find(mending)
        correction = _correction(found.brief, mending, self._belt.clock.now())
        brief = amended(found.brief, correction)
        seen = replace(variant, guild=mending.guild)
        rendered = self._belt.renderer.render(brief, seen)
        async with self._belt.store.transaction("preview") as tx:
            chart = await tx.pieces.chart(found.row.key.id, found.row.revision, variant.colours)
        if chart is None or redraws(brief.corrections[:1]):
            return Answer(replace(rendered, chart=""))
        return Answer(rendered, chart)

    async def correct(self, mending: Mending) -> Correction:
        """Correct it now; returns what is said about it."""
        found = await self._find(mending)
        correction = _correction(found.brief, mending, self._belt.clock.now())
        if not await self._amending.commit(found.row, found.stored, correction):
            raise UserError(
                f"the brief {found.row.key.id} was revised at this moment",
                hint="look at it again, and repeat the correction if it is still needed",
            )
        return correction

    async def _find(self, mending: Mending) -> _Found:
        async with self._belt.store.transaction("find") as tx:
            row = await _row(tx, mending)
            stored = await tx.pieces.brief(row.key.id, row.revision)
            if stored is None:
                raise _unknown(mending)
            own: Iterable[Correction] = ()
            if mending.guild is not None:
                own = await tx.corrections.of(row.key.id, row.revision, mending.guild)
        there = read_there(stored, Variant(guild=mending.guild))
        brief = made_right(there, own)
        _refuse_withdrawn(brief, row.key)
        return _Found(row, stored, brief)


async def _row(tx: Transaction, mending: Mending) -> PieceRow:
    """By a link to its message, by its id, or the newest about a ticker; only what is there."""
    wanted = mending.piece.strip()
    recent = {row.key.id: row for row in await tx.corrections.recent(mending.guild, RECENT)}
    if link := _LINK.fullmatch(wanted):
        wanted = await tx.corrections.shown_by(int(link["message"]), mending.guild) or ""
    of_ticker = (row for row in recent.values() if row.key.ticker == wanted.upper())
    found = recent.get(wanted) or next(of_ticker, None)
    if found is None and wanted and (link or mending.guild is None):
        found = await tx.pieces.get(wanted)
    if found is None:
        raise _unknown(mending)
    return found


def _unknown(mending: Mending) -> UserError:
    where = "this server has" if mending.guild is not None else "the desk has"
    return UserError(
        f"{where} no brief “{mending.piece.strip()[:100]}”",
        hint="pick one of the list, or paste the link of its message",
    )


def _refuse_withdrawn(brief: AnyBrief, key: PieceKey) -> None:
    if not withdrawn(brief):
        return
    gone = next(one for one in brief.corrections if one.kind is CorrectionKind.WITHDRAWN)
    raise UserError(
        f"the brief on {name_of(key)} was withdrawn at {_clock(brief, gone.at)} already",
        hint="nothing in it can be corrected any more; the next move makes a new brief",
    )


def _correction(brief: AnyBrief, mending: Mending, now: datetime) -> Correction:
    """What is asked, held against the record, in words."""
    why = " ".join(mending.why.split())
    if not why:
        raise UserError(
            "a correction says why", hint="add it in a few words: the exchange corrected its close"
        )
    if not isinstance(brief, Brief):
        told = remedies.Told("this brief", remedies.headline(brief), "")
        remedy = _whole(mending)
    else:
        remedy = remedy_for(brief, mending)
        told = remedies.told(brief, remedy)
        if mending.matter is Matter.REFERENCE:
            why = f"{why} ({remedies.corrected_close(brief, remedy)})"
    kind = remedies.kind_of(remedy)
    return Correction(
        kind, told.what, told.was, told.now, why, now, mending.guild, mending.by, remedy
    )


def _whole(mending: Mending) -> Remedy:
    """A brief about many names is withdrawn, or stands."""
    if mending.matter is not Matter.PIECE:
        raise UserError(
            "a market-wide brief can only be withdrawn as a whole",
            hint=f"choose “{Matter.PIECE.value}”, or correct the briefs on single names",
        )
    return Remedy(Matter.PIECE, "")


def name_of(key: PieceKey) -> str:
    """ "BABA up, Jan 12", with which of the day's it is from the second on."""
    way = "up" if key.up else "down"
    evening = ", evening" if key.evening else ""
    again = f", number {key.ordinal}" if key.ordinal > 1 else ""
    who = f"market-wide {key.ticker.removeprefix(WIDE)}" if key.wide else key.ticker
    return f"{who} {way}, {wording.day(key.session)}{evening}{again}"


def _clock(brief: AnyBrief, at: datetime) -> str:
    return wording.clock(at, brief.session.zone)
