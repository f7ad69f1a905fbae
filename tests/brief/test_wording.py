"""How numbers, times and directions become words."""

from __future__ import annotations

import re
from datetime import date
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
    ("last", "low", "high", "expected"),
    [
        (
            "81.36",
            "81.34",
            "82.00",
            "traded as low as $81.34, below its 200-day average of $81.35; last above it",
        ),
        (
            "81.20",
            "81.00",
            "81.90",
            "traded as high as $81.90, above its 200-day average of $81.35; last below it",
        ),
        ("81.36", "81.36", "82.00", "just above its 200-day average of $81.35"),
        ("81.35", "81.00", "82.00", "at its 200-day average of $81.35"),
        ("89.32", None, None, "9.8% above its 200-day average of $81.35"),
        ("80.00", "79.00", "81.00", "1.7% below its 200-day average of $81.35"),
    ],
)
def test_a_claim_about_the_average_is_true_now(
    last: str, low: str | None, high: str | None, expected: str
) -> None:
    told = phrases.average(
        Decimal(last),
        MEAN,
        "USD",
        Decimal(low) if low else None,
        Decimal(high) if high else None,
    )

    assert expected == told


def test_a_crossing_and_a_short_average_are_told() -> None:
    mean = Average(Decimal("29.871"), 120, crossed=True)
    told = phrases.average(Decimal("28.10"), mean, "USD", Decimal("27.9"), Decimal("30.2"))

    assert told == (
        "5.9% below its 120-day average of $29.87 (fewer than 200 sessions are known), "
        "crossed since the previous close"
    )


@pytest.mark.parametrize(
    ("position", "where"),
    [
        ("0", "near the low of its"),
        ("9.4", "near the low of its"),
        ("10", "in the lower half of its"),
        ("39", "in the lower half of its"),
        ("40", "near the middle of its"),
        ("60", "near the middle of its"),
        ("61", "in the upper half of its"),
        ("90", "in the upper half of its"),
        ("90.6", "near the high of its"),
        ("100", "near the high of its"),
    ],
)
def test_the_place_in_a_range_follows_its_number(position: str, where: str) -> None:
    found = Range52(Decimal("80.55"), Decimal("82.61"), Decimal(position))
    told = phrases.range52(found, "USD")

    number = wording.rounded(Decimal(position), 0)
    assert f"{where} 52-week range of $80.55–$82.61 ({number}% of the way up)" == told


def test_newspapers_take_their_article_and_agencies_do_not() -> None:
    names = ("South China Morning Post", "The Example Times", "Reuters", "Nikkei", "")

    assert [phrases.with_article(name) for name in names] == [
        "the South China Morning Post",
        "the Example Times",
        "Reuters",
        "Nikkei",
        "",
    ]


def test_a_list_of_names_ends_in_and() -> None:
    assert [phrases.listed(tuple("ABC"[:count])) for count in range(4)] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]
