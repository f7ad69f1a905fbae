"""What is told of a document: short texts without markup, and nothing but text."""

from __future__ import annotations

import contextlib
from typing import Any
from urllib.parse import urljoin

from bot.sources.parse_worker.tamed import Document
from bot.sources.text import plain

LONGEST_TITLE = 300
LONGEST_SUMMARY = 500
LONGEST_ADDRESS = 2048
LONGEST_DATE = 100
MOST_TERMS = 20
LONGEST_TERM = 100
_LONGEST_FACT = 200
_FACTS = "ndaq_"  # Nasdaq's list of halts: its fields are what it says
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def tell(document: Document, url: str) -> dict[str, object]:
    """The answer that `parsed` reads; `url` is where the document stands."""
    return {
        "title": plain(_text(document.feed, "title"), LONGEST_TITLE),
        "entries": [_entry(entry, url) for entry in document.entries],
        "hours": _hours(document.feed),
        "bozo": document.fault,
        "skip_hours": sorted({int(hour) % 24 for hour in document.hours if _is_hour(hour)}),
        "skip_days": sorted({_DAYS.index(day) for day in map(_day, document.days) if day}),
        "hub": _hub(document.feed, url),
    }


def _entry(entry: dict[str, Any], url: str) -> tuple[object, ...]:
    summary = _text(entry, "summary")
    if not summary and (content := dict.get(entry, "content")):
        summary = _text(content[0], "value")
    dated = _text(entry, "published") or _text(entry, "updated") or _text(entry, "created")
    return (
        _text(entry, "id")[:LONGEST_ADDRESS],
        _link(entry, url),
        plain(_text(entry, "title"), LONGEST_TITLE),
        plain(summary, LONGEST_SUMMARY),
        dated[:LONGEST_DATE],
        _terms(entry),
        [
            (name, value[:_LONGEST_FACT])
            for name, value in entry.items()
            if name.startswith(_FACTS) and isinstance(value, str) and value
        ],
    )


def _link(entry: dict[str, Any], url: str) -> str:
    """feedparser offers the guid where there is no link; it is one only where written as one."""
    link = _text(entry, "link")
    return web_address("" if link == _text(entry, "id") else url, link)


def web_address(base: str, link: str) -> str:
    """The whole address of a link; "" where it leads nowhere on the web or is absurdly long."""
    with contextlib.suppress(ValueError):
        link = urljoin(base, link) if link else ""
        if link[:8].lower().startswith(("http://", "https://")) and len(link) <= LONGEST_ADDRESS:
            return link
    return ""


def _terms(entry: dict[str, Any]) -> list[str]:
    tags = dict.get(entry, "tags") or []
    terms = (_text(tag, "term") or _text(tag, "label") for tag in tags)
    return [term[:LONGEST_TERM] for term in terms if term][:MOST_TERMS]


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


def _is_hour(hour: str) -> bool:
    return hour.isascii() and hour.isdigit() and int(hour[:4]) <= 24


def _day(name: str) -> str:
    day = name[:3].lower()
    return day if day in _DAYS else ""


def _hub(feed: dict[str, Any], url: str) -> str:
    for link in dict.get(feed, "links") or []:
        if _text(link, "rel") == "hub":
            return web_address(url, _text(link, "href"))
    return ""
