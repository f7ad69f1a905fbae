"""
What do the words say about why? The cause as far as anyone knows, in sequence words only.

Who said it, citing whom, when, how it stands to the onset, and who owns the outlet; never
that one thing made another happen. Everything from outside is escaped here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.brief import phrases, wording
from bot.brief.escape import bare, clean, cut, escape, link, quotable
from bot.brief.fit import NOTIFICATION, Room
from bot.brief.standing import NAME, filed, out_first, owner, unconfirmed, worth_a_headline
from bot.model.brief import Brief
from bot.model.news import Attribution, Grade, Outlet, OutletKind

_TOPIC = 12


@dataclass(frozen=True, slots=True)
class Cause:
    """
    The cause slot. `headline` and `line` are "" unless the cause may enter the headline;
    `where` is a masked link, or the host where the link cannot be shown. `later` was out only
    after the onset.
    """

    label: str
    lead: str = ""
    told: str = ""
    quote: str = ""
    where: str = ""
    owner: str = ""
    also_in: str = ""
    headline: str = ""
    line: str = ""
    outlet: str = ""
    rivals: tuple[str, ...] = ()
    later: str = ""


@dataclass(frozen=True, slots=True)
class Search:
    """What was read in vain: "31 headlines", "" for none; `about` of them named the ticker."""

    read: str
    about: str
    onset: str


def cause(brief: Brief, noun: str, zone: str, room: Room) -> Cause:
    """The words of the cause slot. `noun` is the piece's "rise" or "fall"."""
    catalyst = brief.catalyst
    said = catalyst.attribution
    rivals = tuple(_rival(brief, rival, zone, room) for rival in catalyst.rivals[: room.rivals])
    if said is None:
        later = _rival(brief, catalyst.later, zone, room) if catalyst.later and room.aside else ""
        return Cause(label=catalyst.grade.value, rivals=rivals, later=later)
    worthy = worth_a_headline(brief)
    return Cause(
        label=label(catalyst.grade, said),
        lead=_lead(brief, noun, zone),
        told=_told(brief, said, zone),
        quote=quotable(said.story.title, room.quote),
        where=_where(said, room.link),
        owner=owner(brief, said.outlet),
        also_in=_also_in(catalyst.also_in) if room.aside else "",
        headline=_headline(said) if worthy else "",
        line=_line(said, NOTIFICATION - _head_length(brief)) if worthy else "",
        outlet=bare(said.outlet.short),
        rivals=rivals,
    )


def _also_in(outlets: int) -> str:
    return wording.counted(outlets, "other outlet") if outlets else ""


def search(brief: Brief, zone: str) -> Search:
    """What a reader is told when no cause stood up."""
    about = len(brief.catalyst.candidates)
    return Search(
        read=wording.counted(brief.catalyst.read, "headline") if brief.catalyst.read else "",
        about=f"{about:,}" if about else "",
        onset=_clock(brief, brief.onset, zone) if brief.onset else "",
    )


def label(grade: Grade, said: Attribution) -> str:
    """ "Reported", or "Reported, unconfirmed" where nobody puts a name to it (N16)."""
    return f"{grade.value}, unconfirmed" if unconfirmed(said) else grade.value


def outlet_name(outlet: Outlet) -> str:
    """The outlet's name as it stands in a sentence, safe for markdown."""
    return escape(phrases.with_article(cut(clean(outlet.name), NAME)))


def citing(said: Attribution) -> tuple[str, ...]:
    """Everyone the story leans on, safe for markdown; none is left out (N15)."""
    return tuple(escape(cut(clean(name), NAME)) for name in said.citing)


def _lead(brief: Brief, noun: str, zone: str) -> str:
    said = brief.catalyst.attribution
    city = "New York " if brief.instrument.home and brief.session.zone.endswith("New_York") else ""
    if brief.onset is None or said is None:
        return f"Out before this quote; when the {noun} began is not known:"
    if not out_first(brief, said):
        began = _clock(brief, brief.onset, zone)
        return f"Also reported, but only after the {noun} began, about {began}:"
    if brief.catalyst.grade is Grade.POSSIBLE:
        return f"Before the {noun} began, about {_clock(brief, brief.onset, zone)},"
    return f"The {city}{noun} came after"


