"""Who owns the outlet is said in the cause paragraph, where the owner is part of the story."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

from bot.brief.render import Templates
from bot.desk.register import outlets
from bot.model.brief import Brief, Layout, Variant
from bot.model.market import Instrument
from tests import builders as b
from tests.brief import facts

ROOT = Path(__file__).parents[2]
REGISTER = outlets(tomllib.loads((ROOT / "seeds" / "outlets.toml").read_text()))


def cause(ticker: str, name: str, outlet: str, *peers: str) -> str:
    """The cause paragraph of a brief on that company, reported by that outlet."""
    company = Instrument(ticker, name, name, "NASDAQ", "XNAS", "USD", peers=peers)
    found = facts.named(ticker, name, name)
    said = found.catalyst.attribution
    assert said is not None
    told = replace(said, outlet=REGISTER.find(outlet), story=b.story("It opens 40 stores"))
    text = _rendered(
        replace(found, instrument=company, catalyst=replace(found.catalyst, attribution=told))
    )
    return next(block for block in text.split("\n\n") if block.startswith("**Reported"))


def _rendered(brief: Brief) -> str:
    return Templates(ROOT / "templates").render(brief, Variant(Layout.BRIEF)).description


@pytest.mark.parametrize(
    ("ticker", "name", "outlet", "words"),
    [
        ("BABA", "Alibaba Group", "South China Morning Post", "Alibaba Group owns the outlet."),
        ("CMCSA", "Comcast", "NBC News", "Comcast owns the outlet."),
        ("CMCSA", "Comcast", "Sky News", "Comcast owns the outlet."),
        ("NWSA", "News Corp", "The Wall Street Journal", "News Corp owns the outlet."),
        ("NWSA", "News Corp", "Barron's", "News Corp owns the outlet."),
        ("NWS", "News Corp", "MarketWatch", "News Corp owns the outlet."),
        ("TRI", "Thomson Reuters", "Reuters", "Thomson Reuters owns the outlet."),
        ("APO", "Apollo", "Yahoo Finance", "Yahoo Inc., held by funds of Apollo owns the outlet."),
        (
            "AMZN",
            "Amazon",
            "Washington Post",
            "Nash Holdings, of Amazon's founder Jeff Bezos owns the outlet.",
        ),
    ],
)
def test_an_owner_that_is_the_subject(ticker: str, name: str, outlet: str, words: str) -> None:
    """In the words of the register; a founder's paper is never said to be the company's."""
    told = cause(ticker, name, outlet)

    assert words in told
    assert "Amazon owns" not in told


@pytest.mark.parametrize(
    ("ticker", "name", "outlet"),
    [
        ("AMZN", "Amazon", "Reuters"),
        ("CMCSA", "Comcast", "CNBC"),
        ("GOOGL", "Alphabet", "Financial Times"),
        ("BABA", "Alibaba Group", "Xinhua"),
    ],
)
def test_an_owner_that_has_no_part_in_it(ticker: str, name: str, outlet: str) -> None:
    """CNBC has not been Comcast's since the spin-off of Versant."""
    assert "owns the outlet" not in cause(ticker, name, outlet)


def test_an_owner_that_is_a_named_peer() -> None:
    """What a rival's paper says of a company is told with its owner."""
    told = cause("JD", "JD.com", "South China Morning Post", "BABA", "PDD")

    assert "Alibaba Group owns the outlet." in told
