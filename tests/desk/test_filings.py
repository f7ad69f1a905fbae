"""What an 8-K reports, by its items, in words that people and the desk's judgement read."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk import traits as trait
from bot.desk.attribute import attribution
from bot.desk.called import naming
from bot.desk.events import EVENTS, event_of
from bot.desk.features import FIGURES, PLAINLY, Headline, Pile
from bot.desk.filings import FILED, ITEMS, items_in, kind_of, marks, telling, title
from bot.model.news import OutletKind
from tests.builders import BABA, outlet, story, told

SUMMARY = (
    "Filed: 2026-01-12 AccNo: 0001104659-26-003001 Size: 1 MB"
    " Item 7.01: Regulation FD Disclosure Item 2.02: Results of Operations and Financial"
    " Condition Item 9.01: Financial Statements and Exhibits"
)


@pytest.mark.parametrize(
    ("form", "summary", "expected"),
    [
        ("6-K", "Filed: 2026-01-12 AccNo: 0001104659-26-003001 Size: 1 MB", "files 6-K"),
        (
            "8-K",
            SUMMARY,
            "files 8-K: results of operations (item 2.02), Regulation FD disclosure (item 7.01)",
        ),
        (
            "8-K/A",
            "Item 8.01: Other Events Item 4.01: Changes in Accountant Item 1.01: Entry into",
            "files 8-K/A: material agreement (item 1.01), change of auditor (item 4.01) and 1 more",
        ),
        ("8-K", "Item 9.01: Financial Statements and Exhibits", "files 8-K: exhibits (item 9.01)"),
        ("8-K", "items 1.03 and item 99.99", "files 8-K: bankruptcy or receivership (item 1.03)"),
    ],
)
def test_the_title_names_the_weightiest_items(form: str, summary: str, expected: str) -> None:
    """Two at most; exhibits only where there is nothing else, unknown items not at all."""
    assert f"Alibaba Group {expected}" == title("Alibaba Group", form, items_in(summary))


@pytest.mark.parametrize("code", sorted(ITEMS))
def test_every_item_is_a_kind_of_event(code: str) -> None:
    """Read back from the title that the desk itself wrote."""
    words = title("Alibaba Group", "8-K", (code,))

    assert ITEMS[code].kind in {event.kind for event in EVENTS}
    assert ITEMS[code].kind == kind_of(words) == event_of(words).kind


@pytest.mark.parametrize(
    ("headline", "kind"),
    [
        ("Alibaba Group files 6-K", "filing"),
        ("Alibaba Group files S-8", "filing"),
        ("Alibaba Group files DEF 14A", "filing"),
        ("Alibaba files lawsuit", ""),
        ("Alibaba files 13F: what it tells", ""),
        ("Alibaba beats estimates (item 2.02)", ""),
    ],
)
def test_only_a_filing_is_read_as_one(headline: str, kind: str) -> None:
    assert kind == kind_of(headline)
    assert (headline if not kind else "") == telling(headline)
    assert bool(kind) is (marks(headline) is not None)


def test_a_filing_is_an_event_where_its_items_say_so() -> None:
    """A report of a foreign issuer, or "other events", may hold anything or nothing."""
    assert frozenset({FILED, trait.RESULTS}) == marks(title("Alibaba", "8-K", ("2.02",)))
    assert frozenset({FILED}) == marks(title("Alibaba", "8-K", ("1.03",)))
    assert frozenset({trait.NOTHING}) == marks(title("Alibaba", "8-K", ("8.01",)))
    assert frozenset({trait.NOTHING}) == marks("Alibaba files 6-K")


@pytest.mark.parametrize(("code", "plainly"), [("2.02", True), ("1.03", True), ("8.01", False)])
def test_its_numbers_and_words_are_no_figures_and_no_tone(code: str, plainly: bool) -> None:
    """ "Material agreement" is the desk's wording, not good news; 2.02 is no figure."""
    words = title("Alibaba Group", "8-K", (code, "1.01"))
    headline = Headline(words, timedelta(hours=1), "SEC")
    (found,) = Pile([headline], naming(BABA), True, timedelta(hours=20)).features()

    assert FIGURES not in found
    assert not [one for one in found if "tone" in one]
    assert plainly is (PLAINLY in found)


def test_the_topic_of_a_filing_is_its_event() -> None:
    """It stands in a headline: "after filing on results"."""
    sec = outlet("U.S. Securities and Exchange Commission", kind=OutletKind.REGULATOR)
    topics = {
        code: attribution(told(story(title("Alibaba", "8-K", (code,))), sec, words="Alibaba"), BABA)
        for code in ("2.02", "3.01", "4.02")
    }

    assert ["results", "delisting notice", "accounts"] == [one.topic for one in topics.values()]
