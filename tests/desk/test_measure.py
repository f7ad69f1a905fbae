"""The move is measured by the desk from a dated close, or refused by a named gate."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from bot.desk.measure import NOTHING_ELSE, Limits, Surroundings, doubtful, measure
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
DAYS = timedelta(days=9)


def look(
    priced: Quote | None, now: datetime | None = None, *, around: Surroundings = NOTHING_ELSE
) -> Move | NoMove:
    return measure(priced, session(), now or at("11:08"), LIMITS, around)


def moved(
    priced: Quote | None, now: datetime | None = None, *, around: Surroundings = NOTHING_ELSE
) -> Move:
    move = look(priced, now, around=around)
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
    assert moved(quote("110", "100", percent=Decimal("10.05")))
    assert NoMove.CONTRADICTION is look(quote("110", "100", percent=Decimal("10.0501")))
    assert moved(quote(day_low=Decimal(151), day_high=Decimal("165.60")))


@pytest.mark.parametrize(
    ("last", "low", "high", "inside"),
    [
        ("100.1", 90, 100, True),
        ("100.11", 90, 100, False),
        ("99.9", 100, 110, True),
        ("99.89", 100, 110, False),
    ],
)
def test_a_tenth_of_a_percent_beyond_the_range(
    last: str, low: int, high: int, inside: bool
) -> None:
    """Is where it ends."""
    found = look(quote(last, "100", day_low=Decimal(low), day_high=Decimal(high)))

    assert found is not NoMove.OUT_OF_RANGE if inside else found is NoMove.OUT_OF_RANGE


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
    late = at("16:16", zone=HONG_KONG)

    assert NoMove.CLOSED is look(quote(), at("21:00"))
    assert NoMove.CLOSED is look(quote(), at("03:59"))
    assert NoMove.CLOSED is measure(quote(as_of=late), hong_kong(), late, LIMITS)


LATE = at("16:30")


def evening(last: str = "158.00", **changes: object) -> Quote:
    """A print at 16:30 after a regular close of $160.00, itself 6 % above Friday's."""
    told: dict[str, object] = {
        "state": "POST",
        "as_of": LATE,
        "percent": None,
        "regular_last": Decimal(160),
        "regular_at": at("16:00:01"),
    }
    return quote(last, **(told | changes))  # type: ignore[arg-type]


def test_the_evenings_move_is_measured_from_todays_close() -> None:
    """A print after the close is another move: −1.25 % from $160, whatever the day did."""
    move = moved(evening(), at("16:30:10"))

    assert Phase.AFTER_HOURS is move.phase
    assert Decimal("-1.25") == move.percent
    assert Reference(ReferenceKind.REGULAR_CLOSE, Decimal(160), DAY) == move.reference


def test_the_closing_print_belongs_to_the_day() -> None:
    """It is stamped at or after the close, and still there while the provider says POST."""
    for state in ("REGULAR", "POST"):
        closing = evening("160.00", state=state, as_of=at("16:00:01"))
        move = moved(closing, at("16:01"))

        assert Phase.AFTERNOON is move.phase
        assert ReferenceKind.PREVIOUS_CLOSE is move.reference.kind
        assert Decimal("5.99") == round(move.percent, 2)


@pytest.mark.parametrize(
    ("reason", "changes"),
    [
        (NoMove.NO_REFERENCE, {"regular_last": None}),
        (NoMove.NO_REFERENCE, {"regular_last": Decimal("NaN")}),
        (NoMove.OLD_REFERENCE, {"regular_at": at("15:59", day="2026-01-09")}),
        (NoMove.CLOSED, {"state": "CLOSED"}),
        (NoMove.CLOSED, {"state": "PRE"}),
        (NoMove.STALE, {"as_of": at("16:27")}),
    ],
)
def test_no_evening_move(reason: NoMove, changes: dict[str, object]) -> None:
    """Without a close of today there is nothing to measure from; a stock may not have traded."""
    late = evening(**changes)  # type: ignore[arg-type]

    assert reason is look(late, at("16:30:10"))


