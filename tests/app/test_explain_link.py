"""`bot explain link`: headlines in, companies out, with the register and the names that ship."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bot.app.explain_link import table
from bot.app.universe import open_linker
from bot.cli import main


def ask(*lines: object) -> list[dict[str, Any]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = CliRunner().invoke(main, ["explain", "link", "--jsonl"], input=text)

    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines()]


NAMED = {
    "Target cuts its profit outlook as shoppers hold back": "TGT",
    "Target to close nine stores": "TGT",
    "TARGET CUTS OUTLOOK": "TGT",
    "Gap shares jump as sales beat estimates": "GAP",
    "Block to buy back $2 billion of shares": "XYZ",
    "Visa profit beats estimates": "V",
    "Match Group settles with regulator": "MTCH",
    "Unity Software names new chief": "U",
    "Snap shares tumble on weak guidance": "SNAP",
    "Apple unveils a thinner iPhone": "AAPL",
    "Ford recalls 100,000 trucks": "F",
    "AT&T to sell towers": "T",
    "NVIDIA, MICROSOFT SIGN CHIP DEAL": "NVDA MSFT",
    "Goldman Sachs cuts Boeing to Sell": "BA",
    "Goldman Sachs profit tops estimates": "GS",
    "JPMorgan raises Netflix price target to $900": "NFLX",
    "Boeing downgraded to Hold at Jefferies": "BA",
    "Qwen downloads pass 700 million": "BABA",
    "Instagram adds a shopping tab": "META",
    "YouTube raises prices in Europe": "GOOGL",
    "iPhone maker warns on China demand": "AAPL",
    "Ozempic shortage eases, regulator says": "NVO",
    "Facebook fined by Irish regulator": "META",
    "Alibaba (NYSE: BABA) and JD.com (9618.HK) rise in Hong Kong": "BABA JD",
    "Berkshire Hathaway adds to its Chubb stake": "BRK-B CB",
    "J&J wins talc appeal": "JNJ",
    "Best Buy trims outlook": "BBY",
    "AstraZeneca pill cuts heart risk in trial": "AZN",
}
NOBODY = [
    "Bank lifts price target on chip maker",
    "Fed misses inflation target again",
    "Gap between rich and poor widens",
    "Lawmakers block trade deal",
    "Work visa backlog grows",
    "Apple harvest in Washington hit by frost",
    "Net income rises at regional banks",
    "FED HOLDS RATES, SIGNALS CUTS",
    "Unity government formed in Rome",
    "Snap election called in Japan",
    "Amazon rainforest fires spread",
    "Oracle of Omaha warns on debt",
    "Dollar tumbles to three-year low",
    "China's exports fall in October",
    "New York proposes congestion fee",
    "Gold slips as dollar firms",
]


@pytest.mark.parametrize(("title", "tickers"), NAMED.items(), ids=NAMED)
def test_a_company_is_named(title: str, tickers: str) -> None:
    """By name, brand, product, former name, nickname or ticker, whatever the capitals."""
    (answer,) = ask({"id": 1, "title": title})

    assert sorted(tickers.split()) == sorted(answer["tickers"])


@pytest.mark.parametrize("title", NOBODY, ids=NOBODY)
def test_nobody_is_named(title: str) -> None:
    """Everyday words, places, coins and metals."""
    (answer,) = ask({"id": 1, "title": title})

    assert [] == answer["tickers"]


def test_the_form() -> None:
    """The id as given, the tickers, and for each the words and the reason."""
    (answer,) = ask({"id": "a", "title": "Target shares slide", "published": "2026-01-12"})

    assert answer == {
        "id": "a",
        "tickers": ["TGT"],
        "mentions": [
            {"ticker": "TGT", "words": "Target", "reason": answer["mentions"][0]["reason"]}
        ],
    }
    assert answer["mentions"][0]["reason"].startswith("name in the title; ")


def test_only_the_title_is_asked() -> None:
    """The summary is evidence; whom only it names is not answered."""
    (answer,) = ask({"id": 1, "title": "Intel rises", "summary": "Micron Technology Inc fell."})

    assert ["INTC"] == answer["tickers"]


def test_lines_that_cannot_be_read() -> None:
    """Each gets its own line with a sentence, in its place; the others are answered."""
    first, second, third, fourth = ask("nonsense", [1], {"id": 7}, {"id": 8, "title": "Intel up"})

    assert first == {"error": "a headline is one JSON object a line, was 'nonsense'"}
    assert second == {"error": "a headline is one JSON object a line, was '[1]'"}
    assert third == {"id": 7, "error": '"title" must be a text, was None'}
    assert fourth["tickers"] == ["INTC"]


def test_odd_fields_are_let_pass() -> None:
    """A summary or a date that is none is as good as not given."""
    (answer,) = ask({"id": 1, "title": "Intel rises", "summary": 5, "published": "soon"})

    assert ["INTC"] == answer["tickers"]


def test_for_a_person() -> None:
    """Whom the headline names, and every candidate with its points."""
    linker = open_linker([])
    lines = list(table(linker, "Target (TGT) cuts outlook as China exports fall"))

    assert lines[0] == "Target (TGT) cuts outlook as China exports fall"
    assert lines[1] == 'TGT, by "TGT": ticker in the title'
    assert 'TGT "TGT": named, its ticker is printed' in lines
    assert any(line.startswith('TGT "Target": named, ') for line in lines)
    assert any('"China": not named, ' in line for line in lines)
