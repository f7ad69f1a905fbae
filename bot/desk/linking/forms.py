"""
What may a registered company be called in a headline?

Its name without what registers add ("ADVANCE AUTO PARTS INC" is "advance auto parts"), the name
without the general words at its end, and its first words. Every form is a row of keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum

from bot.desk.linking.tokens import keys, words_in


class Form(IntEnum):
    """How words stand for a company; the lower, the better the evidence."""

    TICKER = 0
    NAME = 1  # as people who know it write it: a curated name
    FULL = 2  # as registered, without the legal tail
    SHORT = 3  # without the general words at its end
    FORMER = 4
    NICKNAME = 5
    BRAND = 6
    PRODUCT = 7
    START = 8  # its first words
    BARE = 9  # a ticker that nothing marks as one
    THEME = 10


_STATE = re.compile(
    r"\s*[/\\]\s?(?:[A-Z]{2,3}|adr|new|cayman(?: islands)?|[sS])?\s?[/\\]?\s*$|\(cayman\)",
    re.IGNORECASE,
)
_SLANTED = re.compile(r"[/\\(]")
LEGAL = words_in(
    """
    inc incorporated corp corporation co company cos companies ltd limited plc llc lp llp lllp sa
    sab nv ag se ab asa oyj spa kgaa cv bv as a/s pbc pcl tbk bhd sae sociedad anonima and adr ads
    adrs reit class cl common stock shares de del new ord trust
    """
)
GENERAL = (
    words_in(
        """
    group groupe holdings holding international intl technologies technology tech industries
    systems solutions services enterprises communications financial pharmaceuticals pharmaceutical
    pharma therapeutics biosciences bioscience biopharma biotherapeutics biotech biotechnology
    biotechnologies sciences platforms brands stores motors motor bancorp bancshares bankshares
    bancorporation bank energy resources partners worldwide global laboratories labs software
    semiconductor semiconductors networks network entertainment foods products properties realty
    metals mining minerals materials healthcare health medical interactive digital media capital
    management airlines airways petroleum corporation scientific instruments devices electronics
    robotics restaurants resorts insurance com automotive aerospace electric power chemical
    chemicals investments royalty royalties data usa us america the of and
    """
    )
    | LEGAL
)
_CORPORATE = words_in("group groupe holdings holding companies") | LEGAL
# What follows a company's name and nothing else's.
TAIL = words_in(
    "inc incorporated corp corporation ltd limited plc llc lp co company cos group holdings sa nv ag se"
)
_LOOSE_ENDS = words_in(
    """
    of and the de for la le el at in
    """
)
_FUNDS = words_in(
    """
    etf fund funds etn portfolio municipal municipals
    """
)
_LONGEST_START = 3


def forms(name: str) -> Iterator[tuple[str, Form]]:
    """
    The keys, joined by blanks, that a registered name may be found by, best first.

    A fund is called by its full name only.
    """
    words = keys(_STATE.sub("", name) if _SLANTED.search(name) else name)
    core = _core(words)
    yield " ".join(core), Form.FULL
    if len(core) == 1 or not _FUNDS.isdisjoint(words):
        return
    plain = _without_tail(core, _CORPORATE)
    if plain != core and _stands_alone(plain):
        yield " ".join(plain), Form.FULL
    short = _without_tail(core, GENERAL)
    if short not in (core, plain) and _stands_alone(short):
        yield " ".join(short), Form.SHORT
    for size in range(min(len(core) - 1, _LONGEST_START), 0, -1):
        start = core[:size]
        if start not in (short, plain) and _stands_alone(start):
            yield " ".join(start), Form.SHORT if size > len(short) else Form.START


def _core(words: tuple[str, ...]) -> tuple[str, ...]:
    if words[:1] == ("the",) and len(words) > 2:
        words = words[1:]
    return _without_tail(words, LEGAL)


def _without_tail(words: tuple[str, ...], tail: frozenset[str]) -> tuple[str, ...]:
    """Never less than the first word; single letters ("N V") go with the tail."""
    size = len(words)
    while size > 1 and (words[size - 1] in tail or len(words[size - 1]) == 1):
        size -= 1
    return words[:size]


def _stands_alone(words: tuple[str, ...]) -> bool:
    """Whether the words may be a name: "bank of" and "international" may not."""
    if words[-1] in _LOOSE_ENDS:
        return False
    return len(words) > 1 or (len(words[0]) > 1 and words[0] not in GENERAL)
