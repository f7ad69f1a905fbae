"""Thresholds in a person's words: read, said back in figures, refused with the way out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.model.alert import Direction, Hours, Measure
from bot.services.thresholds import Defaults, default, describe, name, parse, summary, usually

D = Defaults()
EXAMPLES = (
    "try 5%, 5% down, 3% in 1h, above 180, 3x usual, 4% vs benchmark, 2x volume, "
    "52-week high or 200-day average"
)


def refused(words: str, **given: str) -> str:
    with pytest.raises(UserError) as caught:
        parse("BABA", words, D, given)
    return str(caught.value)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "±5%"),
        ("default", "±5%"),
        ("5%", "±5%"),
        ("0.5", "±0.5%"),
        ("±7.5 %", "±7.5%"),
        ("+/- 7.5%", "±7.5%"),
        ("9,5%", "±9.5%"),
        ("3 percent up", "+3%"),
        ("UP 3%", "+3%"),
        ("rises 3%", "+3%"),
        ("+3%", "+3%"),
        ("4% down", "−4%"),
        ("-4%", "−4%"),
        ("−4 %", "−4%"),
        ("4% either way", "±4%"),
        ("5% from the previous close", "±5%"),
        ("up", "+5%"),
        ("3% in 1h", "±3% within 1 hour"),
        ("3 % within an hour", "±3% within 1 hour"),
        ("3% up in 90 min", "+3% within 90 minutes"),
        ("-5% in 5 days", "−5% within 5 days"),
        ("5% in 2 sessions", "±5% within 2 days"),
        ("above 180", "above 180"),
        ("rises above $1,200.50", "above 1200.5"),
        ("> 180 USD", "above 180"),
        ("below 150,25", "below 150.25"),
        ("falls under €150", "below 150"),
        ("3x usual", "±3 times its usual daily move"),
        ("2.5 times its usual daily move, up", "+2.5 times its usual daily move"),
        ("3σ", "±3 times its usual daily move"),
        ("3 Sigma down", "−3 times its usual daily move"),
        ("4 points beyond its benchmark", "±4 points beyond its benchmark"),
        ("4% vs benchmark", "±4 points beyond its benchmark"),
        ("4% up versus the index", "+4 points beyond its benchmark"),
        ("200-day average", "crossing its 200-day average"),
        ("crosses its 200 day moving average", "crossing its 200-day average"),
        ("below 200dma", "below its 200-day average"),
        ("52-week", "a new 52-week high or low"),
        ("52 week high", "a new 52-week high"),
        ("its 52w low", "a new 52-week low"),
        ("2x volume", "2 times its normal volume"),
        ("2.5 times its normal volume", "2.5 times its normal volume"),
    ],
)
def test_a_threshold_is_read(words: str, said: str) -> None:
    """In any case and spacing, with a point or a comma, and every kind of it."""
    assert said == name(parse("BABA", words, D))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "5%, held 5 minutes, again every 2 points, re-arms below 3%, cool-down 1 hour",
            "±5%, held 5 minutes, again every 2 points, re-arms below 3%, cool-down 1 hour",
        ),
        (
            "hold 90s 5% cooldown 10m only once",
            "±5%, held 90 seconds, only once, re-arms below 4%, cool-down 10 minutes",
        ),
        (
            "above 180 at once, no cooldown, rearm 1%, again every 2%",
            "above 180, at once, again every 2%, re-arms 1% back, no cool-down",
        ),
        (
            "3x usual in regular hours, at least $1.5bn traded, anything",
            (
                "±3 times its usual daily move, held 1 minute, again every 2 times, "
                "re-arms below 2.5 times, cool-down 30 minutes, regular hours only, "
                "at least 1.5bn traded, thin trading and tiny companies too"
            ),
        ),
        (
            "4% vs benchmark during extended hours only min 250k traded",
            (
                "±4 points beyond its benchmark, held 1 minute, again every 5 points, "
                "re-arms below 3 points, cool-down 30 minutes, extended hours only, "
                "at least 250k traded"
            ),
        ),
        (
            "2x volume",
            (
                "2 times its normal volume, held 1 minute, re-arms below 1.5 times, "
                "cool-down 30 minutes"
            ),
        ),
        (
            "±5.4%, three times its usual daily move of 1.8%, held 1 minute",
            "±5.4%, held 1 minute, again every 5 points, re-arms below 4.4%, cool-down 30 minutes",
        ),
        (
            "±3 times its usual daily move, now 5.4%, held 1 minute",
            (
                "±3 times its usual daily move, held 1 minute, again every 2 times, "
                "re-arms below 2.5 times, cool-down 30 minutes"
            ),
        ),
    ],
)
def test_options_may_stand_beside_it(words: str, said: str) -> None:
    """In any order; what is left out gets its default, and all of it is said in figures."""
    assert said == describe(parse("BABA", words, D))


def test_options_may_stand_in_fields_of_their_own() -> None:
    """There they win over the text."""
    fields = {
        "hold": "5m",
        "rung": "0",
        "rearm": "3",
        "cooldown": "none",
        "hours": "regular",
        "traded": "$5 million",
        "anything": "yes",
    }

    terms = parse("BABA", "5% down, hold 2m", D, fields)

    assert describe(terms) == (
        "−5%, held 5 minutes, only once, re-arms below 3%, no cool-down, regular hours only, "
        "at least 5m traded, thin trading and tiny companies too"
    )


levels = st.decimals("0.5", "50", places=2)
words = st.one_of(
    st.builds(lambda n, way: f"{n}%{way}", levels, st.sampled_from(("", " up", " down"))),
    st.builds(lambda n, m: f"{n}% in {m} minutes", levels, st.integers(61, 1_440)),
    st.builds(lambda n, d: f"{n}% in {d} days", levels, st.integers(1, 5)),
    st.builds(
        lambda side, n: f"{side} {n}",
        st.sampled_from(("above", "below")),
        st.decimals("0.0001", "999999", places=4),
    ),
    st.builds(lambda n: f"{n}σ", st.decimals(1, 20, places=2)),
    st.builds(lambda n: f"{n} points vs benchmark", levels),
    st.builds(lambda n: f"{n}x volume", st.decimals("1.5", "100", places=2)),
    st.sampled_from(("200-day average", "above 200dma", "52-week", "52-week high", "52-week low")),
)
options = st.fixed_dictionaries(
    {},
    optional={
        "hold": st.integers(0, 3_600).map(lambda n: f"{n}s"),
        "cooldown": st.integers(0, 86_400).map(lambda n: f"{n}s"),
        "rung": st.decimals(0, 100, places=2).map(str),
        "rearm": st.decimals("0.01", "0.49", places=3).map(str),
        "hours": st.sampled_from(("regular", "extended", "all")),
        "traded": st.decimals(0, 10**9, places=2).map(str),
        "anything": st.sampled_from(("yes", "no")),
    },
)


@given(words, options)
def test_what_is_said_back_means_the_same(typed: str, fields: dict[str, str]) -> None:
    """Whatever a person sets, its description sets it again: in full, and in short."""
    terms = parse("BABA", typed, D, fields)

    assert terms == parse("BABA", describe(terms), D)
    assert terms == parse("BABA", summary(terms, D), D)
    assert terms == parse("BABA", describe(terms, usually(terms, Decimal("1.8"))), D)
    assert terms.key == parse("JD", describe(terms).upper(), D).key


@given(st.text(max_size=100))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    """Nothing that a person can type is a fault of the desk's."""
    try:
        parse("BABA", typed, D)
    except UserError as error:
        assert error.hint


