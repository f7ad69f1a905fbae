"""How unusual a move is, from bars that are easy to check by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import log, sqrt
from typing import Any

import pytest

from bot.desk import unusual
from bot.model.market import (
    ActionKind,
    Bar,
    CorporateAction,
    Move,
    Phase,
    Reference,
    ReferenceKind,
    Session,
)
from tests.builders import DAY, at, bar, daily, gathered, minutes, move, quote, session

ZIGZAG = [100, 102] * 30 + [100]  # 61 closes: ±ln(1.02) in turn, 60 returns


def test_multiple_in_usual_daily_moves() -> None:
    """|ln(last / reference)| over the standard deviation of 60 daily log returns."""
    sigma = log(1.02) * sqrt(60 / 59)
    found = unusual.multiple(gathered(daily=daily(ZIGZAG), move=move("110", "100")))

    assert found is not None
    assert pytest.approx(log(1.10) / sigma, abs=1e-3) == float(found)


def test_multiple_needs_forty_sessions() -> None:
    """With 39 returns nothing is claimed, with 40 it is."""
    assert unusual.multiple(gathered(daily=daily(ZIGZAG[:40]))) is None
    assert unusual.multiple(gathered(daily=daily(ZIGZAG[:41]))) is not None


def test_multiple_of_a_price_that_never_moved() -> None:
    """There is no usual move to divide by."""
    assert unusual.multiple(gathered(daily=daily([100] * 61))) is None


def test_multiple_ignores_older_sessions() -> None:
    """Only the last 60 returns count: a wild year before them changes nothing."""
    wild = [50, 150] * 40 + ZIGZAG
    calm = unusual.multiple(gathered(daily=daily(ZIGZAG)))

    assert calm == unusual.multiple(gathered(daily=daily(wild)))


def test_rarity_is_the_last_move_as_large_the_same_way() -> None:
    """A fall of the same size is passed over; sessions are counted back from the newest."""
    closes = [100, 110, 111, 99, 100, 101]  # +10 %, then −10.8 %
    found = unusual.rarity(gathered(daily=daily(closes), move=move("109", "100")))

    assert (date(2026, 1, 5), 5) == found


def test_rarity_unknown_when_nothing_was_as_large() -> None:
    """No session on record: the desk does not say "ever"."""
    assert unusual.rarity(gathered(daily=daily([100, 101, 102]))) is None
    assert unusual.rarity(gathered()) is None


def test_rarity_of_a_fall() -> None:
    """Falls are compared with falls."""
    closes = [100, 120, 110, 111]
    found = unusual.rarity(gathered(daily=daily(closes), move=move("95", "100")))

    assert (date(2026, 1, 8), 2) == found


def month(share_by_eleven: int, *, sessions: int = 20) -> tuple[Bar, ...]:
    """Sessions of three bars, with that percent of the volume by 11:10, the rest at 15:55."""
    bars: list[Bar] = []
    for back in range(sessions, 0, -1):
        day = DAY - timedelta(days=back)
        bars.append(bar(at("09:30", day=day), "100", volume=share_by_eleven * 500))
        bars.append(bar(at("11:05", day=day), "100", volume=share_by_eleven * 500))
        bars.append(bar(at("15:55", day=day), "100", volume=(100 - share_by_eleven) * 1000))
    return tuple(bars)


def test_volume_against_the_same_time_of_day() -> None:
    """At 11:10 half the day's shares are usual: ten million of an average twenty is 1.0 times."""
    at_ten_past = quote(as_of=at("11:10"), volume=10_000_000, average_volume=20_000_000)

    assert Decimal("1.0000") == unusual.volume_ratio(
        gathered(quote=at_ten_past, five_minutes=month(50))
    )


def test_the_bar_in_progress_counts_in_part() -> None:
    """At 11:07 two fifths of the 11:05 bar have passed: 35 % of the day's shares."""
    at_seven_past = quote(as_of=at("11:07"), volume=7_000_000, average_volume=20_000_000)

    assert Decimal("1.0000") == unusual.volume_ratio(
        gathered(quote=at_seven_past, five_minutes=month(50))
    )


def test_the_curve_is_the_median_session() -> None:
    """One odd session does not bend it, and today's own bars are not part of it."""
    odd = tuple(
        bar(at(clock, day="2025-12-20"), "100", volume=9**9) for clock in ("09:30", "15:55")
    )
    today = (bar(at("09:30"), "100", volume=9**9), bar(at("11:05"), "100", volume=1))
    at_ten_past = quote(as_of=at("11:10"), volume=10_000_000, average_volume=20_000_000)

    assert Decimal("1.0000") == unusual.volume_ratio(
        gathered(quote=at_ten_past, five_minutes=(*odd, *month(50), *today))
    )


