"""
What can be said of each story in a pile as a cause of this move?

Every feature is true or not and named in words for people; the weights say what each is
worth. A pile is read as a whole: what many headlines repeat counts more than what stands alone.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property

from bot.desk import filings
from bot.desk import traits as trait
from bot.desk.called import Naming
from bot.desk.stems import words
from bot.desk.tone import agreement

LEADS, EARLY, LATER, ELSEWHERE = (
    "the company leads the headline",
    "the company early in the headline",
    "the company late in the headline",
    "the company is not in the headline",
)
AGES = (
    (timedelta(hours=3), "out in the 3 hours before"),
    (timedelta(hours=6), "out 3 to 6 hours before"),
    (timedelta(hours=12), "out 6 to 12 hours before"),
    (timedelta(hours=20), "out 12 to 20 hours before"),
    (timedelta(hours=28), "out 20 to 28 hours before"),
    (timedelta(hours=48), "out 28 to 48 hours before"),
    (timedelta.max, "out more than two days before"),
)
FRESH, STALE_RESULTS = "out since the last close", "figures from before the last close"
PLAINLY, PLAINLY_FRESH = "an event, told plainly", "an event, told plainly since the last close"
PLAINLY_ABOUT = "an event, told plainly about the company"
TALKED_TWICE = "talk in more than one way"
ONE_ECHO, SOME_ECHOES, MANY_ECHOES = (
    "one other headline says much the same",
    "some other headlines say much the same",
    "many other headlines say much the same",
)
OTHER_OUTLET = "another outlet has it too"
BURST = "its words are new in the headlines since the last close"
FIGURES = "gives figures"
QUIET = (
    (10, "at most 10 headlines on the company in a day"),
    (30, "at most 30 headlines on the company in a day"),
)
_EVENTFUL = trait.EVENTFUL | {filings.FILED}
ALIKE, ALIKE_WITHIN = 0.3, timedelta(hours=40)


@dataclass(frozen=True, slots=True)
class Headline:
    """One story as the features see it: `age` before the onset (or now), and its outlet."""

    title: str
    age: timedelta
    outlet: str


@dataclass(frozen=True)
class Pile:
    """All headlines about one move; `since_close` is the age of the close before its session."""

    headlines: Sequence[Headline]
    naming: Naming
    up: bool
    since_close: timedelta

    def features(self) -> list[frozenset[str]]:
        """The features of each headline, in the order given."""
        return [frozenset(self._features(at)) for at in range(len(self.headlines))]

    def _features(self, at: int) -> Iterator[str]:
        told, traits = self.headlines[at], self._traits[at]
        text = trait.plain(filings.telling(told.title))
        yield from traits
        yield self._about[at]
        yield next(why for within, why in AGES if told.age < within)
        if re.search(r"\d", text):
            yield FIGURES
        yield from (why for most, why in QUIET if self._today <= most)
        yield from agreement(text, traits, self.up)
        yield from self._timing(at)
        yield from self._plainness(at)
        yield from self._echoes(at)

    def _timing(self, at: int) -> Iterator[str]:
        if self._fresh(at):
            yield FRESH
        elif trait.RESULTS in self._traits[at]:
            yield STALE_RESULTS

    def _plainness(self, at: int) -> Iterator[str]:
        talk = self._traits[at] & trait.TALK
        if len(talk) > 1:
            yield TALKED_TWICE
        if talk or not self._traits[at] & _EVENTFUL:
            return
        yield PLAINLY
        if self._fresh(at):
            yield PLAINLY_FRESH
        if self._about[at] in (LEADS, EARLY):
            yield PLAINLY_ABOUT

    def _echoes(self, at: int) -> Iterator[str]:
        alike = [other for other in range(len(self.headlines)) if self._alike(at, other)]
        if alike:
            some = MANY_ECHOES if len(alike) > 4 else SOME_ECHOES
            yield ONE_ECHO if len(alike) == 1 else some
        if any(self.headlines[other].outlet != self.headlines[at].outlet for other in alike):
            yield OTHER_OUTLET
        if self._fresh(at) and self._burst(at) >= 1:
            yield BURST

    def _alike(self, at: int, other: int) -> bool:
        mine, theirs = self.headlines[at], self.headlines[other]
        if mine.title == theirs.title or abs(mine.age - theirs.age) > ALIKE_WITHIN:
            return False
        shared = self._words[at] & self._words[other]
        if len(shared) < 2:
            return False
        weight = sum(self._rarity[word] for word in shared)
        return weight >= ALIKE * self._mass[at] * self._mass[other]

    def _burst(self, at: int) -> float:
        """How much more often the two newest words of a title stand in the fresh headlines."""
        fresh, old = self._counts
        n_fresh = max(1, sum(map(self._fresh, range(len(self.headlines)))))
        n_old = max(1, len(self.headlines) - n_fresh)
        gains = (
            math.log((fresh[word] + 0.5) / n_fresh / ((old[word] + 0.5) / n_old))
            for word in self._words[at]
            if fresh[word] > 1
        )
        return sum(sorted((gain for gain in gains if gain > 0), reverse=True)[:2]) / 2

    def _fresh(self, at: int) -> bool:
        return self.headlines[at].age <= self.since_close + timedelta(minutes=5)

    @cached_property
    def _today(self) -> int:
        return sum(one.age <= timedelta(days=1) for one in self.headlines)

    @cached_property
    def _traits(self) -> list[frozenset[str]]:
        return [_marks(one.title) for one in self.headlines]

    @cached_property
    def _about(self) -> list[str]:
        return [_standing(self.naming.at(one.title)) for one in self.headlines]

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        return [words(self.naming.names.sub(" ", trait.plain(h.title))) for h in self.headlines]

    @cached_property
    def _rarity(self) -> dict[str, float]:
        """How rare a word is in the pile; a headline that stands twice counts once."""
        often = Counter(word for words in set(self._words) for word in words)
        return {w: math.log((len(self._words) + 2) / (n + 0.5)) for w, n in often.items()}

    @cached_property
    def _mass(self) -> list[float]:
        return [math.sqrt(sum(self._rarity[word] for word in words)) for words in self._words]

    @cached_property
    def _counts(self) -> tuple[Counter[str], Counter[str]]:
        fresh: Counter[str] = Counter()
        old: Counter[str] = Counter()
        for at, telling in enumerate(self._words):
            if not self._fresh(at):
                old.update(telling)
            elif self._about[at] != ELSEWHERE:
                fresh.update(telling)
        return fresh, old


def _marks(title: str) -> frozenset[str]:
    """A filing is marked by its items, any other headline by its words."""
    filed = filings.marks(title)
    return trait.traits(trait.plain(title)) if filed is None else filed


def _standing(at: int | None) -> str:
    if at is None:
        return ELSEWHERE
    return LEADS if at <= 2 else EARLY if at <= 25 else LATER
