"""What the worker reads in the documents that feeds send."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import feedparser
import pytest
import pytest_asyncio

from bot.errors import Unreadable
from bot.sources.parse_worker import Entry, Parsed, ParseWorker
from bot.sources.text import plain
from tests.sources.written import (
    ATOM_10,
    CARELESS,
    DIALECTS,
    ENTRY,
    FILINGS,
    HALTS,
    JSON_FEED,
    ONE,
    URL,
    XML,
    rss,
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[ParseWorker]:
    worker = ParseWorker(deadline=60.0)
    yield worker
    await worker.close()


pytestmark = pytest.mark.asyncio(loop_scope="module")


async def read(worker: ParseWorker, body: bytes, kind: str = XML) -> Parsed:
    return await worker.parse(body, kind, URL)


async def test_rss_is_read(worker: ParseWorker) -> None:
    """Text without markup, links made absolute, the date as written."""
    assert Parsed("Wire", (ENTRY,)) == await read(worker, ONE)


async def test_atom_is_read(worker: ParseWorker) -> None:
    """The published date, else the updated one; the content where there is no summary."""
    body = (
        b'<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title>'
        b'<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link href="a"/>'
        b"<updated>2026-01-12T10:00:00Z</updated><published>2026-01-12T09:00:00Z</published>"
        b'<content type="html">&lt;b&gt;Body&lt;/b&gt;</content></entry>'
        b"<entry><id>urn:2</id><title>C</title><updated>2026-01-12T10:00:00Z</updated></entry>"
        b"</feed>"
    )

    first, second = (await read(worker, body)).entries

    assert (
        Entry("urn:1", "https://example.com/news/a", "A & B", "Body", "2026-01-12T09:00:00Z")
        == first
    )
    assert Entry("urn:2", "", "C", "", "2026-01-12T10:00:00Z") == second


async def test_rdf_is_read(worker: ParseWorker) -> None:
    """RSS 1.0 with Dublin Core dates, as Chinese and Japanese outlets still have it."""
    body = (
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        b' xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        b'<channel rdf:about="https://x"><title>C</title></channel>'
        b'<item rdf:about="https://x.example/1"><title>One</title>'
        b"<link>https://x.example/1</link><dc:date>2026-01-12T09:00:00+08:00</dc:date></item>"
        b"</rdf:RDF>"
    )

    (entry,) = (await read(worker, body)).entries

    assert (entry.link, entry.dated) == ("https://x.example/1", "2026-01-12T09:00:00+08:00")


@pytest.mark.parametrize(
    ("extra", "every"),
    [
        ("<ttl>60</ttl>", timedelta(hours=1)),
        ("<ttl>soon</ttl>", None),
        ("<ttl>-5</ttl>", None),
        ("<sy:updatePeriod>hourly</sy:updatePeriod>", timedelta(hours=1)),
        (
            "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>",
            timedelta(hours=6),
        ),
        ("<sy:updatePeriod>now and then</sy:updatePeriod>", None),
        ("", None),
    ],
)
async def test_a_feeds_own_pace_is_told(
    worker: ParseWorker, extra: str, every: timedelta | None
) -> None:
    """ttl in minutes, or the syndication module's period."""
    body = rss("", extra).replace(
        b"<rss ", b'<rss xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    )

    assert every == (await read(worker, body)).every


@pytest.mark.parametrize(
    ("item", "link"),
    [
        ("<guid>https://example.com/1</guid>", "https://example.com/1"),
        ("<guid>https://example.com/?a=1&amp;b=2</guid>", "https://example.com/?a=1&b=2"),
        ("<guid>abc</guid>", ""),
        ("<guid>/abc</guid>", ""),
        ("<guid isPermaLink='false'>https://example.com/1</guid>", ""),
        ("<link>rel</link><guid>abc</guid>", "https://example.com/news/rel"),
    ],
)
async def test_a_guid_is_a_link_only_where_it_is_written_as_one(
    worker: ParseWorker, item: str, link: str
) -> None:
    """feedparser joins any guid to the feed's address; such a link never existed."""
    (entry,) = (await read(worker, rss(f"<item><title>t</title>{item}</item>"))).entries

    assert link == entry.link


@pytest.mark.parametrize(
    ("title", "said"),
    [
        (b"AT&T R&D up", "AT&T R&D up"),
        (b"<![CDATA[AT&T <b>R&D</b> up]]>", "AT&T R&D up"),
        (b"Caf\xc3\xa9", "Café"),
        (b"A &nbsp;B &eacute;", "A B é"),
    ],
)
async def test_titles_are_verbatim(worker: ParseWorker, title: bytes, said: str) -> None:
    """A bare ampersand is an ampersand, as a person reads it."""
    body = b"<rss><channel><item><title>" + title + b"</title></item></channel></rss>"

    (entry,) = (await read(worker, body)).entries

    assert said == entry.title


@pytest.mark.parametrize(
    "body",
    [
        b"\xef\xbb\xbf  \n" + ONE,
        ONE.replace(b"<rss", b'<?xml version="1.0" encoding="utf-8"?><rss'),
        b'<?xml version="1.0" encoding="utf-16"?>'.decode().encode("utf-16")
        + ONE.decode().encode("utf-16")[2:],
        ONE.replace(b"<rss", b'<?xml version="1.0" encoding="iso-8859-1"?><rss'),
        b'<!DOCTYPE rss [<!ENTITY x "y">]>' + ONE,
        b'<?xml version="1.0" encoding="zlib"?>' + ONE,
    ],
)
async def test_wrappings_do_not_matter(worker: ParseWorker, body: bytes) -> None:
    """Blanks, byte order marks, encodings and document types still read."""
    assert tuple(e.title for e in (await read(worker, body)).entries) == ("Alibaba & Tencent",)


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "", "application/json", "nonsense"])
async def test_the_content_type_does_not_matter(worker: ParseWorker, kind: str) -> None:
    """Servers lie about it too often to believe them, or to call it damage."""
    assert await read(worker, ONE, kind) == Parsed("Wire", (ENTRY,))


