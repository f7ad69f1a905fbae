"""
What does markup say? Plain text out of the HTML that feeds put in titles and summaries.

Quadratic markup exists, so this runs where the parser runs: in the worker that can be killed.
"""

from __future__ import annotations

import unicodedata
from html import unescape
from html.parser import HTMLParser

_MOST_MARKUP = 20_000
_SILENT = frozenset({"script", "style"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "em", "font", "i", "span", "strong", "sub", "sup", "u"}
)


def plain(markup: str, longest: int) -> str:
    """Unescape once, drop tags, collapse blanks; at most `longest` characters."""
    text = _Text()
    # What unescaping left is text: only its tags may count, so its ampersands are escaped again.
    text.feed(unescape(markup[:_MOST_MARKUP]).replace("&", "&amp;"))
    text.close()
    said = " ".join("".join(filter(_visible, text.parts)).split())
    return said if len(said) <= longest else said[: longest - 1].rstrip() + "…"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.extend(data)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")


def _visible(char: str) -> bool:
    """Control characters and lone surrogates: no store keeps them, no reader sees them."""
    return char.isspace() or unicodedata.category(char) not in ("Cc", "Cs")
