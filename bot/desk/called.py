"""
What may a company be called in a headline?

From its registered name: without the legal tail, by its first word where that is no everyday
word, by initials. The names of an instrument become one pattern over plain (lower-case) titles.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.model.market import Instrument

_TAIL = frozenset(
    [
        "inc",
        "corp",
        "co",
        "company",
        "corporation",
        "plc",
        "ltd",
        "limited",
        "group",
        "holdings",
        "holding",
        "the",
        "sa",
        "nv",
        "ag",
        "com",
        "new",
        "incorporated",
        "trust",
        "of",
        "and",
        "de",
        "class",
        "a",
        "common",
        "stock",
        "platforms",
        "international",
        "industries",
        "technologies",
        "technology",
        "enterprises",
        "communications",
        "systems",
        "solutions",
        "financial",
        "pharmaceuticals",
        "motors",
        "stores",
        "wholesale",
        "companies",
        "realty",
        "parts",
        "automotive",
        "products",
        "services",
        "scientific",
        "aerospace",
    ]
)
_EVERYDAY = frozenset(
    [
        "american",
        "bank",
        "general",
        "united",
        "home",
        "advanced",
        "first",
        "national",
        "las",
        "west",
        "east",
        "north",
        "south",
        "southern",
        "western",
        "northern",
        "public",
        "best",
        "delta",
        "capital",
        "texas",
        "applied",
        "air",
        "global",
        "digital",
        "energy",
        "health",
        "us",
        "international",
    ]
)
_FORENAMES = frozenset(["eli", "walt", "charles", "estee", "ralph", "wm"])
_KNOWN_AS = {
    "alphabet": ("Google",),
    "meta": ("Facebook",),
    "bank of america": ("BofA",),
    "international business machines": ("IBM",),
}


def called(company: str) -> tuple[str, ...]:
    """
    Return what headlines call a company of that registered name, best first; never empty.

    "ELI LILLY & Co" is "eli lilly" and "lilly"; "Procter & Gamble" is also "P&G".
    """
    words = re.sub(r"[.,/]", " ", company.replace("’", "'")).lower().split()
    core = [word for word in words if word not in _TAIL and word != "&"] or words[:1]
    found = [" ".join(core), " ".join(core[:2])]
    if len(core) > 1 and words.index(core[1]) == words.index(core[0]) + 2 and "&" in words:
        found += [f"{core[0]} & {core[1]}", f"{core[0][0]}&{core[1][0]}"]
    if len(core[0]) > 2 and core[0] not in _EVERYDAY | _FORENAMES:
        found.append(core[0])
    if core[0] in _FORENAMES:
        found += core[1:2]
    start = " ".join(words)
    found += [name for known, more in _KNOWN_AS.items() if start.startswith(known) for name in more]
    return tuple(dict.fromkeys(name for name in found if name))


@dataclass(frozen=True, slots=True)
class Naming:
    """Finds a company in headlines by name or product, whatever their case, or by its ticker."""

    names: re.Pattern[str]
    ticker: re.Pattern[str]

    def at(self, title: str) -> int | None:
        """Where the title first names the company, in characters; None where it does not."""
        found = self.names.search(title.replace("’", "'").lower()), self.ticker.search(title)
        return min((match.start() for match in found if match), default=None)


def naming(instrument: Instrument) -> Naming:
    """How headlines name that instrument."""
    names = {instrument.name, instrument.short, *instrument.aliases, *instrument.products}
    plain = sorted({name.replace("’", "'").lower() for name in names}, key=len, reverse=True)
    spelt = "|".join(re.escape(name).replace(r"\ ", "[ -]?") for name in plain if name)
    ticker = re.escape(instrument.ticker)
    bare = rf"|(?<!\w){ticker}(?!\w)" if len(instrument.ticker) > 1 else ""
    return Naming(
        re.compile(rf"(?<!\w)(?:{spelt})(?:'?s)?(?!\w)"),
        re.compile(rf"(?:\(|: ?|\$){ticker}(?!\w){bare}"),
    )
