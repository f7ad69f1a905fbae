"""The move is measured by the desk from a dated close, or refused by a named gate."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.desk.measure import Limits, measure
from bot.model.market import Move, NoMove, Phase, Quote, ReferenceKind
from tests.builders import at, hong_kong, quote, session

LIMITS = Limits()


def look(priced: Quote | None, now: datetime | None = None) -> Move | NoMove:
    return measure(priced, session(), now or at("11:08"), LIMITS)


def moved(priced: Quote | None, now: datetime | None = None) -> Move:
    move = look(priced, now)
    assert isinstance(move, Move), move
    return move


def test_the_move_of_the_recorded_day() -> None:
    """+9.75 % at 11:08 from Friday's close, which is kept with its date."""
    move = moved(quote())

    assert Decimal("9.75") == round(move.percent, 2)
    assert date(2026, 1, 9) == move.reference.day
    assert ReferenceKind.PREVIOUS_CLOSE is move.reference.kind
    assert Phase.LATE_MORNING is move.phase


@pytest.mark.parametrize(
    ("reason", "priced"),
    [
        (NoMove.NO_QUOTE, None),
        (NoMove.NO_QUOTE, quote("0")),
        (NoMove.NO_QUOTE, quote(percent=None, last="NaN", close="150.96", day_low=None)),
        (NoMove.NO_CURRENCY, quote(currency="")),
        (NoMove.STALE, quote(as_of=at("11:05:59"))),
        (NoMove.NO_REFERENCE, quote(close=None)),
        (NoMove.NO_REFERENCE, quote(close="0.00", percent=Decimal(0))),
        (NoMove.OLD_REFERENCE, quote(close_date=date(2026, 1, 8))),
        (NoMove.NOT_TRADED, quote(as_of=at("09:29:59"), state="PRE")),
        (NoMove.OUT_OF_RANGE, quote(day_low=Decimal(151), day_high=Decimal(165))),
        (NoMove.OUT_OF_RANGE, quote(day_low=Decimal(166), day_high=Decimal(170))),
        (NoMove.CONTRADICTION, quote(percent=Decimal("9.69"))),
        (NoMove.IMPLAUSIBLE, quote("75.48", percent=Decimal(-50))),
        (NoMove.IMPLAUSIBLE, quote("301.92", percent=Decimal(100))),
    ],
)
def test_gates(reason: NoMove, priced: Quote | None) -> None:
    """Each gate refuses with its own reason, and never with 0 %."""
    assert reason is look(priced)


def test_fresh_means_within_the_limit_and_the_delay() -> None:
    """The provider's own delay is not held against a quote."""
    assert moved(quote(as_of=at("11:06")))
    assert moved(quote(as_of=at("10:51"), delay=timedelta(minutes=15)))
    assert NoMove.STALE is look(quote(as_of=at("10:50:59"), delay=timedelta(minutes=15)))


def test_small_disagreement_is_rounding() -> None:
    """The provider's percent may differ by its rounding, its range by a tenth of a percent."""
    assert moved(quote(percent=Decimal("9.80")))
    assert moved(quote(day_low=Decimal(151), day_high=Decimal("165.60")))


def test_a_range_of_nought_is_no_range() -> None:
    """Some listings carry a day range of 0 to 0."""
    assert moved(quote(day_low=Decimal(0), day_high=Decimal(0)))


def test_the_range_and_percent_before_the_open_are_yesterdays() -> None:
    """Before the open neither is compared: both still belong to the session before."""
    move = moved(
        quote(
            "155.00",
            state="PRE",
            as_of=at("08:00"),
            percent=Decimal("3.67"),
            day_low=Decimal(145),
            day_high=Decimal(151),
        ),
        at("08:00:30"),
    )

    assert Phase.PRE is move.phase
    assert Decimal("2.68") == round(move.percent, 2)


@pytest.mark.parametrize("told", [None, date(2026, 1, 8)])
def test_before_the_open_the_close_must_be_dated(told: date | None) -> None:
    """A close that may be a session too old is no reference."""
    early = quote("155.00", state="PRE", as_of=at("08:00"), close_date=told)

    assert NoMove.OLD_REFERENCE is look(early, at("08:00:30"))


def test_no_print_yet_before_the_open() -> None:
    """At four in the morning Friday's last print is no print of this session."""
    friday = quote(state="PRE", as_of=at("19:59", day="2026-01-09"))

    assert NoMove.NOT_TRADED is look(friday, at("04:00:10"))


def test_an_undated_close_in_regular_hours_is_the_previous_one() -> None:
    """Providers do not date it; the print itself proves the session."""
    assert date(2026, 1, 9) == moved(quote(close_date=None)).reference.day


def test_closed() -> None:
    """Nothing moves at night, nor in Hong Kong after its close."""
    late = at("16:05", zone="Asia/Hong_Kong")

    assert NoMove.CLOSED is look(quote(), at("21:00"))
    assert NoMove.CLOSED is look(quote(), at("03:59"))
    assert NoMove.CLOSED is measure(quote(as_of=late), hong_kong(), late, LIMITS)


def test_after_hours_the_days_move_goes_on() -> None:
    """While the provider says POST and still tells the previous close, the day's move holds."""
    move = moved(quote(state="POST", as_of=at("16:30")), at("16:30:10"))

    assert Phase.AFTER_HOURS is move.phase
    assert date(2026, 1, 9) == move.reference.day


def test_after_hours_todays_close_is_another_measure() -> None:
    """A move from today's own close is not the day's move."""
    post = quote(state="POST", as_of=at("16:30"), close="165.00", close_date=date(2026, 1, 12))

    assert NoMove.OLD_REFERENCE is look(post, at("16:30:10"))


def test_after_hours_without_trading() -> None:
    """A provider that has closed has no after-hours move."""
    assert NoMove.CLOSED is look(quote(state="CLOSED", as_of=at("16:00")), at("16:01"))


def test_the_closing_print_belongs_to_the_afternoon() -> None:
    """A regular print stamped at the close, or seconds after, ends the regular session."""
    move = moved(quote(as_of=at("16:00:01")), at("16:00:30"))

    assert Phase.AFTERNOON is move.phase


def test_a_delayed_quote_is_judged_by_its_own_time() -> None:
    """Fifteen minutes late at 16:05 is still the regular session."""
    late = quote(as_of=at("15:50"), delay=timedelta(minutes=15))

    assert Phase.AFTERNOON is moved(late, at("16:05")).phase
