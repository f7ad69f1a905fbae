"""Does a headline pass what people filter?"""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.filters import LONGEST_RULE, MOST_PATTERNS, MOST_RULES, Filter
from bot.errors import UserError


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("gold", "Gold rises for a third day"),
        ("GOLD", "miners dig for gold"),
        ("gold", "Gold-backed funds grow"),
        ("gold", "“Gold”, says the bank"),
        ("gold", "gold's best week"),
        ("chip maker", "The chip   maker's results"),
        ("McDonald's", "McDonald’s sells more"),
        ("AT&T", "AT&T buys a rival"),
        ("C++", "Why C++ stays"),
        ("$BABA", "$BABA jumps"),
        ("S&P 500", "The S&P 500 falls"),
        ("café", "CAFÉ chain to list"),
        ("café", "Cafe\u0301 chain to list"),
        ("STRASSE", "Die Straße der Banken"),
        ("ABC", "ＡＢＣ lists in Tokyo"),
        ("阿里巴巴", "阿里巴巴公布财报"),
        ("AI", "日本のAI企業"),
        ("/up(grade|beat)/", "Analysts UPGRADE the maker"),
        ("/^Gold/", "Gold rises"),
        ("/\\bQ[1-4]\\b/", "Results for q3 are out"),
        ("/(?i)gold/", "GOLD"),
        ("/\\p{Han}/", "财报"),
        ("/", "either / or"),
        ("//", "http://"),
    ],
)
def test_a_rule_finds_its_words(rule: str, title: str) -> None:
    """Whole words in any case and spelling; patterns where slashes stand around them."""
    assert Filter.of(allow=[rule]).passes(title) == ""
    assert Filter.of(deny=[rule]).passes(title) == f"the filter denies {rule}"


@pytest.mark.parametrize(
    ("rule", "title"),
    [
        ("gold", "Goldman raises its target"),
        ("gold", "Marigolds for sale"),
        ("gold", "Gold2 token"),
        ("chip maker", "The chip and its maker"),
        ("AI", "Air France said"),
        ("café", "caféteria"),
        ("gold|silver", "silver"),
        ("/^Gold/", "More gold"),
        ("/gold/", ""),
    ],
)
def test_a_rule_finds_no_more_than_its_words(rule: str, title: str) -> None:
    """A word within a word is another word."""
    assert Filter.of(deny=[rule]).passes(title) == ""
    assert Filter.of(allow=[rule]).passes(title) == f"the filter allows only {rule}"


def test_the_summary_counts_too() -> None:
    """But words do not run from the title into it."""
    denied = Filter.of(deny=["gold mine"])

    assert "the filter denies gold mine" == denied.passes("News", "A gold mine closes")
    assert "" == denied.passes("All about gold", "mine closes")


def test_what_is_denied_is_held_back_though_it_is_allowed() -> None:
    """The reader's no is stronger than the yes."""
    both = Filter.of(allow=["gold", "silver"], deny=["/live blog/"])

    assert both.passes("Gold rises") == ""
    assert both.passes("Gold: live blog") == "the filter denies /live blog/"
    assert both.passes("Copper") == (
        "none of the 2 words and patterns that the filter allows is in it"
    )


def test_no_rule_passes_everything() -> None:
    """Blank rules are none, and one said twice is one."""
    assert Filter.of(allow=["", "  "]).passes("anything") == ""
    assert Filter.of(deny=["a  b", "a b"]) == Filter(deny=("a b",))


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("/(?=gold)x/", "looking ahead or behind is not possible"),
        ("/(?<!x)gold/", "looking ahead or behind is not possible"),
        ("/(a)\\1/", "referring back to a group is not possible"),
        ("/a{2000}/", "it repeats something more than 1000 times"),
        ("/(\\pL|\\pN|a){99}/", "it is too large"),
        ("/(gold/", "missing ): (gold"),
        ("/[a/", "missing ]: [a"),
        ("/x**/", "bad repetition operator: **"),
    ],
)
def test_a_pattern_that_cannot_be_is_one_sentence(rule: str, why: str) -> None:
    """It says what in the pattern is the matter."""
    with pytest.raises(UserError) as error:
        Filter.of(deny=[rule])

    assert str(error.value) == (
        f"the pattern {rule} cannot be used: {why}; "
        "a plain word needs no slashes; RE2's syntax is what patterns are written in"
    )


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            ["/[a-z]{1,999}z/"],
            (
                "the pattern /[a-z]{1,999}z/ is too large to run on every headline; "
                "repeat less, as in {1,20}"
            ),
        ),
        (
            ["/x*/"],
            (
                "the pattern /x*/ is in every headline, also in an empty one; "
                "use + in the place of * where something must be there"
            ),
        ),
        (
            ["x" * 201],
            (
                "a word or pattern of a filter has at most 200 characters, was 201: "
                f"{'x' * 30}…; make two of it"
            ),
        ),
        (
            [f"w{n}" for n in range(MOST_RULES + 1)],
            (
                "a filter may deny at most 50 words and patterns, was 51; "
                "several words can be one pattern: /gold|silver|copper/"
            ),
        ),
        (
            [f"/w{n}/" for n in range(MOST_PATTERNS + 1)],
            (
                "a filter may deny at most 10 patterns, was 11; "
                "write plain words without slashes where they will do"
            ),
        ),
    ],
)
def test_too_much_is_one_sentence(rules: list[str], sentence: str) -> None:
    """Every limit names itself, what was found, and the way out."""
    with pytest.raises(UserError) as error:
        Filter.of(deny=rules)

    assert sentence == str(error.value)


@pytest.mark.parametrize(
    "rule", ["/(x+x+)+y/", "/(a|aa)+$/", "/(.*a){25}z/", "/(a?){100}a{100}b/", "a" * LONGEST_RULE]
)
def test_no_rule_makes_the_desk_wait(rule: str) -> None:
    """What hangs other engines for years takes milliseconds."""
    denied = Filter.of(deny=[rule])
    began = time.process_time()

    denied.passes("a" * 300, "x" * 500)

    assert time.process_time() - began < 0.1


@given(st.text(max_size=30), st.text(max_size=60))
def test_anything_may_be_written(rule: str, title: str) -> None:
    """A rule is refused in a sentence or it works; nothing else happens."""
    try:
        denied = Filter.of(deny=[rule, f"/{rule}/"])
    except UserError:
        return

    assert denied.passes(title, title) in (
        "",
        *(f"the filter denies {each}" for each in denied.deny),
    )
