"""
What does markup say? Plain text out of the HTML that feeds put in titles and summaries.

Quadratic markup exists, so this runs where the parser runs: in the worker that can be killed.
"""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

_MOST_MARKUP = 20_000
_AT_ONCE = 1000
_SILENT = frozenset({"script", "style"})
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "em", "font", "i", "span", "strong", "sub", "sup", "u"}
)
# Control characters that are no blanks, and lone surrogates: no store keeps them, nobody sees them.
_INVISIBLE = re.compile("[\0-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]")


def plain(markup: str, longest: int) -> str:
    """Unescape once, drop tags, collapse blanks; at most `longest` characters."""
    text = markup[:_MOST_MARKUP]
    if "&" in text:
        text = unescape(text)
    text = _INVISIBLE.sub("", text)
    if "<" in text:
        text = _untagged(text.replace("<![CDATA[", "").replace("]]>", ""), longest)
    said = " ".join(text.split())
    return said if len(said) <= longest else said[: longest - 1].rstrip() + "…"


def _untagged(text: str, longest: int) -> str:
    """At least so much of the text that more than `longest` characters show, if it has them."""
    parser = _Text()
    for start in range(0, len(text), _AT_ONCE):
        # What unescaping left is text: only its tags may count, so ampersands are escaped again.
        parser.feed(text[start : start + _AT_ONCE].replace("&", "&amp;"))
        if parser.shown > longest:
            return "".join(parser.parts)
    parser.close()
    return "".join(parser.parts)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.shown = 0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in _SILENT))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data)
            self.shown += sum(map(len, data.split()))

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """As browsers do: a comment up to the next bracket. The library raises at most of them."""
        return self.parse_bogus_comment(i, report)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")
