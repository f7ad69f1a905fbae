"""
A correction becomes the next revision: of every copy of a piece, or of one server's.

One transaction writes the brief, raises what is posted, adds a line in reply, and cancels what
nobody has been told yet where the piece is withdrawn.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import structlog

from bot.desk.amend import amended, redraws, withdrawn
from bot.model.brief import AnyBrief, Brief, Colours
from bot.model.piece import Correction, CorrectionKind, PieceState
from bot.services.belt import Belt
from bot.services.ledger import PieceRow, Transaction
from bot.services.picturing import drawn_again, for_servers

log = structlog.get_logger(__name__)


class Amending:
    """Commits corrections that were found or asked for."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt

    async def commit(self, row: PieceRow, before: AnyBrief, correction: Correction) -> bool:
        """
        Correct the piece as it stands at `row`, whose brief is `before`.

        False when it was revised meanwhile: what was to be corrected may read otherwise now.
        """
        everywhere, gone = correction.guild is None, correction.kind is CorrectionKind.WITHDRAWN
        brief = amended(before, correction) if everywhere else before
        state = PieceState.CLOSED if everywhere and gone else row.state
        after = PieceRow(row.key, state, row.revision + 1)
        charts = await self._pictures(brief, correction) if everywhere else None
        own = await self._of_servers(brief, correction)
        async with self._belt.store.transaction("correct") as tx:
            if await tx.pieces.get(row.key.id) != row:
                return False
            await tx.pieces.add_revision(after, replace(brief, revision=after.revision))
            await _put_charts(tx, row, charts)
            for name, drawn in own.items():
                await _put(tx, name, after.revision, drawn)
            await _tell(tx, after, correction)
        log.info(
            "corrected",
            piece=row.key.id,
            revision=after.revision,
            kind=correction.kind.value,
            what=correction.what,
            server=correction.guild,
        )
        return True

    async def _pictures(
        self, brief: AnyBrief, correction: Correction
    ) -> dict[Colours, bytes] | None:
        """None where the picture is still right."""
        if not isinstance(brief, Brief) or not redraws([correction]):
            return None
        if correction.kind is CorrectionKind.WITHDRAWN:
            return {}
        return await drawn_again(self._belt, brief)

    async def _of_servers(
        self, brief: AnyBrief, correction: Correction
    ) -> dict[str, dict[Colours, bytes]]:
        """Those of servers that show other figures, by the name they are kept under."""
        if not isinstance(brief, Brief) or withdrawn(brief):
            return {}
        draw = partial(drawn_again, self._belt)
        return await for_servers(self._belt, brief, draw, correction)


async def _put_charts(tx: Transaction, row: PieceRow, charts: dict[Colours, bytes] | None) -> None:
    piece = row.key.id
    if charts is None:
        found = {each: await tx.pieces.chart(piece, row.revision, each) for each in Colours}
        charts = {colours: png for colours, png in found.items() if png}
    await _put(tx, piece, row.revision + 1, charts)


async def _put(tx: Transaction, name: str, revision: int, charts: dict[Colours, bytes]) -> None:
    for colours, png in charts.items():
        await tx.pieces.put_chart(name, revision, colours, png)


async def _tell(tx: Transaction, row: PieceRow, correction: Correction) -> None:
    piece, guild = row.key.id, correction.guild
    if guild is not None:
        await tx.corrections.add(piece, row.revision, guild, correction)
    if correction.kind is CorrectionKind.WITHDRAWN:
        await tx.corrections.cancel(piece, guild)
    await tx.corrections.tell(piece, row.revision, guild)
