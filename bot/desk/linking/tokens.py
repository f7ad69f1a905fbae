"""
A headline as words that can be looked up.

A token keeps its place in the text. Its key is what a name is found by: lower case, without
accents, dots and apostrophes ("J.P." is "jp", "McDonald's" is "mcdonalds", "&" is "and").
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TOKEN = re.compile(r"(?:[A-Za-z]\.){2,}|[^\W_]+(?:['’`&][^\W_]+)*['’]?|&")
_MARKS = re.compile(r"['’`.]")
_VERSION = re.compile(r"(?<=[^\W\d]{4})\d{1,2}$")
_POSSESSIVE = re.compile(r"(?:['’`][sS]|(?<=[sS])['’])$")
JOINTS = frozenset(["", " ", "-", "‑", ".", ". ", "/"])  # what may stand inside a name


@dataclass(frozen=True, slots=True)
class Token:
    """
    `bare` is the key without a possessive ending ("lowe" beside "lowes" for "Lowe's"), or
    without the number of a version ("qwen" for "Qwen3").
    """

    text: str
    key: str
    bare: str
    start: int
    end: int
    possessive: bool = False

    @property
    def upper(self) -> bool:
        """Whether it is written as a name is: with a capital ("Uber", "eBay"), or a digit."""
        return not self.text.islower()

    @property
    def loud(self) -> bool:
        """Whether all its letters are capitals, and there are two at least."""
        return self.text.isupper() and len(self.key) > 1


def words_in(text: str) -> frozenset[str]:
    """A set of words written down in one text."""
    return frozenset(text.split())


def tokens(text: str) -> list[Token]:
    """The words of a text in their order."""
    return [_token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def keys(text: str) -> tuple[str, ...]:
    """The keys alone: what a name is filed under."""
    if text.isascii() and "'" not in text and "`" not in text:
        plain = text.lower().replace("&", " and ") if " & " in text else text.lower()
        found = _TOKEN.findall(plain)
        return tuple(word.replace(".", "") for word in found) if "." in text else tuple(found)
    return tuple(token.key for token in tokens(text))


def _token(text: str, start: int, end: int) -> Token:
    if text.isalpha() and text.isascii():
        key = text.lower()
        return Token(text, key, key, start, end)
    if text == "&":
        return Token(text, "and", "and", start, end)
    plain = text if text.isascii() else _unaccented(text)
    if text.isalnum():
        key = plain.lower()
        return Token(text, key, _VERSION.sub("", key), start, end)
    stem = _POSSESSIVE.sub("", plain)
    key, bare = (_MARKS.sub("", form).lower() for form in (plain, stem))
    return Token(text, key, bare, start, end, possessive=stem != plain)


def _unaccented(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in apart if not unicodedata.combining(c))
