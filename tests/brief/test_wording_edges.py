"""Where one word gives way to the next: the figure on the edge, and the figures beside it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.brief import phrases, wording
from bot.model.brief import Average, Range52
from tests.builders import at


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        ("-0.04", 1, "0.0"),
        ("-0.05", 1, "-0.1"),
        ("0.05", 1, "0.1"),
        ("2.5", 0, "3"),
        ("-2.5", 0, "-3"),
        ("1234.5678", 3, "1234.568"),
    ],
)
def test_halves_go_away_from_zero_and_nought_has_no_sign(
    value: str, places: int, expected: str
) -> None:
    assert expected == str(wording.rounded(Decimal(value), places))


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("1", "USD", "$1.00"),
        ("-1", "USD", "$-1.00"),
        ("1.5", "USD", "$1.50"),
        ("0.9999", "USD", "$0.9999"),
        ("0", "USD", "$0.0000"),
        ("0.000000", "USD", "$0.0000"),
        ("0.01", "USD", "$0.01000"),
        ("0.1", "USD", "$0.1000"),
        ("0.000012345", "USD", "$0.00001235"),
        ("2345", "KRW", "₩2,345"),
        ("0.5", "JPY", "¥0.5000"),
        ("1", "GBp", "1.0p"),
        ("1.005", "GBp", "1.01p"),
        ("1.5049", "GBp", "1.5p"),
        ("0.12345", "GBp", "0.1235p"),
        ("100", "GBp", "100.0p"),
        ("1200.50", "GBX", "1,200.5p"),
        ("1.5", "CHF", "1.50 CHF"),
        ("1.5", "CAD", "C$1.50"),
        ("1.5", "AUD", "A$1.50"),
        ("1.5", "SGD", "S$1.50"),
        ("1.5", "TWD", "NT$1.50"),
        ("1.5", "GBP", "£1.50"),
        ("1.5", "CNY", "CN¥1.50"),
        ("1.5", "INR", "₹1.50"),
    ],
)
def test_money_at_the_edges(amount: str, currency: str, expected: str) -> None:
    """At one unit, at nought, at a whole number, and in every currency with a sign."""
    assert expected == wording.money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("value", "expected"), [("0.5", "+0.5%"), ("1", "+1.0%"), ("-0.5", "−0.5%"), ("0", "0.0%")]
)
def test_a_small_percent_has_its_sign(value: str, expected: str) -> None:
    assert expected == wording.percent(Decimal(value))


def test_a_gap_of_less_than_a_point() -> None:
    """Either way, and a gap of exactly one."""
    told = [wording.apart(Decimal(one), Decimal(2), "SPY") for one in ("2.5", "1.5", "3", "2.04")]

    assert told == [
        "0.5 points above SPY",
        "0.5 points below SPY",
        "1.0 points above SPY",
        "level with SPY",
    ]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("Pacific/Kiritimati", "06:08 UTC+14"),
        ("Asia/Dubai", "20:08 UTC+4"),
        ("Asia/Kolkata", "21:38 IST"),
        ("Pacific/Chatham", "05:53 UTC+13:45"),
        ("UTC", "16:08 UTC"),
    ],
)
def test_zones_with_and_without_letters(zone: str, expected: str) -> None:
    assert expected == wording.clock(at("11:08"), zone)


def test_an_hour_beside_a_time_that_told_its_zone() -> None:
    assert wording.hour(at("11:08"), "America/New_York") == "11:08"
    assert wording.hour(at("11:08"), "Asia/Hong_Kong") == "00:08"


@pytest.mark.parametrize(
    ("value", "expected"), [("3", "3%"), ("3.0", "3%"), ("2.5", "2.5%"), ("10", "10%")]
)
def test_a_level_is_as_short_as_it_is_exact(value: str, expected: str) -> None:
    assert expected == wording.level(Decimal(value))


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "less than a minute"),
        (60, "1 minute"),
        (119, "1 minute"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
        (172_799, "47 hours"),
        (172_800, "2 days"),
    ],
)
def test_spans_in_whole_units(seconds: int, expected: str) -> None:
    assert expected == wording.span(timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("2", "2-for-1"),
        ("0.1", "1-for-10"),
        ("1.5", "3-for-2"),
        ("0.0666667", "1-for-15"),
        ("0.000999000999", "1-for-1000"),
    ],
)
def test_splits_are_new_shares_for_old(amount: str, expected: str) -> None:
    assert expected == wording.split(Decimal(amount))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9.7", "nearly 10%"),
        ("9.6999", "about 10%"),
        ("10.3", "more than 10%"),
        ("10.3001", "about 10%"),
        ("-9.7", "nearly 10%"),
        ("2.5", "about 3%"),
        ("0.49", "0.5%"),
        ("0.5", "about 1%"),
        ("1", "1%"),
        ("1.02", "more than 1%"),
        ("33", "33%"),
    ],
)
def test_nearly_more_than_about(value: str, expected: str) -> None:
    """Three hundredths of the round figure are near; a hair more is not (N5)."""
    assert expected == phrases.around(Decimal(value))


@pytest.mark.parametrize(
    ("level", "least", "expected"),
    [
        ("3", "3.01", "over 3%"),
        ("3", "3", "3% or more"),
        ("2.5", "4", "2.5% or more"),
    ],
)
def test_how_far_many_names_went(level: str, least: str, expected: str) -> None:
    """ "over" needs every one of them farther, and never a decimal behind it."""
    assert expected == phrases.beyond(Decimal(level), Decimal(least))


def stands(
    last: str, value: str, touched: str | None = None, crossed: bool = False, sessions: int = 200
) -> str:
    found = Average(Decimal(value), sessions, crossed, Decimal(touched) if touched else None)
    return phrases.average(Decimal(last), found, "USD")


def test_above_at_and_below_an_average() -> None:
    """By the figures as printed: what reads the same is level."""
    its = "its 200-day average of $100.00"

    assert stands("110", "100") == f"10.0% above {its}"
    assert stands("90", "100") == f"10.0% below {its}"
    assert stands("100.004", "99.996") == f"at {its}"
    assert stands("100.04", "100.00") == f"just above {its}"
    assert stands("99.96", "100.00") == f"just below {its}"
    assert stands("110", "100", crossed=True) == f"10.0% above {its}, crossed in this move"


def test_fewer_sessions_than_an_average_has() -> None:
    """They are told; two hundred are enough."""
    assert stands("110", "100", sessions=199) == (
        "10.0% above its 199-day average of $100.00 (fewer than 200 sessions are known)"
    )
    assert "fewer" not in stands("110", "100", sessions=200)


def test_a_crossing_that_did_not_last() -> None:
    """It was true for a moment: said as "traded as low as", and what is true now."""
    its = "its 200-day average of $100.00"

    assert stands("101", "100", "99") == (
        f"traded as low as $99.00, below {its}, and last traded at $101.00, above it"
    )
    assert stands("99", "100", "101") == (
        f"traded as high as $101.00, above {its}, and last traded at $99.00, below it"
    )
    assert stands("101", "100", "100") == f"1.0% above {its}"
    assert stands("101", "100", "100.5") == f"1.0% above {its}"
    assert stands("0.4412", "0.44", "0.4399").startswith("traded as low as $0.4399, below")


def year(position: str, last: str = "50", reached: str = "") -> str:
    found = Range52(Decimal(20), Decimal(120), Decimal(position))
    return phrases.range52(found, Decimal(last), "USD", reached)


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("9.4", "near the low, 9% of the way up"),
        ("9.5", "10% of the way up"),
        ("39.4", "39% of the way up"),
        ("39.5", "near the middle, 40% of the way up"),
        ("60.4", "near the middle, 60% of the way up"),
        ("60.5", "61% of the way up"),
        ("90.4", "90% of the way up"),
        ("90.5", "near the high, 91% of the way up"),
    ],
)
def test_places_in_a_years_range(position: str, words: str) -> None:
    """By the position as printed, so that words and figure agree (N24)."""
    assert f"{words} its 52-week range of $20.00–$120.00" == year(position)


def test_the_ends_of_a_years_range() -> None:
    """There now, or there today and back."""
    found = Range52(Decimal(20), Decimal(120), Decimal(30))

    assert phrases.range52(found, Decimal(50), "USD") == (
        "30% of the way up its 52-week range of $20.00–$120.00"
    )
    assert year("0", "20") == "at the low of its 52-week range of $20.00–$120.00"
    assert year("100", "120") == "at the high of its 52-week range of $20.00–$120.00"
    assert year("5", "25", "low") == (
        "traded as low as $20.00, its 52-week low; now near the low, "
        "5% of the way up its 52-week range of $20.00–$120.00"
    )
    assert year("80", "100", "high").startswith("traded as high as $120.00, its 52-week high; now")


def test_lists_and_articles() -> None:
    """None, one, two, three; a paper takes its article, an agency does not."""
    names = ("A", "B", "C")

    assert [phrases.listed(names[:count]) for count in range(4)] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
    assert [
        phrases.with_article(name)
        for name in ("The Information", "Reuters", "Financial Times", "Timestamp News")
    ] == ["the Information", "Reuters", "the Financial Times", "Timestamp News"]
