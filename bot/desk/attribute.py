"""
Who said it, citing whom, about what?

The chain of a story is kept as the story tells it: "X reported, citing Y" has two links.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from bot.desk.events import NONE, Event, event_of
from bot.model.gathered import Told
from bot.model.market import Instrument
from bot.model.news import Attribution, Outlet

TOPIC_AT_MOST = 30  # characters: it stands in a headline
CITED_AT_MOST = 2
READ_AT_MOST = 4_000

_WORD = r"[A-Z][\w&'’-]*(?:\.\w+)*"
_NAME = rf"(?:{_WORD})(?:(?: (?:of|and|for|the))? {_WORD}){{0,5}}"
_SAYS = r"(?:says|said)"
_SHOWS = r"(?:says|said|shows?|showed|suggests?|suggested)"
_FIGURES = r"(?:data|figures|numbers|research|report|note|ranking|survey)"
_PEOPLE = (
    r"(?:(?:two |three |several )?(?:people|persons?|sources?)(?: who are| briefed| close)?"
    r"(?: familiar)?(?: (?:with|on|to) (?:the )?(?:matter|plans?|situation|talks|company))?)"
)
_CITING = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:citing|cites|cited)(?: {_FIGURES} (?:from|by))?(?: the)? (?P<who>{_NAME}|{_PEOPLE})",
        rf"\b[Aa]ccording to(?: {_FIGURES} (?:from|by))?(?: the)? (?P<who>{_NAME}|{_PEOPLE})",
        rf"(?P<who>{_NAME}) {_FIGURES} {_SHOWS}\b",
        rf"\b(?:[Dd]ata|[Ff]igures|[Rr]esearch) (?:from|by) (?P<who>{_NAME})",
        rf"(?:^|[,;:–—-] |\. )(?P<who>{_NAME}) {_SAYS}\b",
        rf", (?P<who>{_NAME}) (?:reports|reported)\b",
        rf"\b(?:the )?(?P<who>{_PEOPLE}) (?:say|said|told)\b",
    )
)
_NOBODY = frozenset(
    {"it", "he", "she", "they", "we", "the", "this", "that", "report", "analysts", "exclusive"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
_TAIL = re.compile(r"\s+(?:platforms?|industry|sector|services?|market|companies|firms|business)$")
_OF = re.compile(
    r"(?:of|into|on|over|against|for) (?:the |its |their |an? )?"
    r"(?:(?:competition|practices) (?:in|among) )?"
    r"(?P<what>[\w-]+(?:[ -](?!(?:and|among|as|at|by|after|for|from|in|of|over|that|to|with)\b)[\w-]+){0,2})"
)
_PLAN_FOR = re.compile(r"\bplans? for [\w-]+(?: (?:in|and|of) [\w-]+| [\w-]+)?")
_PLAN_TO = re.compile(
    r"\bplans? to (?:bring|put|use|spread|promote|speed|boost|expand) "
    r"(?P<what>[\w-]+(?: [\w-]+)?) (?:into|in|across) (?P<where>[\w-]+)"
)
_HANGING = re.compile(r"(?: (?:of|in|and|for|to|on|into|the|a))+$")
_VERB = re.compile(r"(?:investigat(?:e|es|ing)|probes)$")
_COMPOUND = re.compile(r"(?P<what>\w+-[\w-]+)\s+$")


def attribution(told: Told, instrument: Instrument | None = None) -> Attribution:
    """
    Return the chain of one story: its outlet, whom it cites, the event, and a short topic.

    A topic stands beside the name of the `instrument`, so a product may lead it, but not
    that name again.
    """
    story = told.story
    event = event_of(story.title, story.summary)
    return Attribution(
        story=story,
        outlet=told.outlet,
        citing=_citing(f"{story.title}. {story.summary[:READ_AT_MOST]}", told.outlet),
        topic=_topic(story.title, _lead(told, instrument), event),
        event=event.kind,
        words=told.words,
    )


def names(instrument: Instrument) -> Collection[str]:
    """What the company is called; its products are not among them."""
    return (instrument.name, instrument.short, *instrument.aliases)


def theme(words: str, instrument: Instrument) -> str:
    """The theme, as the register spells it, that those words are; "" where they name it."""
    return next((one for one in instrument.themes if one.casefold() == words.casefold()), "")


def unnamed(citing: str) -> bool:
    """Whether a cited source is people without a name: names start with a capital."""
    return citing[:1].islower()


def _citing(text: str, outlet: Outlet) -> tuple[str, ...]:
    own = {outlet.name.casefold(), outlet.short.casefold()}
    found: list[str] = []
    for pattern in _CITING:
        for match in pattern.finditer(text):
            who = re.sub(r"['’]s$|[.,]+$", "", match["who"].removeprefix("The "))
            if who.casefold() not in own | _NOBODY and who not in found:
                found.append(who)
    return tuple(found[:CITED_AT_MOST])


def _lead(told: Told, instrument: Instrument | None) -> str:
    if instrument is None:
        return told.words
    product = next((one for one in instrument.products if one in told.story.title), "")
    own = "" if told.words in names(instrument) else told.words
    return product or theme(told.words, instrument) or own


def _topic(title: str, words: str, event: Event) -> str:
    """A noun phrase for headlines: "Qwen downloads", "food-delivery probe"; "" if none fits."""
    if event is NONE:
        return ""
    if event.kind == "results":
        return "quarterly results" if re.search(r"quarter|Q[1-4]", title) else "results"
    if plan := _plan(title):
        return _cut(plan)
    if event.kind == "probe" and (what := _subject(title, event)):
        return _cut(f"{what} {event.noun}")
    if words.endswith(event.noun):
        return _cut(words)
    subject = words if _fits_before(words, event) else ""
    return _cut(f"{subject} {event.noun}".strip())


def _plan(title: str) -> str:
    """What a state plans: "plan for AI in manufacturing"."""
    if to := _PLAN_TO.search(title):
        return f"plan for {to['what']} in {to['where']}"
    found = _PLAN_FOR.search(title)
    return found.group() if found else ""


def _subject(title: str, event: Event) -> str:
    """What a probe is about: "probe of food-delivery platforms", "food-delivery probe"."""
    match = event.pattern.search(title)
    if match is None:
        return ""
    after = title[match.end() :].lstrip()
    if about := _OF.match(f"of {after}" if _VERB.search(match.group()) else after):
        return _TAIL.sub("", about["what"])
    before = _COMPOUND.search(title[: match.start()])
    if before is None:
        return ""
    what = before["what"]
    return what[0].lower() + what[1:] if before.start() == 0 else what


def _fits_before(words: str, event: Event) -> bool:
    """A product's or a company's name may lead the noun; a ticker or a long name may not."""
    plain = re.fullmatch(r"[A-Z][\w.-]*[a-z][\w.-]*(?: [\w.-]+)?", words)
    return plain is not None and len(words) + len(event.noun) < TOPIC_AT_MOST


def _cut(topic: str) -> str:
    """At most 30 characters, whole words, and no preposition left hanging."""
    if len(topic) <= TOPIC_AT_MOST:
        return topic
    return _HANGING.sub("", topic[: TOPIC_AT_MOST + 1].rsplit(" ", 1)[0])
