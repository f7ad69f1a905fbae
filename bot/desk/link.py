"""
Which companies does a story name?

By ticker in the forms editors print it, by name, by brand or product (which stand for their
maker), or by theme. Words that only seem to be a name are told apart by what stands around them.
One issuer gets one answer, with the words that matched and the reason they count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.desk.linking.forms import Form
from bot.desk.linking.names import Names
from bot.desk.linking.read import Candidate, Said, candidates
from bot.desk.linking.reason import reason
from bot.desk.linking.weights import Judgement
from bot.model.market import Instrument, InstrumentKind
from bot.model.news import Mention, Story

READ_AT_MOST = 4_000  # characters of a summary
OLD = 2016  # the year before which a brand may well have had another owner
_SHARES = frozenset([InstrumentKind.EQUITY, InstrumentKind.ADR])


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that stand for an issuer, where they stand, and how."""

    ticker: str
    form: Form
    words: str
    where: str
    reason: str
    points: int = 0

    @property
    def rank(self) -> tuple[bool, bool, Form, int]:
        """Any name beats a theme; then the title beats the summary; then the form decides."""
        return self.form is Form.THEME, self.where != "title", self.form, -self.points


class Linker:
    """Links stories to everybody it was built with. Built once, asked often."""

    def __init__(
        self,
        instruments: Iterable[Instrument],
        names: Names | None = None,
        judgement: Judgement | None = None,
    ) -> None:
        known = list(instruments)
        self._names = names or Names(known)
        self._judgement = judgement or Judgement()
        self._themes = _themes(known, self._names)
        self._theme = _pattern(self._themes)
        self._also = _further(known, self._names)
        self._other = frozenset(one.ticker for one in known if one.kind not in _SHARES)

    def link(self, story: Story) -> list[Mention]:
        """
        Return one mention an issuer, best evidence first.

        Another listing of it that the desk follows by itself is mentioned too.
        """
        old, summary = _is_old(story.out_at), story.summary[:READ_AT_MOST]
        hits = [*self._hits(Said(story.title, summary, old), "title")]
        hits += self._hits(Said(summary, story.title, old), "summary")
        return [
            Mention(story.id, ticker, hit.words, hit.reason)
            for hit in _best(hits)
            for ticker in (hit.ticker, *self._also.get(hit.ticker, ()))
        ]

    def named(self, title: str, summary: str = "", at: datetime | None = None) -> list[Hit]:
        """The companies that a title of `at` names: no theme, no fund, index or coin."""
        hits = self._named(Said(title, summary, at is not None and _is_old(at)), "title")
        return [hit for hit in _best(hits) if hit.ticker not in self._other]

    def weighed(self, said: Said) -> list[tuple[Candidate, int]]:
        """Everybody a text may name, with the points that decide."""
        found = candidates(said, self._names, self._judgement.lexicon)
        return [(one, self._judgement.score(one.features)) for one in found]

    def counts(self, one: Candidate, points: int) -> bool:
        """Whether a candidate with so many points is named."""
        if one.form is Form.TICKER:
            return True
        if one.form is Form.BARE and not self._judgement.points:
            return False
        return points >= self._judgement.least

    def worth(self, feature: str) -> int:
        """The points of one feature."""
        return self._judgement.points.get(feature, 0)

    @property
    def least(self) -> int:
        """The points from which on words count as the company."""
        return self._judgement.least

    def _hits(self, said: Said, where: str) -> Iterator[Hit]:
        yield from self._named(said, where)
        for match in self._theme.finditer(said.text):
            for issuer in self._themes[match.group().casefold()]:
                why = reason(Form.THEME, where, (), self.worth)
                yield Hit(issuer, Form.THEME, match.group(), where, why)

    def _named(self, said: Said, where: str) -> Iterator[Hit]:
        for one, points in self.weighed(said):
            if self.counts(one, points):
                why = reason(one.form, where, one.features, self.worth)
                yield Hit(one.ticker, one.form, one.words, where, why, points)


def _is_old(at: datetime) -> bool:
    return at.year < OLD


def _best(hits: Iterable[Hit]) -> list[Hit]:
    best: dict[str, Hit] = {}
    for hit in hits:
        if hit.ticker not in best or hit.rank < best[hit.ticker].rank:
            best[hit.ticker] = hit
    return sorted(best.values(), key=lambda hit: hit.rank[:3])


def _themes(known: Iterable[Instrument], names: Names) -> dict[str, tuple[str, ...]]:
    themes: dict[str, dict[str, None]] = {}
    for one in known:
        for theme in one.themes:
            themes.setdefault(theme.casefold(), {})[names.tickers[one.ticker]] = None
    return {theme: tuple(issuers) for theme, issuers in themes.items()}


def _further(known: Iterable[Instrument], names: Names) -> dict[str, tuple[str, ...]]:
    """By issuer: the listings that the desk follows where it does not follow the first one."""
    listed = list(known)
    followed = {one.ticker for one in listed}
    found: dict[str, list[str]] = {}
    for one in listed:
        issuer = names.tickers[one.ticker]
        if issuer not in followed:
            found.setdefault(issuer, []).append(one.ticker)
    return {issuer: tuple(tickers) for issuer, tickers in found.items()}


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    wanted = "|".join(map(re.escape, longest_first)) or r"(?!)"
    return re.compile(rf"(?i)(?<![\w$])(?:{wanted})(?![^\W\d_])")
