"""What a word is when it is no company: an everyday word, a person's name, a place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Sort(Enum):
    """From the most ordinary to the rarest; a rare word is hardly anything but a name."""

    EVERYDAY = "everyday"
    ORDINARY = "ordinary"
    PLACE = "place"
    PERSON = "person"
    NUMBER = "number"
    RARE = "rare"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sorts of the words that are known; every other word is rare."""

    sorts: Mapping[str, Sort] = field(default_factory=dict)

    def sort(self, word: str) -> Sort:
        """The sort of a token's bare key."""
        found = self.sorts.get(word)
        if found is None and word.isdigit():
            return Sort.NUMBER
        return found or Sort.RARE
