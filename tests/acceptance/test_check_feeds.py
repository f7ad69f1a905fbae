"""`bot check --feeds`: a line for every listed feed, and no failure where one is silent."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.sandbox.feeds.faults import FeedFault
from bot.sandbox.world import World
from tests.acceptance.running import Ran, bot, clock, day_of, settings

OWN = '<outline text="Own" xmlUrl="{url}/feeds/roundup.xml?s={{ticker}}"/>'
SEC = '<outline text="SEC" newsdeskKind="regulator" xmlUrl="https://www.sec.gov/rss"/>'


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    return asyncio.run(run(tmp_path_factory.mktemp("feeds")))


async def run(folder: Path) -> Ran:
    """One feed is gone, one a page, one has moved, one is for each ticker, one wants a contact."""
    async with World(day_of("alerts"), starts=clock("11:08")) as world:
        feeds = world.feeds
        feeds.faults = {
            "courier": FeedFault("410"),
            "scmp": FeedFault("html"),
            "xinhua": FeedFault("301", feeds.address("roundup")),
        }
        config = settings(world, folder / "desk")
        opml = folder / "desk" / "feeds.opml"
        more = OWN.format(url=feeds.url) + SEC
        opml.write_text(opml.read_text().replace("</body>", f"{more}</body>"))
        return await bot("check", "--feeds", "--config", str(config))


def line(ran: Ran, address: str) -> str:
    """What is said of the feed whose address ends so."""
    (found,) = [each for each in ran.out.splitlines() if f"{address}: " in each]
    return re.sub(r"http://127.0.0.1:\d+", "", found)


def test_a_silent_feed_is_no_failure(ran: Ran) -> None:
    """It may answer tomorrow; the last line counts those that do today."""
    assert (0, "") == (ran.code, ran.err)
    assert re.search(r"\n6 of 9 in \S+/feeds\.opml answer\.\n$", ran.out)
    assert 9 == ran.out.count("ok     ") + ran.out.count("LOOK   ")


def test_what_each_feed_answers(ran: Ran) -> None:
    """How many items and how old the newest is; moved; gone; no feed at all."""
    assert re.fullmatch(
        r"ok     Market Roundup, /feeds/roundup\.xml: \d items?, the newest \d+ \w+ ago",
        line(ran, "/feeds/roundup.xml"),
    )
    assert "it has moved to /feeds/roundup.xml" in line(ran, "/feeds/xinhua.xml")
    assert "410" in line(ran, "/feeds/courier.xml")
    assert line(ran, "/feeds/courier.xml").startswith("LOOK   Millbrook Courier, ")
    assert line(ran, "/feeds/scmp.xml").startswith("LOOK   South China Morning Post, ")


def test_a_template_is_tried_with_one_ticker(ran: Ran) -> None:
    assert line(ran, "/feeds/roundup.xml?s=MSFT").startswith("ok     Own, ")


def test_the_sec_is_left_alone_without_a_contact(ran: Ran) -> None:
    assert (
        "LOOK   SEC, https://www.sec.gov/rss: is not asked: the SEC wants to know whom to reach:"
        " set feeds.contact, an address or URL of yours"
    ) == line(ran, "https://www.sec.gov/rss")
