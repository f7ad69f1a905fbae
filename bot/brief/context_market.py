"""
What may a template say about many names at once? A view of one market-wide brief.

Everything is counted again for the names that the destination watches, and only those are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import zip_longest

from bot.brief import context_correction, phrases, wording
from bot.brief.context import FooterWords, kept, told_caveats
from bot.brief.context_correction import Corrected, CorrectionWords, amended
from bot.brief.context_move import TimeWords
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.fit import Room
from bot.brief.shown import Crowd, count, crowd
from bot.model.brief import Comparison, Layout, MarketBrief, Variant
from bot.model.market import Phase
from bot.model.piece import PieceState, Update, UpdateKind

SCOPE = 60
CLOSING = timedelta(minutes=5)  # a last print may be a little older than the close


@dataclass(frozen=True, slots=True)
class MarketWords:
    """
    The crowd. `headline` is "23 of 31 watched names fall over 3%", `told` the same as a
    sentence of the past, `when` "in late-morning trading Monday", `close` "Friday's close
    (Jan 9)", `index` "SPY −2.8%", "" where it is not known.
    """

    scope: str
    place: str
    arrow: str
    headline: str
    told: str
    when: str
    close: str
    index: str
    movers: str
    more: str
    alone: str


@dataclass(frozen=True, slots=True)
class MarketView:
    """Everything a template of market-wide briefs may name."""

    full: bool
    market: MarketWords
    time: TimeWords
    caveats: tuple[str, ...]
    updates: tuple[str, ...]
    first: str
    rung: str
    footer: FooterWords
    correction: CorrectionWords | None


def market_view(brief: MarketBrief, variant: Variant, room: Room) -> MarketView:
    """The view of one market-wide brief in one variant, as long as `room` allows."""
    zone = variant.zone or brief.session.zone
    here = crowd(brief, variant)
    correction = _correction(brief, variant, zone, room)
    stamps = tuple(_stamps(brief, variant, zone))
    return MarketView(
        full=variant.layout is Layout.FULL,
        market=_words(brief, here, room),
        time=_time(brief, zone),
        caveats=told_caveats(brief.caveats, room),
        updates=kept(stamps, brief, room, correction),
        first=stamps[-1] if len(stamps) > 1 else "",
        rung=_rung(brief, here),
        footer=FooterWords(
            quote=wording.stamp(brief.as_of, zone, wording.local_day(brief.as_of, zone)),
            delayed="",
            disclosure=cut(clean(brief.disclosure), 300),
        ),
        correction=correction,
    )


def scope(brief: MarketBrief) -> str:
    """ "Market-wide", or the sector's name; without markdown."""
    return bare(cut(clean(brief.scope), SCOPE)) or "Market-wide"


def headline(brief: MarketBrief, here: Crowd) -> str:
    """ "23 of 31 watched names fall over 3%", "close over 3% lower", "had fallen over 3%"."""
    words, many = _verbs(brief), len(here.movers) != 1
    far = beyond(brief, here)
    if over(brief):
        did = f"had {words.perfect} {far}"
    elif closing(brief):
        did = f"close{'' if many else 's'} {far} {words.higher}"
    else:
        did = f"{words.plural if many else words.singular} {far}"
    return f"{len(here.movers)} of {_names(here.of)} {did}"


def beyond(brief: MarketBrief, here: Crowd) -> str:
    """ "over 3%", true of every mover that is counted here."""
    least = min((abs(one.percent) for one in here.movers), default=brief.level)
    return phrases.beyond(brief.level, least)


def row(found: tuple[Comparison, ...]) -> str:
    """ "SMCI −11.2% · MSTR −9.7%"."""
    return " · ".join(f"{escape(one.ticker)} {wording.percent(one.percent)}" for one in found)


def _words(brief: MarketBrief, here: Crowd, room: Room) -> MarketWords:
    reference = brief.session.previous
    left = len(here.movers) - room.movers
    return MarketWords(
        scope=scope(brief),
        place=brief.session.zone.rsplit("/", 1)[-1].replace("_", " "),
        arrow=_verbs(brief).arrow,
        headline=headline(brief, here),
        told=_told(brief, here),
        when=_when(brief),
        close=f"{wording.weekday(reference)}'s close ({wording.day(reference)})",
        index=row((brief.index,)) if brief.index else "",
        movers=row(here.movers[: room.movers]),
        more=f"{left:,} more" if left > 0 else "",
        alone=row(here.alone[: room.movers]),
    )


