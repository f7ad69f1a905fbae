"""What two headlines have in common, and what keeps them apart."""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations, product
from pathlib import Path
from tomllib import loads

import pytest

from bot.desk.cluster.pair import features, points, weighed
from bot.desk.cluster.points import ALIKE, BIAS, POINTS
from bot.desk.cluster.rarity import Rarity
from bot.desk.cluster.reading import read

RETOLD = Path(__file__).parents[2] / "seeds" / "clustering" / "retold.toml"
HOUR = timedelta(hours=1)
RARITY = Rarity()


def alike(one: str, other: str, apart: timedelta = HOUR) -> bool:
    return points(weighed(read(one), RARITY), weighed(read(other), RARITY), apart) >= ALIKE


def found(one: str, other: str) -> dict[str, float]:
    return features(weighed(read(one), RARITY), weighed(read(other), RARITY), HOUR)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "Tesla to buy battery firm Voltaro for $1.2 billion",
            "Tesla acquires Voltaro in $1.2B deal",
        ),
        (
            "Voltaro to be taken over by Tesla for $1.2 billion",
            "Tesla snaps up Voltaro in $1.2 bln deal",
        ),
        ("Boeing to cut 4,000 jobs", "Boeing lays off 4,000 workers"),
        ("Google fined €1.9 billion by EU", "EU slaps Alphabet with €1.9B fine"),
        (
            "Pfizer to pay $350 million to settle Zantrelin lawsuit",
            "Pfizer settles Zantrelin suit for $350M",
        ),
        (
            "FDA approves Merck's Oxalent for lung cancer",
            "Merck wins FDA nod for lung cancer drug Oxalent",
        ),
        ("iPhone maker to invest $30 billion in Texas plant", "Apple plans $30B Texas factory"),
    ],
)
def test_one_event_in_other_words(one: str, other: str) -> None:
    """Verbs of one meaning, other names of a company and rounded figures meet."""
    assert alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Voltaro Q1 Earnings Call Highlights", "Hexavent Q1 Earnings Call Highlights"),
        (
            "Harbour Bank raises Tesla price target to $310",
            "Harbour Bank raises Nike price target to $80",
        ),
        ("If You Invested $1000 In Nike 5 Years Ago", "If You Invested $1000 In Nike 20 Years Ago"),
        (
            "Sector Update: Tech Stocks Rise Late Afternoon",
            "Sector Update: Energy Stocks Rise Late Afternoon",
        ),
        ("Voltaro shares are trading higher Tuesday", "Hexavent shares are trading higher Tuesday"),
        ("Pfizer raises full-year profit forecast", "Pfizer cuts full-year profit forecast"),
        ("FDA approves Merck's Oxalent", "FDA rejects Merck's Oxalent"),
        ("Tesla recalls 120,000 cars", "Ford recalls 120,000 cars"),
        ("Tesla recalls 120,000 cars", "Tesla recalls 46,000 cars"),
        ("Google fined €1.9 billion by EU", "Google appeals €1.9 billion EU fine"),
        ("Costco sues Voltaro over patents", "Costco sued by Voltaro over patents"),
        ("Boeing CEO to step down", "Boeing CFO to step down"),
    ],
)
def test_events_that_come_near(one: str, other: str) -> None:
    """A template filled otherwise, another figure, company, direction or step is another story."""
    assert not alike(one, other)


def test_the_same_fill_of_a_form() -> None:
    """A form filled alike tells the same."""
    assert alike("Voltaro Q1 2026 Earnings Call Transcript", "Voltaro Q1 Earnings Call Transcript")
    assert alike("Why Voltaro Shares Are Falling Today", "Why Voltaro Stock Is Down Today")


def test_time_speaks_against() -> None:
    """What was alike at once is less so two days later."""
    one, other = "Nike names new finance chief", "Nike names new finance chief in shake-up"

    assert found(one, other)["- hours apart"] == 0
    assert alike(one, other)
    assert points(
        weighed(read(one), RARITY), weighed(read(other), RARITY), timedelta(hours=47)
    ) < points(weighed(read(one), RARITY), weighed(read(other), RARITY), HOUR)


def test_order_does_not_matter() -> None:
    """Either headline may come first."""
    one, other = "Tesla to buy Voltaro for $1.2 billion", "Voltaro sold to Tesla"

    assert found(one, other) == found(other, one)


def test_points_are_those_of_features() -> None:
    """Every feature that is worth points is computed, and its sign is in its name."""
    computed = found("Tesla sues Nike", "Nike sued by Tesla")

    assert set(POINTS) <= set(computed)
    assert all((worth > 0) == name.startswith("+") for name, worth in POINTS.items())
    assert BIAS < 0


def test_our_own_retellings() -> None:
    """On the events that were never tuned on: at least as right as the docs say."""
    events = [event for event in loads(RETOLD.read_text())["event"] if event["part"] == "check"]
    told = [alike(*pair) for event in events for pair in combinations(event["told"], 2)]
    near = [alike(*pair) for event in events for pair in product(event["told"], event["near"])]

    assert len(told) * 0.55 <= sum(told)
    assert sum(near) <= len(near) * 0.15
