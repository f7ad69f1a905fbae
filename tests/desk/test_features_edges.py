"""
What can be said of a headline, to the letter and to the count.

Made-up words (zebra, quartz) keep out of the lists that other features read.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk import features as feature
from bot.desk.called import called, naming
from bot.desk.features import Headline, Pile
from tests.builders import BABA, instrument

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)
CLOSE = 16 * HOUR


def pile(*told: tuple[str, timedelta]) -> list[frozenset[str]]:
    """The features of headlines of those ages; the close before was 16 hours before the onset."""
    headlines = [Headline(title, age, "Reuters") for title, age in told]
    return Pile(headlines, naming(BABA), True, CLOSE).features()


def one(title: str, age: timedelta = HOUR) -> frozenset[str]:
    return pile((title, age))[0]


@pytest.mark.parametrize(
    ("title", "where"),
    [
        ("Alibaba zebra", feature.LEADS),
        ("xy Alibaba", feature.EARLY),
        ("x Alibaba", feature.LEADS),
        ("x" * 24 + " Alibaba", feature.EARLY),
        ("x" * 25 + " Alibaba", feature.LATER),
        ("Zebra and quartz", feature.ELSEWHERE),
    ],
)
def test_where_the_company_stands(title: str, where: str) -> None:
    """By the letter at which its name begins."""
    assert where in one(title)


def test_figures_and_their_absence() -> None:
    assert feature.FIGURES in one("Alibaba zebra 7")
    assert feature.FIGURES not in one("Alibaba zebra seven")


@pytest.mark.parametrize(
    ("age", "fresh"),
    [
        (CLOSE, True),
        (CLOSE + timedelta(minutes=5), True),
        (CLOSE + timedelta(minutes=5, seconds=1), False),
    ],
)
def test_fresh_since_the_last_close(age: timedelta, fresh: bool) -> None:
    """With five minutes for what comes with the bell."""
    assert fresh is (feature.FRESH in one("Alibaba zebra", age))


@pytest.mark.parametrize(
    ("count", "quiet"),
    [(10, {10, 30}), (11, {30}), (30, {30}), (31, set())],
)
def test_quiet_days(count: int, quiet: set[int]) -> None:
    """Ten headlines in a day are few; thirty still are not many; older ones do not count."""
    told = [(f"Alibaba zebra{number}", 20 * HOUR) for number in range(count)]
    found = pile(*told, ("Alibaba quartz", 25 * HOUR))[0]

    assert {most for most, why in feature.QUIET if why in found} == quiet


def test_one_kind_of_talk_is_not_two() -> None:
    once = one("Is Alibaba zebra?")
    twice = one("Is Alibaba a good stock to buy now?")

    assert feature.TALKED_TWICE not in once
    assert feature.TALKED_TWICE in twice


def echoes(*others: tuple[str, timedelta], of: str = "Alibaba zebra quartz") -> frozenset[str]:
    counted = {feature.ONE_ECHO, feature.SOME_ECHOES, feature.MANY_ECHOES}
    return pile((of, HOUR), *others)[0] & counted


@pytest.mark.parametrize(
    ("count", "found"),
    [
        (0, set()),
        (1, {feature.ONE_ECHO}),
        (2, {feature.SOME_ECHOES}),
        (4, {feature.SOME_ECHOES}),
        (5, {feature.MANY_ECHOES}),
    ],
)
def test_how_many_say_much_the_same(count: int, found: set[str]) -> None:
    """Two rare words in common are much the same."""
    others = [(f"Alibaba zebra quartz ivory{number}", HOUR) for number in range(count)]

    assert echoes(*others) == found


def test_what_is_no_echo() -> None:
    """The same title, one word in common, or two words of many."""
    long = "Alibaba zebra quartz ivory amber cobalt velvet maple onyx coral"

    assert echoes(("Alibaba zebra quartz", HOUR)) == set()
    assert echoes(("Alibaba zebra ivory", HOUR)) == set()
    assert (
        echoes((f"Alibaba zebra quartz {' '.join(f'w{n}oo' for n in range(8))}", HOUR), of=long)
        == set()
    )


@pytest.mark.parametrize(
    ("age", "found"),
    [
        (41 * HOUR, {feature.ONE_ECHO}),
        (41 * HOUR + SECOND, set()),
    ],
)
def test_echoes_come_within_forty_hours(age: timedelta, found: set[str]) -> None:
    """Of each other, however old both are."""
    old = pile(("Alibaba zebra quartz", 30 * HOUR), ("Alibaba zebra quartz ivory", 31 * HOUR))[0]

    assert echoes(("Alibaba zebra quartz ivory", age)) == found
    assert feature.ONE_ECHO in old


def burst(fresh: str, old: int, rest: str = "") -> bool:
    """Whether the words of two fresh headlines burst upon so many old ones with other words."""
    told = [(f"Alibaba {fresh}", HOUR), (f"Alibaba {fresh} alone", HOUR)]
    told += [(f"Alibaba old{number}er {rest}", 30 * HOUR) for number in range(old)]
    return feature.BURST in pile(*told)[0]


@pytest.mark.parametrize(
    ("words", "old", "rest", "found"),
    [
        ("zebra", 3, "", True),
        ("zebra", 2, "", False),
        ("zebra", 0, "", False),
        ("zebra quartz", 1, "", False),
        ("zebra quartz", 2, "", True),
        ("zebra quartz ivory", 1, "", False),
        ("zebra quartz ivory", 2, "quartz", True),
    ],
)
def test_words_that_are_new(words: str, old: int, rest: str, found: bool) -> None:
    """The two newest words count, by how much more often they stand in fresh headlines."""
    assert found is burst(words, old, rest)


def test_a_burst_weighs_its_two_newest_words_alone() -> None:
    """Words of which one in two old headlines tells, too, add little."""
    mixed = [("Alibaba zebra quartz ivory", HOUR), ("Alibaba zebra quartz ivory alone", HOUR)]
    mixed += [("Alibaba quartz ivory older", 30 * HOUR), ("Alibaba oldest", 30 * HOUR)]

    assert feature.BURST in pile(*mixed)[0]


def test_more_fresh_headlines_make_a_burst_rarer() -> None:
    """And a word that stands once in them is none, nor is one in an old headline."""
    told = [("Alibaba zebra", HOUR), ("Alibaba zebra alone", HOUR), ("Alibaba quartz", HOUR)]
    told += [(f"Alibaba old{number}er", 30 * HOUR) for number in range(4)]
    singles = [("Alibaba zebra quartz", HOUR), ("Alibaba ivory amber", HOUR)]
    singles += [(f"Alibaba old{number}er", 30 * HOUR) for number in range(6)]
    known = [
        ("Alibaba zebra", HOUR),
        ("Alibaba zebra alone", HOUR),
        ("Alibaba zebra of old", 30 * HOUR),
    ]
    known += [(f"Alibaba old{number}er", 30 * HOUR) for number in range(40)]

    assert feature.BURST not in pile(*told)[0]
    assert feature.BURST not in pile(*singles)[0]
    assert feature.BURST not in pile(*known)[2]


@pytest.mark.parametrize(
    ("company", "names"),
    [
        ("Macy’s Inc", ("macy's",)),
        ("GE Vernova Inc", ("ge vernova",)),
        ("AMD Labs Quartz", ("amd labs quartz", "amd labs", "amd")),
        ("Eli Lilly Zebra", ("eli lilly zebra", "eli lilly", "lilly")),
        ("Bank of America Corp", ("bank america", "BofA")),
    ],
)
def test_what_a_company_is_called(company: str, names: tuple[str, ...]) -> None:
    """Not by two letters of it, nor by the third word behind a forename."""
    assert called(company) == names


def test_a_name_is_found_however_it_is_written() -> None:
    """With a bent apostrophe, a hyphen, its longest form first; a ticker as it is listed."""
    macys = naming(instrument("M", name="Macy's Inc", short="Macy's"))
    ge = naming(instrument("GE", name="Zebra Quartz", short="Zebra"))

    assert macys.at("Macy’s opens") == 0
    assert naming(instrument("M", name="Macy’s", short="M’s")).at("Macy's opens") == 0
    assert macys.at("At M street") is None
    assert macys.at("Why $M today") == 4
    assert ge.at("Buy GE at noon") == 4
    assert ge.at("A GEM at noon") is None
    assert naming(instrument("Q", name="Red Zebra", short="Q")).at("On Red-Zebra today") == 3
    assert ge.names.sub("-", "on zebra quartz today") == "on - today"
