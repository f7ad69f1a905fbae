"""
Which companies does a story name?

By ticker in the forms editors print it, by name, by product (which stands for its maker), or
by theme. One issuer gets one answer, with the words that matched and the reason they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from bot.model.market import Instrument, InstrumentKind
from bot.model.news import Mention, Story

READ_AT_MOST = 4_000  # characters of a summary
LOUD_FROM = 5  # letters of a name that may also stand in capitals

# A ticker counts when it is marked as one: $BABA, (BABA), NYSE: BABA, BABA:US, 9988.HK.
_MARKED = re.compile(
    r"\$(?P<cash>[A-Z]{1,5})\b"
    r"|\b(?:NYSE|NASDAQ|Nasdaq|NYSE ?Arca|AMEX|HKEX|SEHK|HKG)\s?:\s?(?P<listed>[A-Z0-9.]{1,8})\b"
    r"|\((?P<bare>[A-Z]{1,5}|\d{4}\.HK)\)"
    r"|\b(?P<suffixed>[A-Z]{1,5}):US\b"
    r"|\b(?P<home>\d{4}\.HK)\b"
)


class Kind(IntEnum):
    """How a story may name an instrument; the lower, the better the evidence."""

    TICKER = 0
    NAME = 1
    PRODUCT = 2
    THEME = 3


@dataclass(frozen=True, slots=True)
class _Hit:
    kind: Kind
    words: str
    where: str

    @property
    def rank(self) -> tuple[bool, bool, Kind]:
        """Any name beats a theme; then the title beats the summary; then the kind decides."""
        return self.kind is Kind.THEME, self.where != "title", self.kind


class Linker:
    """Links stories to the instruments it was built with. Built once, asked often."""

    def __init__(self, instruments: Iterable[Instrument]) -> None:
        known = list(instruments)
        homes = {one.home.ticker: one.ticker for one in known if one.home}
        self._issuer = {one.ticker: homes.get(one.ticker, one.ticker) for one in known}
        self._issuer |= homes
        self._phrases: dict[str, dict[str, Kind]] = {}
        never: set[str] = set()
        for one in known:
            never.update(one.never)
            for phrase, kind in _phrases(one):
                owners = self._phrases.setdefault(phrase.casefold(), {})
                owners.setdefault(self._issuer[one.ticker], kind)
        themes = {theme for one in known for theme in one.themes}
        names = {phrase for one in known for phrase, kind in _phrases(one) if kind < Kind.THEME}
        self._normal = _pattern(never, themes, names | {_loud(name) for name in names})
        self._capitals = _pattern(never, themes | names, set())

    def link(self, story: Story) -> list[Mention]:
        """Return one mention an issuer, best evidence first."""
        best: dict[str, _Hit] = {}
        for where, text in (("title", story.title), ("summary", story.summary[:READ_AT_MOST])):
            for issuer, kind, words in self._hits(text):
                hit = _Hit(kind, words, where)
                if issuer not in best or hit.rank < best[issuer].rank:
                    best[issuer] = hit
        ranked = sorted(best.items(), key=lambda item: item[1].rank)
        return [Mention(story.id, issuer, hit.words, _reason(hit)) for issuer, hit in ranked]

    def _hits(self, text: str) -> Iterator[tuple[str, Kind, str]]:
        for match in _MARKED.finditer(text):
            ticker = next(group for group in match.groups() if group)
            if ticker in self._issuer:
                yield self._issuer[ticker], Kind.TICKER, match.group().strip("()")
        pattern = self._capitals if text.isupper() else self._normal
        for match in pattern.finditer(text):
            if match["hit"]:
                for issuer, kind in self._phrases[match["hit"].casefold()].items():
                    yield issuer, kind, match["hit"]


def _phrases(instrument: Instrument) -> Iterator[tuple[str, Kind]]:
    """Funds and indexes go by their full name only: their short names are everyday words."""
    yield instrument.name, Kind.NAME
    if instrument.kind in (InstrumentKind.EQUITY, InstrumentKind.ADR):
        for name in (instrument.short, *instrument.aliases):
            yield name, Kind.NAME
    for product in instrument.products:
        yield product, Kind.PRODUCT
    for theme in instrument.themes:
        yield theme, Kind.THEME


def _pattern(never: set[str], folded: set[str], exact: set[str]) -> re.Pattern[str]:
    """
    `never` phrases stand first and catch nothing: what they cover is masked. A digit may
    follow a name ("Qwen3"), a letter may not ("Metaverse").
    """
    masked = f"(?i:{_any(never)})"
    wanted = f"(?i:{_any(folded)})|{_any(exact)}"
    return re.compile(rf"(?<![\w$])(?:{masked}|(?P<hit>{wanted}))(?![^\W\d_])")


def _any(phrases: set[str]) -> str:
    if not phrases:
        return r"(?!)"
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase) for phrase in longest_first)


def _loud(name: str) -> str:
    return name.upper() if len(name) >= LOUD_FROM else name


def _reason(hit: _Hit) -> str:
    return f"{hit.kind.name.lower()} in the {hit.where}"
