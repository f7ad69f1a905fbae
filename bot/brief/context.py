"""
What may a template say? A view of one brief: small records of text, ready for Discord.

Every figure is rounded and every name or headline escaped here, so that a template holds
words and no arithmetic. `headline`-like fields are free of markdown, for titles and
notifications.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import assert_never

from bot.brief import (
    context_cause,
    context_correction,
    context_move,
    context_setting,
    phrases,
    wording,
)
from bot.brief.context_cause import Cause, Search
from bot.brief.context_correction import Corrected, CorrectionWords, amended
from bot.brief.context_move import MoveWords, ReferenceWords, TimeWords, Who
from bot.brief.context_setting import Setting
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.fit import HEADLINE, Room
from bot.brief.standing import rising
from bot.model.brief import AnyBrief, Brief, Caveat, Layout, Variant
from bot.model.piece import Update, UpdateKind


@dataclass(frozen=True, slots=True)
class FooterWords:
    """How fresh the quote is ("quote 11:08 EST"), the delay, and the operator's disclosure."""

    quote: str
    delayed: str
    disclosure: str


@dataclass(frozen=True, slots=True)
class View:
    """Everything a template may name."""

    full: bool
    who: Who
    move: MoveWords
    reference: ReferenceWords
    time: TimeWords
    cause: Cause
    search: Search
    setting: Setting
    caveats: tuple[str, ...]
    updates: tuple[str, ...]
    first: str
    rung: str
    footer: FooterWords
    correction: CorrectionWords | None


THIN = "thin"
_EVENING = " after hours"


def view(brief: Brief, variant: Variant, room: Room) -> View:
    """The view of one brief in one variant, as long as `room` allows."""
    zone = zone_of(brief, variant)
    noun = (phrases.UP if rising(brief) else phrases.DOWN).noun
    stamps = tuple(_stamps(brief, zone))
    cause = _cause(brief, noun, zone, room)
    correction = _correction(brief, variant, zone, room)
    return View(
        full=variant.layout is Layout.FULL,
        who=context_move.who(brief, room),
        move=_move(brief, noun, cause),
        reference=context_move.reference(brief),
        time=context_move.time(brief, zone),
        cause=cause,
        search=context_cause.search(brief, zone),
        setting=context_setting.setting(brief, zone, room),
        caveats=told_caveats(brief.caveats, room),
        updates=kept(stamps, brief, room, correction),
        first=_first(brief, zone),
        rung=_rung(brief, zone),
        footer=_footer(brief, zone),
        correction=correction,
    )


def zone_of(brief: Brief, variant: Variant) -> str:
    """The reader's zone, else the exchange's own."""
    return variant.zone or brief.session.zone


def _cause(brief: Brief, noun: str, zone: str, room: Room) -> Cause:
    """The cause leaves the headline where both together would be cut off on a phone."""
    found = context_cause.cause(brief, noun, zone, room)
    move = f"{context_move.company(brief)} {context_move.headline_move(brief)} "
    if room.short:
        return replace(found, headline="", line="")
    long = len(move) + len(found.headline) > HEADLINE
    return replace(found, headline="") if long else found


def _move(brief: Brief, noun: str, cause: Cause) -> MoveWords:
    """The evening's headline says so, where a phone has room for it."""
    found = context_move.move(brief, noun)
    live = context_move.evening(brief) and not context_move.closing(brief)
    whole = f"{context_move.company(brief)} {found.headline}{_EVENING} {cause.headline}"
    if not live or len(whole) > HEADLINE:
        return found
    return replace(found, headline=found.headline + _EVENING)


def told_caveats(caveats: tuple[Caveat, ...], room: Room) -> tuple[str, ...]:
    """Those about this brief first, so that the first is never boilerplate; thin trading always."""
    ordered = sorted(caveats, key=lambda caveat: not caveat.evidence)
    shown = ordered[: room.caveats]
    shown += [one for one in ordered[room.caveats :] if one.code == THIN and room.caveats]
    return tuple(escape(cut(clean(one.text), 160)) for one in shown)


