"""What a revision takes over from the one before it, and whether it is worth an edit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.model.brief import Brief
from bot.model.market import ReferenceKind
from bot.model.news import Grade
from bot.model.piece import PieceKey, PieceState, Update, UpdateKind
from bot.services.gathering import Seen
from bot.services.ledger import PieceRow

_RANK = {Grade.NONE: 0, Grade.POSSIBLE: 1, Grade.REPORTED: 2, Grade.STATED: 3}


def same_reference(seen: Seen, before: Brief) -> bool:
    """Whether both are measured from the close of one day, whatever that is said to be."""
    mine, published = seen.move.reference, before.move.reference
    return (mine.kind, mine.day) == (published.kind, published.day)


def from_the_same(seen: Seen, before: Brief) -> Seen:
    """The move from the reference as published: a restated one is a correction."""
    if not same_reference(seen, before):
        return seen
    return replace(seen, move=replace(seen.move, reference=before.move.reference))


def worth_it(before: Brief | None, brief: Brief, kind: UpdateKind) -> bool:
    """A late cause must be better than the one printed or the first; late details must be more."""
    if before is None or kind not in (UpdateKind.CATALYST, UpdateKind.DETAILS):
        return True
    if kind is UpdateKind.DETAILS:
        return len(brief.missing) < len(before.missing)
    better = _RANK[brief.catalyst.grade] > _RANK[before.catalyst.grade]
    late, known = brief.catalyst.later, before.catalyst.later
    return better or (late is not None and known is None)


def next_row(previous: PieceRow | None, seen: Seen) -> PieceRow:
    """The next revision of a piece that is live, else the first of a new one."""
    if previous is not None and previous.state is PieceState.LIVE:
        return replace(previous, revision=previous.revision + 1)
    ordinal = previous.key.ordinal + 1 if previous else 1
    key = PieceKey(
        seen.instrument.subject,
        seen.instrument.ticker,
        seen.session.day,
        seen.move.up,
        ordinal,
        seen.move.reference.kind is ReferenceKind.REGULAR_CLOSE,
    )
    return PieceRow(key, PieceState.LIVE, 1)


def stamped(
    brief: Brief, before: Brief | None, kind: UpdateKind, now: datetime
) -> tuple[Update, ...]:
    """The stamped lines of the brief, newest first: one more than before."""
    text, late = "", brief.catalyst.later
    if kind is UpdateKind.CATALYST and brief.catalyst.attribution:
        text = brief.catalyst.attribution.outlet.name
    elif kind is UpdateKind.CATALYST and late:
        kind, text = UpdateKind.DETAILS, f"{late.outlet.name}, after the move began"
    update = Update(kind, now, brief.move.percent, brief.move.last, text)
    return (update, *(before.updates if before else ()))