def test_a_share_that_traded_at_the_open_only() -> None:
    """Its close is today's, however early it was made."""
    assert moved(evening(regular_at=at("09:30")), at("16:30:10"))


def test_where_nothing_trades_late_the_closing_print_has_a_while() -> None:
    """Hong Kong's closing auction ends minutes after its close: the day's move holds till then."""
    print_at = at("16:08", zone=HONG_KONG)
    closing = quote(as_of=print_at, state="CLOSED")

    def told(clock: str) -> Move | NoMove:
        return measure(closing, hong_kong(), at(clock, zone=HONG_KONG), Limits(DAYS))

    found = told("16:15")
    assert isinstance(found, Move)
    assert Phase.AFTERNOON is found.phase
    assert NoMove.CLOSED is told("16:15:01")
    assert isinstance(told("16:00"), Move)


def test_a_delayed_closing_print_has_its_delay_as_well() -> None:
    """With 15 minutes of it, the close is seen until half an hour after."""
    late = timedelta(minutes=15)
    closing = quote(as_of=at("16:08", zone=HONG_KONG), state="CLOSED", delay=late)

    def told(clock: str) -> Move | NoMove:
        return measure(closing, hong_kong(), at(clock, zone=HONG_KONG), Limits(DAYS))

    assert isinstance(told("16:30"), Move)
    assert NoMove.CLOSED is told("16:30:01")


@pytest.mark.parametrize("unit", ["USD", "HKD", "GBp", "ZAc", "ILA"])
def test_units_that_are_known(unit: str) -> None:
    """Pence stay pence; the unit travels with the move."""
    assert unit == moved(quote(currency=unit)).currency


@pytest.mark.parametrize("unit", ["", "US", "USDT", "U$D", "123"])
def test_units_that_are_not(unit: str) -> None:
    """A price without a currency is no price."""
    assert NoMove.NO_CURRENCY is look(quote(currency=unit))


@pytest.mark.parametrize("close", ["NaN", "Infinity", "0", "-3", "0.0000009"])
def test_a_close_of_next_to_nothing(close: str) -> None:
    """No division by it, and no move of a million percent."""
    assert NoMove.NO_REFERENCE is look(quote(close=close, percent=None))
    assert moved(quote("0.000001", close="0.000001"))


# ---- halts and closures -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "as_of", "ticking", "usual"),
    [
        (NoMove.HALTED, "11:02:59", 3, 19_900_000),
        (NoMove.HALTED, "11:02:59", 3, None),
        (NoMove.STALE, "11:03", 3, 19_900_000),
        (NoMove.STALE, "11:02:59", 2, 19_900_000),
        (NoMove.STALE, "11:02:59", 3, 99_999),
        (NoMove.HALTED, "11:02:59", 3, 100_000),
    ],
)
def test_a_time_that_stands_still(
    reason: NoMove, as_of: str, ticking: int, usual: int | None
) -> None:
    """Five minutes without a print while three others trade; a thin stock is merely quiet."""
    frozen = quote(as_of=at(as_of), average_volume=usual)

    assert reason is look(frozen, around=Surroundings(ticking=ticking))


def test_a_delayed_quote_is_not_halted() -> None:
    """The provider's delay is not held against it; nor is a quiet evening."""
    delayed = quote(as_of=at("10:50"), delay=timedelta(minutes=15))

    assert NoMove.STALE is look(delayed, around=Surroundings(ticking=9))
    assert NoMove.STALE is look(
        evening(as_of=at("16:10")), at("16:30"), around=Surroundings(ticking=9)
    )


@pytest.mark.parametrize(
    ("reason", "now"),
    [(NoMove.NOT_TRADED, "09:39:59"), (NoMove.NO_TRADING, "09:40"), (NoMove.NO_TRADING, "15:59")],
)
def test_an_exchange_where_nothing_trades(reason: NoMove, now: str) -> None:
    """A closure that no calendar knew of; the first ten minutes prove nothing."""
    friday = quote(as_of=at("16:00", day="2026-01-09"))

    assert reason is look(friday, at(now), around=Surroundings(silent=True))