def test_no_ratio_without_the_curve() -> None:
    """Ten sessions of 5-minute bars at least; without them there are shares, but no ratio."""
    known = gathered(five_minutes=month(50, sessions=9))

    assert unusual.volume_ratio(known) is None
    assert unusual.volume_ratio(gathered()) is None
    assert unusual.volume(known) == 18_400_000


def test_before_the_open_the_volume_is_not_todays() -> None:
    """The provider still tells the shares of the session before."""
    early = gathered(move=move(as_of=at("08:00")), five_minutes=month(50))

    assert unusual.volume(early) is None
    assert unusual.volume_ratio(early) is None


def test_average_volume_of_twenty_sessions_else_the_providers() -> None:
    """The desk's own mean where the bars carry it."""
    assert unusual.average_volume(gathered(daily=daily([100] * 20))) == 20_000_000
    assert unusual.average_volume(gathered(daily=daily([100] * 19))) == 19_900_000
    assert unusual.average_volume(gathered(quote=quote(average_volume=None))) is None


def test_average_of_200_sessions() -> None:
    """Two hundred completed closes, today not among them."""
    found = unusual.average200(gathered(daily=daily([50] * 30 + [100] * 200)))

    assert found is not None
    assert (Decimal(100), 200, False) == (found.value, found.sessions, found.crossed)


def test_average_says_when_it_has_fewer() -> None:
    """A young listing has an average of what there is, and says of how many; under 50 none."""
    found = unusual.average200(gathered(daily=daily([100] * 120)))

    assert found is not None
    assert found.sessions == 120
    assert unusual.average200(gathered(daily=daily([100] * 49))) is None


@pytest.mark.parametrize(
    ("close", "last", "crossed"),
    [("99", "101", True), ("101", "99", True), ("101", "110", False), ("99", "100", False)],
)
def test_crossed_since_the_previous_close(close: str, last: str, crossed: bool) -> None:
    """Crossed means: the previous close on one side of the average, the last on the other."""
    found = unusual.average200(gathered(daily=daily([100] * 200), move=move(last, close)))

    assert found is not None
    assert crossed is found.crossed


def test_range_of_a_year_and_today() -> None:
    """Today's low and high are part of it; the position is in percent of the way up."""
    seen = quote("150", day_low=Decimal(90), day_high=Decimal(170))
    found = unusual.range52(
        gathered(daily=daily([100] * 100 + [180] * 152), quote=seen, move=move("150", "140"))
    )

    assert found is not None
    assert (Decimal(90), Decimal(180)) == (found.low, found.high)
    assert Decimal("66.7") == round(found.position, 1)


def test_a_new_high_stands_at_the_top() -> None:
    """The last price itself is part of the range."""
    found = unusual.range52(
        gathered(daily=daily([100] * 251 + [90]), quote=quote("150"), move=move("150", "90"))
    )

    assert found is not None
    assert Decimal(100) == found.position


def test_before_the_open_the_day_range_is_not_todays() -> None:
    """The provider still tells the range of the session before."""
    early = quote("105", as_of=at("08:00"), day_low=Decimal(1), day_high=Decimal(999))
    found = unusual.range52(
        gathered(daily=daily([100] * 251 + [110]), quote=early, move=move("105", as_of=at("08:00")))
    )

    assert found is not None
    assert (Decimal(100), Decimal(110)) == (found.low, found.high)


def test_no_range_of_less_than_a_year() -> None:
    """Half a year is not 52 weeks, and a flat line has no position."""
    assert unusual.range52(gathered(daily=daily([100, 110] * 60))) is None
    flat = gathered(daily=daily([100] * 252), quote=quote("100"), move=move("100", "100"))
    assert unusual.range52(flat) is None


# ---- from bars alone ----------------------------------------------------------------------


def test_the_usual_move_in_percent() -> None:
    """σ of 60 daily log returns; the same figure that a move is divided by."""
    found = unusual.usual_move(daily(ZIGZAG))

    assert found is not None
    assert pytest.approx(100 * log(1.02) * sqrt(60 / 59), abs=1e-3) == float(found)
    assert unusual.usual_move(daily(ZIGZAG[:40])) is None
    assert unusual.usual_move(daily([100] * 61)) is None
    assert unusual.usual_move(daily([*ZIGZAG, 0])) is None