async def test_broken_xml_keeps_what_can_be_read(worker: ParseWorker) -> None:
    """One damaged tail does not hide the stories before it; the reader is told."""
    parsed = await read(worker, ONE[: ONE.index(b"</channel>")] + b"<item><title>half")

    assert parsed.entries[0].title == "Alibaba & Tencent"
    assert parsed.bozo


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            b"<!doctype html><html><body>Subscribe!</body></html>",
            f"{URL} is a web page, not a feed; look for its RSS or Atom link",
        ),
        (
            b"  <html><head></head></html>",
            f"{URL} is a web page, not a feed; look for its RSS or Atom link",
        ),
        (b"", f"{URL} is empty"),
        (b" \n ", f"{URL} is empty"),
        (b"all quiet", f"{URL} is not a feed; RSS, RDF, Atom and JSON Feed can be read"),
        (
            b"\x89PNG\r\n\x1a\n\0\0",
            f"{URL} is not a feed; RSS, RDF, Atom and JSON Feed can be read",
        ),
        (
            b'{"version": "https://jsonfeed.org"}',
            f"{URL} is not a feed; RSS, RDF, Atom and JSON Feed can be read",
        ),
        (b"<a><b/></a>", f"{URL} is not a feed; RSS, RDF, Atom and JSON Feed can be read"),
        (b"/etc/passwd", f"{URL} is not a feed; RSS, RDF, Atom and JSON Feed can be read"),
    ],
)
async def test_what_is_no_feed_is_unreadable(
    worker: ParseWorker, body: bytes, sentence: str
) -> None:
    """One sentence says what it was instead."""
    with pytest.raises(Unreadable) as error:
        await read(worker, body)

    assert sentence == str(error.value)


async def test_an_empty_feed_is_a_feed(worker: ParseWorker) -> None:
    """No story today is not a fault."""
    assert Parsed("Wire", ()) == await read(worker, rss(""))


async def test_a_body_that_names_a_file_opens_none(worker: ParseWorker, tmp_path: Path) -> None:
    """feedparser opens str and bytes that are a path; the desk never lets it."""
    path = tmp_path / "feed.xml"
    path.write_bytes(ONE)

    with pytest.raises(Unreadable, match="is not a feed"):
        await read(worker, str(path).encode())


@pytest.mark.parametrize("encoding", ["undefined", "punycode", "idna", "zlib", "rot13", "mbcs"])
async def test_an_encoding_that_is_a_trap_is_not_believed(
    worker: ParseWorker, encoding: str
) -> None:
    """feedparser raises at some of these, and finds nothing; the words are there all the same."""
    body = f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + ONE

    assert (await read(worker, body)).entries == (ENTRY,)


