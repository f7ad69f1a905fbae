"""
What do two headlines have in common, and what keeps them apart?

Every feature speaks for one story (+) or against it (-) and is worth points; their sum decides.
Names, figures, the kind of happening and its direction can each keep two headlines apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.desk.cluster.events import LATER, OFFICES, STAGES, contrary, opposed
from bot.desk.cluster.figures import Compared, compared
from bot.desk.cluster.forms import MOVES, REPEATING, SESSION
from bot.desk.cluster.points import BIAS, POINTS
from bot.desk.cluster.rarity import Rarity
from bot.desk.cluster.reading import Name, Reading
from bot.desk.cluster.roles import swapped
from bot.desk.cluster.tables import KNOWN

_HOUR = timedelta(hours=1)

Features = dict[str, float]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A headline with what its words and names are worth."""

    reading: Reading
    words: Mapping[str, float]
    total: float
    names: Mapping[Name, float]
    parts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Names:
    shared: float
    rarest: float
    both: int
    hints: int
    apart: tuple[list[Name], list[Name]]
    apart_weight: float
    misled: bool


def weighed(reading: Reading, rarity: Rarity, here: Mapping[str, int] | None = None) -> Weighed:
    """What each of its words is worth; `here` counts them among the headlines kept now."""
    count = here or {}
    words = {word: rarity.of(word, count.get(word, 0)) for word in reading.words}
    names = {
        name: max(rarity.of(f"@{part}", count.get(f"@{part}", 0)) for part in name)
        for name in reading.names
    }
    parts = frozenset(part for name in reading.names for part in name)
    return Weighed(reading, words, sum(words.values()), names, parts)


def points(one: Weighed, other: Weighed, apart: timedelta) -> int:
    """For one story above 0, against it below; 100 points are a factor of e in the odds."""
    found = features(one, other, apart)
    return round(BIAS + sum(worth * found[name] for name, worth in POINTS.items()))


def features(one: Weighed, other: Weighed, apart: timedelta) -> Features:
    """Everything that is weighed, by name; what is 0 may be left out."""
    names, figures = _names(one, other), compared(one.reading.figures, other.reading.figures)
    found = _of_words(one, other, names)
    found |= _of_names(names)
    found |= _of_figures(figures, names)
    found |= _of_happenings(one.reading, other.reading, names, figures)
    found |= _of_forms(one.reading, other.reading, names, figures)
    hours = apart / _HOUR
    found["- hours apart"] = max(0.0, hours - 12) / 36
    found["+ within hours"] = float(hours <= 6)
    return found


def _of_words(one: Weighed, other: Weighed, names: _Names) -> Features:
    shared = [one.words[word] for word in one.words.keys() & other.words.keys()]
    weight, least = sum(shared), min(one.total, other.total)
    half = len(one.reading.stems & other.reading.stems)
    alike = 2 * weight / (one.total + other.total) if shared else 0.0
    covered = weight / least if shared else 0.0
    either = not names.apart[0] or not names.apart[1]
    return {
        "+ words": min(weight, 20) / 10,
        "+ rarest word": max(shared, default=0.0) / 8,
        "+ number of words": min(len(shared), 5) / 5,
        "+ spelling": 2 * half / max(1, len(one.reading.stems) + len(other.reading.stems)),
        "+ alike": alike,
        "+ alike with a name": alike * bool(names.both) * (1 - min(1, names.apart_weight)),
        "+ covered with a name": covered * bool(names.both and either),
    }


def _of_names(names: _Names) -> Features:
    one, other = names.apart
    known = [any(len(n) == 1 and n[0] in KNOWN for n in some) for some in (one, other)]
    fewer, more = sorted((len(one), len(other)))
    return {
        "- no name": float(not names.both and not names.hints),
        "+ two names": float(names.both >= 2),
        "+ three names": float(names.both >= 3),
        "+ names": min(names.shared, 16) / 8,
        "+ rarest name": names.rarest / 8,
        "+ hint instead of a name": float(bool(names.hints) and not names.both),
        "- hint of another": 1.0 * names.misled,
        "+ hint and a name": float(bool(names.hints) and bool(names.both)),
        "- names on both sides": min(fewer, 2) / 2,
        "- names on one side": min(more, 3) / 3,
        "- weight of other names": names.apart_weight,
        "- companies on both sides": float(all(known)),
        "- company on one side": float(any(known)),
    }


