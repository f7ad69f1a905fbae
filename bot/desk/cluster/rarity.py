"""How much does it tell that two headlines share a word? The rarer the word, the more."""

from __future__ import annotations

import math

from bot.desk.cluster.bands import BANDS, HEADLINES
from bot.desk.cluster.tables import rows

_UNKNOWN = 2  # headlines of the sample that may hold a word it does not list

_OFTEN = {word: 2 ** int(band) for band, words in rows(BANDS) for word in words}


class Rarity:
    """What the desk knew before, and what the headlines that are kept now say."""

    def __init__(self) -> None:
        self.kept = 0

    def of(self, word: str, here: int = 0) -> float:
        """In units of e: the logarithm of one in how many headlines; `here` is its count now."""
        often = _OFTEN.get(word, _UNKNOWN) + here
        return math.log((HEADLINES + self.kept) / often)
