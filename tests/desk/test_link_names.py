"""Which words are filed for which issuer, and which are found again in a text."""

from __future__ import annotations

import pytest

from bot.desk.linking.forms import Form, forms
from bot.desk.linking.names import Names
from bot.desk.linking.tokens import keys, tokens
from bot.model.company import Called, Company
from tests.builders import instrument


def company(ticker: str, name: str, rank: int = 0, *, otc: bool = False) -> Company:
    return Company(ticker, name, rank, (ticker,), otc)


def found(names: Names, text: str) -> list[tuple[str, str]]:
    words = tokens(text)
    return [
        (one.entry.ticker, text[words[one.first].start : words[one.last - 1].end])
        for one in names.find(words, text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Johnson & Johnson", ("johnson", "and", "johnson")),
        ("J.P. Morgan's", ("jp", "morgans")),
        ("McDonald’s Corp.", ("mcdonalds", "corp")),
        ("Nestlé S.A.", ("nestle", "sa")),
        ("AT&T, Wal-Mart and eBay", ("at&t", "wal", "mart", "and", "ebay")),
    ],
)
def test_keys(text: str, expected: tuple[str, ...]) -> None:
    """Case, accents, dots and apostrophes say nothing; & is and."""
    assert expected == keys(text)


def test_bare_keys() -> None:
    """A possessive ending and the number of a version may be left off."""
    lowes, qwen, six = tokens("Lowe's Qwen3 6G")

    assert ("lowes", "lowe", True) == (lowes.key, lowes.bare, lowes.possessive)
    assert ("qwen3", "qwen") == (qwen.key, qwen.bare)
    assert ("6g", "6g") == (six.key, six.bare)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Apple Inc.", {"apple": Form.FULL}),
        (
            "ADVANCE AUTO PARTS INC",
            {
                "advance auto parts": Form.FULL,
                "advance auto": Form.START,
                "advance": Form.START,
            },
        ),
        ("MICRON TECHNOLOGY INC", {"micron technology": Form.FULL, "micron": Form.SHORT}),
        ("PROGRESSIVE CORP/OH/", {"progressive": Form.FULL}),
        ("ELI LILLY & Co", {"eli lilly": Form.FULL, "eli": Form.START}),
        ("BANK OF AMERICA CORP /DE/", {"bank of america": Form.FULL}),
        ("The Widget Works Holdings Group Ltd", {"widget works": Form.FULL}),
        ("Rocket Science ETF Trust", {"rocket science etf": Form.FULL}),
        ("KONINKLIJKE WIDGETS N V", {"koninklijke widgets": Form.FULL}),
    ],
)
def test_forms(name: str, expected: dict[str, Form]) -> None:
    """Without what registers add, without general words, by the first words; a fund in full."""
    assert expected.items() <= dict(forms(name)).items()


def test_a_general_word_is_nobodys_short_name() -> None:
    """Neither "bank" nor "bank of" is Bank of America; a fund has no short name at all."""
    assert {"bank", "bank of"}.isdisjoint(dict(forms("BANK OF AMERICA CORP /DE/")))
    assert ["rocket science etf"] == list(dict(forms("Rocket Science ETF Trust")))


def test_the_larger_of_two_is_meant() -> None:
    """The full name of one beats the first word of another, then the larger comes first."""
    names = Names(
        [],
        [
            company("DLAS", "Delta Apparel Inc", 1),
            company("DAL", "Delta Air Lines, Inc.", 2),
            company("APLE", "Apple Hospitality REIT, Inc.", 3),
            company("AAPL", "Apple Inc.", 4),
        ],
    )

    assert [("DLAS", "Delta"), ("AAPL", "Apple")] == found(names, "Delta and Apple rise")
    assert [("DAL", "Delta Air Lines")] == found(names, "Delta Air Lines rises")


def test_what_people_call_a_company_goes_first() -> None:
    """A name that was written down beats the size of a namesake."""
    companies = [company("DLAS", "Delta Apparel Inc", 1), company("DAL", "Delta Air Lines", 2)]
    names = Names([], companies, [Called("DAL", names=("Delta",))])

    assert [("DAL", "Delta")] == found(names, "Delta rises")


def test_a_first_word_of_many_is_nobodys() -> None:
    """Four companies start with "Global": alone it names none of them."""
    many = [
        company(f"G{n}", f"Global {word} Inc", n)
        for n, word in enumerate(["Abc", "Bcd", "Cde", "Def"])
    ]

    assert [] == found(Names([], many), "Global rises")


def test_phrases_that_name_nobody() -> None:
    """They take first words away, but no company's full name."""
    companies = [company("NYT", "NEW YORK TIMES CO"), company("GBX", "Golden Cross Inc")]
    names = Names([], companies, nobody=["New York", "Golden Cross"])

    assert [("GBX", "Golden Cross")] == found(names, "New York sees a Golden Cross")
    assert [("NYT", "New York Times")] == found(names, "New York Times rises")


def test_a_never_phrase_masks_but_is_no_names_end() -> None:
    """What it covers is left out; where it is somebody's own name, that one is meant."""
    called = [
        Called("TGT", names=("Target",), never=("price target", "Target Hospitality")),
        Called("KB", names=("KB",), never=("KB Home",)),
    ]
    companies = [company("TGT", "Target Corp"), company("KB", "KB Inc"), company("KBH", "KB HOME")]
    names = Names([], companies, called)

    assert [] == found(names, "Price Target for Target Hospitality")
    assert [("KBH", "KB Home")] == found(names, "KB Home rises")


def test_hyphens_join_or_part() -> None:
    """Wal-Mart is Walmart, and Coca-Cola is Coca Cola."""
    names = Names([], [company("WMT", "Walmart Inc."), company("KO", "COCA COLA CO")])

    assert [("WMT", "Wal-Mart"), ("KO", "Coca-Cola")] == found(names, "Wal-Mart sells Coca-Cola")


def test_small_words_are_no_names() -> None:
    """Except where the name itself is written small."""
    called = [Called("AAPL", names=("Apple",), products=("iPhone",), nicknames=("iPhone maker",))]
    names = Names([], [company("AAPL", "Apple Inc.")], called)

    assert [("AAPL", "iPhone")] == found(names, "the apple and the iPhone")


def test_a_brand_with_the_owners_name_is_a_name() -> None:
    """Verizon Wireless is Verizon, whoever owned which brand when."""
    called = [Called("VZ", names=("Verizon",), brands=("Verizon Wireless", "Fios"))]
    names = Names([], [company("VZ", "Verizon Communications")], called)
    text = "Verizon Wireless and Fios"
    forms_found = [one.entry.form for one in names.find(tokens(text), text)]

    assert [Form.NAME, Form.BRAND] == forms_found


def test_one_issuer_one_ticker() -> None:
    """Share classes, foreign lines and the desk's other listings lead to the primary share."""
    names = Names(
        [instrument("AZN.L", name="AstraZeneca", short="AstraZeneca"), instrument("BABA")],
        [
            Company("GOOGL", "Alphabet Inc.", 0, ("GOOGL", "GOOG")),
            company("AZN", "ASTRAZENECA PLC", 1),
            company("BABA", "Alibaba Group Holding Ltd", 2),
        ],
        [Called("AZN", lines=("AZNCF",))],
    )
    issuers = {symbol: names.tickers[symbol] for symbol in ("GOOG", "AZN.L", "AZNCF", "9988.HK")}

    assert issuers == {"GOOG": "GOOGL", "AZN.L": "AZN", "AZNCF": "AZN", "9988.HK": "BABA"}
