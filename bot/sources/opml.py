"""Which feeds does an OPML file name? Outlines with an xmlUrl, wherever they are nested."""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat

from bot.errors import Unreadable
from bot.model.news import Feed, OutletKind

_MOST = 1_000_000
_KINDS = {kind.value: kind for kind in OutletKind}


class _Doctype(Exception):
    """A document type can define entities; no list of feeds needs one."""


def read_opml(path: Path) -> list[Feed]:
    """The feeds of a file. Raises `Unreadable`, also when it cannot be opened."""
    try:
        with path.open("rb") as file:
            return parse_opml(file.read(_MOST + 1), path.name)
    except OSError as error:
        raise Unreadable(
            f"{path} cannot be read ({error.strerror})", hint="feeds.opml in config.toml names it"
        ) from error


def parse_opml(document: bytes, name: str) -> list[Feed]:
    """
    The feeds of `document`, each URL once. `text` is the outlet, `newsdeskKind` its kind.

    `name` is what a person calls the file. Raises `Unreadable`.
    """
    if len(document) > _MOST:
        raise Unreadable(f"{name} is larger than the limit of {_MOST // 1000} kB")
    feeds: dict[str, Feed] = {}
    seen: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        seen.append(tag)
        if tag == "outline" and (feed := _feed(attributes, name)):
            feeds.setdefault(feed.url, feed)

    def doctype(*_: object) -> None:
        raise _Doctype

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(document, True)
    except _Doctype as error:
        raise Unreadable(f"{name} has a DOCTYPE, which a list of feeds must not have") from error
    except expat.ExpatError as error:
        raise Unreadable(f"{name} is not well-formed XML ({error})") from error
    if seen[0] != "opml":
        raise Unreadable(f"{name} is not an OPML file: it begins with <{seen[0]}>")
    return list(feeds.values())


def _feed(attributes: dict[str, str], name: str) -> Feed | None:
    url = attributes.get("xmlUrl", "").strip()
    if not url:
        return None
    told = attributes.get("newsdeskKind", OutletKind.PRESS.value)
    if told not in _KINDS:
        raise Unreadable(
            f"{name} calls {url} {told!r}, which is no kind of outlet",
            hint=f"newsdeskKind is one of {', '.join(_KINDS)}",
        )
    outlet = attributes.get("text") or attributes.get("title") or url
    return Feed(url, " ".join(outlet.split()), _KINDS[told])