def kept(
    stamps: tuple[str, ...], brief: AnyBrief, room: Room, above: CorrectionWords | None
) -> tuple[str, ...]:
    """The newest, and always the first publication, unless a correction above tells it."""
    if len(stamps) < 2:
        return ()
    if above is not None and not room.aside:
        return () if brief.updates[0].kind is UpdateKind.CORRECTED else stamps[:1]
    if len(stamps) <= room.updates:
        return stamps
    return (*stamps[: room.updates - 1], stamps[-1])


def _stamps(brief: Brief, zone: str) -> Iterator[str]:
    """Every stamped line, the newest first; each knows the figures it found."""
    for place, update in enumerate(brief.updates):
        found = brief.updates[place + 1 : place + 2]
        changed = not found or found[0].percent != update.percent
        yield _stamp(brief, update, zone, changed=changed)


def _stamp(brief: Brief, update: Update, zone: str, *, changed: bool) -> str:
    at = wording.stamp(update.at, zone, wording.local_day(brief.quote.as_of, zone))
    figures = (
        f"{wording.percent(update.percent)}, {wording.money(update.last, brief.move.currency)}"
    )
    text = escape(cut(clean(update.text), 100))
    match update.kind:
        case UpdateKind.FIRST:
            return f"{at} first published at {wording.percent(update.percent)}"
        case UpdateKind.EXTENDED:
            return f"{at} extended to {figures}"
        case UpdateKind.FADED:
            return f"{at} {'faded' if rising(brief) else 'recovered'} to {figures}"
        case UpdateKind.CLOSED:
            return f"{at} {context_move.ended(brief)} at {figures}"
        case UpdateKind.CATALYST:
            return f"{at} catalyst updated{_aside(text)}"
        case UpdateKind.DETAILS:
            return f"{at} details added{_aside(text)}"
        case UpdateKind.CORRECTED:
            did = amended(brief, update)
            return f"{at} {did}" + (f" to {figures}" if changed else "") + _aside(text)
    assert_never(update.kind)


def _aside(text: str) -> str:
    return f" ({text})" if text else ""


def _first(brief: Brief, zone: str) -> str:
    """ "first +9.8% at 11:08 EST", once there is more than the first."""
    if len(brief.updates) < 2:
        return ""
    first = brief.updates[-1]
    at = wording.stamp(first.at, zone, wording.local_day(brief.quote.as_of, zone))
    return f"first {wording.percent(first.percent)} at {at}"


def _rung(brief: Brief, zone: str) -> str:
    """The newest rung in one line, "" where there was none."""
    rungs = [update for update in brief.updates if update.kind is UpdateKind.EXTENDED]
    if not rungs:
        return ""
    newest = rungs[0]
    price = wording.money(newest.last, brief.move.currency)
    figures = f"{wording.percent(newest.percent)}, {price}"
    head = f"{phrases.verbs(newest.percent).arrow} {bare(brief.instrument.ticker)}"
    if newest is brief.updates[0]:
        return f"{head} extends to {figures}"
    return f"{head} extended to {figures} at {wording.clock(newest.at, zone)}"


def _footer(brief: Brief, zone: str) -> FooterWords:
    today = wording.local_day(brief.quote.as_of, zone)
    late = context_move.delay(brief)
    return FooterWords(
        quote=wording.stamp(brief.quote.as_of, zone, today),
        delayed=f"delayed {wording.counted(late, 'minute')}" if late else "",
        disclosure=cut(clean(brief.disclosure), 300),
    )


def _correction(brief: Brief, variant: Variant, zone: str, room: Room) -> CorrectionWords | None:
    if not brief.corrections:
        return None
    ticker, arrow = bare(brief.instrument.ticker), phrases.verbs(brief.move.percent).arrow
    first = brief.updates[-1].percent if brief.updates else brief.move.percent
    company = context_move.company(brief)
    of = Corrected(
        subject=ticker,
        company=company,
        move=f"{arrow} {ticker} {context_move.line(brief)}",
        said=f"{company} ({ticker}) {context_move.headline_move(brief)}",
        first=wording.percent(first),
        figures=context_correction.figures(brief),
    )
    return context_correction.correction(brief, variant, zone, room, of)
