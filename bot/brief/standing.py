"""
How does the cause stand to the record? The judgements that words and stylebook share.
"""

from __future__ import annotations

import re

from bot.brief import wording
from bot.brief.escape import clean, cut, escape
from bot.brief.plainness import plain_enough
from bot.model.brief import Brief
from bot.model.news import Attribution, Grade, Outlet, OutletKind
from bot.model.piece import PieceState, UpdateKind

_DIRECTING = (UpdateKind.FIRST, UpdateKind.CORRECTED)
NAME = 60  # characters of an outlet, an owner, somebody cited

_UNNAMED = re.compile(
    r"\b(?:reportedly|rumou?r(?:s|ed)?|(?:is|are|was|were) said to|in talks"
    r"|(?:sources?|insiders?|people|person) (?:say|says|said|close|familiar|briefed)"
    r"|citing (?:\w+ )?sources?|per sources?)\b|\bsources?:|[-–—,] ?sources?$",
    re.IGNORECASE,
)

_FORM = re.compile(
    r"\b(?:8|10|20|40|6|11)-[KQF](?:/A)?\b|\bDEF ?(?:A|M)?14A\b|\bS-[1348]\b|\bF-[1346]\b"
    r"|\bSC(?:HEDULE)? ?(?:13[DG]|TO)\b|\bForm [3-5]\b|\b[Ff]iling\b"
)


def worth_a_headline(brief: Brief) -> bool:
    """
    Whether the cause may enter headline and notification: the desk's score says so, it was
    out before the onset, the move has not faded or turned, and its words are plain.
    """
    said = brief.catalyst.attribution
    if said is None or not brief.catalyst.headline_worthy or not said.topic:
        return False
    graded = brief.catalyst.grade in (Grade.STATED, Grade.REPORTED)
    if not graded or brief.state is PieceState.FADED:
        return False
    same_way = not wording.flat(brief.move.percent) and not turned(brief)
    return out_first(brief, said) and same_way and plain_enough(clean(said.topic))


def rising(brief: Brief) -> bool:
    """The direction first published, or corrected since; a fade does not turn it round."""
    said = (one.percent for one in brief.updates if one.kind in _DIRECTING)
    return next(said, brief.move.percent) > 0


def turned(brief: Brief) -> bool:
    """Whether the price is by now on the other side of its reference."""
    return not wording.flat(brief.move.percent) and (brief.move.percent > 0) is not rising(brief)


def out_first(brief: Brief, said: Attribution) -> bool:
    """Out before the onset, tolerance zero; False where the onset is not known (N13)."""
    return brief.onset is not None and said.story.out_at < brief.onset


def unconfirmed(said: Attribution) -> bool:
    """Whether the story rests on a rumour or on unnamed people."""
    if said.outlet.kind in (OutletKind.ISSUER, OutletKind.REGULATOR):
        return False
    nameless = any(name[:1].islower() for name in said.citing)
    return nameless or _UNNAMED.search(clean(said.story.title)) is not None


def filed(said: Attribution) -> bool:
    """Whether a regulator's item is a document that a company filed, by the form it names."""
    return said.outlet.kind is OutletKind.REGULATOR and _FORM.search(said.story.title) is not None


def owner(brief: Brief, outlet: Outlet) -> str:
    """The owner's name where it is the subject or a peer that the brief names (N19), else ""."""
    home = brief.instrument.home
    named = {brief.instrument.ticker, *brief.instrument.peers}
    named |= {peer.ticker for peer in brief.context.peers}
    named |= {home.ticker} if home else set()
    if outlet.kind is OutletKind.ISSUER:  # it is called a company release already
        return ""
    concerned = outlet.owner and named.intersection(outlet.owner_tickers)
    return escape(cut(clean(outlet.owner), NAME)) if concerned else ""
