"""Reading one headline: its marks, names, figures, words, form and roles."""

from __future__ import annotations

import pytest

from bot.desk.cluster.deeds import DEEDS
from bot.desk.cluster.events import (
    CONTRARY,
    FIELDS,
    HAPPENINGS,
    LATER,
    OFFICES,
    OPPOSED,
    STAGES,
)
from bot.desk.cluster.forms import NEWS, form_of
from bot.desk.cluster.reading import read
from bot.desk.cluster.roles import swapped
from bot.desk.cluster.tables import rows
from bot.desk.cluster.things import THINGS
from bot.desk.cluster.title import Figure, plain, stem

DEAL = "Voltaro to buy Hexavent for $1.2 billion"


@pytest.mark.parametrize(
    "marked",
    [
        f"UPDATE 2-{DEAL}",
        f"WRAPUP 1-{DEAL}",
        f"CORRECTED-{DEAL}",
        f"RPT-UPDATE 1-{DEAL}",
        f"REFILE-{DEAL}",
        f"BRIEF-{DEAL}",
        f"EXCLUSIVE: {DEAL}",
        f"Update: Market Chatter: {DEAL}",
        f"{DEAL} - Reuters",
        f"'{DEAL}' - Bloomberg News",
        f"{DEAL} | Harbour Times",
        f"{DEAL} (UPDATED)",
        f"{DEAL}: Report",
        f"{DEAL}, WSJ reports",
    ],
)
def test_marks_of_those_who_pass_it_on(marked: str) -> None:
    """Wire prefixes, signatures and quotation marks are not the headline."""
    assert DEAL == plain(marked)


def test_a_headline_that_is_all_signature() -> None:
    """Where hardly anything would be left, nothing is taken away."""
    assert "Wendy's - Harbour" == plain("Wendy's - Harbour")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("acquires", "acquir"),
        ("acquiring", "acquir"),
        ("cutting", "cut"),
        ("making", "make"),
        ("studies", "study"),
        ("denied", "deny"),
        ("planes", "plane"),
        ("rally", "rally"),
        ("gas", "gas"),
        ("glp-1", "glp-1"),
    ],
)
def test_stems(word: str, expected: str) -> None:
    """Forms of one word meet, and no two words do."""
    assert expected == stem(word)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("for $1.2 billion", Figure(1.2e9, "$", 2)),
        ("for €350M", Figure(3.5e8, "$", 2)),
        ("up 5.5 percent", Figure(5.5, "%", 2)),
        ("up 12%", Figure(12, "%", 2)),
        ("120,000 cars", Figure(120_000, "n", 2)),
        ("by a fifth", Figure(20, "%", 1)),
        ("two dozen", Figure(2, "n", 1)),
        ("in Q3", Figure(3, "quarter")),
        ("in third-quarter trading", Figure(3, "quarter")),
        ("in H1", Figure(1, "half")),
        ("in FY26", Figure(2026, "year")),
        ("by 2027", Figure(2027, "year")),
        ("on April 14", Figure(414, "date")),
        ("in April", Figure(4, "month")),
        ("on Tuesday", Figure(1, "day")),
    ],
)
def test_figures(title: str, expected: Figure) -> None:
    """Money, shares, counts and dates are read into one measure."""
    assert expected == read(f"Voltaro {title}").figures[0]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Google sues Voltaro", (("alphabet",), ("voltaro",))),
        ("Tim Cook opens a shop", (("apple",),)),
        ("Shares of J&J fall", (("jnj",),)),
        ("Arbor Vista Group Plans Sale", (("arbor", "vista"),)),
        ("Voltaro Plans Sale in Japan", (("voltaro",), ("japan",))),
        ("Raises Target to $5 at Voltaro", (("voltaro",),)),
        ("Target raises pay", (("target_",),)),
        ("Gold tops $5,000", (("gold",),)),
    ],
)
def test_names(title: str, expected: tuple[tuple[str, ...], ...]) -> None:
    """Aliases are one company; capitals are a name unless a dictionary word explains them."""
    assert expected == read(title).names


def test_companies_by_their_trade() -> None:
    """A trade and a role hint at companies; a company that is named is no hint."""
    assert "nike" in read("Sneaker maker closes shops").hinted
    assert "ford" in read("Carmaker recalls trucks").hinted
    assert not read("Nike closes shops").hinted


def test_the_tables_speak_of_classes_that_exist() -> None:
    """No rule waits for a class of words that no line defines."""
    classes = {name for name, _ in rows(DEEDS + THINGS)}
    happenings = {name for name, _ in rows(HAPPENINGS)}
    needed = {word for _, words in rows(HAPPENINGS) for some in words for word in some.split("|")}
    needed |= {word for _, words in rows(FIELDS) for word in words}
    needed |= {word for pair in OPPOSED.split() for word in pair.split("-")}

    assert classes >= {word.lstrip("!") for word in needed} | STAGES | LATER | OFFICES
    assert happenings >= {word for pair in CONTRARY.split() for word in pair.split("-")}


def test_happenings() -> None:
    """Words of many kinds say what happened."""
    assert read("Voltaro to cut 400 jobs").happenings == read("Voltaro lays off 400").happenings
    assert {"guide_up"} <= read("Voltaro lifts outlook").happenings
    assert {"guide_down"} <= read("Voltaro trims full-year forecast").happenings


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (DEAL, NEWS),
        ("Sector Update: Tech Stocks Rise", "session"),
        ("Voltaro Q1 Earnings Call Transcript", "transcript"),
        ("3 Dividend Stocks to Buy", "list"),
        ("Why Voltaro stock is up", "why"),
        ("Harbour Bank raises price target on Voltaro", "target"),
        ("Voltaro shares jump", "moves"),
    ],
)
def test_forms(title: str, expected: str) -> None:
    """What repeats itself is told from news."""
    assert expected == form_of(title)


def test_templates_share_a_skeleton() -> None:
    """Names and figures are taken out, whether the company is known or not."""
    assert read("Tesla Q1 results").skeleton == read("Voltaro Q2 results").skeleton


def test_roles() -> None:
    """Active and passive tell the same, and who did it to whom is kept."""
    bought, other = read("Tesla acquires Voltaro"), read("Voltaro acquired by Tesla")

    assert bought.roles == other.roles
    assert swapped(bought.roles, read("Voltaro acquires Tesla").roles)
    assert not swapped(bought.roles, read("Voltaro bought").roles)


@pytest.mark.parametrize("title", ["", " ", "...", "🚀🚀", "$", "1,2,3", "é" * 400, "'s"])
def test_any_text_is_a_headline(title: str) -> None:
    """Nothing that an outlet prints stops the reading."""
    assert read(title).form
