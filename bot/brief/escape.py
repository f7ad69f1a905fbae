"""
Is text from outside safe to show in Discord? After this it is: words, and nothing that acts.

No markdown, mention, timestamp, emoji code, invite, link, control or direction character of
a feed survives as such. Cut first, then escape, or a cut could halve an escape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlsplit

_SCHEME = re.compile(r"\b[a-z][a-z0-9+.\-]*:/+", re.IGNORECASE)
_SITE = re.compile(
    r"(?:(?<=\x02)|\bwww\.|\bdiscord(?:app)?\.(?=gg|com|me|io|li|new))[^\s\x02]*", re.IGNORECASE
)
_ACTIVE = re.compile(r"[\\*_~`|<>@\[\]]")
_EMOJI_CODE = re.compile(r":(?=[\w+\-]+:)")
_LEAD = re.compile(r"[#>+\-]")
_NUMBERED = re.compile(r"^(\d+)([.)])(?=\s|$)")
_JOIN = "\N{WORD JOINER}"
_ZWJ = "\N{ZERO WIDTH JOINER}"
_MARKS = 3
_SAFE_URL = "/:?#@!$&'*+,;=%~-._"


@lru_cache(maxsize=2048)
def clean(text: str) -> str:
    """NFC on one line, without control, format, private or piled-up combining characters."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(_kept(composed)).split())


@lru_cache(maxsize=2048)
def escape(text: str) -> str:
    """`text` as it reads, for Discord's markdown: what could act is escaped or taken apart."""
    safe = _ACTIVE.sub(lambda found: "\\" + found[0], _apart(clean(text)))
    safe = _NUMBERED.sub(r"\1\\\2", _EMOJI_CODE.sub(r"\\:", safe))
    return "\\" + safe if _LEAD.match(safe) else safe


@lru_cache(maxsize=2048)
def bare(text: str) -> str:
    """`text` for places where a backslash would show (notifications): what could act is gone."""
    safe = _EMOJI_CODE.sub(" ", _apart(_ACTIVE.sub("", clean(text))))
    return " ".join(safe.lstrip("#>+- ").split())


def quotable(text: str, limit: int) -> str:
    """A headline for our quotation marks: cut to `limit`, inner double quotes single."""
    inner = clean(text).translate({0x201C: "‘", 0x201D: "’"})
    return escape(cut(inner, limit))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, never half of what a reader sees as one, "…" for what is lost."""
    if len(text) <= limit:
        return text
    kept, length = [], 0
    for piece in graphemes(text):
        length += len(piece)
        if length >= limit:
            break
        kept.append(piece)
    return "".join(kept).rstrip() + "…"


def graphemes(text: str) -> Iterator[str]:
    """The characters a reader sees: combining marks, joined emoji and flags stay whole."""
    piece = ""
    for char in text:
        if piece and not _extends(piece, char):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece


@dataclass(frozen=True, slots=True)
class Link:
    """An http(s) address that is safe inside a masked link, and the host a reader is shown."""

    host: str
    url: str


def link(address: str) -> Link | None:
    """The link of a story, or None when it is not one we would show: http(s) with a plain host."""
    try:
        parts = urlsplit(clean(address))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in ("http", "https") or not _plain(host) or "@" in parts.netloc:
        return None
    where = host if port is None else f"{host}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    url = f"{parts.scheme}://{where}{quote(parts.path + query, safe=_SAFE_URL)}"
    return Link(host.removeprefix("www."), url)


def _plain(host: str) -> bool:
    return "." in host and re.fullmatch(r"[A-Za-z0-9.\-]+", host) is not None


def _apart(text: str) -> str:
    """Addresses lose their scheme, and their dots no longer join: nothing is left to click."""
    marked = _SCHEME.sub("\x02", text)
    return _SITE.sub(lambda found: found[0].replace(".", "." + _JOIN), marked).replace("\x02", "")


def _kept(text: str) -> Iterator[str]:
    marks, before = 0, ""
    for place, char in enumerate(text):
        kind = unicodedata.category(char)
        marks = marks + 1 if kind.startswith("M") else 0
        if char == _ZWJ and _pictured(before) and _pictured(text[place + 1 : place + 2]):
            yield char
        elif kind in ("Cc", "Zl", "Zp"):
            yield " "
        elif not kind.startswith("C") and marks <= _MARKS:
            yield char
        before = char


def _pictured(char: str) -> bool:
    """Whether a joiner beside it makes an emoji, not a trick."""
    return bool(char) and (unicodedata.category(char) in ("So", "Sk") or char == "\ufe0f")


def _extends(piece: str, char: str) -> bool:
    if unicodedata.category(char).startswith("M") or char == _ZWJ or piece[-1] == _ZWJ:
        return True
    return _flag(char) and len(piece) == 1 and _flag(piece) or "\U0001f3fb" <= char <= "\U0001f3ff"


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
