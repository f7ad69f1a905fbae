"""
What does the stylebook read? One page: the record, and its words taken apart.

Word rules judge our own words only, so names, tickers, quotations and links are masked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from bot.brief.context_correction import cuts, figures, still_wrong
from bot.brief.context_market import scope
from bot.brief.context_move import company
from bot.brief.escape import bare, clean, cut, escape
from bot.brief.mask import MASK, QUOTED, mask
from bot.brief.shown import corrections, withdrawn
from bot.brief.standing import worth_a_headline
from bot.model.brief import AnyBrief, Brief, Layout, MarketBrief, Rendered, Variant
from bot.model.news import Attribution, Grade
from bot.model.piece import Correction


class Kind(Enum):
    """What is published; each rule belongs to some of them."""

    CAUSE = "one instrument, with a cause"
    NO_CAUSE = "one instrument, without a cause"
    MARKET = "many names"
    WITHDRAWN = "a withdrawal"


@dataclass(frozen=True, slots=True)
class Page:
    """
    A rendered brief, read. `headline` is the title, or the content of the line layout, and
    `content` the notification, both without the label of a correction; `moved` is the part of
    the headline about the move alone, with the mask for the company. `correction` is its
    paragraph, `rest` all others; paragraphs that are missing are "". `alone`: the record cannot
    be shown at the right figures.
    """

    record: AnyBrief
    rendered: Rendered
    variant: Variant
    kind: Kind
    zone: str
    corrections: tuple[Correction, ...]
    alone: bool
    headline: str
    content: str
    moved: str
    correction: str
    dateline: str
    lede: str
    paragraphs: tuple[str, ...]
    names: frozenset[str]
    by_people: frozenset[str]

    @property
    def brief(self) -> Brief:
        """The record of a page about one instrument."""
        assert isinstance(self.record, Brief)
        return self.record

    @property
    def market(self) -> MarketBrief:
        """The record of a page about many names."""
        assert isinstance(self.record, MarketBrief)
        return self.record

    @property
    def embed(self) -> bool:
        return self.variant.layout is not Layout.LINE

    @property
    def said(self) -> Attribution | None:
        return self.brief.catalyst.attribution

    @property
    def cause(self) -> str:
        return self.starting(f"**{self.brief.catalyst.grade.value}")

    @property
    def cause_own(self) -> str:
        """The cause paragraph without what it quotes."""
        return QUOTED.sub(MASK, self.cause)

    @property
    def caveats(self) -> str:
        return self.starting("**Caveats**")

    @property
    def short(self) -> bool:
        """Whether cause and context are left to the details, for want of room."""
        return any("under Details" in text for text in self.paragraphs)

    @property
    def history(self) -> str:
        """Where what was published before is kept: the correction and the stamped lines."""
        return f"{self.correction} {self.paragraphs[-1] if self.paragraphs else ''}"

    @property
    def rest(self) -> str:
        return "\n\n".join((self.dateline, self.lede, *self.paragraphs))

    @property
    def own(self) -> str:
        """All that we say in our own words."""
        shown = self.rendered
        loud = f"{shown.content}\n{shown.title}\n{self.correction}\n{shown.reply}"
        return f"{self.hushed(loud)}\n{self.masked(self.rest)}"

    def starting(self, start: str) -> str:
        return next((text for text in self.paragraphs if text.startswith(start)), "")

    def masked(self, text: str) -> str:
        """`text` without quotations, links and names: what we say in our own words."""
        return mask(text, self.names)

    def hushed(self, text: str) -> str:
        """The same, without what people wrote into a correction."""
        return mask(mask(text, self.by_people), self.names)


def read(brief: AnyBrief, rendered: Rendered, variant: Variant) -> Page:
    """Take a rendered brief apart for the rules."""
    found = corrections(brief, variant)
    label = found[0].kind.value if found else ""
    paragraphs = rendered.description.split("\n\n")
    correction = paragraphs.pop(0) if found and rendered.description else ""
    head = "" if withdrawn(brief, variant) or not paragraphs else paragraphs.pop(0)
    dateline, _, lede = head.partition("\n")
    content = rendered.content.removeprefix(f"{label} ")
    titled = rendered.title.removeprefix(f"{label}: ")
    headline = content if variant.layout is Layout.LINE else titled
    return Page(
        record=brief,
        rendered=rendered,
        variant=variant,
        kind=_kind(brief, variant),
        zone=variant.zone or brief.session.zone,
        corrections=found,
        alone=bool(found) and isinstance(brief, Brief) and still_wrong(found[0], figures(brief)),
        headline=headline,
        content=content,
        moved=_moved(brief, headline),
        correction=correction,
        dateline=dateline,
        lede=lede,
        paragraphs=tuple(paragraphs),
        names=frozenset(_names(brief)),
        by_people=frozenset(text for one in found for text in _by_people(one)),
    )


def cause_words(page: Page) -> str:
    """What the headline and the notification say about the cause, "" for nothing."""
    found = page.brief.catalyst.attribution
    if found is None or not worth_a_headline(page.brief):
        return ""
    return bare(found.topic)


def _kind(brief: AnyBrief, variant: Variant) -> Kind:
    if withdrawn(brief, variant):
        return Kind.WITHDRAWN
    if isinstance(brief, MarketBrief):
        return Kind.MARKET
    return Kind.NO_CAUSE if brief.catalyst.grade is Grade.NONE else Kind.CAUSE


def _moved(brief: AnyBrief, headline: str) -> str:
    """Without the company or the market, whose own name may well be a word of direction."""
    if isinstance(brief, MarketBrief):
        return headline.replace(scope(brief), MASK, 1)
    instrument = brief.instrument
    names = (company(brief), bare(instrument.short), bare(instrument.name), instrument.ticker)
    named = [name for name in names if name and name in headline]
    first = min(named, key=lambda name: (headline.index(name), -len(name)), default="")
    rest = headline.replace(first, MASK, 1) if first else headline
    return re.split(r" after (?!hours)| · |;", rest)[0]


def _names(brief: AnyBrief) -> Iterator[str]:
    spoken = _listed(brief) if isinstance(brief, MarketBrief) else _spoken(brief)
    for name in {clean(name) for name in spoken}:
        if any(char.isalpha() for char in name):
            for known in {name, cut(name, 60), cut(name, 30)}:
                yield from filter(None, (known, escape(known), bare(known)))


def _listed(brief: MarketBrief) -> Iterator[str]:
    yield scope(brief)
    yield from (one.ticker for one in brief.movers)
    if brief.index:
        yield brief.index.ticker


def _spoken(brief: Brief) -> Iterator[str]:
    instrument, context = brief.instrument, brief.context
    yield from (instrument.ticker, instrument.name, instrument.short, instrument.exchange)
    yield from (*instrument.aliases, *instrument.products, *instrument.themes)
    if instrument.home:
        yield from (instrument.home.ticker, instrument.home.city)
    for other in (*context.benchmarks, *context.peers):
        yield from (other.ticker, other.short)
    catalyst = brief.catalyst
    for said in (catalyst.attribution, *catalyst.rivals, catalyst.later):
        if said is not None:
            yield from (said.outlet.name, said.outlet.short, said.outlet.owner, said.outlet.domain)
            yield from said.citing
    yield from (story.outlet for story in context.headlines)


def _by_people(one: Correction) -> Iterator[str]:
    for text in (one.what, one.was, one.now, one.why):
        for known in filter(None, cuts(text)):
            first = known[:1].upper() + known[1:]
            yield from filter(None, (escape(known), escape(first), bare(known), first))
