"""A headline read once: its words, how it is set, and what is told beside it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from enum import Enum

from bot.desk.linking.tokens import Token

_SHORT = 4  # letters of a word that title case may leave small
_TITLED = 0.5


class Style(Enum):
    """How a headline is set: decides what a capital letter says."""

    PLAIN = "sentence"
    TITLED = "title case"
    LOUD = "capitals"


@dataclass(frozen=True, slots=True)
class Headline:
    """A text read once: its words, how it is set, and whether it is about ratings."""

    text: str
    words: Sequence[Token]
    style: Style
    rating: bool
    hosted: bool = False
    others: frozenset[str] = frozenset()  # everybody it may name
    symbols: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()  # issuers that the summary names in full
    again: frozenset[str] = frozenset()  # issuers that the summary may name
    told: bool = False  # whether there is a summary
    old: bool = False  # from when a brand may have had another owner
    repeated: frozenset[str] = field(default_factory=frozenset)

    def gap(self, at: int) -> str:
        """What stands between the token at `at` and the one before it."""
        before = self.words[at - 1].end if at else 0
        return self.text[before : self.words[at].start]


def style(words: Sequence[Token], taken: Collection[int]) -> Style:
    """How a text is set, from its words after the first that are no names."""
    if len(words) > 1 and all(token.text.isupper() for token in words if token.text.isalpha()):
        return Style.LOUD
    said = [
        token
        for at, token in enumerate(words)
        if at and at not in taken and len(token.key) >= _SHORT and not token.loud
    ]
    capitals = sum(token.upper for token in said if token.text[0].isalpha())
    return Style.TITLED if capitals > _TITLED * len(said) else Style.PLAIN
