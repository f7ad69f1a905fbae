"""
What do the words say about a correction? What was wrong, what is right, why, and when.

Every text of it comes from a person or a feed and is escaped here. Earlier corrections and the
figure first published stay to be read for ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.brief import wording
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.fit import ROOMS, Room
from bot.brief.shown import as_of, corrections
from bot.model.brief import AnyBrief, Brief, Variant
from bot.model.piece import Correction, CorrectionKind, Update, UpdateKind

_AMENDED = {
    CorrectionKind.CORRECTED: "corrected",
    CorrectionKind.REFILE: "refiled",
    CorrectionKind.WITHDRAWN: "withdrawn",
}
SHORT = 60  # of what was wrong and of what is right, in a title or a notification


_LIMITS = {room.why for rooms in ROOMS.values() for room in rooms} | {SHORT, 2 * SHORT}


@dataclass(frozen=True, slots=True)
class CorrectionWords:
    """
    The newest correction. `told` is "the rise is 9.6%, not 9.8%" (why, when withdrawn) without
    markdown; `move` the corrected move as a notification tells it, "" where `alone`: then the
    record cannot be shown at the right figures. `said` is what it had said; `after` how long the wrong thing stood;
    `first` the figure first published; `newest` whether nothing was published since.
    """

    label: str
    withdrawn: bool
    alone: bool
    refiled: bool
    subject: str
    company: str
    told: str
    move: str
    said: str
    what: str
    was: str
    now: str
    why: str
    by: str
    at: str
    after: str
    first_at: str
    first: str
    newest: bool
    earlier: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the view of a brief tells this module: who moved, and how it is said there."""

    subject: str
    company: str
    move: str
    said: str
    first: str
    figures: frozenset[str]


def correction(
    brief: AnyBrief, variant: Variant, zone: str, room: Room, of: Corrected
) -> CorrectionWords | None:
    """The words of the newest correction shown here, None where there is none."""
    found = corrections(brief, variant)
    if not found:
        return None
    main, rest = found[0], found[1:]
    published = brief.updates[-1].at if brief.updates else brief.composed_at
    gone = main.kind is CorrectionKind.WITHDRAWN
    alone = gone or still_wrong(main, of.figures)
    today = wording.local_day(as_of(brief), zone)
    return CorrectionWords(
        label=main.kind.value,
        withdrawn=gone,
        alone=alone,
        refiled=main.kind is CorrectionKind.REFILE,
        subject=of.subject,
        company=of.company,
        told=told(main),
        move="" if alone else of.move,
        said=of.said,
        what=_safe(main.what, room.why),
        was=_safe(main.was, room.why),
        now=_safe(main.now, room.why),
        why=_safe(main.why.rstrip(" ."), room.why),
        by="" if main.guild is None else "by an editor of this server",
        at=wording.stamp(main.at, zone, today),
        after=wording.span(main.at - published),
        first_at=wording.stamp(published, zone, today),
        first=of.first,
        newest=_newest(brief, main),
        earlier=tuple(_earlier(one, brief, zone) for one in rest[: room.corrections]),
    )


def cuts(text: str) -> Iterator[str]:
    """Every way in which a text of a correction may be shown, before it is escaped."""
    whole = clean(text.rstrip(" ."))
    yield from {cut(one, limit) for one in (clean(text), whole) for limit in _LIMITS}


def amended(brief: AnyBrief, update: Update) -> str:
    """What a stamped line calls it: "corrected", "refiled", "withdrawn"."""
    kinds = {one.at: one.kind for one in brief.corrections}
    return _AMENDED[kinds.get(update.at, CorrectionKind.CORRECTED)]


def told(one: Correction) -> str:
    """ "the rise is 9.6%, not 9.8%", without markdown."""
    if one.kind is CorrectionKind.WITHDRAWN:
        return bare(cut(clean(one.why.rstrip(" .")), 2 * SHORT))
    what, was, now = (bare(cut(clean(text), SHORT)) for text in (one.what, one.was, one.now))
    return f"{what} {'are' if what.endswith('s') else 'is'} {now}, not {was}"


def still_wrong(one: Correction, figures: Iterable[str]) -> bool:
    """Whether the record still says the figure that was wrong (only words were corrected)."""
    return one.kind is CorrectionKind.CORRECTED and clean(one.was) in figures


def figures(brief: Brief) -> frozenset[str]:
    """The figures that the headline and the lede of this record print."""
    move = brief.move
    prices = (wording.money(price, move.currency) for price in (move.last, move.reference.price))
    return frozenset((wording.size(move.percent), wording.percent(move.percent), *prices))


def _newest(brief: AnyBrief, main: Correction) -> bool:
    if main.kind is CorrectionKind.WITHDRAWN:
        return True
    rungs = [one.at for one in brief.updates if one.kind is UpdateKind.EXTENDED]
    return not rungs or main.at >= max(rungs)


def _earlier(one: Correction, brief: AnyBrief, zone: str) -> str:
    """ "11:50 EST the rise to 9.7% (not 9.8%)"."""
    at = wording.stamp(one.at, zone, wording.local_day(as_of(brief), zone))
    what, was, now = (_safe(text, SHORT) for text in (one.what, one.was, one.now))
    return f"{at} {what} to {now} (not {was})"


def _safe(text: str, limit: int) -> str:
    return escape(cut(clean(text), limit))
