"""
Which feeds does an OPML file name, and how is a list of ours written? Outlines with an xmlUrl.

Other readers' files are taken as they are: nested, without types, with bare ampersands. No
entity is ever expanded. `newsdeskKind`, `newsdeskOutlet`, `newsdeskInterval` (minutes) and
`newsdeskAbout` (a ticker) carry what other readers do not know.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from html.entities import html5
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from bot.errors import SourceError, Unreadable
from bot.model.found import Imported
from bot.model.news import Feed, OutletKind
from bot.sources.address import meant

_LARGEST = 5_000_000
_MOST = 20_000
_LONGEST_OUTLET = 200
_KINDS = {kind.value: kind for kind in OutletKind}
_MINUTE = timedelta(minutes=1)
# Hand-made files have bare ampersands in their links, and HTML's names of characters.
_AMPERSAND = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9]{0,30};)?")
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Doctype(Exception):
    """A document type can define entities; no list of feeds needs one."""


def read_opml(path: Path) -> list[Feed]:
    """The feeds of a file of the operator's. Raises `Unreadable`, also when it cannot be opened."""
    try:
        with path.open("rb") as file:
            return parse_opml(file.read(_LARGEST + 1), path.name)
    except OSError as error:
        raise Unreadable(
            f"{path} cannot be read ({error.strerror})", hint="feeds.opml in config.toml names it"
        ) from error


def import_opml(document: bytes, name: str, check: Callable[[str], object]) -> Imported:
    """
    The feeds of a file that somebody hands in. `check` raises `SourceError` for an address that
    may not be read. Raises `Unreadable`.
    """
    feeds, left_out = [], []
    for feed in parse_opml(document, name):
        try:
            check(feed.url)
        except SourceError as error:
            left_out.append((feed.url, str(error)))
        else:
            feeds.append(feed)
    return Imported(tuple(feeds), tuple(left_out))


def parse_opml(document: bytes, name: str) -> list[Feed]:
    """The feeds of `document`, which a person calls `name`, each URL once. Raises `Unreadable`."""
    if len(document) > _LARGEST:
        raise Unreadable(f"{name} is larger than the limit of {_LARGEST / 1e6:g} MB")
    root, outlines = _outlines(document, name)
    if root != "opml":
        raise Unreadable(f"{name} is not an OPML file: it begins with <{root}>")
    feeds: dict[str, Feed] = {}
    for outline in outlines:
        if feed := _feed(outline, name):
            feeds.setdefault(feed.url, feed)
    if len(feeds) > _MOST:
        raise Unreadable(f"{name} names {len(feeds):,} feeds, more than the limit of {_MOST:,}")
    return list(feeds.values())


def write_opml(title: str, feeds: Iterable[Feed]) -> bytes:
    """A file that `parse_opml` reads back as the same feeds, and other readers as theirs."""
    outlines = "".join(f"    <outline {_attributes(feed)}/>\n" for feed in feeds)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>{escape(_writable(title))}</title></head>\n"
        f"  <body>\n{outlines}  </body>\n</opml>\n"
    ).encode()


def _outlines(document: bytes, name: str) -> tuple[str, list[dict[str, str]]]:
    """The name of the root, and the attributes of every outline; all names in lower case."""
    tags: list[str] = []
    outlines: list[dict[str, str]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if not tags:
            tags.append(tag.lower())
        if tag.lower() == "outline":
            outlines.append({key.lower(): value.strip() for key, value in attributes.items()})

    def doctype(*_: object) -> None:
        raise _Doctype

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(_mended(document), True)
    except _Doctype as error:
        raise Unreadable(f"{name} has a DOCTYPE, which a list of feeds must not have") from error
    except expat.ExpatError as error:
        raise Unreadable(f"{name} is not well-formed XML ({error})") from error
    except (ValueError, LookupError) as error:
        raise Unreadable(
            f"{name} is written in no encoding of XML's", hint="save it as UTF-8"
        ) from error
    return tags[0], outlines


def _mended(document: bytes) -> bytes:
    if b"\0" in document:  # UTF-16 or UTF-32, where an ampersand is no single byte
        return document
    return _AMPERSAND.sub(_ampersand, document.removeprefix(b"\xef\xbb\xbf").lstrip())


def _ampersand(found: re.Match[bytes]) -> bytes:
    name = (found[1] or b"").decode()
    if char := html5.get(name):
        return "".join(f"&#{ord(each)};" for each in char).encode()
    return b"&amp;" + name.encode()


def _feed(outline: Mapping[str, str], name: str) -> Feed | None:
    written = outline.get("xmlurl", "")
    if not written:
        return None
    url = meant(written)
    told = outline.get("newsdeskkind") or OutletKind.PRESS.value
    if told not in _KINDS:
        raise Unreadable(
            f"{name} calls {url} {told!r}, which is no kind of outlet",
            hint=f"newsdeskKind is one of {', '.join(_KINDS)}",
        )
    names = (outline.get(key, "") for key in ("newsdeskoutlet", "text", "title"))
    outlet = " ".join(next(filter(None, names), url).split())[:_LONGEST_OUTLET]
    return Feed(url, outlet, _KINDS[told], _interval(outline, url, name), _about(outline))


def _about(outline: Mapping[str, str]) -> str:
    return outline.get("newsdeskabout", "").upper()


def _interval(outline: Mapping[str, str], url: str, name: str) -> timedelta | None:
    minutes = outline.get("newsdeskinterval", "")
    if not minutes:
        return None
    if not (minutes.isascii() and minutes.isdigit() and 1 <= int(minutes[:9]) <= 1440):
        raise Unreadable(
            f"{name} says newsdeskInterval={minutes[:20]!r} of {url}",
            hint="it is a whole number of minutes from 1 to 1440",
        )
    return int(minutes) * _MINUTE


def _attributes(feed: Feed) -> str:
    told = {"type": "rss", "text": feed.outlet, "title": feed.outlet, "xmlUrl": feed.url}
    if feed.kind is not OutletKind.PRESS:
        told["newsdeskKind"] = feed.kind.value
    if feed.interval is not None:
        told["newsdeskInterval"] = str(max(1, feed.interval // _MINUTE))
    if feed.about:
        told["newsdeskAbout"] = feed.about
    return " ".join(f"{key}={quoteattr(_writable(value))}" for key, value in told.items())


def _writable(text: str) -> str:
    """XML has no way to write most control characters."""
    return _UNWRITABLE.sub("", text)
