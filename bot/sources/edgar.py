"""
Which filing does an entry of the SEC's EDGAR announce?

Its titles ("8-K - Current report") name no event and often no company: form, company and items
make the title that people read. What is handed in after the evening's end is public at six in
the morning of its filing date, whenever EDGAR accepted it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.desk.filings import items_in, title
from bot.sources.parse_worker import Entry

NO_CONTACT = "the SEC wants to know whom to reach: set feeds.contact, an address or URL of yours"

_ZONE = ZoneInfo("America/New_York")
_OPENS = "06:00"
_GUID = "urn:tag:sec.gov,2008:accession-number="
_CURRENT = re.compile(r"(?P<form>\S.*?) +- +(?P<company>.+?) +\(\d{10}\)(?: +\([\w ]+\))?")
_COMPANY = re.compile(r"(?P<company>.+?) +\(\d{10}\)")
_FILED = re.compile(r"\bFiled: *(\d{4}-\d\d-\d\d)\b")
_STATE = re.compile(r" *[/\\][A-Z]{2,4}[/\\]?$")
_TAIL = frozenset(
    ["ag", "co", "com", "company", "corp", "corporation", "holding", "holdings", "inc", "limited"]
    + ["llc", "lp", "ltd", "nv", "n.v", "plc", "sa", "s.a", "se", "&"]
)
_SMALL = frozenset(["and", "for", "of", "the"])
_ACRONYM = 3  # letters at most


def as_filing(entry: Entry, feed_title: str) -> Entry:
    """The entry as people read it; unchanged where it announces no filing."""
    if not entry.guid.startswith(_GUID):
        return entry
    current, of_company = _CURRENT.fullmatch(entry.title), _COMPANY.fullmatch(feed_title)
    named = current or of_company
    form = entry.terms[0] if entry.terms else entry.title.partition(" - ")[0].strip()
    if named is None or not form:
        return entry
    told = title(company_name(named["company"]), form, items_in(entry.summary))
    return replace(entry, title=told, summary="", dated=_public(entry))


def company_name(conformed: str) -> str:
    """A name of EDGAR's register as a headline has it: "ADVANCED MICRO DEVICES INC"."""
    words = _STATE.sub("", conformed).replace(",", "").split()
    while len(words) > 1 and words[-1].rstrip(".").casefold() in _TAIL:
        words.pop()
    shouts = conformed.upper() == conformed
    return " ".join(_cased(word) if shouts else word for word in words)


def wants_contact(url: str) -> bool:
    """Whether the server turns readers away that do not say who they are."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    return host == "sec.gov" or host.endswith(".sec.gov")


def _public(entry: Entry) -> str:
    """When it was accepted; the next morning where its filing date is a later day."""
    filed = _FILED.search(entry.summary)
    try:
        accepted = datetime.fromisoformat(entry.dated)
        opens = datetime.fromisoformat(f"{filed[1] if filed else ''}T{_OPENS}")
    except ValueError:
        return entry.dated
    if accepted.tzinfo is None or accepted.astimezone(_ZONE).date() >= opens.date():
        return entry.dated
    return opens.replace(tzinfo=_ZONE).isoformat()


def _cased(word: str) -> str:
    if word.casefold() in _SMALL:
        return word.lower()
    if len(word) <= _ACRONYM or not word.replace("-", "").isalpha():
        return word
    return "-".join(part.capitalize() for part in word.split("-"))
