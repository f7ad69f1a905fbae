"""The list of feeds that ships, and the templates in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot.app.feed_list import MOST_A_HOST, filling, is_template, own_feeds, read_numbers
from bot.app.files import SEEDS, read_outlets
from bot.model.feed import OwnFeeds
from bot.model.news import Feed, OutletKind
from bot.sources.address import check_url
from bot.sources.opml import read_opml

SHIPPED = read_opml(SEEDS / "feeds.opml")
REGISTER = read_outlets()
SEC = "U.S. Securities and Exchange Commission"
BY_NUMBER = Feed("https://sec.example/company?CIK={cik}&output=atom", SEC, OutletKind.REGULATOR)
BY_TICKER = Feed("https://quotes.example/rss?s={ticker}&lang=en", "Example Quotes")
NUMBERS = {"BABA": "1577552"}


def test_a_desk_begins_with_more_than_forty_feeds() -> None:
    """Each address once, of wires, releases, exchanges, regulators and press."""
    kinds = Counter(feed.kind for feed in SHIPPED)

    assert 40 <= len(SHIPPED) == len({feed.url for feed in SHIPPED})
    assert set(OutletKind) == set(kinds)
    assert 20 <= kinds[OutletKind.REGULATOR]


@pytest.mark.parametrize("feed", SHIPPED, ids=lambda feed: feed.url)
def test_every_one_is_of_the_register_and_may_be_read(feed: Feed) -> None:
    """The disclosure register knows the outlet, and calls it the same kind."""
    outlet = REGISTER.find(feed.outlet)

    assert outlet.source
    assert outlet.name == feed.outlet
    assert outlet.kind is feed.kind
    check_url(feed.url)


def test_the_list_says_that_nobody_tried_it() -> None:
    """The build machine reaches none of the addresses."""
    text = (SEEDS / "feeds.opml").read_text()

    assert "reaches none of these addresses" in text
    assert "`bot check`" in text


def test_filings_and_halts_are_among_them() -> None:
    filings = [feed for feed in SHIPPED if "browse-edgar" in feed.url]

    assert {"8-K", "6-K"} == {
        form for form in ("8-K", "6-K", "4") for feed in filings if f"type={form}&" in feed.url
    }
    assert 2 == len([feed for feed in filings if is_template(feed)])
    assert "https://www.nasdaqtrader.com/rss.aspx?feed=tradehalts" in {one.url for one in SHIPPED}


def test_a_template_is_filled_in_for_every_ticker() -> None:
    """Encoded as an address wants it; without a number, a company has none of that kind."""
    found = own_feeds([BY_NUMBER, BY_TICKER], {"^GSPC", "BABA"}, NUMBERS)

    assert [
        ("https://sec.example/company?CIK=0001577552&output=atom", "BABA", SEC),
        ("https://quotes.example/rss?s=BABA&lang=en", "BABA", "Example Quotes"),
        ("https://quotes.example/rss?s=%5EGSPC&lang=en", "^GSPC", "Example Quotes"),
    ] == [(feed.url, feed.about, feed.outlet) for feed in found.feeds]
    assert OutletKind.REGULATOR is found.feeds[0].kind
    assert 0 == found.left_out


def test_a_host_is_not_asked_for_more_than_it_has_room_for() -> None:
    """Others have theirs all the same."""
    tickers = {f"T{number}" for number in range(MOST_A_HOST + 7)}
    elsewhere = replace(BY_TICKER, url="https://other.example/{ticker}.xml")
    found = own_feeds([BY_TICKER, elsewhere], tickers, {})

    assert 2 * MOST_A_HOST == len(found.feeds)
    assert 14 == found.left_out


def test_the_register_knows_the_numbers_of_the_sec(tmp_path: Path) -> None:
    """A newer register in the data folder goes before the one that ships; none is no trouble."""
    assert "1577552" == read_numbers()["BABA"]
    newer = tmp_path / "universe.csv"
    newer.write_text("# newer\ncik,ticker,exchange,name\n77,BABA,NYSE,Alibaba\n")
    assert {"BABA": "77"} == read_numbers(tmp_path)
    newer.write_text("nothing\n1\n")
    assert {} == read_numbers(tmp_path)


def test_a_list_without_templates_reads_no_register(tmp_path: Path) -> None:
    plain = Feed("https://news.example/rss", "Example Times")
    (tmp_path / "universe.csv").write_bytes(b"\xff")

    assert OwnFeeds() == filling([plain], tmp_path)(["BABA"])
    assert "https://quotes.example/rss?s=BABA&lang=en" == (
        filling([plain, BY_TICKER, BY_NUMBER], tmp_path)(["BABA"]).feeds[0].url
    )
