"""
What is left of a headline without the marks of those who passed it on, and what stands in it?

Wire prefixes, signatures and trademarks go; words keep their order and their capitals.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

SHORTEST = 15  # characters; below this a "signature" was the headline itself

_MARKS = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " ", "®": "", "™": ""})
_PREFIX = re.compile(
    r"^(?:(?:\(?(?:UPDATED?|WRAPUP|CORRECTED|(?:OFFICIAL )?CORRECTION|RPT|REFILE|BRIEF|EXCLUSIVE"
    r"|ANALYSIS|FOCUS|BREAKING|TOP ?NEWS|FLASH|ALERT|URGENT|INSIGHT|FACTBOX|EXPLAINER|DEALTALK"
    r"|LIVE|JUST IN|SCOOP|WATCH|TEXT|POLL|FEATURE|INTERVIEW|BUZZ)\)?(?:[ -]?\d+)?\s*[-:–—|]+\s*)"
    r"|market chatter\s*:\s*)+",
    re.IGNORECASE,
)
_PAPERS = r"WSJ|FT|NYT|Reuters|Bloomberg|CNBC|Nikkei|Axios|Semafor|The Information"
_SUFFIX = re.compile(
    r"\s+[-–—|]\s+(?:[A-Z][\w.'&]*(?: [A-Z][\w.'&]*){0,3}|[a-z]+\.com)$"
    r"|\s*\((?:UPDATED|CORRECTED|Update|Reuters|AP|Bloomberg)\)$"
    rf"|[:,;]?\s*(?:-{{1,2}} ?)?(?:(?:{_PAPERS})(?: (?:News|reports?|says?|reported))*"
    r"|(?:reports?|sources?)(?: says?)?)$",
    re.IGNORECASE,
)
_ENDING = re.compile(r"'s$|(?<=s)'$")

_NUMBER = (
    r"(?P<currency>US\$|C\$|A\$|HK\$|[$€£¥₹])?\s?(?P<number>\d[\d,]*(?:\.\d+)?)"
    r"(?:[ -]?(?P<scale>(?i:trillion|billion|billon|million|thousand|trln|bln|mln|tn|bn|mn|[tbmk]))\b)?"
    r"(?P<percent>\s?(?i:%|percent\b|per cent\b|pct\b|percentage points?\b))?"
    r"(?P<ordinal>(?:st|nd|rd|th)\b)?"
)
_PIECE = re.compile(
    r"(?P<quarter>\b(?:Q[1-4]|[1-4]Q|H[12]|[12]H)\b)|(?P<fiscal>\bFY['’]?\s?\d{2,4}\b)"
    rf"|(?<![\w.]){_NUMBER}"
    r"|(?P<word>[A-Za-z]\w*(?:[&'./+-]\w+)*(?:'(?=\s|$))?\+?)"
    r"|(?P<stop>[:;?!|—–,]|\.(?=\s|$))"
)


@dataclass(frozen=True, slots=True)
class Word:
    """`bare` is without a genitive, `stem` also without its ending; both in lower case."""

    text: str
    bare: str
    stem: str
    capital: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` in units of one; `unit` is $, %, n, year, quarter, half, month, date or day."""

    value: float
    unit: str
    digits: int = 0


def plain(title: str) -> str:
    """The headline itself."""
    text = _PREFIX.sub("", title.translate(_MARKS)).strip(" '\"")
    short = _SUFFIX.sub("", text).strip(" '\"")
    return short if len(short) >= SHORTEST else text


def pieces(text: str, whole: Container[str]) -> Iterator[Word | Figure | None]:
    """Words and figures in their order; None where a phrase ends. `whole` compounds stay one."""
    opens = True
    for match in _PIECE.finditer(text):
        if match["stop"]:
            opens = opens or match["stop"] != ","
            yield None
        elif match["word"]:
            for part in _parts(match["word"], whole):
                yield _word(part, opens)
                opens = False
        else:
            yield _figure(match)
            opens = False


def stem(word: str) -> str:
    """Enough that "acquires" and "acquiring", "cut" and "cutting" meet; `word` is lower case."""
    if len(word) <= 3 or not word.isalpha():
        return word
    word = _singular(word)
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("ing") and len(word) > 5:
        word = _cut(word[:-3])
    elif word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        word = _cut(word[:-2])
    if len(word) > 4 and word.endswith("e") and word != "plane":
        word = word[:-1]
    return word[:-2] if len(word) > 5 and word.endswith("ly") else word


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes", "zes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _cut(root: str) -> str:
    """The verb whose ending was cut off: "mak" is make, "cutt" is cut."""
    vowels = "aeiou"
    if len(root) == 3 and root[1] in vowels and root[0] + root[2] not in vowels:
        return root if root[0] in vowels or root[2] in vowels + "wxy" else root + "e"
    doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
    return root[:-1] if doubled else root


def _parts(word: str, whole: Container[str]) -> list[str]:
    """A compound that means nothing as a whole is read word by word."""
    if "-" not in word or stem(_ENDING.sub("", word.lower())) in whole:
        return [word]
    return [part for part in word.split("-") if part]


def _word(text: str, opens: bool) -> Word:
    low = text.lower()
    bare = _ENDING.sub("", low)
    return Word(text, bare, stem(bare), any(map(str.isupper, text)), opens)


_SCALES = {"t": 1e12, "b": 1e9, "m": 1e6, "k": 1e3}


def _figure(match: re.Match[str]) -> Figure:
    if match["quarter"]:
        unit = "quarter" if "Q" in match["quarter"] else "half"
        return Figure(float(match["quarter"].strip("QH")), unit)
    if match["fiscal"]:
        return Figure(2000 + float(match["fiscal"][-2:]), "year")
    bare = match["number"].replace(",", "")
    value, digits = float(bare), len(bare.replace(".", "").strip("0"))
    if match["percent"]:
        return Figure(value, "%", digits)
    if match["scale"]:
        scale = match["scale"].lower()
        value *= 1e3 if scale == "thousand" else _SCALES[scale[0]]
    elif not match["currency"] and re.fullmatch(r"(?:19|20)\d\d", match["number"]):
        return Figure(value, "year")
    return Figure(value, "$" if match["currency"] else "n", digits)
