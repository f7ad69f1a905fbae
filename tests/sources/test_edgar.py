"""EDGAR's feeds: which filing an entry announces, whose it is, and when it was public."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date

import pytest
import pytest_asyncio

from bot.model.feed import FeedState
from bot.model.news import Feed, OutletKind, Story
from bot.sandbox.feeds.primary import Company, Filing, company_filings, current_filings
from bot.sources.edgar import as_filing, company_name, wants_contact
from bot.sources.feed_items import stories
from bot.sources.parse_worker import Entry, ParseWorker
from tests.builders import at
from tests.sources.wire import UNPACED, Wire

MICRON = Company("MICRON TECHNOLOGY INC", 723125)
RESULTS = Filing(
    *(MICRON, "8-K", "0000723125-26-000004", at("16:01")),
    items=("Item 2.02: Results of Operations", "Item 9.01: Financial Statements and Exhibits"),
)
EVENING = Filing(
    *(MICRON, "8-K/A", "0000723125-26-000003", at("18:40", day="2026-01-09")),
    items=("Item 5.02: Departure of Directors",),
    filed=date(2026, 1, 12),
)
FEED = Feed("https://www.sec.gov/cgi-bin/browse-edgar", "SEC", OutletKind.REGULATOR)
ENTRY = Entry(
    guid="urn:tag:sec.gov,2008:accession-number=0000723125-26-000004",
    link="https://www.sec.gov/Archives/edgar/data/723125/index.htm",
    title="8-K - MICRON TECHNOLOGY INC (0000723125) (Filer)",
    summary="Filed: 2026-01-12 Item 8.01: Other Events",
    dated="2026-01-12T16:01:00-05:00",
    terms=("8-K",),
)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[ParseWorker]:
    worker = ParseWorker(workers=1)
    yield worker
    await worker.close()


async def read(worker: ParseWorker, document: bytes) -> list[Story]:
    parsed = await worker.parse(document, "application/atom+xml", FEED.url)
    return list(stories(parsed, FEED, at("19:00")))


@pytest.mark.asyncio(loop_scope="module")
async def test_both_of_its_feeds_are_understood(worker: ParseWorker) -> None:
    """The one of a company names it in the channel, the one of everybody in each entry."""
    own = await read(worker, company_filings(MICRON, [RESULTS, EVENING]))
    all = await read(worker, current_filings([RESULTS, EVENING]))

    assert own == all
    assert [
        "Micron Technology files 8-K: results of operations (item 2.02)",
        "Micron Technology files 8-K/A: directors and officers (item 5.02)",
    ] == [story.title for story in own]
    assert own[0].link.startswith("https://www.sec.gov/Archives/edgar/data/723125/0000723125260000")
    assert "" == own[0].summary


@pytest.mark.asyncio(loop_scope="module")
async def test_a_filing_of_the_evening_is_public_in_the_morning(worker: ParseWorker) -> None:
    """Accepted on Friday at 18:40 and filed as of Monday, it was out on Monday at six."""
    results, evening = await read(worker, company_filings(MICRON, [RESULTS, EVENING]))

    assert at("16:01") == results.published
    assert at("06:00") == evening.published


def test_what_is_no_filing_stays_as_it_is() -> None:
    """Another feed's entry, and one of which nobody says who filed it."""
    other, nobody = replace(ENTRY, guid="1"), replace(ENTRY, title="8-K - Current report")

    assert other == as_filing(other, "Latest Filings")
    assert nobody == as_filing(nobody, "Latest Filings")
    assert "Micron Technology files 8-K: other events (item 8.01)" == as_filing(ENTRY, "").title


@pytest.mark.parametrize("dated", ["", "yesterday", "2026-01-12T16:01:00"])
def test_a_time_that_says_nothing_is_not_made_up(dated: str) -> None:
    assert dated == as_filing(replace(ENTRY, dated=dated), "").dated


@pytest.mark.parametrize(
    ("conformed", "name"),
    [
        ("Alibaba Group Holding Ltd", "Alibaba Group"),
        ("ADVANCED MICRO DEVICES INC", "Advanced Micro Devices"),
        ("BANK OF AMERICA CORP /DE/", "Bank of America"),
        ("AMAZON COM INC", "Amazon"),
        ("AT&T INC.", "AT&T"),
        ("INTERNATIONAL BUSINESS MACHINES CORP", "International Business Machines"),
        ("COCA-COLA CO", "Coca-Cola"),
        ("PROCTER & GAMBLE CO", "Procter & Gamble"),
        ("KLA CORP", "KLA"),
        ("T-Mobile US, Inc.", "T-Mobile US"),
        ("Apple Inc.", "Apple"),
        ("CORP", "Corp"),
    ],
)
def test_a_name_of_the_register_as_a_headline_has_it(conformed: str, name: str) -> None:
    """Without its legal tail, and not in capitals; short words may be letters of their own."""
    assert name == company_name(conformed)


def test_the_sec_wants_to_know_whom_to_reach() -> None:
    for url in ("https://www.sec.gov/news/pressreleases.rss", "https://data.sec.gov/x"):
        assert wants_contact(url)
    for url in ("https://sec.gov.example/", "https://notsec.gov/", "http://[oops/"):
        assert not wants_contact(url)


@pytest.mark.asyncio(loop_scope="module")
async def test_without_a_contact_the_sec_is_left_alone(worker: ParseWorker) -> None:
    """No request is made, and the way out is said; with one, it is told in the User-Agent."""
    silent, named = Wire(worker, replace(UNPACED, contact="")), Wire(worker)
    fetched = []
    for wire in (silent, named):
        await wire.open()
        wire.names.addresses["www.sec.gov"] = ["93.184.215.14"]
        wire.server.documents["roundup"] = company_filings(MICRON, [RESULTS])
        url = "http://www.sec.gov/feeds/roundup.xml"
        fetched.append(await wire.fetch(FeedState(replace(FEED, url=url))))
        await wire.close()

    assert not fetched[0].asked
    assert not silent.log
    assert (
        "http://www.sec.gov/feeds/roundup.xml is not asked: the SEC wants to know whom to reach:"
        " set feeds.contact, an address or URL of yours"
    ) == fetched[0].reason
    assert ["Newsdesk/0.1 (+https://desk.example/bot; 1 subscriber)"] == named.sent("User-Agent")
    assert 1 == len(fetched[1].stories or ())