def test_the_average_the_range_and_the_volume_of_bars() -> None:
    """What a threshold asks for, without a move; None where there are too few bars."""
    bars = daily([50] * 60 + [100] * 191 + [120])

    assert unusual.average200_of(bars) == (Decimal("98.1"), 200)
    assert unusual.average200_of(bars[:60]) == (Decimal(50), 60)
    assert unusual.average200_of(bars[:49]) is None
    assert unusual.year_range(bars) == (Decimal(50), Decimal(120))
    assert unusual.year_range(bars[:239]) is None
    assert unusual.year_range(daily([0] * 252)) is None
    assert unusual.average_volume_of(bars) == 20_000_000
    assert unusual.average_volume_of(bars[:19]) is None
    assert unusual.average_volume_of((replace(bars[0], volume=0), *bars[-19:])) is None


# ---- in extended hours --------------------------------------------------------------------

EXTENDED = """
    04:00 150.00
    08:00 152.00
    09:30 155.00
    15:59 158.00
    16:00 159.00
    16:30 160.00
    19:59 161.00
"""


@pytest.mark.parametrize(
    ("phase", "until", "dollars"),
    [
        (Phase.PRE, "08:00", 302_000),
        (Phase.PRE, "11:08", 302_000),
        (Phase.PRE, "07:59", 150_000),
        (Phase.AFTER_HOURS, "16:30", 319_000),
        (Phase.AFTER_HOURS, "15:59", None),
    ],
)
def test_what_is_traded_outside_of_regular_hours(
    phase: Phase, until: str, dollars: int | None
) -> None:
    """Money of that phase's minutes so far; none is not nought."""
    assert dollars == unusual.extended_dollars(minutes(EXTENDED), session(), phase, at(until))


def test_minutes_without_shares_tell_nothing() -> None:
    """The provider often has prices there, but no volume."""
    bars = minutes(EXTENDED, volume=0)

    assert unusual.volume(gathered(move=move(as_of=at("08:00")), minutes=bars)) is None
    assert unusual.extended_dollars(bars, session(), Phase.PRE, at("08:00")) is None


def test_shares_before_the_open_are_those_of_its_minutes() -> None:
    """They have no ratio: no curve is drawn for those hours."""
    early = gathered(
        move=move(as_of=at("08:00")), minutes=minutes(EXTENDED), five_minutes=month(50)
    )

    assert unusual.volume(early) == 2_000
    assert unusual.volume_ratio(early) is None


def of_the_evening(last: str = "160", close: str = "158") -> Move:
    reference = Reference(ReferenceKind.REGULAR_CLOSE, Decimal(close), DAY)
    return replace(move(last, as_of=at("16:30")), reference=reference)


def test_in_the_evening_the_day_is_over() -> None:
    """Its shares, its range and its touches are not those of the evening's move."""
    late = gathered(
        move=of_the_evening(),
        minutes=minutes(EXTENDED),
        five_minutes=month(50),
        daily=daily([150] * 251 + [158], until=DAY),
        quote=quote("160", as_of=at("16:30"), day_low=Decimal(1), day_high=Decimal(999)),
    )
    average, year = unusual.average200(late), unusual.range52(late)
    assert average is not None
    assert year is not None

    assert unusual.volume(late) == 2_000
    assert unusual.volume_ratio(late) is None
    assert (average.value, average.crossed, average.touched) == (Decimal("150.04"), False, None)
    assert (int(year.low), int(year.high), int(year.position)) == (150, 160, 100)
    assert unusual.rarity(late) == (DAY, 1)


def test_a_half_day_has_shares_but_no_ratio() -> None:
    """A full day's curve does not fit it; half days of the past do not bend the curve either."""
    half: Session = replace(session(), closes=at("13:00"), half_day=True)
    at_ten_past = quote(as_of=at("11:10"), volume=10_000_000, average_volume=20_000_000)
    short = [
        bar(at(clock, day=DAY - timedelta(days=back)), "100", volume=10**6)
        for back in range(21, 60)
        for clock in ("09:30", "12:55")
    ]

    assert (
        unusual.volume_ratio(gathered(quote=at_ten_past, five_minutes=month(50), session=half))
        is None
    )
    assert unusual.volume_ratio(gathered(quote=at_ten_past, five_minutes=short)) is None
    assert Decimal("1.0000") == unusual.volume_ratio(
        gathered(quote=at_ten_past, five_minutes=(*short, *month(50, sessions=10)))
    )