def _told(brief: MarketBrief, here: Crowd) -> str:
    """ "23 of the 31 names watched here **fell over 3%**"."""
    words, far = _verbs(brief), beyond(brief, here)
    if over(brief):
        did = f"had **{words.perfect} {far}**"
    elif closing(brief):
        did = f"closed **{far} {words.higher}**"
    else:
        did = f"**{words.past} {far}**"
    names = "name" if here.of == 1 else "names"
    return f"{len(here.movers)} of the {here.of:,} {names} watched here {did}"


def _when(brief: MarketBrief) -> str:
    day = wording.weekday(brief.session.day)
    if over(brief):
        return f"by {wording.hour(brief.as_of, brief.session.zone)} {day}"
    if closing(brief):
        return day
    return f"before the open {day}" if brief.phase is Phase.PRE else f"in {brief.phase.value} {day}"


def _time(brief: MarketBrief, zone: str) -> TimeWords:
    own = brief.session.zone
    on = wording.local_day(brief.as_of, own)
    return TimeWords(
        date=wording.full_day(on),
        clock=wording.clock(brief.as_of, own),
        elsewhere="" if zone == own else f" ({wording.stamp(brief.as_of, zone, on)})",
        relative=f"<t:{int(brief.as_of.timestamp())}:R>",
        half_day=brief.session.half_day,
    )


def _stamps(brief: MarketBrief, variant: Variant, zone: str) -> Iterator[str]:
    """Every stamped line, the newest first; each knows how many names the one before found."""
    counts = [count(update.names, variant) for update in brief.updates]
    for update, names, before in zip_longest(brief.updates, counts, counts[1:]):
        yield _stamp(brief, update, names, zone, grown=names != before)


def _stamp(brief: MarketBrief, update: Update, here: int, zone: str, *, grown: bool) -> str:
    """ "11:40 EST grown to 26 names", counted among those watched here; "still 6 names"."""
    at = wording.stamp(update.at, zone, wording.local_day(brief.as_of, zone))
    names = wording.counted(here, "name") if update.names else ""
    text = escape(cut(clean(update.text), 100))
    match update.kind:
        case UpdateKind.FIRST:
            did, by = "first published", "at"
        case UpdateKind.EXTENDED:
            did, by = ("grown", "to") if grown else ("updated,", "still")
        case UpdateKind.CORRECTED:
            did, by = amended(brief, update), "to"
        case UpdateKind.CLOSED | UpdateKind.FADED:
            did, by = update.kind.value, ""
        case UpdateKind.CATALYST | UpdateKind.DETAILS:
            did, by = "details added", ""
    figures = f" {by} {names}" if by and names else ""
    return f"{at} {did}{figures}" + (f" ({text})" if text else "")


def _rung(brief: MarketBrief, here: Crowd) -> str:
    """The newest growth in one line, "" where there was none."""
    newest = brief.updates[0].kind if brief.updates else UpdateKind.FIRST
    grown = newest is UpdateKind.EXTENDED
    return f"{_verbs(brief).arrow} {scope(brief)}: {headline(brief, here)}" if grown else ""


def _correction(
    brief: MarketBrief, variant: Variant, zone: str, room: Room
) -> CorrectionWords | None:
    if not brief.corrections:
        return None
    here = crowd(brief, variant)
    names = brief.updates[-1].names if brief.updates else ()
    of = Corrected(
        subject=scope(brief),
        company=scope(brief),
        move=f"{_verbs(brief).arrow} {scope(brief)}: {headline(brief, here)}",
        said=f"{scope(brief)}: {headline(brief, here)}",
        first=wording.counted(count(names, variant), "name") if names else "",
        figures=frozenset(_figures(brief)),
    )
    return context_correction.correction(brief, variant, zone, room, of)


def _figures(brief: MarketBrief) -> Iterator[str]:
    for one in (*brief.movers, *((brief.index,) if brief.index else ())):
        yield wording.percent(one.percent)


def _names(of: int) -> str:
    return f"{of:,} watched {'name' if of == 1 else 'names'}"


def closing(brief: MarketBrief) -> bool:
    """Whether its figures are those of the close."""
    over = brief.state is PieceState.CLOSED or brief.phase is Phase.CLOSED
    return over and brief.as_of >= brief.session.closes - CLOSING


def over(brief: MarketBrief) -> bool:
    """Whether the names had gone that far, but do so together no more."""
    return brief.state is not PieceState.LIVE and not closing(brief)


def _verbs(brief: MarketBrief) -> phrases.Verbs:
    return phrases.UP if brief.up else phrases.DOWN
