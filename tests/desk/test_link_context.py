"""What stands around a name: the features that are weighed."""

from __future__ import annotations

import pytest

from bot.desk.linking.forms import Form
from bot.desk.linking.headline import Style, style
from bot.desk.linking.lexicon import Lexicon, Sort
from bot.desk.linking.names import Names
from bot.desk.linking.ratings import is_hosted, is_rating
from bot.desk.linking.read import Said, candidates
from bot.desk.linking.reason import reason
from bot.desk.linking.tokens import tokens
from bot.model.company import Called, Company

NAMES = Names(
    [],
    [
        Company("TGT", "Target Corp", 0, ("TGT",)),
        Company("GS", "Goldman Sachs Group Inc", 1, ("GS",)),
        Company("BA", "Boeing Co", 2, ("BA",)),
        Company("AMD", "Advanced Micro Devices", 3, ("AMD",)),
    ],
    [
        Called("TGT", names=("Target",), weak=("Target",), brands=("Shipt",)),
        Called("GS", names=("Goldman Sachs",), rates=True),
    ],
)
LEXICON = Lexicon({"target": Sort.EVERYDAY, "shares": Sort.EVERYDAY})


def said(title: str, ticker: str, summary: str = "", *, old: bool = False) -> set[str]:
    """The features of the first candidate of that ticker."""
    found = candidates(Said(title, summary, old), NAMES, LEXICON)
    return set(next(one.features for one in found if one.ticker == ticker))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Target names a new chief in the midst of a slump", Style.PLAIN),
        ("Target Names a New Chief Amid Slump", Style.TITLED),
        ("TARGET NAMES NEW CHIEF", Style.LOUD),
        ("Target", Style.PLAIN),
    ],
)
def test_how_a_headline_is_set(title: str, expected: Style) -> None:
    """By its words after the first."""
    assert expected is style(tokens(title), ())


def test_the_name() -> None:
    """How it stands for the issuer, whether it has another meaning, how it is written."""
    found = said("Target cuts its outlook", "TGT")

    assert {"name weak", "name of 1", "capital at the start of sentence, name weak"} <= found
    assert {"after: cuts", "before: nothing, common"} <= found


def test_the_summary() -> None:
    """It names the company in full, or another one, or nobody."""
    title, filler = "Target cuts outlook", " after a slow summer of fewer visitors."
    beside = {
        text: [f for f in said(title, "TGT", text + filler) if "in the summary" in f]
        for text in ("Target Corp cut", "Boeing Co cut", "They cut", "Shoppers at Target")
    }

    assert beside == {
        "Target Corp cut": ["named in the summary, common"],
        "Boeing Co cut": ["others are named in the summary, common"],
        "They cut": ["nobody is named in the summary, common"],
        "Shoppers at Target": ["said in the summary, common"],
    }


def test_a_brand_long_ago() -> None:
    """It may have had another owner then; a name is a name."""
    assert "brand" in said("Shipt hires drivers", "TGT")
    assert "old brand" in said("Shipt hires drivers", "TGT", old=True)
    assert "name weak" in said("Target hires drivers", "TGT", old=True)


def test_a_house_that_rates() -> None:
    """Who rates is told from who is rated."""
    title = "Goldman Sachs cuts Boeing to Sell, lowers price target"

    assert {"a house rates", "a house rates first, others"} <= said(title, "GS")
    assert "a company rates" not in said(title, "BA")
    assert "a house is rated" in said("Goldman Sachs downgraded to Hold", "GS")
    assert "a house is host" in said("Boeing Presents at Goldman Sachs Conference", "GS")
    assert not [f for f in said("Goldman Sachs hires in Texas", "GS") if "rating" in f]


@pytest.mark.parametrize(
    "title",
    [
        "Bank cuts Acme to Sell",
        "Bank lifts Acme's price target to $9",
        "Acme downgraded",
        "Acme Target Lifted to $79 at Bank",
        "Bank Raises Acme Target",
    ],
)
def test_ratings(title: str) -> None:
    """The words of analysts."""
    assert is_rating(tokens(title), title)


@pytest.mark.parametrize(
    "title", ["Acme to buy rival", "Target cuts outlook", "Walmart, Target cut prices"]
)
def test_no_ratings(title: str) -> None:
    """A purchase is no advice to buy, and the company Target no target."""
    assert not is_rating(tokens(title), title)
    assert not is_hosted(tokens(title))


def test_a_bare_ticker() -> None:
    """A candidate like a name, but not in a headline of capitals, nor behind a foreign mark."""
    forms = [one.form for one in candidates(Said("Can AMD catch up?"), NAMES, LEXICON)]

    assert [Form.BARE] == forms
    assert [] == candidates(Said("CAN AMD CATCH UP"), NAMES, LEXICON)
    assert [] == candidates(Said("A maker (TSX: AMD) rises"), NAMES, LEXICON)


def test_reasons() -> None:
    """Plain for a name that has no other meaning, else with what tipped it."""
    worth = {"after: shares": 9, "its ticker is printed": 20, "before: of": -3}
    features = ["name weak", "after: shares", "its ticker is printed", "before: of"]

    assert reason(Form.NAME, "title", ["name, rare"], lambda _: 1) == "name in the title"
    assert reason(Form.NAME, "title", features, lambda one: worth.get(one, 0)) == (
        'name in the title; its ticker is printed too; "shares" follows'
    )
