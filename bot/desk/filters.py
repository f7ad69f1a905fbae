"""
Does a headline pass what people filter? Words, and patterns between slashes.

Whatever they write, it takes time in proportion to the headline: words are looked up, and
patterns run on RE2, which never goes back. Nothing here uses `re` on what a person wrote.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]

from bot.errors import UserError

MOST_RULES = 50
MOST_PATTERNS = 10
LONGEST_RULE = 200

_LARGEST_PROGRAM = 1500  # in RE2's steps; the dearest of that size takes 10 ms for a story
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
_LOOKS = ("(?=", "(?!", "(?<")


@dataclass(frozen=True, slots=True)
class Filter:
    """
    A story passes when nothing denied is in it and, where anything is allowed, some of that is.

    Rules are as people wrote them: `chip maker` stands for these whole words in any case,
    `/upgrade[sd]?/` for a pattern. Made by `of`, which checks them.
    """

    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()

    @classmethod
    def of(cls, allow: Iterable[str] = (), deny: Iterable[str] = ()) -> Filter:
        """Raises `UserError` for the first rule that cannot be."""
        return cls(_checked(allow, "allow"), _checked(deny, "deny"))

    def passes(self, title: str, summary: str = "") -> str:
        """ "" when the story passes, else why it is held back."""
        texts = [_alike(text) for text in (title, summary) if text]
        folded = [text.casefold() for text in texts]

        def is_in(rule: str) -> bool:
            if _is_pattern(rule):
                return any(map(_compiled(rule).search, texts))
            return any(_has_words(_folded(rule), text) for text in folded)

        for rule in filter(is_in, self.deny):
            return f"the filter denies {rule}"
        if not self.allow or any(map(is_in, self.allow)):
            return ""
        if len(self.allow) == 1:
            return f"the filter allows only {self.allow[0]}"
        return f"none of the {len(self.allow)} words and patterns that the filter allows is in it"


def _checked(rules: Iterable[str], list_name: str) -> tuple[str, ...]:
    kept = tuple(dict.fromkeys(text for rule in rules if (text := " ".join(rule.split()))))
    if len(kept) > MOST_RULES:
        raise UserError(
            f"a filter may {list_name} at most {MOST_RULES} words and patterns, was {len(kept)}",
            hint="several words can be one pattern: /gold|silver|copper/",
        )
    patterns = [rule for rule in kept if _is_pattern(rule)]
    if len(patterns) > MOST_PATTERNS:
        raise UserError(
            f"a filter may {list_name} at most {MOST_PATTERNS} patterns, was {len(patterns)}",
            hint="write plain words without slashes where they will do",
        )
    for rule in kept:
        _check(rule)
    return kept


def _check(rule: str) -> None:
    if len(rule) > LONGEST_RULE:
        raise UserError(
            f"a word or pattern of a filter has at most {LONGEST_RULE} characters, "
            f"was {len(rule)}: {rule[:30]}…",
            hint="make two of it",
        )
    if not _is_pattern(rule):
        return
    try:
        pattern = _compiled(rule)
    except re2.error as error:
        raise UserError(
            f"the pattern {rule} cannot be used: {_fault(rule, error)}",
            hint="a plain word needs no slashes; RE2's syntax is what patterns are written in",
        ) from error
    if pattern.programsize > _LARGEST_PROGRAM:
        raise UserError(
            f"the pattern {rule} is too large to run on every headline",
            hint="repeat less, as in {1,20}",
        )
    if pattern.search(""):
        raise UserError(
            f"the pattern {rule} is in every headline, also in an empty one",
            hint="use + in the place of * where something must be there",
        )


def _fault(rule: str, error: BaseException) -> str:
    """RE2's own words, but for what people expect of other engines."""
    said = error.args[0]
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if "operator: (?" in text and any(look in rule for look in _LOOKS):
        return "looking ahead or behind is not possible"
    if text.startswith("invalid escape sequence: \\") and text[-1].isdigit():
        return "referring back to a group is not possible"
    if text.startswith("invalid repetition size"):
        return "it repeats something more than 1000 times"
    return "it is too large" if text.startswith("pattern too large") else text


def _is_pattern(rule: str) -> bool:
    return len(rule) > 2 and rule[0] == rule[-1] == "/"


@lru_cache(maxsize=512)
def _compiled(rule: str) -> Any:
    options = re2.Options()
    options.case_sensitive = False
    options.log_errors = False
    options.max_mem = 1 << 19
    return re2.compile(rule[1:-1], options)


@lru_cache(maxsize=4096)
def _folded(rule: str) -> str:
    return _alike(rule).casefold()


def _alike(text: str) -> str:
    """Fullwidth letters, curly apostrophes and runs of blanks are no other words."""
    return " ".join(unicodedata.normalize("NFKC", text).replace("\u2019", "'").split())


def _has_words(words: str, text: str) -> bool:
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if not (_goes_on(text[at - 1 : at + 1] if at else "") or _goes_on(text[end - 1 : end + 1])):
            return True
        at = text.find(words, at + 1)
    return False


def _goes_on(two: str) -> bool:
    """Whether no word ends between the two characters; Chinese and Thai put no blanks there."""
    return len(two) == 2 and two.isalnum() and not any(map(_is_unspaced, two))


def _is_unspaced(char: str) -> bool:
    return not char.isascii() and unicodedata.name(char, "").startswith(_UNSPACED)