def test_a_pairs_shares_are_of_24_hours() -> None:
    """What the provider counts is not what was traded since midnight."""
    reference = Reference(ReferenceKind.UTC_MIDNIGHT, Decimal(100), DAY)
    pair = gathered(move=replace(move("104", "100"), reference=reference))

    assert unusual.volume(pair) is None
    assert unusual.volume_ratio(pair) is None


# ---- crossings, touches, splits -----------------------------------------------------------


def test_touched_but_not_crossed() -> None:
    """2 February 2026: as low as $81.34, below an average of $81.35, and last at $81.36."""
    seen = quote("81.36", "81.40", day_low=Decimal("81.34"), day_high=Decimal("81.45"))
    found = unusual.average200(
        gathered(daily=daily(["81.35"] * 200), quote=seen, move=move("81.36", "81.40"))
    )

    assert found is not None
    assert (found.value, found.crossed, found.touched) == (
        Decimal("81.35"),
        False,
        Decimal("81.34"),
    )


@pytest.mark.parametrize(
    ("close", "last", "low", "high", "touched"),
    [
        ("99", "98", "97", "101", "101"),
        ("99", "98", "97", "100", None),
        ("101", "102", "100", "103", None),
        ("99", "101", "97", "103", None),
        ("101", "102", None, None, None),
    ],
)
def test_what_touches(
    close: str, last: str, low: str | None, high: str | None, touched: str | None
) -> None:
    """Beyond the average means beyond it; a crossing says more than a touch."""
    day: dict[str, Any] = {
        "day_low": low and Decimal(low),
        "day_high": high and Decimal(high),
    }
    known = gathered(
        daily=daily([100] * 200), quote=quote(last, close, **day), move=move(last, close)
    )
    found = unusual.average200(known)

    assert found is not None
    assert (touched and Decimal(touched)) == found.touched


def test_a_crossing_by_less_than_is_printed_is_none() -> None:
    """An average of 100.004 is printed as 100.00: the last at 100.00 stands on it."""
    bars = daily([Decimal("100.004")] * 200)
    found = unusual.average200(gathered(daily=bars, move=move("100.00", "100.02")))

    assert found is not None
    assert not found.crossed
    assert found.value == Decimal("100.004")


def after_a_split(close: str = "100", shares: str = "2", unadjusted: str = "200") -> Reference:
    split = CorporateAction(ActionKind.SPLIT, DAY, Decimal(shares))
    day = date(2026, 1, 9)
    return Reference(ReferenceKind.PREVIOUS_CLOSE, Decimal(close), day, split, Decimal(unadjusted))


def test_bars_of_the_old_shares_are_divided() -> None:
    """On the day of a split they may not be adjusted yet: prices are divided, shares multiplied."""
    bars = unusual.split_adjusted(daily([196, 200]), after_a_split())

    assert [{b.open, b.high, b.low, b.close} for b in bars] == [{Decimal(98)}, {Decimal(100)}]
    assert [b.volume for b in bars] == [40_000_000] * 2


def test_bars_of_the_new_shares_stay() -> None:
    """Told by where the newest closes: at the reference, or where that stood before."""
    bars = daily([98, 100])
    dividend = replace(
        after_a_split(), adjusted=CorporateAction(ActionKind.DIVIDEND, DAY, Decimal(100))
    )

    assert unusual.split_adjusted(bars, after_a_split()) == bars
    assert unusual.split_adjusted(daily([196, 200]), dividend) == daily([196, 200])
    assert unusual.split_adjusted(bars, move().reference) == bars
    assert unusual.split_adjusted((), after_a_split()) == ()


def test_every_figure_is_of_todays_shares() -> None:
    """On a split day nothing falls by half: average, range, rarity and multiple see one share."""
    old = [200, 204] * 126
    seen = replace(move("104", "100"), reference=after_a_split("102", unadjusted="204"))
    split = gathered(daily=daily(old), move=seen, quote=quote("104"))
    same = gathered(
        daily=daily([price // 2 for price in old]), move=move("104", "102"), quote=quote("104")
    )
    for figure in (unusual.average200, unusual.range52, unusual.rarity, unusual.multiple):
        assert figure(split) == figure(same)
        assert figure(same) is not None
