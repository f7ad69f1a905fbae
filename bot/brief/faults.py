"""
Of which class is a correction? By rule (N28): what was wrong decides, not how bad it looks.

A figure, a ticker or a direction is CORRECTED; a slip of the words is a REFILE; what should not
have run, for a wrong instrument or a false premise, is WITHDRAWN.
"""

from __future__ import annotations

import re
from enum import Enum

from bot.model.piece import CorrectionKind


class Fault(Enum):
    """What was wrong; values are words for people."""

    WORDS = "a slip of the words"
    FIGURE = "a figure"
    TICKER = "a ticker"
    DIRECTION = "a direction"
    INSTRUMENT = "the wrong instrument"
    PREMISE = "a false premise"


_GRAVE = frozenset({Fault.INSTRUMENT, Fault.PREMISE})
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_TICKER = re.compile(r"\^?[A-Z][A-Z0-9]{0,5}(?:[.\-=][A-Z0-9]{1,4})?")
_UP = re.compile(r"\b(?:up|ris(?:e|es|ing)|rose|higher|gain(?:s|ed)?|above)\b", re.IGNORECASE)
_DOWN = re.compile(r"\b(?:down|falls?|fell|falling|lower|los(?:es?|t)|below)\b", re.IGNORECASE)


def correction_kind(*faults: Fault) -> CorrectionKind:
    """The class of a correction of all these faults: the gravest decides; a slip if there is none."""
    if not _GRAVE.isdisjoint(faults):
        return CorrectionKind.WITHDRAWN
    if set(faults) <= {Fault.WORDS}:
        return CorrectionKind.REFILE
    return CorrectionKind.CORRECTED


def faults_between(was: str, now: str) -> tuple[Fault, ...]:
    """What changed from one text to the other; without a right text the premise was false."""
    if not now.strip():
        return (Fault.PREMISE,)
    found = []
    if sorted(_NUMBER.findall(was)) != sorted(_NUMBER.findall(now)):
        found.append(Fault.FIGURE)
    if _turned(was, now):
        found.append(Fault.DIRECTION)
    if was != now and _TICKER.fullmatch(was) and _TICKER.fullmatch(now):
        found.append(Fault.TICKER)
    return tuple(found) or (Fault.WORDS,)


def _turned(was: str, now: str) -> bool:
    """Whether one says up where the other says down, by word or by sign."""
    up, down = (bool(_UP.search(was)), bool(_DOWN.search(was)))
    turned = (up and not down and _falls(now)) or (down and not up and _rises(now))
    signs = {_sign(was), _sign(now)}
    return turned or signs == {"+", "-"}


def _falls(text: str) -> bool:
    return bool(_DOWN.search(text)) and not _UP.search(text)


def _rises(text: str) -> bool:
    return bool(_UP.search(text)) and not _DOWN.search(text)


def _sign(text: str) -> str:
    first = text.strip()[:1].replace("\N{MINUS SIGN}", "-")
    return first if first in ("+", "-") and any(char.isdigit() for char in text) else ""