@pytest.mark.parametrize(
    "words",
    [
        "five",
        "5% sideways",
        "5%%",
        "%",
        "5% 6%",
        "5%, 3% in 1h",
        "5% up down",
        "-5% up",
        "rises below 180",
        "above 5%",
        "2x volume up",
        "5% in",
        "hold",
    ],
)
def test_words_that_are_no_threshold(words: str) -> None:
    """What cannot be read is quoted back, with examples of every kind."""
    assert refused(words) == f"I cannot read the move “{words}” for BABA; {EXAMPLES}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            "0",
            "threshold for BABA must be between 0.5 and 50 percent, was 0; try /alert set BABA 5",
        ),
        (
            "0.01%",
            "threshold for BABA must be between 0.5 and 50 percent, was 0.01; try /alert set BABA 5",
        ),
        (
            "500%",
            "threshold for BABA must be between 0.5 and 50 percent, was 500; try /alert set BABA 5",
        ),
        (
            "0.2σ",
            (
                "threshold for BABA must be between 1 and 20 times its usual daily move, was 0.2; "
                "try /alert set BABA 3x usual"
            ),
        ),
        (
            "1.1x volume",
            (
                "threshold for BABA must be between 1.5 and 100 times its normal volume, was 1.1; "
                "try /alert set BABA 2x volume"
            ),
        ),
        (
            "60 points vs benchmark",
            (
                "threshold for BABA must be between 0.5 and 50 points, was 60; "
                "try /alert set BABA 4% vs benchmark"
            ),
        ),
        (
            "above 0",
            "price level for BABA must be more than 0, was 0; try /alert set BABA above 180",
        ),
        (
            "3% in 1 minute",
            (
                "window for BABA must be between 5 minutes and 5 days, was 1 minute; "
                "try /alert set BABA 3% in 1h"
            ),
        ),
        (
            "3% in 30 days",
            (
                "window for BABA must be between 5 minutes and 5 days, was 30 days; "
                "try /alert set BABA 3% in 1h"
            ),
        ),
        (
            "3% in 36h",
            (
                "window for BABA must be whole days beyond the first, was 36 hours; "
                "try /alert set BABA 3% in 2 days"
            ),
        ),
        (
            "3% in 5m, hold 5m",
            "hold for BABA must be shorter than its window of 5 minutes, was 5 minutes; try hold 1m",
        ),
        ("5%, hold 2h", "hold for BABA must be 1 hour or less, was 2 hours; try hold 5m"),
        (
            "5%, cool-down 2 days",
            "cool-down for BABA must be 1 day or less, was 2 days; try cool-down 30m",
        ),
        (
            "5%, re-arms below 5%",
            "re-arm for BABA must be more than 0 and less than its 5, was 5; try rearm 2.5",
        ),
        (
            "above 180, re-arm 30%",
            "re-arm for BABA must be more than 0 and at most 20 percent, was 30; try rearm 0.5",
        ),
        ("5%, again every 200", "rung for BABA must be 100 or less, was 200; try rung 5"),
        (
            "5%, at least 2000bn traded",
            "traded for BABA must be 1,000bn or less, was 2000000000000; try traded $5m",
        ),
    ],
)
def test_an_absurd_figure_is_refused(words: str, said: str) -> None:
    """The sentence names the ticker, the bounds, the value found and what to try."""
    assert said == refused(words)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("hold", "soon", "hold for BABA must be a time, was “soon”; try hold 5m"),
        ("cooldown", "5", "cooldown for BABA must be a time, was “5”; try cooldown 30m"),
        ("rung", "x", "rung for BABA must be a step beyond the threshold, was “x”; try rung 5"),
        ("rearm", "%", "rearm for BABA must be how far it must fall back, was “%”; try rearm 4%"),
        (
            "hours",
            "night",
            "hours for BABA must be regular, extended or all, was “night”; try hours regular",
        ),
        (
            "traded",
            "lots",
            "traded for BABA must be an amount of money, was “lots”; try traded $5m",
        ),
        (
            "anything",
            "perhaps",
            "anything for BABA must be yes or no, was “perhaps”; try anything yes",
        ),
    ],
)
def test_a_field_that_cannot_be_read(field: str, typed: str, said: str) -> None:
    """The field is named, and what it takes."""
    assert said == refused("5%", **{field: typed})


