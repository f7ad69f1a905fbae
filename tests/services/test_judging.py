"""Thresholds that make no sense on this share, or beside those that are there already."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from bot.errors import UserError
from bot.model.alert import Terms
from bot.model.market import Quote
from bot.services.thresholds import Defaults, parse
from bot.services.thresholds.judging import judge, refuse_crowding, settled, waiting
from bot.services.thresholds.known import Known
from bot.services.thresholds.parsing import read, terms_of
from tests.builders import daily, quote

D = Defaults()
ABOVE = (
    "the previous close of $150.96 is above $150.00 already, so it can speak only in a session "
    "after a close below that"
)
BELOW = (
    "the previous close of $158.40 is below $160.00 already, so it can speak only in a session "
    "after a close above that"
)


def swinging(percent: float = 2.4, sessions: int = 260) -> Known:
    """A share at $165.68 that rises and falls by that much by turns."""
    closes = [100 * (1 + percent / 100) ** (number % 2) for number in range(sessions)]
    return Known(quote("165.68"), daily([f"{close:.6f}" for close in closes]))


BABA = swinging()


def terms(words: str) -> Terms:
    return parse("BABA", words, D)


def refused(words: str, known: Known = BABA) -> str:
    with pytest.raises(UserError) as caught:
        judge("BABA", terms(words), known, D)
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "above 150",
            "BABA is at $165.68, already above $150.00; try above 170",
        ),
        (
            "below 180",
            "BABA is at $165.68, already below $180.00; try below 160",
        ),
        (
            "above 1800",
            "$1,800.00 for BABA is more than 10 times its price of $165.68; try above 170",
        ),
        (
            "below 15",
            "$15.00 for BABA is less than a tenth of its price of $165.68; try below 160",
        ),
        (
            "below 1657",
            "$1,657.00 for BABA is more than 10 times its price of $165.68; try below 160",
        ),
    ],
)
def test_a_level_where_no_crossing_can_be_awaited(words: str, said: str) -> None:
    """The price is on that side already, or so far away that a digit must be wrong."""
    assert said == refused(words)


@pytest.mark.parametrize(
    ("words", "price", "said"),
    [
        (
            "above 150",
            quote("149.20", "150.96"),
            ABOVE,
        ),
        (
            "below 160",
            quote("161.00", "158.40", state="PRE"),
            BELOW,
        ),
        (
            "above 150",
            quote("149.20", "148.00", state="POST", regular_last=Decimal("150.96")),
            ABOVE,
        ),
        ("above 150", quote("149.20", "150.00"), ""),
        ("above 150", quote("149.20", "148.00"), ""),
        ("above 150", quote("149.20", None), ""),
        ("below 160", quote("161.00", "160.00"), ""),
        ("5%", quote("149.20", "150.96"), ""),
    ],
)
def test_a_level_that_was_passed_before_says_that_it_waits(
    words: str, price: Quote, said: str
) -> None:
    """Crossing it back and again in one session is no news: the day's move starts beyond it."""
    assert said == waiting(terms(words), Known(price))
    assert "" == waiting(terms(words), Known())


@pytest.mark.parametrize(
    ("last", "above", "below"),
    [
        ("165.68", "170", "160"),
        ("4.10", "4.2", "4"),
        ("0.0345", "0.035", "0.034"),
        ("1000", "1020", "980"),
        ("99.50", "102", "98"),
    ],
)
def test_the_suggested_level_is_round(last: str, above: str, below: str) -> None:
    """And a little away from the price."""
    known = Known(quote(last))

    assert f"try above {above}" in refused("above 0.001", known)
    assert f"try below {below}" in refused("below 9999999", known)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "1%",
            (
                "1% is 0.4 times BABA's usual daily move (2.4%) and would have spoken on 250 of the "
                "last 250 days; try 7.2%"
            ),
        ),
        (
            "1% down",
            (
                "1% is 0.4 times BABA's usual daily move (2.4%) and would have spoken on 125 of the "
                "last 250 days; try 7.2% down"
            ),
        ),
        (
            "2% up in 5 days",
            (
                "2% is 0.4 times BABA's usual move within 5 days (5.3%) and would have spoken on 125 "
                "of the last 250 days; try 16% in 5 days up"
            ),
        ),
        (
            "0.5% within 2h",
            "0.5% is 0.4 times BABA's usual move within 2 hours (1.3%); try 4% in 2 hours",
        ),
        (
            "1% within 8h",
            "1% is 0.4 times BABA's usual move within 8 hours (2.4%); try 7.2% in 8 hours",
        ),
    ],
)
def test_a_threshold_under_half_of_what_is_usual(words: str, said: str) -> None:
    """It would speak all the time: how often it would have, and what to try."""
    assert said == refused(words)