def test_a_delayed_exchange_opens_later() -> None:
    """Its first quarter of an hour is not seen yet."""
    friday = quote(as_of=at("16:00", day="2026-01-09"), delay=timedelta(minutes=15))

    assert NoMove.NOT_TRADED is look(friday, at("09:54:59"), around=Surroundings(silent=True))
    assert NoMove.NO_TRADING is look(friday, at("09:55"), around=Surroundings(silent=True))


def test_silence_means_nothing_outside_of_regular_hours() -> None:
    """Before the open nobody need trade."""
    early = quote("155.00", state="PRE", as_of=at("08:00"))

    assert moved(early, at("08:00:30"), around=Surroundings(silent=True))


# ---- one odd print ------------------------------------------------------------------------


def jump(
    *prints: tuple[str, str], volume: int | None = 18_400_000, before: str = "150.00"
) -> list[str]:
    """Looks one after the other, as the desk keeps them: what each was taken for."""
    kept, odd = quote(before, as_of=at("11:00")), None
    said = []
    for clock, last in prints:
        seen = quote(last, as_of=at(clock), volume=volume)
        found = look(seen, at(clock), around=Surroundings(kept, odd))
        if isinstance(found, Move):
            kept, odd = seen, None
            said.append(f"{found.last}")
        else:
            odd = seen
            said.append(found.name)
    return said


def test_a_jump_wants_a_second_print() -> None:
    """Three percent from one look to the next is not believed, until another print is there."""
    assert ["154.49", "154.40"] == jump(("11:01", "154.49"), ("11:02", "154.40"))
    assert ["UNCONFIRMED", "154.60"] == jump(("11:01", "154.50"), ("11:02", "154.60"))
    assert ["UNCONFIRMED", "145.40"] == jump(("11:01", "145.50"), ("11:02", "145.40"))


def test_a_spike_that_is_gone_never_was() -> None:
    """The price before it counts as before; a second spike is as odd as the first."""
    assert ["UNCONFIRMED", "150.10", "UNCONFIRMED"] == jump(
        ("11:01", "165.00"), ("11:02", "150.10"), ("11:03", "165.00")
    )


def test_the_same_print_confirms_nothing() -> None:
    """However often it is looked at; more shares at that price do."""
    odd = quote("160.00", as_of=at("11:01"), volume=1_000)
    before = quote("150.00", as_of=at("11:00"))
    more = replace(odd, volume=1_001)

    assert NoMove.UNCONFIRMED is look(odd, at("11:02"), around=Surroundings(before, odd))
    odd = replace(odd, volume=None)
    assert NoMove.UNCONFIRMED is look(odd, at("11:02"), around=Surroundings(before, odd))
    assert moved(more, at("11:02"), around=Surroundings(before, odd))


@pytest.mark.parametrize(
    ("second", "confirms"),
    [("155.00", True), ("154.99", False), ("180.00", True), ("180.01", False), ("140.00", False)],
)
def test_what_confirms_a_jump(second: str, confirms: bool) -> None:
    """A print at least half as far and at most three times as far, on the same side."""
    last = jump(("11:01", "160.00"), ("11:02", second))[-1]

    assert (second if confirms else "UNCONFIRMED") == last


def test_a_look_long_ago_is_no_look_before() -> None:
    """After a quarter of an hour without one, a price is compared with its reference only."""
    then = quote("150.00", as_of=at("10:53"))
    earlier = replace(then, as_of=at("10:52:59"))

    assert NoMove.UNCONFIRMED is look(quote(), around=Surroundings(then))
    assert moved(quote(), around=Surroundings(earlier))


# ---- splits and dividends -----------------------------------------------------------------


def split(shares: str, day: date = DAY) -> tuple[CorporateAction, ...]:
    return (CorporateAction(ActionKind.SPLIT, day, Decimal(shares)),)


def paid(amount: str, day: date = DAY) -> CorporateAction:
    return CorporateAction(ActionKind.DIVIDEND, day, Decimal(amount))


