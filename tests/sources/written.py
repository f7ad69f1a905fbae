"""Small feeds of our own, in every dialect that the desk reads."""

from __future__ import annotations

from bot.sources.parse_worker import Entry

URL = "https://example.com/news/feed.xml"
XML = "application/rss+xml"


def rss(items: str, extra: str = "") -> bytes:
    return f'<rss version="2.0"><channel><title>Wire</title>{extra}{items}</channel></rss>'.encode()


ONE = rss(
    "<item><guid isPermaLink='false'>a1</guid><title>Alibaba &amp;amp; Tencent</title>"
    "<link>/a?x=1&amp;y=2</link><pubDate>Mon, 12 Jan 2026 09:00:00 GMT</pubDate>"
    "<description>&lt;p&gt;Up.&lt;/p&gt;</description></item>"
)
ENTRY = Entry(
    guid="a1",
    link="https://example.com/a?x=1&y=2",
    title="Alibaba & Tencent",
    summary="Up.",
    dated="Mon, 12 Jan 2026 09:00:00 GMT",
)

RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="https://x.example"><title>C</title></channel>
<item rdf:about="urn:one"><title>One</title><link>https://x.example/1</link>
<dc:date>2026-01-12T09:00:00+08:00</dc:date></item></rdf:RDF>"""

RSS_090 = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>C</title></channel>
<item><title>One</title><link>https://x.example/1</link></item></rdf:RDF>"""

RSS_091 = b"""<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
 "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>C</title>
<item><title>One</title><link>https://x.example/1</link></item></channel></rss>"""

ATOM_03 = b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>C</title><entry>
<id>urn:one</id><title>One</title><link rel="alternate" type="text/html" href="https://x.example/1"/>
<issued>2026-01-12T09:00:00+08:00</issued></entry></feed>"""

ATOM_10 = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>C</title><entry><id>urn:one</id>
<title>One</title><link href="https://x.example/1"/><updated>2026-01-12T09:00:00+08:00</updated>
</entry></feed>"""

CDF = b"""<Channel HREF="https://x.example/"><Title>C</Title><Item HREF="https://x.example/1"
 LASTMOD="2026-01-12T09:00:00+08:00"><Title>One</Title></Item></Channel>"""

JSON_FEED = b"""{"version": "https://jsonfeed.org/version/1.1", "title": "C", "items": [{"id":
 "urn:one", "url": "https://x.example/1", "title": "One", "content_html": "<p>Said</p>",
 "date_published": "2026-01-12T09:00:00+08:00", "tags": ["markets"]}]}"""

DIALECTS = {
    "RSS 0.90": RSS_090,
    "RSS 0.91": RSS_091,
    "RSS 1.0": RDF,
    "RSS 2.0": ONE,
    "Atom 0.3": ATOM_03,
    "Atom 1.0": ATOM_10,
    "CDF": CDF,
}

# What an exchange, a regulator and a careless outlet send, each with words of our own.
HALTS = b"""<rss version="2.0" xmlns:ndaq="http://www.nasdaqtrader.com/"><channel><title>Halts</title>
<item><title>ACME</title><pubDate>Mon, 12 Jan 2026 14:31:00 GMT</pubDate>
<ndaq:HaltDate>01/12/2026</ndaq:HaltDate><ndaq:HaltTime>09:31:00</ndaq:HaltTime>
<ndaq:IssueSymbol>ACME</ndaq:IssueSymbol><ndaq:IssueName>Acme Anvils</ndaq:IssueName>
<ndaq:Market>NASDAQ</ndaq:Market><ndaq:ReasonCode>LUDP</ndaq:ReasonCode>
<ndaq:PauseThresholdPrice/><ndaq:ResumptionDate>01/12/2026</ndaq:ResumptionDate>
<ndaq:ResumptionQuoteTime>09:31:00</ndaq:ResumptionQuoteTime>
<ndaq:ResumptionTradeTime>09:36:00</ndaq:ResumptionTradeTime>
<description>&lt;table&gt;&lt;tr&gt;&lt;td&gt;Halt&lt;/td&gt;&lt;/tr&gt;&lt;/table&gt;</description>
</item></channel></rss>"""

FILINGS = b"""<?xml version="1.0" encoding="ISO-8859-1" ?><feed xmlns="http://www.w3.org/2005/Atom">
<title>Latest filings</title><entry><title>8-K - Acme Anvils (0000000001) (Filer)</title>
<link rel="alternate" type="text/html" href="https://x.example/filing-index.htm"/>
<summary type="html">&lt;b&gt;Filed:&lt;/b&gt; 2026-01-12 &lt;b&gt;Size:&lt;/b&gt; 1 KB
&lt;br&gt;Item 2.02: Results of Operations</summary><updated>2026-01-12T16:05:11-05:00</updated>
<category scheme="https://x.example/" label="form type" term="8-K"/><id>urn:filing:1</id></entry>
</feed>"""

CARELESS = (
    b"\xef\xbb\xbf\n <rss><channel><title>AT&T R&D</title><item><title>AT&T &copy; caf\xe9</title>"
    b"<link>https://x.example/?a=1&b=2</link><description><b>Bold <br> claim</description></item>"
    b"<item><title>Second</title><link>https://x.example/2</link></item></channel>"
)

ALL = (*DIALECTS.values(), JSON_FEED, HALTS, FILINGS, CARELESS)


def slow() -> bytes:
    """A feed of 3 MB that keeps feedparser busy for minutes."""
    return ONE + b"<a " * 1_000_000