@pytest.mark.parametrize(
    "words",
    [
        "1.3%",
        "5%",
        "3% in 5 days",
        "1% in 1h",
        "above 170",
        "below 165",
        "1σ",
        "0.5% vs benchmark",
        "52-week high",
        "2x volume",
    ],
)
def test_sensible_thresholds_pass(words: str) -> None:
    """Whatever they measure."""
    judge("BABA", terms(words), BABA, D)


@pytest.mark.parametrize("words", ["0.5%", "above 0.1", "below 9999", "0.5% in 5 days"])
def test_what_is_not_known_is_not_held_against_it(words: str) -> None:
    """Without price and history nothing can be said."""
    judge("BABA", terms(words), Known(), D)


def test_the_days_are_counted_over_what_there_is() -> None:
    """A young share has fewer."""
    assert "on 99 of the last 99 days" in refused("1%", swinging(sessions=100))


def there(*words: str) -> list[Terms]:
    return [terms(each) for each in words]


@pytest.mark.parametrize(
    ("words", "others", "one"),
    [
        ("5.4%", ("5%",), "±5%"),
        ("4.6% up", ("7%", "5% up"), "+5%"),
        ("above 181", ("above 180",), "above 180"),
        ("3% in 65m", ("3% in 1h",), "±3% within 1 hour"),
        ("2.8σ", ("3σ",), "±3 times its usual daily move"),
    ],
)
def test_a_near_duplicate(words: str, others: Sequence[str], one: str) -> None:
    """The one that is there is named, and how to replace it."""
    with pytest.raises(UserError) as caught:
        refuse_crowding("BABA", terms(words), there(*others))

    said = str(caught.value)
    assert f" on BABA is nearly {one}, which is set here already; " in said
    assert f"to replace it, first /alert remove BABA {one}" in said


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("5%", ("5%",)),
        ("5%, held 5 minutes", ("5%",)),
        ("7%", ("5%",)),
        ("5% up", ("5.2% down",)),
        ("5%", ("5σ", "5% in 1h", "5% vs benchmark")),
        ("above 185", ("above 180",)),
        ("below 180", ("above 180",)),
        ("3% in 2h", ("3% in 1h",)),
        ("52-week low", ("52-week high", "200-day average")),
    ],
)
def test_neighbours_that_differ(words: str, others: Sequence[str]) -> None:
    """In figure, direction or measure; the same again only changes its options."""
    refuse_crowding("BABA", terms(words), there(*others))


def test_ten_on_one_share_are_enough() -> None:
    """The eleventh is refused; one that takes another's place is not."""
    ten = there(*(f"{number}% in {number}h" for number in range(2, 12)))

    with pytest.raises(UserError) as caught:
        refuse_crowding("BABA", terms("5%"), ten)
    refuse_crowding("BABA", terms("5% in 2h"), ten)

    assert str(caught.value) == (
        "at most 10 thresholds go on BABA here, were 10 already; "
        "remove one first, such as /alert remove BABA ±2% within 2 hours"
    )


def test_what_measures_the_same() -> None:
    """A move takes any move's place, a level that of its side, a window that of its length."""
    assert terms("5%").slot == terms("7% up").slot
    assert terms("above 180").slot != terms("above 200").slot
    assert terms("above 180").slot != terms("below 150").slot
    assert terms("3% in 1h").slot == terms("4% in 1h").slot
    assert terms("3% in 1h").slot != terms("3% in 2h").slot
    assert terms("5%").slot != terms("5σ").slot


@pytest.mark.parametrize(
    ("words", "known", "stays"),
    [
        ("", BABA, True),
        ("up", BABA, False),
        ("7%", BABA, False),
        ("hold 5m", BABA, False),
        ("", swinging(5), False),
        ("", Known(), True),
    ],
)
def test_a_default_set_before_stays(words: str, known: Known, stays: bool) -> None:
    """Where it is hardly another one, or nothing is known; not when anything was named."""
    old, wish = terms("7.4%"), read("BABA", words)
    new = terms_of("BABA", wish, D, known.usual_move)

    assert (old if stays else new) == settled(wish, new, [terms("3% in 1h"), old], known)