READ = Surroundings(read=True)


@pytest.mark.parametrize(
    ("shares", "last", "close", "price", "unadjusted"),
    [
        ("2", "77.00", "150.00", "75", "150.00"),
        ("2", "77.00", "75.00", "75.00", "150.00"),
        ("0.1", "15.60", "1.50", "15", "1.50"),
        ("0.1", "15.60", "15.00", "15.00", "1.500"),
        ("1.5", "101.00", "150.00", "100", "150.00"),
    ],
)
def test_a_split_today(shares: str, last: str, close: str, price: str, unadjusted: str) -> None:
    """The close is divided, unless the provider has done so; both figures are kept."""
    reference = moved(quote(last, close, actions=split(shares)), around=READ).reference

    assert (Decimal(price), Decimal(unadjusted)) == (reference.price, reference.unadjusted)
    assert split(shares)[0] == reference.adjusted


def test_two_splits_in_one_are_one() -> None:
    """Their product is what the close is divided by."""
    both = (*split("2"), *split("1.5"))
    found = moved(quote("50.50", "150.00", actions=both), around=READ)

    assert Decimal(50) == found.reference.price
    assert Decimal(1) == round(found.percent, 6)


@pytest.mark.parametrize(
    ("last", "actions"),
    [
        ("150.96", split("1.1")),  # ±0 %, or +10 %
        ("140.00", split("1.1")),  # −7 %, or +2 %
        ("144.00", split("1.1")),
    ],
)
def test_a_split_that_leaves_doubt_withholds(
    last: str, actions: tuple[CorporateAction, ...]
) -> None:
    """Where both readings are as likely the move is not told; a clear one is."""
    found = look(quote(last, actions=actions), around=READ)

    assert isinstance(found, Move) is (last != "144.00")


def test_other_days_do_not_count() -> None:
    """Friday's split is in Friday's close already, and Tuesday's is to come."""
    for day in (date(2026, 1, 9), date(2026, 1, 13)):
        assert moved(quote(actions=split("2", day)), around=READ).reference.adjusted is None


def test_an_ex_dividend_day() -> None:
    """From half a percent on it is taken off the close, which is kept as it was printed."""
    found = moved(quote("95.00", "100.00", actions=(paid("4"), paid("1"))), around=READ)

    assert (Decimal(95), Decimal(100)) == (found.reference.price, found.reference.unadjusted)
    assert paid("5") == found.reference.adjusted
    assert Decimal(0) == found.percent


@pytest.mark.parametrize(("amount", "price"), [("0.50", "99.50"), ("0.49", "100.00")])
def test_small_dividends_are_not_worth_it(amount: str, price: str) -> None:
    """Half a percent is."""
    seen = quote("99.00", "100.00", actions=(paid(amount),))

    assert Decimal(price) == moved(seen).reference.price


def test_a_split_with_a_dividend_withholds() -> None:
    """Which shares the dividend is of, nobody says. One of more than the close is no dividend."""
    seen = quote("50.00", "100.00", actions=(*split("2"), paid("1")))

    assert NoMove.SPLIT is look(seen, around=READ)
    assert NoMove.NO_REFERENCE is look(quote("50.00", "100.00", actions=(paid("100"),)))


def test_the_evening_is_not_adjusted() -> None:
    """Today's close is of today's shares, its dividend gone."""
    seen = evening("159.00", actions=(*split("2"), paid("5")))

    assert moved(seen, at("16:30:10"), around=READ).reference.adjusted is None


