"""What companies are called: is every name written once, where it belongs and so that it is found?"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SEEDS = Path(__file__).parent.parent / "seeds"
CALLS = ("names", "former", "nicknames", "brands", "products")
LISTS = (*CALLS, "lines", "weak", "never")

Called = dict[str, list[str]]


@cache
def read() -> dict[str, Any]:
    return tomllib.loads((SEEDS / "names.toml").read_text(encoding="utf-8"))


@cache
def primary() -> frozenset[str]:
    """The first ticker of every issuer in the register."""
    register = SEEDS / "universe.csv"
    if not register.exists():
        pytest.skip("seeds/universe.csv is not there")
    rows = csv.DictReader(
        line for line in register.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )
    first: dict[str, str] = {}
    for row in rows:
        first.setdefault(row["cik"], row["ticker"])
    return frozenset(first.values())


def calls(called: Called) -> Iterator[str]:
    for key in CALLS:
        yield from called.get(key, ())


def plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold().replace("'", "")))


def test_every_key_is_known_and_holds_what_it_should() -> None:
    """A table holds lists of phrases, and `rates`, which is only written where it is true."""
    wrong = [
        f"{ticker}.{key}"
        for ticker, called in read().items()
        for key, value in called.items()
        if not (
            (key == "rates" and value is True)
            or (key in LISTS and value and all(isinstance(one, str) and one for one in value))
        )
    ]

    assert [] == wrong


def test_tables_stand_in_order() -> None:
    """The tables are sorted by ticker, so that a reader finds one and a diff is small."""
    tickers = list(read())

    assert sorted(tickers) == tickers


def test_every_key_is_the_primary_ticker_of_an_issuer() -> None:
    """One issuer, one key: the first ticker that the register gives it."""
    assert set() == set(read()) - primary()


def test_every_table_has_a_name() -> None:
    """A table without a name would say what a company makes but not what it is called."""
    assert [] == [ticker for ticker, called in read().items() if not called.get("names")]


def test_a_phrase_is_written_once_in_its_table() -> None:
    """A phrase is a name, a brand or a product of its company, not two of them."""
    twice = [
        f"{ticker}: {phrase}"
        for ticker, called in read().items()
        for phrase, times in Counter(one.casefold() for one in calls(called)).items()
        if times > 1
    ]

    assert [] == twice


def test_a_name_of_two_issuers_is_weak_in_both() -> None:
    """What two companies could be called is left to the context."""
    owners: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    for ticker, called in read().items():
        weak = called.get("weak", ())
        for phrase in calls(called):
            owners[plain(phrase)].append((ticker, phrase in weak))
    disputed = {
        phrase: held
        for phrase, held in owners.items()
        if len({ticker for ticker, _ in held}) > 1 and not all(weak for _, weak in held)
    }

    assert {} == disputed


def test_weak_marks_names_of_the_same_table() -> None:
    """`weak` repeats a name as it is written above it, else it would mark nothing."""
    lost = [
        f"{ticker}: {word}"
        for ticker, called in read().items()
        for word in called.get("weak", ())
        if word not in set(calls(called))
    ]

    assert [] == lost


def test_never_holds_a_name_of_its_table_and_more() -> None:
    """A phrase that holds no name of the company could not be mistaken for it."""
    idle = [
        f"{ticker}: {phrase}"
        for ticker, called in read().items()
        for phrase in called.get("never", ())
        if not any(
            f" {plain(name)} " in f" {plain(phrase)} " and plain(name) != plain(phrase)
            for name in calls(called)
        )
    ]

    assert [] == idle


@pytest.mark.parametrize(
    ("phrase", "ticker"),
    [
        ("Qwen", "BABA"),
        ("Instagram", "META"),
        ("AWS", "AMZN"),
        ("Big Blue", "IBM"),
        ("Ozempic", "NVO"),
        ("AmerisourceBergen", "COR"),
        ("BofA", "BAC"),
        ("9988.HK", "BABA"),
        ("BMW", "BMWKY"),
    ],
)
def test_well_known_phrases_lead_to_their_company(phrase: str, ticker: str) -> None:
    """Brands, nicknames, drugs, former and short names, and other listings are all there."""
    called = read()[ticker]

    assert phrase in {*calls(called), *called.get("lines", ())}


@pytest.mark.parametrize("word", ["Target", "Gap", "Block", "Visa", "Match Group", "Snap"])
def test_everyday_words_are_left_to_the_context(word: str) -> None:
    """A name that is an ordinary word is weak; one that is not needs no context."""
    weak = {one for called in read().values() for one in called.get("weak", ())}

    assert (word in weak) is (" " not in word)


def test_the_houses_that_rate_are_known() -> None:
    """The brokers whose name mostly signs a rating are marked."""
    rating = {ticker for ticker, called in read().items() if called.get("rates")}

    assert {"GS", "MS", "BAC", "JPM", "UBS", "JEF", "RJF", "PIPR", "SF", "EVR"} <= rating
