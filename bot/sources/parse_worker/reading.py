"""
The worker's side: documents in, JSON out, until the pipe ends. Nothing here runs in the desk.

Everything that is done to a feed's bytes is done here, under the deadline.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import resource
import signal
from collections.abc import Mapping
from multiprocessing.connection import Connection
from typing import Any
from xml.sax import SAXException

from bot.sources.text import plain

_MEMORY = 600_000_000
_MOST_ENTRIES = 500
_LONGEST_AUTHOR = 320
_LONGEST_ADDRESS = 2048
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{65536}")
_BARE_AMPERSAND = re.compile(rb"&(?![A-Za-z][A-Za-z0-9]{0,31};|#)")
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}


def serve(requests: Connection, replies: Connection, deadline: float) -> None:
    """Until the pipe ends. The desk kills at `deadline` seconds; an orphan ends itself soon after."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    _mend_author_trap()
    replies.send_bytes(b"ready")
    while True:
        try:
            body, content_type, url = requests.recv()
        except (EOFError, OSError):
            return
        signal.setitimer(signal.ITIMER_REAL, 2 * deadline)
        reply = json.dumps(_read(body, content_type, url)).encode()
        signal.setitimer(signal.ITIMER_REAL, 0)
        try:
            replies.send_bytes(reply)
        except OSError:
            return


def _read(body: bytes, content_type: str, url: str) -> dict[str, object]:
    import feedparser

    if not body.strip():
        return _refuse("is empty")
    if _LONG_TAG.search(body):
        return _refuse("has a tag of more than 64 kB; no feed should")
    if b"\0" not in body and b"<![CDATA[" not in body:
        body = _BARE_AMPERSAND.sub(b"&amp;", body)  # feedparser reads a bare AT&T as "AT&T;"
    try:
        # Always a BytesIO: feedparser opens str and bytes that name a file or a URL.
        document = feedparser.parse(
            io.BytesIO(body),
            response_headers={"content-type": content_type, "content-location": url},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
        return _tell(document, body)
    except MemoryError:
        return _refuse("needs more memory to read than the limit; no feed should")
    except Exception as error:  # noqa: BLE001  feedparser raises anything on hostile bytes
        return _refuse(f"cannot be read as a feed ({type(error).__name__})")


def _tell(document: Mapping[str, Any], body: bytes) -> dict[str, object]:
    entries = document["entries"]
    if not document["version"] and not entries:
        return _refuse(*_what_else(body))
    bozo = document.get("bozo_exception")
    return {
        "title": plain(_text(document["feed"], "title"), 300),
        "entries": [_entry(entry, body) for entry in entries[:_MOST_ENTRIES]],
        "hours": _hours(document["feed"]),
        "bozo": str(bozo)[:200] if isinstance(bozo, SAXException) else "",
    }


def _entry(entry: dict[str, Any], body: bytes) -> tuple[str, str, str, str, str]:
    summary = _text(entry, "summary")
    if not summary and (content := dict.get(entry, "content")):
        summary = _text(content[0], "value")
    return (
        _text(entry, "id")[:_LONGEST_ADDRESS],
        _link(entry, body),
        plain(_text(entry, "title"), 300),
        plain(summary, 500),
        (_text(entry, "published") or _text(entry, "updated"))[:100],
    )


def _link(entry: dict[str, Any], body: bytes) -> str:
    """The entry's own link, "" where feedparser made one up from a guid that is none."""
    link = _text(entry, "link")
    if len(link) > _LONGEST_ADDRESS or not link.lower().startswith(("http://", "https://")):
        return ""
    written = link.encode("utf-8", "replace").replace(b"&", b"&amp;")
    return link if dict.get(entry, "links") or written in body else ""


def _text(item: dict[str, Any], key: str) -> str:
    value = dict.get(item, key)  # FeedParserDict.get answers for missing keys, with a warning
    return value if isinstance(value, str) else ""


def _hours(feed: dict[str, Any]) -> float:
    """The pace the feed asks for (ttl, else the syndication module), 0 when it says nothing."""
    with contextlib.suppress(ValueError, ZeroDivisionError):
        if ttl := _text(feed, "ttl"):
            return max(0.0, min(float(ttl), 10_000.0)) / 60
        period = _PERIODS.get(_text(feed, "sy_updateperiod").strip().lower(), 0)
        return period / max(1.0, float(_text(feed, "sy_updatefrequency") or 1))
    return 0.0


def _what_else(body: bytes) -> tuple[str, str]:
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "is a web page, not a feed", "look for its RSS or Atom link"
    return "is not a feed", "RSS, RDF and Atom can be read"


def _refuse(why: str, hint: str = "") -> dict[str, object]:
    return {"refused": why, "hint": hint}


def _mend_author_trap() -> None:
    """feedparser looks for an e-mail address in author names, in quadratic time."""
    from feedparser.mixin import _FeedParserMixin

    look = _FeedParserMixin._sync_author_detail

    def sync(self: Any, key: str = "author") -> None:
        if len(str(dict.get(self._get_context(), key) or "")) <= _LONGEST_AUTHOR:
            look(self, key)

    _FeedParserMixin._sync_author_detail = sync
