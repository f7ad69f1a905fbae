"""How unusual a move is, from bars that are easy to check by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import log, sqrt

import pytest

from bot.desk import unusual
from bot.model.market import Bar
from tests.builders import DAY, at, bar, daily, gathered, move, quote

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
