"""
What does the stylebook read? One page: the record, its words taken apart, and the mask.

Word rules judge our own words only, so names, tickers, quotations and links are masked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from bot.brief.context import zone_of
from bot.brief.context_move import company
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.standing import worth_a_headline
from bot.model.brief import Brief, Layout, Rendered, Variant
from bot.model.news import Attribution, Grade

MASK = "◌"

_QUOTED = re.compile(r"“[^”]*”")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


class Kind(Enum):
    """What is published; each rule belongs to some of them."""

    SINGLE = "one instrument, with a cause"
    NO_CAUSE = "one instrument, without a cause"


@dataclass(frozen=True, slots=True)
class Page:
    """
    A rendered brief, read. `headline` is the title, or the content of the line layout;
    `moved` is its part about the move alone, with the mask for the company. Paragraphs that are missing are "".
    """

    brief: Brief
    rendered: Rendered
    variant: Variant
    kind: Kind
    zone: str
    headline: str
    moved: str
    dateline: str
    lede: str
    cause: str
    caveats: str
    own: str
    names: frozenset[str]

    @property
    def said(self) -> Attribution | None:
        return self.brief.catalyst.attribution

    @property
    def cause_own(self) -> str:
        """The cause paragraph without what it quotes."""
        return _QUOTED.sub(MASK, self.cause)

    def masked(self, text: str) -> str:
        """`text` without quotations, links and names: what we say in our own words."""
        return mask(text, self.names)


def read(brief: Brief, rendered: Rendered, variant: Variant) -> Page:
    """Take a rendered brief apart for the rules."""
    line = variant.layout is Layout.LINE
    headline = rendered.content if line else rendered.title
    paragraphs = rendered.description.split("\n\n")
    dateline, _, lede = paragraphs[0].partition("\n")
    names = frozenset(_names(brief))
    words = f"{rendered.content}\n{rendered.title}\n{rendered.description}\n{rendered.reply}"
    return Page(
        brief=brief,
        rendered=rendered,
        variant=variant,
        kind=Kind.NO_CAUSE if brief.catalyst.grade is Grade.NONE else Kind.SINGLE,
        zone=zone_of(brief, variant),
        headline=headline,
        moved=_moved(brief, headline),
        dateline=dateline,
        lede=lede,
        cause=_starting(paragraphs, f"**{brief.catalyst.grade.value}"),
        caveats=_starting(paragraphs, "**Caveats**"),
        own=mask(words, names),
        names=names,
    )


def mask(text: str, names: frozenset[str]) -> str:
    """Quotations, link addresses and names become one neutral sign each."""
    bare_text = _LINK.sub(MASK, _QUOTED.sub(MASK, text))
    return _pattern(names).sub(MASK, bare_text)


@lru_cache(maxsize=256)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _moved(brief: Brief, headline: str) -> str:
    """Without the company, whose own name may well be a word of direction."""
    instrument = brief.instrument
    names = (company(brief), bare(instrument.short), bare(instrument.name), instrument.ticker)
    named = [name for name in names if name and name in headline]
    first = min(named, key=lambda name: (headline.index(name), -len(name)), default="")
    rest = headline.replace(first, MASK, 1) if first else headline
    return re.split(r" after | · |;", rest)[0]


def _starting(paragraphs: list[str], start: str) -> str:
    return next((text for text in paragraphs if text.startswith(start)), "")


def _names(brief: Brief) -> Iterator[str]:
    for name in {clean(name) for name in _spoken(brief)}:
        if any(char.isalpha() for char in name):
            for known in {name, cut(name, 60), cut(name, 30)}:
                yield from filter(None, (known, escape(known), bare(known)))


def _spoken(brief: Brief) -> Iterator[str]:
    instrument, context = brief.instrument, brief.context
    yield from (instrument.ticker, instrument.name, instrument.short, instrument.exchange)
    yield from (*instrument.aliases, *instrument.products, *instrument.themes)
    if instrument.home:
        yield from (instrument.home.ticker, instrument.home.city)
    for other in (*context.benchmarks, *context.peers):
        yield from (other.ticker, other.short)
    for said in (brief.catalyst.attribution, *brief.catalyst.rivals):
        if said is not None:
            yield from (said.outlet.name, said.outlet.short, said.outlet.owner, said.outlet.domain)
            yield from said.citing
    yield from (story.outlet for story in context.headlines)


def cause_words(page: Page) -> str:
    """What the headline and the notification say about the cause, "" for nothing."""
    found = page.brief.catalyst.attribution
    if found is None or not worth_a_headline(page.brief):
        return ""
    return bare(found.topic)
