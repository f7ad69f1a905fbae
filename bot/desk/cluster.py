"""
Which stories tell the same event, and how many outlets tell it on their own?

Titles are compared as sets of words. A wrong merge hides a catalyst, so a different number or
no shared name is a veto, however alike the rest is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.model.news import Attribution, OutletKind, Story

WITHIN = timedelta(hours=48)
ALIKE = 0.6

_PREFIX = re.compile(
    r"^(?:(?:UPDATE|WRAPUP|CORRECTED|RPT|REFILE|BRIEF|EXCLUSIVE|ANALYSIS|FOCUS|BREAKING)"
    r"(?:\s+\d+)?\s*[-:–]\s*|market chatter\s*:\s*)+",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\s+(?:[-–—|])\s+[A-Z][\w.'’&]*(?: [A-Z][\w.'’&]*){0,3}$")
_AMOUNT = re.compile(
    r"[$€£]?(\d[\d,]*(?:\.\d+)?)\s*(million|billion|trillion|mn|bn|m|b|%|percent)?\b"
)
_UNITS = {"million": "m", "mn": "m", "billion": "b", "bn": "b", "trillion": "t", "percent": "%"}
_WORD = re.compile(r"[a-z][a-z'’-]+")
_NAME = re.compile(r"\b[A-Z][\w&.-]*")
_STOP = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "in", "into"}
    | {"is", "it", "its", "more", "of", "on", "or", "over", "say", "says", "said", "than", "that"}
    | {"the", "their", "to", "up", "was", "were", "will", "with", "after", "amid"}
)
_DATES = frozenset(
    {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"}
    | {"january", "february", "march", "april", "june", "july", "august", "september"}
    | {"october", "november", "december", "monday", "tuesday", "wednesday", "thursday"}
    | {"friday", "saturday", "sunday"}
)


@dataclass(frozen=True, slots=True)
class _Shape:
    words: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]


def same_story(stories: Iterable[Story]) -> list[list[Story]]:
    """Group stories that tell the same event, in the order given; each group's first leads it."""
    groups: list[tuple[_Shape, list[Story]]] = []
    for story in stories:
        shape = _shape(story.title)
        for leading, group in groups:
            near = abs(story.out_at - group[0].out_at) <= WITHIN
            if near and _alike(leading, shape):
                group.append(story)
                break
        else:
            groups.append((shape, [story]))
    return [group for _, group in groups]


def origins(telling: Sequence[Attribution]) -> int:
    """
    How many outlets tell it on their own.

    Relays that cite the same source share one origin, as do outlets of one owner; release
    wires and aggregators pass on what others wrote and count for nothing.
    """
    passing_on = (OutletKind.RELEASE_WIRE, OutletKind.AGGREGATOR)
    own = [one for one in telling if one.outlet.kind not in passing_on]
    return len(
        {(one.citing[0] if one.citing else one.outlet.owner or one.outlet.name) for one in own}
    )


def _alike(one: _Shape, other: _Shape) -> bool:
    if one.numbers and other.numbers and not one.numbers & other.numbers:
        return False
    if not one.names & other.names:
        return False
    both = len(one.words & other.words)
    return 2 * both >= ALIKE * (len(one.words) + len(other.words))


def _shape(title: str) -> _Shape:
    plain = _SUFFIX.sub("", _PREFIX.sub("", title))
    numbers = {_number(match) for match in _AMOUNT.finditer(plain.lower())}
    words = {_stem(word) for word in _WORD.findall(_AMOUNT.sub(" ", plain.lower()))} - _STOP
    found = {name.lower() for name in _NAME.findall(plain)} - _STOP - _DATES
    names = {_stem(name) for name in found}
    return _Shape(frozenset(words | numbers), frozenset(names), frozenset(numbers))


def _number(match: re.Match[str]) -> str:
    unit = match[2] or ""
    return match[1].replace(",", "") + _UNITS.get(unit, unit)


def _stem(word: str) -> str:
    """Enough that "downloads" and "download", "passes" and "passed" meet."""
    word = re.sub(r"['’]s$", "", word)
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else word