async def test_a_character_that_does_not_exist_costs_nothing_else(worker: ParseWorker) -> None:
    """feedparser raises at it, and finds nothing."""
    parsed = await read(worker, ONE.replace(b"Up.", b"Up &#xFFFFFFFF; and & on"))

    assert parsed.entries == (replace(ENTRY, summary="Up and & on"),)
    assert parsed.bozo


async def test_many_entries_are_cut(worker: ParseWorker) -> None:
    """Five hundred entries are more than any desk reads at once."""
    body = rss("".join(f"<item><guid>g{n}</guid><title>{n}</title></item>" for n in range(700)))

    assert len((await read(worker, body)).entries) == 500


async def test_long_fields_are_cut(worker: ParseWorker) -> None:
    """A title of 300 and a summary of 500 characters say enough."""
    body = rss(f"<item><title>{'t' * 400}</title><description>{'s' * 600}</description></item>")

    (entry,) = (await read(worker, body)).entries

    assert (len(entry.title), len(entry.summary)) == (300, 500)


async def test_an_entity_bomb_stays_folded(worker: ParseWorker) -> None:
    """Billion laughs: nothing is expanded, and the worker goes on."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = f'<!DOCTYPE rss [<!ENTITY l0 "lol">{laughs}]>'.encode() + rss(
        "<item><title>&l9;</title></item>"
    )

    (entry,) = (await read(worker, body)).entries

    assert len(entry.title) <= 300


async def test_an_external_entity_is_not_followed(worker: ParseWorker, tmp_path: Path) -> None:
    """No file of this machine appears in a headline."""
    secret = tmp_path / "secret"
    secret.write_text("swordfish")
    body = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'.encode() + rss(
        "<item><title>a &x; b</title></item>"
    )

    (entry,) = (await read(worker, body)).entries

    assert "swordfish" not in entry.title


async def test_the_author_trap_is_not_sprung(worker: ParseWorker) -> None:
    """A long author is not searched for an address, which takes quadratic time."""
    author = "a@" + "a." * 60_000 + "!"

    parsed = await read(worker, rss(f"<item><title>t</title><author>{author}</author></item>"))

    assert parsed.entries[0].title == "t"


async def test_twenty_thousand_attributes_are_read(worker: ParseWorker) -> None:
    """feedparser looks for each of them among all, which takes seconds."""
    attributes = " ".join(f"a{n}='1'" for n in range(20_000))

    parsed = await read(worker, ONE.replace(b"<item", f"<item {attributes}".encode()))

    assert parsed.entries == (ENTRY,)


async def test_what_stands_behind_the_last_entry_kept_is_not_read(worker: ParseWorker) -> None:
    """100,000 entries take feedparser twenty seconds; here not even their damage is seen."""
    items = "".join(f"<item><title>{n}</title></item>" for n in range(100_000))

    parsed = await read(worker, rss(items + "<&"))

    assert len(parsed.entries) == 500
    assert parsed.bozo == ""


async def test_any_depth_is_read(worker: ParseWorker) -> None:
    """Thousands of levels are no danger."""
    deep = b"<x>" * 20_000 + b"</x>" * 20_000

    parsed = await read(worker, ONE.replace(b"</item>", deep + b"</item>"))

    assert parsed.entries == (ENTRY,)


async def test_megabytes_of_markup_are_read(worker: ParseWorker) -> None:
    """Of a huge description only the beginning is looked at."""
    body = ONE.replace(b"Up.", b"&lt;b&gt;Up&lt;/b&gt; " * 200_000)

    (entry,) = (await read(worker, body)).entries

    assert entry.summary == "Up " * 166 + "U…"


async def test_many_categories_are_cut(worker: ParseWorker) -> None:
    """feedparser compares each with all before it."""
    many = "".join(f"<category>c{n}</category>" for n in range(30_000)).encode()

    (entry,) = (await read(worker, ONE.replace(b"</item>", many + b"</item>"))).entries

    assert entry.terms == tuple(f"c{n}" for n in range(20))


async def test_a_list_of_halts_keeps_its_fields(worker: ParseWorker) -> None:
    """What an exchange says of a halt stands in fields of its own; empty ones are left out."""
    (entry,) = (await read(worker, HALTS)).entries

    assert entry.extra == (
        ("ndaq_haltdate", "01/12/2026"),
        ("ndaq_halttime", "09:31:00"),
        ("ndaq_issuesymbol", "ACME"),
        ("ndaq_issuename", "Acme Anvils"),
        ("ndaq_market", "NASDAQ"),
        ("ndaq_reasoncode", "LUDP"),
        ("ndaq_resumptiondate", "01/12/2026"),
        ("ndaq_resumptionquotetime", "09:31:00"),
        ("ndaq_resumptiontradetime", "09:36:00"),
    )


async def test_a_filing_keeps_its_form_and_its_items(worker: ParseWorker) -> None:
    """As the regulator lists them: the form is the category, the items stand in the summary."""
    (entry,) = (await read(worker, FILINGS)).entries

    assert entry.terms == ("8-K",)
    assert entry.summary == "Filed: 2026-01-12 Size: 1 KB Item 2.02: Results of Operations"
    assert entry.dated == "2026-01-12T16:05:11-05:00"


async def test_hours_and_days_to_skip_are_told(worker: ParseWorker) -> None:
    """All of them, though feedparser keeps the last; whatever is no hour or day is left out."""
    skip = (
        "<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>noon</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>Saturday</day><day>Someday</day></skipDays>"
    )

    parsed = await read(worker, rss("", skip))

    assert (parsed.skip_hours, parsed.skip_days) == ((0, 23), (5, 6))


async def test_a_hub_is_told(worker: ParseWorker) -> None:
    """Where a feed announces itself by WebSub."""
    link = '<link xmlns="http://www.w3.org/2005/Atom" rel="hub" href="https://hub.example/"/>'

    assert (await read(worker, rss("", link))).hub == "https://hub.example/"


@pytest.mark.parametrize(
    ("base", "link"),
    [
        ("", "https://example.com/news/a"),
        ("https://x.example/deep/", "https://x.example/deep/a"),
        ("/other/", "https://example.com/other/a"),
    ],
)
async def test_links_start_from_their_base(worker: ParseWorker, base: str, link: str) -> None:
    """From xml:base where there is one, else from the address that the feed came from."""
    body = ATOM_10.replace(b"https://x.example/1", b"a")
    if base:
        body = body.replace(b"<entry>", f'<entry xml:base="{base}">'.encode())

    (entry,) = (await read(worker, body)).entries

    assert entry.link == link


async def test_a_json_feed_is_read(worker: ParseWorker) -> None:
    """feedparser reads none."""
    parsed = await read(worker, JSON_FEED)

    assert parsed == Parsed(
        "C",
        (
            Entry(
                guid="urn:one",
                link="https://x.example/1",
                title="One",
                summary="Said",
                dated="2026-01-12T09:00:00+08:00",
                terms=("markets",),
            ),
        ),
    )


@pytest.mark.parametrize(
    "items", ['[{"id": 7, "title": null}, 7]', '[{"id": "7", "url": "javascript:x"}]']
)
async def test_odd_items_of_a_json_feed_are_survived(worker: ParseWorker, items: str) -> None:
    """Numbers count as ids; what is no item, no text or no web address is left out."""
    body = f'{{"version": "https://jsonfeed.org/version/1", "items": {items}}}'.encode()

    assert (await read(worker, body)).entries == (Entry("7", "", "", "", ""),)


@pytest.mark.parametrize("body", [b"{", b'{"version": 1}', b'{"a":' + b"[" * 100_000])
async def test_other_json_is_no_feed(worker: ParseWorker, body: bytes) -> None:
    """Nor is JSON that would exhaust the stack."""
    with pytest.raises(Unreadable, match="is not a feed"):
        await read(worker, body)


@pytest.mark.parametrize("dialect", DIALECTS)
async def test_every_dialect_says_what_feedparser_finds(worker: ParseWorker, dialect: str) -> None:
    """Items, titles, guids, links and dates are feedparser's own."""
    body = DIALECTS[dialect]
    found = feedparser.parse(
        io.BytesIO(body), response_headers={"content-type": XML, "content-location": URL}
    )

    read_here = await read(worker, body)

    assert [(e.guid, e.link, e.title, e.dated) for e in read_here.entries] == [
        (
            entry.get("id", ""),
            entry.get("link", ""),
            plain(entry.get("title", ""), 300),
            dict.get(entry, "published") or dict.get(entry, "updated") or "",
        )
        for entry in found.entries
    ]
    assert len(read_here.entries) == 1


async def test_a_careless_feed_is_read(worker: ParseWorker) -> None:
    """A blank before the first tag, bare ampersands, a wrong encoding, tags never closed."""
    first, second = (await read(worker, CARELESS)).entries

    assert (first.title, first.link) == ("AT&T © café", "https://x.example/?a=1&b=2")
    assert first.summary == "Bold claim"
    assert second.title == "Second"
