"""
What does markup say? Plain text out of the HTML that feeds put in titles and summaries.

In linear time, whatever it is given: the library's parser is quadratic in tags that never end.
"""

from __future__ import annotations

import re
from html import unescape

_MOST_MARKUP = 20_000
_SILENT = frozenset({"script", "style"})
# A tag ends before the next one begins; what never ends is text ("Apple <b up").
_TAG = re.compile(
    r"""<(?:[!?][^<>]*+|/?([a-z][^\s/<>]*+)(?:(?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+|[^<>]*+))>""",
    re.IGNORECASE,
)
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
    text = _uncommented(text)
    parts, shown, end, silent = list[str](), 0, 0, 0
    for tag in _TAG.finditer(text):
        if not silent:
            parts.append(text[end : tag.start()])
            shown += sum(map(len, parts[-1].split()))
        if shown > longest:
            return "".join(parts)
        end, name = tag.end(), (tag[1] or "").lower()
        if name in _SILENT:
            silent = max(0, silent - 1) if tag[0][1] == "/" else silent + 1
        parts.append("" if name in _INLINE else " ")
    return "".join([*parts, "" if silent else text[end:]])


def _uncommented(text: str) -> str:
    """A comment that never ends is text, like a tag that never ends."""
    parts, end = list[str](), 0
    while (start := text.find("<!--", end)) >= 0 and (close := text.find("-->", start + 4)) >= 0:
        parts.append(text[end:start])
        end = close + 3
    return "".join([*parts, text[end:]])