def test_the_re_arm_level_stays_below_the_threshold() -> None:
    """One point of hysteresis, but never more than half of a small threshold."""
    assert Decimal(4) == parse("BABA", "5%", D).rearm
    assert Decimal("0.25") == parse("BABA", "0.5%", D).rearm
    assert Decimal("2.5") == parse("BABA", "3σ", D).rearm
    assert Decimal("0.5") == parse("BABA", "above 180", D).rearm


def test_terms_hold_what_was_said() -> None:
    """The noun behind the words."""
    terms = parse("BABA", "3% up in 1h, hold 2m, regular hours, at least $5m traded", D)

    assert (Measure.WINDOW, Decimal(3), Direction.UP) == (
        terms.measure,
        terms.level,
        terms.direction,
    )
    assert (timedelta(hours=1), timedelta(minutes=2)) == (terms.window, terms.hold)
    assert (Hours.REGULAR, Decimal(5_000_000), False) == (
        terms.hours,
        terms.dollars,
        terms.anything,
    )


def test_the_configured_defaults_hold() -> None:
    """Where a person says nothing."""
    ours = Defaults(hold=timedelta(seconds=90), rung=Decimal(2), cooldown=timedelta(hours=1))

    assert describe(parse("X", "-2.5%", ours)) == (
        "−2.5%, held 90 seconds, again every 2 points, re-arms below 1.5%, cool-down 1 hour"
    )


def test_a_list_leaves_out_what_is_usual() -> None:
    """The re-arm level and the cool-down, unless somebody set them."""
    assert summary(parse("X", "", D), D) == "±5%, held 1 minute, again every 5 points"
    assert summary(parse("X", "5%, rearm 3%, cooldown 5m", D), D) == (
        "±5%, held 1 minute, again every 5 points, re-arms below 3%, cool-down 5 minutes"
    )


@pytest.mark.parametrize(
    ("words", "usual", "said"),
    [
        ("5.4%", "1.8", "three times its usual daily move of 1.8%"),
        ("5%", "1.8", "2.8 times its usual daily move of 1.8%"),
        ("3x usual", "1.8", "now 5.4%"),
        ("5%", None, ""),
        ("5%", "0.01", ""),
        ("above 180", "1.8", ""),
    ],
)
def test_figures_mean_something_today(words: str, usual: str | None, said: str) -> None:
    """A percent in usual daily moves, and usual daily moves in percent."""
    assert said == usually(parse("BABA", words, D), Decimal(usual) if usual else None)


@pytest.mark.parametrize(
    ("usual", "level"),
    [("1.8", "5.4"), ("0.9", "3.0"), ("1.849", "5.5"), ("30", "50.0"), (None, "5")],
)
def test_the_default_is_measured(usual: str | None, level: str) -> None:
    """Three usual daily moves to a tenth, 3 % at least; without a history, the plain default."""
    assert Decimal(level) == D.level(Decimal(usual) if usual else None)


def test_the_default_has_words() -> None:
    """For help and autocomplete."""
    assert default(D) == "three times its usual daily move, at least 3%"
    assert default(Defaults(usual=Decimal("2.5"), at_least=Decimal(2))) == (
        "2.5 times its usual daily move, at least 2%"
    )


def test_equal_terms_share_one_key() -> None:
    """Terms are the same whoever says them and however they are written."""
    assert parse("BABA", "5.0%", D).key == parse("JD", "5", D).key
    assert parse("BABA", "5%", D).key != parse("BABA", "5% up", D).key
