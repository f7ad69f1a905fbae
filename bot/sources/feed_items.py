"""Which stories does a parsed feed tell? Identity, dates and links; no I/O, `now` is an argument."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit, urlunsplit

from bot.model.news import Feed, Story
from bot.sources.edgar import as_filing
from bot.sources.parse_worker import Entry, Parsed

_EARLY = timedelta(minutes=10)
_TRACKING = frozenset({"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "cmpid"})
# "GMT+00:00", as Java writes it, and offsets with a colon or without a blank before them.
_OFFSET = re.compile(r"\s*(?:GMT|UTC?)?([+-]\d\d):?(\d\d)$", re.IGNORECASE)
_SHORT_OFFSET = re.compile(r"\s[+-]\d{1,3}$")
# What nearly every link and date looks like; all others take the long way to the same answer.
_PLAIN_LINK = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?:/[\w./~,;:@!$&'()*+=%-]*)?", re.ASCII)
_USUAL_DATE = re.compile(
    r"(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d)"
    r" (?:GMT|UTC|\+0000)",
    re.ASCII,
)
_MONTHS = {
    name: 1 + n
    for n, name in enumerate(
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    )
}
_PORTS = {"http": ":80", "https": ":443"}


def stories(parsed: Parsed, feed: Feed, now: datetime) -> tuple[Story, ...]:
    """In the order of the document, each identity once; an entry without any words is left out."""
    told: dict[str, Story] = {}
    for each in parsed.entries:
        entry = as_filing(each, parsed.title)
        if title := entry.title or entry.summary[:300]:
            story = _story(entry, title, feed, now)
            told.setdefault(story.id, story)
    return tuple(told.values())


def published_at(dated: str, now: datetime) -> datetime | None:
    """None where the date says nothing usable, names no zone, or lies ahead of `now`."""
    at = _usual(dated) or _iso(dated) or _rfc822(dated)
    if at is None or at.tzinfo is None:
        return None
    try:
        at = at.astimezone(UTC)
    except OverflowError:
        return None
    return at if at <= now + _EARLY else None


def clean_link(link: str) -> str:
    """The link without tracking parameters; "" unless it is http or https."""
    if _PLAIN_LINK.fullmatch(link):
        return link
    try:
        parts = urlsplit(link.strip())
        host = parts.hostname
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not host:
        return ""
    kept = [each for each in parts.query.split("&") if not _tracks(each)]
    return urlunsplit(parts._replace(query="&".join(kept)))


def _story(entry: Entry, title: str, feed: Feed, now: datetime) -> Story:
    link = clean_link(entry.link)
    identity = entry.guid or _canonical(link) or f"{title}\n{entry.dated}"
    return Story(
        id=hashlib.sha256(f"{feed.url}\n{identity}".encode("utf-8", "replace")).hexdigest()[:20],
        feed=feed.url,
        outlet=feed.outlet,
        title=title,
        link=link,
        published=published_at(entry.dated, now),
        first_seen=now,
        summary=entry.summary,
        dated=entry.dated,
    )


def _canonical(link: str) -> str:
    if not link:
        return ""
    parts: SplitResult = urlsplit(link)
    netloc = parts.netloc.lower().removesuffix(_PORTS[parts.scheme])
    return urlunsplit(parts._replace(netloc=netloc, fragment=""))


def _tracks(parameter: str) -> bool:
    name = parameter.partition("=")[0].lower()
    return name.startswith("utm_") or name in _TRACKING


def _usual(dated: str) -> datetime | None:
    match = _USUAL_DATE.fullmatch(dated)
    if match is None or match[2] not in _MONTHS:
        return None
    day, month, year, hour, minute, second = match.groups()
    date, clock = (int(year), _MONTHS[month], int(day)), (int(hour), int(minute), int(second))
    try:
        return datetime(*date, *clock, tzinfo=UTC)
    except ValueError:
        return None


def _iso(dated: str) -> datetime | None:
    try:
        return datetime.fromisoformat(dated.strip())
    except ValueError:
        return None


def _rfc822(dated: str) -> datetime | None:
    """As RFC 822 has it; the zones it names are GMT, UT and those of the United States."""
    dated = _OFFSET.sub(r" \1\2", dated.strip())
    if dated.endswith("-0000"):
        dated = dated.removesuffix("-0000") + "+0000"  # "UTC, from an unnamed place"
    if _SHORT_OFFSET.search(dated):
        return None  # the library would read -040 as forty minutes
    try:
        return parsedate_to_datetime(dated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
