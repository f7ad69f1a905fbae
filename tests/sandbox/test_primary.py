"""EDGAR's and Nasdaq's documents as they write them: what is in which element, and how odd it is."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

from bot.sandbox.feeds.primary import (
    Company,
    Filing,
    Halted,
    company_filings,
    current_filings,
    halts,
)
from tests.builders import at

ATOM = {"": "http://www.w3.org/2005/Atom"}
NDAQ = "{http://www.nasdaqtrader.com/}"
COMPANY = Company("NÖRDLICHE & CO AG", 77)
FILING = Filing(
    *(COMPANY, "8-K", "0000000077-26-000001", at("18:40")),
    items=("Item 2.02: Results of Operations",),
    filed=date(2026, 1, 13),
)


def test_an_entry_of_a_company_does_not_name_it() -> None:
    """The channel does; the form is a category, the items are in marked-up text."""
    root = ElementTree.fromstring(company_filings(COMPANY, [FILING]))
    entry = root.find("entry", ATOM)

    assert entry is not None
    assert "NÖRDLICHE & CO AG  (0000000077)" == root.findtext("title", "", ATOM)
    assert "8-K  - Current report" == entry.findtext("title", "", ATOM)
    assert "8-K" == entry.find("category", ATOM).get("term")  # type: ignore[union-attr]
    assert "2026-01-12T18:40:00-05:00" == entry.findtext("updated", "", ATOM)
    assert (
        " <b>Filed:</b> 2026-01-13 <b>AccNo:</b> 0000000077-26-000001 <b>Size:</b> 1 MB"
        "<br>Item 2.02: Results of Operations"
    ) == entry.findtext("summary", "", ATOM)


def test_an_entry_of_the_latest_filings_does() -> None:
    entry = ElementTree.fromstring(current_filings([FILING])).find("entry", ATOM)

    assert entry is not None
    assert "8-K - NÖRDLICHE & CO AG (0000000077) (Filer)" == entry.findtext("title", "", ATOM)


def test_a_halt_is_told_on_the_wall_of_new_york() -> None:
    """Month first; what is not announced is an empty element."""
    rows = [
        Halted("BABA", "T1", at("10:31")),
        Halted("JD", "LUDP", at("09:45"), at("09:45"), at("09:50")),
    ]
    told = [
        {child.tag.removeprefix(NDAQ): child.text or "" for child in item if NDAQ in child.tag}
        for item in ElementTree.fromstring(halts(rows)).iter("item")
    ]

    assert ("01/12/2026", "10:31:00", "") == tuple(
        told[0][name] for name in ("HaltDate", "HaltTime", "ResumptionTradeTime")
    )
    assert ("01/12/2026", "09:45:00", "09:50:00") == tuple(
        told[1][name] for name in ("ResumptionDate", "ResumptionQuoteTime", "ResumptionTradeTime")
    )
