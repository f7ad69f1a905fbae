"""
What may a template say? A view of one brief: small records of text, ready for Discord.

Every figure is rounded and every name or headline escaped here, so that a template holds
words and no arithmetic. `headline`-like fields are free of markdown, for titles and
notifications.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import assert_never

from bot.brief import context_cause, context_move, context_setting, phrases, wording
from bot.brief.context_cause import Cause, Search
from bot.brief.context_move import MoveWords, ReferenceWords, TimeWords, Who
from bot.brief.context_setting import Setting
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.fit import HEADLINE, Room
from bot.brief.standing import rising
from bot.model.brief import Brief, Layout, Variant
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


THIN = "thin"
NAMES = frozenset(field.name for field in fields(View))


def view(brief: Brief, variant: Variant, room: Room) -> View:
    """The view of one brief in one variant, as long as `room` allows."""
    zone = zone_of(brief, variant)
    noun = (phrases.UP if rising(brief) else phrases.DOWN).noun
    stamps = tuple(_stamp(brief, update, zone) for update in brief.updates)
    return View(
        full=variant.layout is Layout.FULL,
        who=context_move.who(brief, room),
        move=context_move.move(brief, noun),
        reference=context_move.reference(brief),
        time=context_move.time(brief, zone),
        cause=_cause(brief, noun, zone, room),
        search=context_cause.search(brief, zone),
        setting=context_setting.setting(brief, zone, room),
        caveats=_caveats(brief, room),
        updates=_kept(stamps, room) if len(stamps) > 1 else (),
        first=_first(brief, zone),
        rung=_rung(brief, zone),
        footer=_footer(brief, zone),
    )


def zone_of(brief: Brief, variant: Variant) -> str:
    """The reader's zone, else the exchange's own."""
    return variant.zone or brief.session.zone


def _cause(brief: Brief, noun: str, zone: str, room: Room) -> Cause:
    """The cause leaves the headline where both together would be cut off on a phone."""
    found = context_cause.cause(brief, noun, zone, room)
    move = f"{context_move.company(brief)} {context_move.headline_move(brief)} "
    long = len(move) + len(found.headline) > HEADLINE
    return replace(found, headline="") if long else found


def _caveats(brief: Brief, room: Room) -> tuple[str, ...]:
    """Those about this brief first, so that the first is never boilerplate; thin trading always."""
    ordered = sorted(brief.caveats, key=lambda caveat: not caveat.evidence)
    kept = ordered[: room.caveats]
    kept += [one for one in ordered[room.caveats :] if one.code == THIN and room.caveats]
    return tuple(escape(cut(clean(one.text), 160)) for one in kept)


def _kept(stamps: tuple[str, ...], room: Room) -> tuple[str, ...]:
    """The newest, and always the first publication."""
    if len(stamps) <= room.updates:
        return stamps
    return (*stamps[: room.updates - 1], stamps[-1])


def _stamp(brief: Brief, update: Update, zone: str) -> str:
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
            return f"{at} closed at {figures}"
        case UpdateKind.CATALYST:
            return f"{at} catalyst updated" + (f" ({text})" if text else "")
        case UpdateKind.DETAILS:
            return f"{at} details added"
        case UpdateKind.CORRECTED:
            return f"{at} corrected to {figures}" + (f" ({text})" if text else "")
    assert_never(update.kind)


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
