"""
What would a feed have shown on the recorded day? Its document in each of the three formats, and
the OPML that lists them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from bot.tape.nouns import FeedSource, Item

CONTENT_TYPES = {
    "rss2": "application/rss+xml",
    "rdf": "application/rdf+xml",
    "atom": "application/atom+xml",
}
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def validators(body: bytes, items: Sequence[Item]) -> dict[str, str]:
    """Headers of a document; one without an item was not modified at any time it could name."""
    digest = hashlib.blake2b(body, digest_size=10).hexdigest()
    headers = {"ETag": f'"{digest}"', "Cache-Control": "public, max-age=60"}
    if items:
        modified = max(_touched(item) for item in items).astimezone(UTC)
        headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    return headers


def _touched(item: Item) -> datetime:
    return max([item.seen, *(change.at for change in item.changes if change.title == item.title)])


def write_feed(feed: FeedSource, items: Sequence[Item], url: str) -> bytes:
    """The document at `url`, items in the order given."""
    return (_DECLARATION + _WRITERS[feed.format](feed, items, url)).encode()


def write_opml(title: str, feeds: Iterable[tuple[FeedSource, str]]) -> str:
    """The feeds and their URLs; `newsdeskKind` says what kind of outlet each is."""
    outlines = "".join(
        f'    <outline type="rss" text={quoteattr(feed.outlet)} xmlUrl={quoteattr(url)}'
        f" htmlUrl={quoteattr(_home(feed))} newsdeskKind={quoteattr(feed.kind)}/>\n"
        for feed, url in feeds
    )
    head = f"  <head><title>{escape(title)}</title></head>\n"
    return f'{_DECLARATION}<opml version="2.0">\n{head}  <body>\n{outlines}  </body>\n</opml>\n'


def _rss2(feed: FeedSource, items: Sequence[Item], url: str) -> str:
    entries = "".join(
        "<item>"
        f"<title>{escape(item.title)}</title>"
        f"<link>{escape(item.link)}</link>"
        f'<guid isPermaLink="false">{escape(item.id)}</guid>'
        f"<pubDate>{format_datetime(item.published)}</pubDate>"
        f"<description>{escape(item.summary)}</description>"
        "</item>\n"
        for item in items
    )
    return (
        f'<rss version="2.0"><channel>\n<title>{escape(feed.outlet)}</title>'
        f"<link>{_home(feed)}</link><description>{escape(feed.outlet)}</description>\n"
        f"<ttl>5</ttl>\n{entries}</channel></rss>\n"
    )


def _rdf(feed: FeedSource, items: Sequence[Item], url: str) -> str:
    order = "".join(f"<rdf:li rdf:resource={quoteattr(item.link)}/>" for item in items)
    entries = "".join(
        f"<item rdf:about={quoteattr(item.link)}>"
        f"<title>{escape(item.title)}</title>"
        f"<link>{escape(item.link)}</link>"
        f"<description>{escape(item.summary)}</description>"
        f"<dc:date>{item.published.isoformat()}</dc:date>"
        "</item>\n"
        for item in items
    )
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        f"<channel rdf:about={quoteattr(url)}><title>{escape(feed.outlet)}</title>"
        f"<link>{_home(feed)}</link><description>{escape(feed.outlet)}</description>"
        f"<items><rdf:Seq>{order}</rdf:Seq></items></channel>\n{entries}</rdf:RDF>\n"
    )


def _atom(feed: FeedSource, items: Sequence[Item], url: str) -> str:
    entries = "".join(
        "<entry>"
        f"<title>{escape(item.title)}</title>"
        f"<link href={quoteattr(item.link)}/>"
        f"<id>tag:{feed.domain},2026:{escape(item.id)}</id>"
        f"<published>{_instant(item.published)}</published>"
        f"<updated>{_instant(item.published)}</updated>"
        f"<summary>{escape(item.summary)}</summary>"
        "</entry>\n"
        for item in items
    )
    updated = f"<updated>{_instant(items[0].published)}</updated>" if items else ""
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(feed.outlet)}</title>'
        f"<id>tag:{feed.domain},2026:feed</id><link href={quoteattr(_home(feed))}/>"
        f'<link rel="self" href={quoteattr(url)}/>{updated}\n{entries}</feed>\n'
    )


_WRITERS = {"rss2": _rss2, "rdf": _rdf, "atom": _atom}


def _home(feed: FeedSource) -> str:
    return f"https://{feed.domain}/"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
