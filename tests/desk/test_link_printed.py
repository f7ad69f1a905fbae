"""Tickers in the forms in which editors print them."""

from __future__ import annotations

import pytest

from bot.desk.linking.printed import printed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$BABA and $BRK.B", ["BABA", "BRK-B"]),
        ("Alibaba (BABA) rises", ["BABA"]),
        ("Alibaba (NYSE: BABA) rises", ["BABA"]),
        ("NasdaqGS:MU", ["MU"]),
        ("Watch BABA:US", ["BABA"]),
        ("Amazon AMZN.O said", ["AMZN"]),
        ("Tencent (0700.HK), HKEX: 700", ["0700.HK", "0700.HK"]),
        ("Barclays (BARC.L), LSE: BARC", ["BARC.L", "BARC.L"]),
        ("Movers (AA, CHS, LEAP)", ["AA", "CHS", "LEAP"]),
        ("U.N. chief, J.P. Morgan, a price of US$MUST", []),
        ("(TSX: MU)", []),
    ],
)
def test_symbols(text: str, expected: list[str]) -> None:
    """As registers write them, whatever the form."""
    assert expected == [mark.symbol for mark in printed(text)]


@pytest.mark.parametrize(
    ("text", "sure"), [("(CEO)", False), ("(AI)", False), ("(BABA)", True), ("$AI", True)]
)
def test_letters_in_brackets_may_be_an_abbreviation(text: str, sure: bool) -> None:
    """A cash tag is a ticker always."""
    assert [sure] == [mark.sure for mark in printed(text)]
