"""How numbers, times and directions become words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brief import phrases, wording
from bot.model.brief import Average, Range52
from tests.builders import at

SIZES = st.decimals(min_value=0, max_value=99, places=4)


@pytest.mark.parametrize(
    ("amount", "currency", "expected"),
    [
        ("165.68", "USD", "$165.68"),
        ("1234.5", "USD", "$1,234.50"),
        ("0.12345", "USD", "$0.1235"),
        ("0.99995", "USD", "$1.0000"),
        ("0.00001234", "USD", "$0.00001234"),
        ("0.0089", "GBp", "0.0089p"),
        ("148.3", "HKD", "HK$148.30"),
        ("308.8", "GBp", "308.8p"),
        ("45.62", "GBX", "45.62p"),
        ("308", "GBp", "308.0p"),
        ("0.125", "GBp", "0.125p"),
        ("12.345", "EUR", "€12.35"),
        ("2345", "JPY", "¥2,345"),
        ("2345.5", "JPY", "¥2,345.50"),
        ("165.68", "XYZ", "165.68 XYZ"),
        ("165.68", "", "165.68"),
    ],
)
def test_money_carries_its_unit(amount: str, currency: str, expected: str) -> None:
    assert expected == wording.money(Decimal(amount), currency)


@pytest.mark.parametrize(
    ("value", "signed", "unsigned"),
    [
        ("9.7509", "+9.8%", "9.8%"),
        ("-2.06", "−2.1%", "2.1%"),
        ("-2.05", "−2.1%", "2.1%"),
        ("2.05", "+2.1%", "2.1%"),
        ("0.04", "0.0%", "0.0%"),
        ("-0.04", "0.0%", "0.0%"),
        ("1234.56", "+1234.6%", "1234.6%"),
    ],
)
def test_a_percent_has_one_decimal_and_halves_go_away_from_zero(
    value: str, signed: str, unsigned: str
) -> None:
    assert signed == wording.percent(Decimal(value))
    assert unsigned == wording.size(Decimal(value))


def test_what_is_left_is_the_difference_of_the_printed_figures() -> None:
    """9.75 − 3.14 is 6.61, but a reader sees 9.8 and 3.1."""
    assert wording.apart(Decimal("9.75"), Decimal("3.14"), "KWEB") == "6.7 points above KWEB"
    assert wording.apart(Decimal("-5.3"), Decimal("-0.52"), "KWEB") == "4.8 points below KWEB"
    assert wording.apart(Decimal("0.21"), Decimal("0.19"), "SPY") == "level with SPY"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, "1 share"),
        (840_000, "840,000 shares"),
        (1_000_000, "1.0m shares"),
        (18_400_000, "18.4m shares"),
        (999_949_999, "999.9m shares"),
        (999_960_000, "1.0bn shares"),
        (1_240_000_000, "1.2bn shares"),
    ],
)
def test_shares_are_counted_in_millions(count: int, expected: str) -> None:
    assert expected == wording.shares(count)


def test_multiples_have_a_decimal_until_ten() -> None:
    told = [wording.times(Decimal(value)) for value in ("0.6", "3.52", "9.94", "9.96", "12.4")]

    assert told == ["0.6 times", "3.5 times", "9.9 times", "10 times", "12 times"]


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        ("America/New_York", "11:08 EST"),
        ("Europe/London", "16:08 GMT"),
        ("Asia/Hong_Kong", "00:08 HKT"),
        ("Asia/Singapore", "00:08 UTC+8"),
        ("Asia/Kathmandu", "21:53 UTC+5:45"),
        ("America/Sao_Paulo", "13:08 UTC-3"),
    ],
)
def test_a_clock_time_carries_its_zone(zone: str, expected: str) -> None:
    assert expected == wording.clock(at("11:08"), zone)


def test_a_stamp_names_the_day_only_when_it_is_another() -> None:
    """And the year only when that is another too."""
    zone, today = "America/New_York", date(2026, 1, 12)

    assert wording.stamp(at("07:42"), zone, today) == "07:42 EST"
    assert wording.stamp(at("21:10", day="2026-01-09"), zone, today) == "Jan 9, 21:10 EST"
    assert wording.stamp(at("09:00", day="2025-12-31"), zone, today) == "Dec 31, 2025, 09:00 EST"


def test_dates_and_counts_read_like_english() -> None:
    assert wording.day(date(2026, 1, 9)) == "Jan 9"
    assert wording.full_day(date(2026, 1, 9)) == "Jan 9, 2026"
    assert wording.weekday(date(2026, 1, 9)) == "Friday"
    assert [wording.counted(count, "headline") for count in (1, 31, 1200)] == [
        "1 headline",
        "31 headlines",
        "1,200 headlines",
    ]


def test_verbs_follow_the_sign_as_printed() -> None:
    assert phrases.UP is phrases.verbs(Decimal("0.05"))
    assert phrases.FLAT is phrases.verbs(Decimal("0.04"))
    assert phrases.FLAT is phrases.verbs(Decimal("-0.04"))
    assert phrases.DOWN is phrases.verbs(Decimal("-0.05"))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("9.7509", "nearly 10%"),
        ("-9.7509", "nearly 10%"),
        ("10", "10%"),
        ("10.2", "more than 10%"),
        ("12.4", "about 12%"),
        ("4.6", "about 5%"),
        ("0.3", "0.3%"),
    ],
)
def test_approximations_are_honest(value: str, expected: str) -> None:
    assert expected == phrases.around(Decimal(value))


@given(SIZES)
def test_no_approximation_lies_whatever_the_number(value: Decimal) -> None:
    """N5: nearly is under and near, more than is over, and neither has a decimal."""
    told = phrases.around(value)
    word, _, figure = told.rpartition(" ")
    number = Decimal(figure.removesuffix("%"))

    assert "." not in figure or (word == "" and value < 1)
    if word == "nearly":
        assert value < number and number - value <= number * Decimal("0.03")
    elif word == "more than":
        assert value > number
    elif word == "":
        assert wording.rounded(value, 1) == wording.rounded(number, 1)


@given(st.decimals(min_value=-99, max_value=999, places=6))
def test_a_percent_is_never_further_than_half_a_step_from_the_truth(value: Decimal) -> None:
    printed = wording.percent(value)
    number = Decimal(printed.replace("−", "-").removesuffix("%"))

    assert abs(number - value) <= Decimal("0.05")
    assert re.fullmatch(r"[+−]?\d+\.\d%", printed)


@given(st.decimals(min_value="0.0001", max_value=99999, places=4))
def test_money_loses_no_more_than_half_its_last_decimal(amount: Decimal) -> None:
    number = Decimal(wording.money(amount, "USD").removeprefix("$").replace(",", ""))

    assert abs(number - amount) <= (Decimal("0.00005") if amount < 1 else Decimal("0.005"))


MEAN = Average(Decimal("81.35"), 200, crossed=False)


@pytest.mark.parametrize(
    ("last", "touched", "expected"),
    [
        (
            "81.36",
            "81.34",
            (
                "traded as low as $81.34, below its 200-day average of $81.35, "
                "and last traded at $81.36, above it"
            ),
        ),
        (
            "81.20",
            "81.90",
            (
                "traded as high as $81.90, above its 200-day average of $81.35, "
                "and last traded at $81.20, below it"
            ),
        ),
        ("81.36", None, "just above its 200-day average of $81.35"),
        ("81.36", "81.346", "just above its 200-day average of $81.35"),
        ("81.35", "81.00", "at its 200-day average of $81.35"),
        ("81.354", None, "at its 200-day average of $81.35"),
        ("89.32", None, "9.8% above its 200-day average of $81.35"),
        ("80.00", None, "1.7% below its 200-day average of $81.35"),
    ],
)
def test_a_claim_about_the_average_is_true_now(
    last: str, touched: str | None, expected: str
) -> None:
    """As a reader sees the figures: equal ones are neither above nor below."""
    mean = replace(MEAN, touched=Decimal(touched) if touched else None)

    assert expected == phrases.average(Decimal(last), mean, "USD")


def test_a_crossing_and_a_short_average_are_told() -> None:
    mean = Average(Decimal("29.871"), 120, crossed=True)

    assert phrases.average(Decimal("28.10"), mean, "USD") == (
        "5.9% below its 120-day average of $29.87 (fewer than 200 sessions are known), "
        "crossed in this move"
    )


@pytest.mark.parametrize(
    ("position", "where"),
    [
        ("0.4", "near the low, 0%"),
        ("9.4", "near the low, 9%"),
        ("10", "10%"),
        ("39", "39%"),
        ("40", "near the middle, 40%"),
        ("60", "near the middle, 60%"),
        ("61", "61%"),
        ("90", "90%"),
        ("90.6", "near the high, 91%"),
    ],
)
def test_the_place_in_a_range_follows_its_number(position: str, where: str) -> None:
    found = Range52(Decimal("80.55"), Decimal("82.61"), Decimal(position))
    told = phrases.range52(found, Decimal("81.36"), "USD")

    assert f"{where} of the way up its 52-week range of $80.55–$82.61" == told


def test_the_ends_of_a_range_are_told_as_such() -> None:
    """Where it stands now, and where the day went."""
    found = Range52(Decimal("80.55"), Decimal("82.61"), Decimal(100))
    back = replace(found, position=Decimal(93))

    assert [
        phrases.range52(found, Decimal("82.61"), "USD", "high"),
        phrases.range52(found, Decimal("80.55"), "USD"),
        phrases.range52(back, Decimal("82.47"), "USD", "high"),
    ] == [
        "at the high of its 52-week range of $80.55–$82.61",
        "at the low of its 52-week range of $80.55–$82.61",
        (
            "traded as high as $82.61, its 52-week high; now near the high, 93% of the way up "
            "its 52-week range of $80.55–$82.61"
        ),
    ]


@pytest.mark.parametrize(
    ("level", "least", "expected"),
    [
        ("3", "3.01", "over 3%"),
        ("3", "3", "3% or more"),
        ("3.0", "4", "over 3%"),
        ("2.5", "4", "2.5% or more"),
        ("10", "11", "over 10%"),
    ],
)
def test_over_is_true_of_the_least_and_stands_before_no_decimal(
    level: str, least: str, expected: str
) -> None:
    assert expected == phrases.beyond(Decimal(level), Decimal(least))


@given(st.decimals(min_value="0.5", max_value=50, places=2), st.decimals(0, 99, places=3))
def test_a_level_is_never_overstated_whatever_the_numbers(level: Decimal, rest: Decimal) -> None:
    """N5 for every level and every least mover beyond it."""
    least = level + rest
    told = phrases.beyond(level, least)
    figure = Decimal(re.sub(r"[^\d.]", "", told))

    assert figure == level
    assert not told.startswith("over") or (least > figure and "." not in told)


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "less than a minute"),
        (180, "3 minutes"),
        (60, "1 minute"),
        (7_199, "119 minutes"),
        (7_200, "2 hours"),
        (172_799, "47 hours"),
        (172_800, "2 days"),
    ],
)
def test_a_span_of_time_is_told_in_one_unit(seconds: int, expected: str) -> None:
    assert expected == wording.span(timedelta(seconds=seconds))


@pytest.mark.parametrize(
    ("amount", "expected"), [("2", "2-for-1"), ("0.1", "1-for-10"), ("1.5", "3-for-2")]
)
def test_a_split_is_told_in_whole_shares(amount: str, expected: str) -> None:
    assert expected == wording.split(Decimal(amount))


def test_newspapers_take_their_article_and_agencies_do_not() -> None:
    names = ("South China Morning Post", "The Example Times", "Reuters", "Nikkei", "")
    authorities = ("Bank of England", "European Commission", "U.S. Department of Justice")
    companies = ("Bank of America", "People's United", "Commission Junction")

    assert [phrases.with_article(name) for name in names] == [
        "the South China Morning Post",
        "the Example Times",
        "Reuters",
        "Nikkei",
        "",
    ]
    assert [f"the {name}" for name in authorities] == [*map(phrases.with_article, authorities)]
    assert [*companies] == [*map(phrases.with_article, companies)]


def test_a_list_of_names_ends_in_and() -> None:
    assert [phrases.listed(tuple("ABC"[:count])) for count in range(4)] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
