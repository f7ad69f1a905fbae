"""How are the word tables looked up? By their first word, the longest phrase first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot.desk.cluster.deeds import DEEDS
from bot.desk.cluster.names import NAMES
from bot.desk.cluster.things import THINGS
from bot.desk.cluster.title import stem
from bot.desk.cluster.trades import TRADES

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases by their first word, with what each stands for."""

    by_first: dict[str, list[tuple[Phrase, str]]]

    def at(self, words: Sequence[str], start: int) -> tuple[int, str]:
        """How many words the phrase at `start` takes, and what it stands for; 0 where none."""
        for phrase, meaning in self.by_first.get(words[start], ()):
            if all(map(str.__eq__, phrase, words[start : start + len(phrase)])) and (
                start + len(phrase) <= len(words)
            ):
                return len(phrase), meaning
        return 0, ""


def rows(table: str) -> Iterator[tuple[str, list[str]]]:
    """Each line's name and its words; an indented line goes on."""
    for line in table.strip().replace("\n  ", " ").splitlines():
        name, _, words = line.partition(":")
        yield name, words.split()


def _phrases(pairs: Iterator[tuple[Phrase, str]]) -> Phrases:
    ranked = sorted(pairs, key=lambda pair: (pair[0][0], -len(pair[0])))
    return Phrases({first: list(some) for first, some in groupby(ranked, lambda p: p[0][0])})


def _classes() -> Iterator[tuple[Phrase, str]]:
    for name, words in rows(DEEDS + THINGS):
        for word in words:
            exact = word.startswith("=")
            yield (word[1:],) if exact else tuple(map(stem, word.split("_"))), name


def _companies() -> Iterator[tuple[Phrase, str]]:
    for name, words in rows(NAMES):
        for word in words:
            yield tuple(word.split("_")), name


def _single() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for phrase, name in _classes():
        if len(phrase) == 1 and name not in found.setdefault(phrase[0], []):
            found[phrase[0]].append(name)
    return {word: tuple(names) for word, names in found.items()}


def _trades() -> dict[Phrase, frozenset[str]]:
    found: dict[Phrase, set[str]] = {}
    for company, words in rows(TRADES):
        for word in words:
            whole = tuple(map(stem, word.split("-")))
            for spelt in (whole, (stem(word),)):
                found.setdefault(spelt, set()).add(company)
    return {words: frozenset(companies) for words, companies in found.items()}


CLASS_PHRASES = _phrases(pair for pair in _classes() if len(pair[0]) > 1)
CLASSES = _single()
COMPANIES = _phrases(_companies())
KNOWN = frozenset(name for name, _ in rows(NAMES))
TRADED = _trades()
COMPOUNDS = frozenset(
    word for word in (*CLASSES, *COMPANIES.by_first, *(p[0] for p in TRADED)) if "-" in word
)