def _told(brief: Brief, said: Attribution, zone: str) -> str:
    """ "the South China Morning Post reported at 07:42 EST, citing AIBase"."""
    when, name = _published(brief, said, zone), outlet_name(said.outlet)
    name = f"{name}, a feed that this server added," if said.outlet.added else name
    chain = f", citing {phrases.listed(citing(said))}" if said.citing else ""
    match said.outlet.kind:
        case OutletKind.ISSUER:
            told = f"{name} said in a company release {when}"
        case OutletKind.RELEASE_WIRE:
            told = f"a company release went out on {name} {when}"
        case OutletKind.REGULATOR:
            told = f"{name} {'published a filing' if filed(said) else 'said'} {when}"
        case OutletKind.STATE_MEDIA:
            told = f"{name}, a state outlet, reported {when}"
        case OutletKind.AGGREGATOR:
            told = f"{name} carried a report {when}"
        case _:
            told = f"{name} reported {when}"
    return told + chain


def _published(brief: Brief, said: Attribution, zone: str) -> str:
    story = said.story
    if story.published is None or story.published > story.first_seen:
        return f"by {_clock(brief, story.first_seen, zone)}, when this desk saw it"
    today = wording.local_day(brief.quote.as_of, zone)
    when = wording.stamp(story.published, zone, today)
    return f"on {when}" if wording.local_day(story.published, zone) != today else f"at {when}"


def _where(said: Attribution, longest: int) -> str:
    found = link(said.story.link)
    if found is None:
        return escape(said.outlet.domain or said.outlet.short)
    return f"[{found.host}]({found.url})" if len(found.url) <= longest else found.host


def _rival(brief: Brief, said: Attribution, zone: str, room: Room) -> str:
    """ "“…” (Xinhua, Jan 9)"; in a wide room with its link, and always with its owner."""
    today = wording.local_day(brief.quote.as_of, zone)
    on = wording.local_day(said.story.out_at, zone)
    when = wording.day(on) if on != today else wording.clock(said.story.out_at, zone)
    name = escape(cut(clean(said.outlet.short), NAME))
    found = link(said.story.link) if room.headlines else None
    if found and len(found.url) <= room.link and brief.catalyst.grade is not Grade.NONE:
        name = f"[{name}]({found.url})"
    owned = owner(brief, said.outlet)
    tail = f", owned by {owned}" if owned else ""
    return f"“{quotable(said.story.title, min(room.quote, 90))}” ({name}, {when}{tail})"


def _headline(said: Attribution) -> str:
    """ "after report on Qwen downloads"."""
    doubt = "unconfirmed " if unconfirmed(said) else ""
    return f"after {doubt}{_kind(said)} on {bare(said.topic)}"


def _line(said: Attribution, room: int) -> str:
    """ "report on Qwen downloads – SCMP citing AIBase", the topic cut to `room`, or ""."""
    doubt = "unconfirmed " if unconfirmed(said) else ""
    start = f"{doubt}{_kind(said)} on "
    names = phrases.listed(tuple(bare(name) for name in said.citing))
    end = f" – {bare(said.outlet.short)}" + (f" citing {names}" if names else "")
    topic, left = bare(said.topic), room - len(start) - len(end)
    if len(topic) > left and left < _TOPIC:
        return ""
    return start + cut(topic, left) + end


def _head_length(brief: Brief) -> int:
    """How much of the notification the move itself takes, in characters."""
    price = wording.money(brief.move.last, brief.move.currency)
    percent = wording.percent(brief.move.percent)
    phase = " before the open" if brief.move.phase.extended else ""
    return len(f"▲ {brief.instrument.ticker} closed {percent} {price}{phase} · ")


def _kind(said: Attribution) -> str:
    if said.outlet.kind in (OutletKind.ISSUER, OutletKind.RELEASE_WIRE):
        return "company release"
    if said.outlet.kind is OutletKind.REGULATOR:
        return "filing" if filed(said) else "statement"
    return "report"


def _clock(brief: Brief, at: datetime, zone: str) -> str:
    return wording.stamp(at, zone, wording.local_day(brief.quote.as_of, zone))