@pytest.mark.parametrize(
    ("last", "unread", "read"),
    [
        ("124.99", "", ""),
        ("125.00", "IMPLAUSIBLE", ""),
        ("75.01", "", ""),
        ("75.00", "IMPLAUSIBLE", ""),
        ("50.00", "IMPLAUSIBLE", "SPLIT"),
        ("51.10", "IMPLAUSIBLE", ""),
        ("48.99", "IMPLAUSIBLE", ""),
        ("10.10", "IMPLAUSIBLE", "SPLIT"),
        ("204.00", "IMPLAUSIBLE", "SPLIT"),
        ("204.10", "IMPLAUSIBLE", ""),
        ("150.00", "IMPLAUSIBLE", ""),
        ("5500.00", "IMPLAUSIBLE", ""),
    ],
)
def test_a_very_large_move(last: str, unread: str, read: str) -> None:
    """Believed once the day's splits were read; near n or 1/n it is withheld without one."""
    for expected, around in ((unread, Surroundings()), (read, READ)):
        found = look(quote(last, "100.00"), around=around)

        assert expected == (found.name if isinstance(found, NoMove) else "")


def test_after_hours_half_the_price_is_half_the_price() -> None:
    """No split takes effect in the evening."""
    assert moved(evening("80.00"), at("16:30:10"), around=READ)


@pytest.mark.parametrize(
    ("last", "changes", "asks"),
    [
        ("102.99", {}, False),
        ("103.00", {}, True),
        ("97.00", {}, True),
        ("150.00", {}, True),
        ("100.10", {"action_days": (DAY,)}, True),
        ("100.10", {"action_days": (date(2026, 1, 13),)}, False),
        ("100.10", {"currency": ""}, False),
    ],
)
def test_when_the_days_splits_are_worth_a_look(
    last: str, changes: dict[str, object], asks: bool
) -> None:
    """From three percent on, where a move is too large to believe, or on a hint of the day."""
    seen = quote(last, "100.00", **changes)  # type: ignore[arg-type]

    assert asks is doubtful(seen, session(), look(seen), LIMITS)


# ---- crypto pairs -------------------------------------------------------------------------


def utc(clock: str, day: date = DAY) -> datetime:
    return at(clock, day=day, zone="UTC")


ROUND_THE_CLOCK = replace(
    session(),
    calendar="24/7",
    previous=date(2026, 1, 11),
    opens=utc("00:00"),
    closes=utc("00:00", date(2026, 1, 13)),
    early=None,
    late=None,
    zone="UTC",
)


def coin(clock: str, **changes: object) -> Quote:
    """Up 1 % since 00:00 UTC, while the provider's rolling percent says −1.26 %."""
    told = {"percent": Decimal("-1.26"), "close_date": None} | changes
    return quote("101000", "100000", ticker="BTC-USD", as_of=utc(clock), **told)


def test_a_pair_is_measured_from_midnight_in_utc() -> None:
    """By name and date; what the provider says of 24 hours contradicts nothing."""
    found = measure(coin("03:00"), ROUND_THE_CLOCK, utc("03:00:10"), LIMITS)

    assert isinstance(found, Move)
    assert Decimal(1) == found.percent
    assert Reference(ReferenceKind.UTC_MIDNIGHT, Decimal(100_000), DAY) == found.reference


def test_a_pair_has_no_night() -> None:
    """Any second of the day, and none of the one before."""
    for clock in ("00:00", "12:00", "23:59:59"):
        assert isinstance(measure(coin(clock), ROUND_THE_CLOCK, utc(clock), LIMITS), Move)
    yesterday = coin("23:59:59")
    yesterday = replace(yesterday, as_of=utc("23:59:59", date(2026, 1, 11)))
    assert NoMove.NOT_TRADED is measure(yesterday, ROUND_THE_CLOCK, utc("00:00:30"), LIMITS)


def test_a_reference_that_has_not_turned_yet() -> None:
    """Just after midnight the provider may still tell the price of a day ago."""
    before = replace(coin("00:00"), as_of=utc("23:59", date(2026, 1, 11)))

    def told(now: Quote, kept: Quote) -> Move | NoMove:
        return measure(now, ROUND_THE_CLOCK, utc("00:01"), LIMITS, Surroundings(kept))

    assert NoMove.OLD_REFERENCE is told(coin("00:01"), before)
    assert isinstance(told(coin("00:01"), replace(before, close=Decimal(99_000))), Move)
    assert isinstance(told(coin("00:01"), coin("00:00")), Move)
