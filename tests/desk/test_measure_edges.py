"""The gates and the reference on their edges: exactly at the limit is still believed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.desk.measure import NOTHING_ELSE, Limits, Surroundings, measure
from bot.desk.reference import adjusted, phase_of
from bot.model.market import (
    ActionKind,
    CorporateAction,
    Move,
    Phase,
    Quote,
    Reference,
    ReferenceKind,
)
from bot.model.no_move import NoMove
from tests.builders import DAY, HONG_KONG, at, hong_kong, quote, session

LIMITS = Limits()
SECOND, DELAY = timedelta(seconds=1), timedelta(minutes=20)
FRIDAY = date(2026, 1, 9)
CLOSE = Reference(ReferenceKind.PREVIOUS_CLOSE, Decimal(100), FRIDAY)


def look(
    priced: Quote, now: datetime | None = None, around: Surroundings = NOTHING_ELSE
) -> Move | NoMove:
    return measure(priced, session(), now or priced.seen_at, LIMITS, around)


def seen(priced: Quote, now: datetime | None = None) -> NoMove | None:
    found = look(priced, now)
    return found if isinstance(found, NoMove) else None


def test_a_move_is_kept_whole() -> None:
    """Ticker, currency, the exact reference, price, time and phase."""
    assert look(quote("165.68", "150.96")) == Move(
        "BABA",
        "USD",
        Reference(ReferenceKind.PREVIOUS_CLOSE, Decimal("150.96"), FRIDAY),
        Decimal("165.68"),
        at("11:08"),
        Phase.LATE_MORNING,
    )


@pytest.mark.parametrize(
    ("last", "low", "high", "refused"),
    [
        ("160", "160", "170", False),
        ("170", "160", "170", False),
        ("159.84", "160", "170", False),
        ("159.8399", "160", "170", True),
        ("170.17", "160", "170", False),
        ("170.1701", "160", "170", True),
        ("150", "160", None, False),
        ("180", None, "170", False),
        ("150", "0", "170", False),
        ("180", "160", "0", False),
    ],
)
def test_the_days_range_with_its_slack(
    last: str, low: str | None, high: str | None, refused: bool
) -> None:
    """A tenth of a percent beyond either end, and no more; without both ends nothing is asked."""
    ends = [Decimal(end) if end else None for end in (low, high)]
    priced = quote(last, "155", day_low=ends[0], day_high=ends[1])

    assert seen(priced) is (NoMove.OUT_OF_RANGE if refused else None)


@pytest.mark.parametrize(
    ("percent", "refused"),
    [("10.05", False), ("10.0501", True), ("9.95", False), ("9.9499", True)],
)
def test_the_providers_percent_to_the_digit(percent: str, refused: bool) -> None:
    """Five hundredths of a point apart is still agreement."""
    priced = quote("110", "100", percent=Decimal(percent))

    assert seen(priced) is (NoMove.CONTRADICTION if refused else None)


def test_a_delayed_quote_is_of_the_phase_in_which_it_was_true() -> None:
    """Seen at ten to ten, it is of before the open; seen after the close, of regular hours."""
    early = quote(as_of=at("09:29"), delay=DELAY, state="PRE", percent=None)
    late = quote(as_of=at("15:58"), delay=DELAY)

    assert seen(early, at("09:49")) is None
    assert seen(late, at("16:18")) is None
    assert seen(replace(late, state="CLOSED"), at("16:20")) is NoMove.CLOSED


@pytest.mark.parametrize(
    ("clock", "reason"),
    [("16:00", None), ("16:15", None), ("16:15:01", NoMove.CLOSED), ("09:29:59", NoMove.CLOSED)],
)
def test_the_closing_print_may_take_a_while(clock: str, reason: NoMove | None) -> None:
    """Where nothing trades late: from the close on, for a quarter of an hour, delay apart."""
    now = at(clock, zone=HONG_KONG)
    priced = quote(as_of=now - SECOND, percent=None, currency="HKD")
    slow = replace(priced, as_of=now - DELAY, delay=DELAY)

    def found(quote: Quote, now: datetime) -> NoMove | None:
        move = measure(quote, hong_kong(), now, LIMITS)
        return move if isinstance(move, NoMove) else None

    assert found(priced, now) is reason
    if clock.startswith("16"):
        assert found(replace(slow, as_of=now - SECOND), now + DELAY) is reason


def test_the_hours_begin_and_end_to_the_second() -> None:
    """At the open the day has begun; at the close it is over."""
    silent = Surroundings(silent=True)
    opening = quote(as_of=at("09:30"), percent=None)

    assert isinstance(look(opening, at("09:30")), Move)
    assert seen(quote(as_of=at("15:59:30"), state="CLOSED"), at("16:00")) is NoMove.CLOSED
    assert seen(quote(as_of=at("15:59:30"), state="CLOSED"), at("15:59:59")) is None
    assert look(quote(as_of=at("09:39")), at("09:39:59"), silent) is not NoMove.NO_TRADING
    assert look(quote(as_of=at("09:39")), at("09:40"), silent) is NoMove.NO_TRADING


def test_nobody_trades_is_asked_of_the_time_that_the_quote_is_of() -> None:
    """A delayed exchange is silent for as long again after its open."""
    silent = Surroundings(silent=True)
    slow = quote(as_of=at("09:31"), delay=DELAY)

    assert look(slow, at("09:51"), silent) is not NoMove.NO_TRADING
    assert look(replace(slow, as_of=at("09:38")), at("10:00"), silent) is NoMove.NO_TRADING


def test_volume_that_nobody_told_confirms_nothing_by_itself() -> None:
    """One share more than none does."""
    before = quote("150", as_of=at("11:06"))
    odd = quote("165", as_of=at("11:07"), volume=None)
    again = replace(odd, last=Decimal("165.10"), percent=None)
    around = Surroundings(before=before, odd=odd)

    assert look(again, at("11:08"), around) is NoMove.UNCONFIRMED
    assert isinstance(look(replace(again, volume=1), at("11:08"), around), Move)


def test_todays_close_must_be_of_today() -> None:
    """A print at the open is of today; one before it is not."""
    late = quote("170", state="POST", as_of=at("17:00"), regular_last=Decimal(165), percent=None)

    assert seen(replace(late, regular_at=at("09:30"))) is None
    assert seen(replace(late, regular_at=at("09:30") - SECOND)) is NoMove.OLD_REFERENCE


def action(amount: str, kind: ActionKind = ActionKind.SPLIT) -> CorporateAction:
    return CorporateAction(kind, DAY, Decimal(amount))


def measured_from(last: str, *actions: CorporateAction) -> Reference | NoMove:
    priced = quote(last, "100", actions=actions)
    return adjusted(CLOSE, priced, session(), LIMITS.dividend)


def test_a_reference_in_todays_shares_is_kept_whole() -> None:
    """Whichever of the two closes the provider printed, kind and day stay."""
    halved = action("2")

    assert measured_from("51", halved) == Reference(
        CLOSE.kind, Decimal(50), FRIDAY, halved, Decimal(100)
    )
    assert measured_from("101", halved) == Reference(
        CLOSE.kind, Decimal(100), FRIDAY, halved, Decimal(200)
    )


def test_two_splits_of_one_day_are_one() -> None:
    """Of 2 and of 3: six shares for one."""
    found = measured_from("17", action("2"), action("3"))

    assert isinstance(found, Reference) and found.adjusted == action("6")


@pytest.mark.parametrize(
    ("last", "price"),
    [
        ("50", 50),
        ("62.9", 50),
        ("63.1", None),
        ("79.3", None),
        ("79.4", 100),
        ("125.9", 100),
        ("126.1", None),
    ],
)
def test_which_close_lies_nearer(last: str, price: int | None) -> None:
    """At most a third of the way from either, by ratio; else it cannot be told."""
    found = measured_from(last, action("2"))

    if price is None:
        assert found is NoMove.SPLIT
    else:
        assert isinstance(found, Reference)
        assert found.price == price


@pytest.mark.parametrize(
    ("paid", "price"), [("0.5", "99.5"), ("0.4999", None), ("3", "97"), ("0", None), ("100", "")]
)
def test_a_dividend_worth_telling(paid: str, price: str | None) -> None:
    """From half a percent of the close on; one that leaves nothing leaves no reference."""
    found = measured_from("97", action(paid, ActionKind.DIVIDEND))

    if price is None:
        assert found == CLOSE
    elif not price:
        assert found is NoMove.NO_REFERENCE
    else:
        paid_out = action(paid, ActionKind.DIVIDEND)
        assert found == Reference(CLOSE.kind, Decimal(price), FRIDAY, paid_out, Decimal(100))


def test_the_closing_print_is_of_the_afternoon() -> None:
    """To the last second before the close, also where the session ends on the hour it turns."""
    early = replace(session(), closes=at("14:00") + SECOND, half_day=True)

    assert phase_of(quote(as_of=at("16:00:02")), session()) is Phase.AFTERNOON
    assert phase_of(quote(as_of=at("14:00:02")), early) is Phase.AFTERNOON
