"""What does one document say, or what is it instead of a feed? Always an answer, never a fault."""

from __future__ import annotations

from bot.sources.parse_worker.json_feed import read_json
from bot.sources.parse_worker.tamed import read as read_xml
from bot.sources.parse_worker.telling import tell


def read(body: bytes, content_type: str, url: str) -> dict[str, object]:
    """What `parsed` reads, or `{"refused", "hint", "killed"}` with the rest of a sentence."""
    try:
        return _read(body, content_type, url)
    except MemoryError:
        return _refuse("needs more memory to read than the limit; no feed should", killed=True)
    except Exception as error:  # noqa: BLE001  feedparser raises anything on hostile bytes
        return _refuse(f"is too damaged to be read as a feed ({type(error).__name__})")


def _read(body: bytes, content_type: str, url: str) -> dict[str, object]:
    if not body.strip():
        return _refuse("is empty")
    if told := read_json(body, url):
        return told
    document = read_xml(body, content_type, url)
    if document.version or document.entries:
        return tell(document, url)
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return _refuse("is a web page, not a feed", "look for its RSS or Atom link")
    return _refuse("is not a feed", "RSS, RDF, Atom and JSON Feed can be read")


def _refuse(why: str, hint: str = "", *, killed: bool = False) -> dict[str, object]:
    return {"refused": why, "hint": hint, "killed": killed}