def _of_figures(figures: Compared, names: _Names) -> Features:
    shared = min(figures.shared, 2) / 2
    return {
        "+ figures": shared,
        "+ figures with a name": shared * bool(names.both),
        "- other money": float(figures.money and not figures.shared),
        "- other counts": float(figures.counts and not figures.shared),
        "- some other figure": float(figures.money or figures.counts),
        "- other dates": float(figures.dates),
    }


def _of_happenings(one: Reading, other: Reading, names: _Names, figures: Compared) -> Features:
    mine, theirs = one.happenings, other.happenings
    both, told = mine & theirs, bool(mine) and bool(theirs)
    named = bool(names.both or names.hints)
    stages, more = (one.classes - other.classes) & STAGES, (other.classes - one.classes) & STAGES
    return {
        "+ same happening": float(bool(both)),
        "+ two happenings": float(len(both) >= 2),
        "+ happening with a name": float(bool(both) and named),
        "+ happening with a figure": bool(both and named) * min(figures.shared, 2) / 2,
        "+ nothing else happened": float(named and told and mine == theirs),
        "- other happenings": 2.0 * (told and not both),
        "- further happenings": told * min(len(mine ^ theirs), 4) / 4,
        "- no happening": float(not told),
        "- contrary": float(min(opposed(one.classes, other.classes), 2)),
        "- contrary happenings": 1.0 * (contrary(mine, theirs) > 0),
        "- a later step": 1.0 * bool((one.classes ^ other.classes) & LATER),
        "- other way round": 1.0 * swapped(one.roles, other.roles),
        "- other offices": 1.0 * _apart(one.classes & OFFICES, other.classes & OFFICES),
        "- another step": min(len(stages) + len(more), 3) / 3,
        "- other steps": float(bool(stages) and bool(more)),
        "+ same field": float(bool(one.domains & other.domains)),
        "- other fields": float(_apart(one.domains, other.domains)),
    }


def _of_forms(one: Reading, other: Reading, names: _Names, figures: Compared) -> Features:
    repeats = (one.form in REPEATING) + (other.form in REPEATING)
    differ = bool(names.apart[0] and names.apart[1]) or figures.differ
    same = one.skeleton == other.skeleton and len(one.skeleton) > 2
    steps = 2 * len(one.steps & other.steps) / max(1, len(one.steps) + len(other.steps))
    moves = (one.form == MOVES) + (other.form == MOVES)
    return {
        "- one form": float(repeats == 1),
        "- two forms": float(repeats == 2),
        "+ form filled alike": float(repeats == 2 and bool(names.both) and not differ) * steps,
        "- two sessions": float(one.form == other.form == SESSION),
        "- one price move": float(moves == 1),
        "+ two price moves": float(moves == 2 and bool(names.both)),
        "+ same sentence": float(same and not differ and not any(names.apart)),
        "- template": float(same and differ),
        "+ word order": 0.0 if differ else steps,
        "- near template": steps if differ else 0.0,
    }


def _names(one: Weighed, other: Weighed) -> _Names:
    mine, mine_apart = _split(one, other)
    theirs, theirs_apart = _split(other, one)
    hints = [n for n in mine_apart if n[0] in other.reading.hinted]
    hints += [n for n in theirs_apart if n[0] in one.reading.hinted]
    mine_apart = [n for n in mine_apart if n not in hints]
    theirs_apart = [n for n in theirs_apart if n not in hints]
    lighter = min(
        sum(one.names[n] for n in mine_apart), sum(other.names[n] for n in theirs_apart), 12.0
    )
    return _Names(
        shared=sum(one.names[n] for n in mine),
        rarest=max((one.names[n] for n in mine), default=0.0),
        both=min(len(mine), len(theirs)),
        hints=len(hints),
        apart=(mine_apart, theirs_apart),
        apart_weight=lighter / 8,
        misled=not hints and not mine and (_misled(one, other) or _misled(other, one)),
    )


def _misled(one: Weighed, other: Weighed) -> bool:
    """One only hints at a company, and the other names a company that it cannot mean."""
    return bool(one.reading.hinted) and not one.parts & KNOWN and bool(other.parts & KNOWN)


def _split(one: Weighed, other: Weighed) -> tuple[list[Name], list[Name]]:
    """The names that the other headline holds too, and the rest."""
    held: list[Name] = []
    rest: list[Name] = []
    for name in one.names:
        known = any(part in other.parts or part in other.reading.stems for part in name)
        (held if known else rest).append(name)
    return held, rest


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other and not one & other)
