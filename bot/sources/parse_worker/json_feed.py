"""Is this a JSON Feed, and what does it say? feedparser reads none."""

from __future__ import annotations

import json
from typing import Any

from bot.sources.parse_worker.telling import (
    LONGEST_ADDRESS,
    LONGEST_DATE,
    LONGEST_SUMMARY,
    LONGEST_TERM,
    LONGEST_TITLE,
    MOST_TERMS,
    web_address,
)
from bot.sources.text import plain

_MOST_ENTRIES = 500


def read_json(body: bytes, url: str) -> dict[str, object] | None:
    """The answer that `parsed` reads; None where the document is no JSON Feed."""
    if not body[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        return None
    items = feed.get("items")
    if not isinstance(items, list) or "jsonfeed.org" not in _text(feed, "version"):
        return None
    return {
        "title": plain(_text(feed, "title"), LONGEST_TITLE),
        "entries": [_entry(item, url) for item in items[:_MOST_ENTRIES] if isinstance(item, dict)],
        "hours": 0,
        "bozo": "",
        "skip_hours": [],
        "skip_days": [],
        "hub": "",
    }


def _entry(item: dict[str, Any], url: str) -> tuple[object, ...]:
    said = [_text(item, key) for key in ("summary", "content_text", "content_html")]
    tags = item.get("tags")
    terms = [tag for tag in tags if isinstance(tag, str) and tag] if isinstance(tags, list) else []
    return (
        _text(item, "id")[:LONGEST_ADDRESS],
        web_address(url, _text(item, "url") or _text(item, "external_url")),
        plain(_text(item, "title"), LONGEST_TITLE),
        plain(next(filter(None, said), ""), LONGEST_SUMMARY),
        (_text(item, "date_published") or _text(item, "date_modified"))[:LONGEST_DATE],
        [term[:LONGEST_TERM] for term in terms[:MOST_TERMS]],
        (),
    )


def _text(item: dict[str, Any], key: str) -> str:
    """Numbers too: some feeds write their ids so."""
    value = item.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else ""
