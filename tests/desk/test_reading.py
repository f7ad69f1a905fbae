"""How far along is what a threshold measures? Each measure at its edges."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from math import log

import pytest

from bot.desk.facts import Facts, Past
from bot.desk.reading import Reading, read, said_of
from bot.desk.track import Track
from bot.desk.volume import Curve
from bot.model.alert import Episode, Measure, Said, State, Terms
from bot.model.market import Reference, ReferenceKind
from bot.model.no_move import NoMove
from tests.builders import DAY, at, facts, move, quote, session, terms

NEVER = Episode()


def seen(on: Terms, of: Facts, episode: Episode = NEVER) -> Reading:
    found = read(on, of, episode)
    assert isinstance(found, Reading)
    return found


def of(measure: Measure, level: str = "5", **changes: object) -> Terms:
    return terms(level, measure=measure, **changes)


def evening(last: str, close: str = "100") -> Facts:
    """After hours, measured from today's close."""
    when = at("17:00")
    day = replace(
        move(last, close, as_of=when),
        reference=Reference(ReferenceKind.REGULAR_CLOSE, Decimal(close), DAY),
    )
    return facts(day, quote=quote(last, close, as_of=when, state="POST"))


def test_the_move_goes_either_way() -> None:
    """Up and down are one number with two signs."""
    assert (Decimal(6), Decimal(-6), at("11:08"), Decimal(5), Decimal(5)) == seen(
        of(Measure.MOVE), facts(move("106", "100"))
    )


@pytest.mark.parametrize(("clock", "floor"), [("08:00", "7.5"), ("09:30", "5"), ("17:00", "7.5")])
def test_extended_hours_ask_for_half_more(clock: str, floor: str) -> None:
    """Before the open and after the close; the rungs are counted from the level all the same."""
    found = seen(of(Measure.MOVE), facts(move("106", "100", as_of=at(clock))))

    assert (Decimal(5), Decimal(floor)) == (found.level, found.floor)


def test_the_level_itself_is_beyond_it() -> None:
    """Exactly five percent is five percent, either way."""
    found = [seen(of(Measure.MOVE), facts(move(last, "100"))) for last in ("105", "95", "104.99")]

    assert [(True, False), (False, True), (False, False)] == [
        (one.beyond(True), one.beyond(False)) for one in found
    ]


def test_usual_moves_are_multiples_of_sigma() -> None:
    """The log return in units of the usual daily move; unknown without a history."""
    on, here = of(Measure.UNUSUAL, "3"), facts(move("106", "100"))
    found = seen(on, replace(here, past=Past(sigma=Decimal(2))))

    assert found.up == Decimal(f"{log(1.06) / 0.02:.4f}")
    assert found.down == -found.up
    assert NoMove.NO_HISTORY is read(on, here, NEVER)


def test_beyond_the_benchmark_is_a_plain_difference() -> None:
    """Printed percents subtract: 6 − 1.5 is 4.5, and down it is the other way round."""
    on, here = of(Measure.BEYOND), facts(move("106", "100"))
    found = seen(on, replace(here, benchmark=move("101.5", "100", ticker="SPY")))

    assert (Decimal("4.5"), Decimal("-4.5")) == (found.up, found.down)


def test_a_benchmark_on_another_basis_is_no_benchmark() -> None:
    """The evening's move is not compared with the day's, nor anything with nothing."""
    on, late = of(Measure.BEYOND), evening("106")
    day = move("101.5", "100", ticker="SPY", as_of=at("15:59"))
    before = move("101.5", "100", ticker="SPY", as_of=at("09:29"))

    assert NoMove.NO_BENCHMARK is read(on, late, NEVER)
    assert NoMove.NO_BENCHMARK is read(on, replace(late, benchmark=day), NEVER)
    assert NoMove.NO_BENCHMARK is read(on, facts(benchmark=before), NEVER)


@pytest.mark.parametrize(
    ("was", "last", "up", "down"),
    [
        ("149", "151.5", "1", None),
        ("149", "147", "-2", None),
        ("151", "147", None, "2"),
        ("150", "150", "0", "0"),
        ("150", "151.5", "1", "-1"),
    ],
)
def test_a_price_is_crossed_from_where_the_reference_lay(
    was: str, last: str, up: str | None, down: str | None
) -> None:
    """In percent beyond the line; the way the reference had gone already is no news."""
    found = seen(of(Measure.LEVEL, "150"), facts(move(last, was)))

    assert (up and Decimal(up), down and Decimal(down)) == (found.up, found.down)


def test_on_the_line_is_not_beyond_it() -> None:
    """A crossing is strict, and needs no more in extended hours."""
    on = of(Measure.LEVEL, "150")
    touch = seen(on, facts(move("150", "149")))
    early = seen(on, facts(move("150.01", "149", as_of=at("08:00"))))

    assert not touch.beyond(True)
    assert early.beyond(True)
    assert not early.beyond(False)


def test_the_average_is_compared_at_the_decimals_of_the_price() -> None:
    """SHY on 2 February 2026: last above its average, close above it too: nothing was crossed."""
    on, past = of(Measure.AVERAGE200, "0"), Past(average200=Decimal("81.3512"))
    above = seen(on, facts(move("81.36", "81.40"), past=past))
    below = seen(on, facts(move("81.34", "81.40"), past=past))
    level = seen(on, facts(move("81.35", "81.40"), past=past))

    assert [False, True, False] == [one.beyond(False) for one in (above, below, level)]
    assert not any(one.beyond(True) for one in (above, below, level))
    assert NoMove.NO_HISTORY is read(on, facts(), NEVER)


def test_an_extreme_is_beyond_that_of_completed_sessions() -> None:
    """A new high on the way up, a new low on the way down."""
    on, past = of(Measure.RANGE52, "0"), Past(year=(Decimal(80), Decimal(120)))
    high = seen(on, facts(move("120.01", "119"), past=past))
    low = seen(on, facts(move("79.2", "81"), past=past))
    touch = seen(on, facts(move("120", "119"), past=past))

    assert (True, False) == (high.beyond(True), high.beyond(False))
    assert (False, True, Decimal(1)) == (low.beyond(True), low.beyond(False), low.down)
    assert not touch.beyond(True)
    assert NoMove.NO_HISTORY is read(on, facts(), NEVER)


CURVE = Curve(((0.0, 0.5, 1.0),) * 10)


def test_volume_is_against_the_same_time_of_other_days() -> None:
    """Half of a million shares is normal five minutes in; a million then is twice that."""
    on, past = of(Measure.VOLUME, "2"), Past(usual=1_000_000, curve=CURVE)
    here = facts(quote=quote(as_of=at("09:35"), volume=1_000_000), past=past)
    found = seen(on, here)
    provided = replace(here, past=Past(curve=CURVE))  # 19.9 million a day, as the provider says

    assert (Decimal(2), None, Decimal(2)) == (found.up, found.down, found.floor)
    assert Decimal("0.1005") == seen(on, provided).up


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"past": Past()}, NoMove.NO_HISTORY),
        ({"quote": quote(as_of=at("09:34:59"))}, NoMove.NO_NORMAL),
        ({"quote": quote(volume=None)}, NoMove.NO_NORMAL),
        ({"quote": quote(average_volume=None), "past": Past(curve=CURVE)}, NoMove.NO_NORMAL),
        ({"session": replace(session(), half_day=True)}, NoMove.NO_NORMAL),
        ({"move": move(as_of=at("08:00"))}, NoMove.NO_NORMAL),
    ],
)
def test_no_volume_is_called_normal_without_ground(changes: dict[str, object], why: NoMove) -> None:
    """Too early, too little known, or a day unlike the others."""
    here = replace(facts(past=Past(usual=1_000_000, curve=CURVE)), **changes)  # type: ignore[arg-type]

    assert why is read(of(Measure.VOLUME, "2"), here, NEVER)


HOUR = of(Measure.WINDOW, window=timedelta(hours=1))


def along(tape: str, **changes: object) -> Facts:
    """The prints of a tape ("10:00 101 10:30 105"), looked at with the last of them."""
    words = tape.split()
    track = Track()
    for clock, price in zip(words[::2], words[1::2], strict=True):
        track.add(at(clock), Decimal(price))
    last = move(words[-1], "100", as_of=at(words[-2]))
    return facts(last, **({"track": track} | changes))


@pytest.mark.parametrize(
    ("tape", "up", "down"),
    [
        ("10:00 100 10:30 105", "5", "0"),
        ("10:00 100 10:30 110 10:40 104.5", "4.5", "5"),
        ("09:59 90 11:00 99 11:01 99", "0", "0"),
        ("10:00 90 11:00 99", "10", "0"),
        ("09:29 90 09:30 99 09:31 99", "10", "0"),
    ],
)
def test_a_window_has_a_rise_and_a_fall(tape: str, up: str, down: str) -> None:
    """From its lowest and from its highest print; what is older than the window is out of it."""
    found = seen(HOUR, along(tape))

    assert (Decimal(up), Decimal(down)) == (found.up, found.down)


def test_a_window_is_unknown_without_its_prints() -> None:
    """And one of days without the sessions that it reaches back to."""
    days = replace(HOUR, window=timedelta(days=2))

    assert NoMove.NO_HISTORY is read(HOUR, facts(), NEVER)
    assert NoMove.NO_HISTORY is read(
        days, along("10:00 100", past=Past(days=(date(2026, 1, 9),))), NEVER
    )


def test_what_was_told_begins_the_window() -> None:
    """After +5 % was said the next +5 %, and any fall, count from the print that said it."""
    said = Episode(State.FIRED, True, None, at("10:30"), print_at=at("10:30"))
    over = Episode(spoke_at=at("10:30"), print_at=at("10:30"))
    later = along("10:00 110 10:10 100 10:30 105 10:50 104 10:55 106")

    assert seen(HOUR, later).down == Decimal(-106) / 110 * 100 + 100
    assert seen(HOUR, later, said)[:2] == (Decimal(6), Decimal(0))
    assert seen(HOUR, later, over).up == (Decimal(106) / 104 - 1) * 100

    fallen = replace(said, up=False)
    assert seen(HOUR, later, fallen).up == (Decimal(106) / 104 - 1) * 100
    assert seen(HOUR, later, fallen).down == seen(HOUR, later).down


def test_a_day_of_a_window_is_a_session() -> None:
    """Over the week-end, one day back from Monday 10:00 is Friday 10:00."""
    track = Track()
    for day, clock, price in (
        ("2026-01-09", "09:59", "90"),
        ("2026-01-09", "10:00", "98"),
        ("2026-01-12", "10:00", "101.92"),
    ):
        track.add(at(clock, day=day), Decimal(price))
    on = replace(HOUR, window=timedelta(days=1))
    here = facts(
        move("101.92", "100", as_of=at("10:00")),
        track=track,
        past=Past(days=(date(2026, 1, 8), date(2026, 1, 9))),
    )

    assert Decimal(4) == seen(on, here).up


@pytest.mark.parametrize(
    ("friday", "last", "level", "up", "down"),
    [
        ("90", "101", "5", "1", "0"),
        ("90", "101", "12", "12.2", "0"),
        ("90", "101", "11.1", "1", "0"),
        ("80", "104", "25", "4", "0"),
        ("80", "104", "25.1", "30", "0"),
        ("110", "99", "5", "0", "1"),
        ("110", "99", "12", "0", "10"),
        ("125", "96", "20", "0", "4"),
        ("125", "96", "20.1", "0", "23.2"),
    ],
)
def test_what_had_moved_by_the_close_before_is_no_news_today(
    friday: str, last: str, level: str, up: str, down: str
) -> None:
    """A move of days that was enough yesterday (close 100) counts from this morning on."""
    track = Track()
    track.add(at("10:00", day="2026-01-09"), Decimal(friday))
    track.add(at("04:00"), Decimal(100))
    track.add(at("10:30"), Decimal(last))
    on = replace(HOUR, window=timedelta(days=2), level=Decimal(level))
    here = facts(
        move(last, "100", as_of=at("10:30")),
        track=track,
        past=Past(days=(date(2026, 1, 8), date(2026, 1, 9))),
    )
    found = seen(on, here)
    rounded = [round(max(one or Decimal(0), Decimal(0)), 1) for one in (found.up, found.down)]

    assert [Decimal(up), Decimal(down)] == rounded


def test_what_begins_with_the_leg_is_of_the_leg() -> None:
    """A low at the very first moment of the day is today's, whatever the close before was."""
    track = Track()
    track.add(at("04:00"), Decimal(90))
    track.add(at("04:30"), Decimal(120))
    track.add(at("10:30"), Decimal(108))
    on = replace(HOUR, window=timedelta(days=1))
    here = facts(
        move("108", "100", as_of=at("10:30")), track=track, past=Past(days=(date(2026, 1, 9),))
    )

    assert (Decimal(20), Decimal(10)) == seen(on, here)[:2]


def test_the_evening_has_a_window_of_its_own() -> None:
    """It does not reach back before the close, whatever its length."""
    track = Track()
    for clock, price in (("15:30", "90"), ("16:00", "100"), ("17:00", "108")):
        track.add(at(clock), Decimal(price))
    for window in (timedelta(hours=4), timedelta(days=3)):
        found = seen(replace(HOUR, window=window), replace(evening("108"), track=track))

        assert (Decimal(8), Decimal("7.5")) == (found.up, found.floor)


def test_what_spoke_is_a_fact_for_the_brief() -> None:
    """The line that was crossed, or how far within which window."""
    crossing, on = facts(move("151.5", "149")), of(Measure.LEVEL, "150")
    window = along("10:00 110 10:30 104.5")
    year = of(Measure.RANGE52, "0")
    past = Past(year=(Decimal(80), Decimal(120)))
    low, high = (facts(move(*prices), past=past) for prices in (("79.2", "81"), ("126", "119")))

    assert Said(Measure.LEVEL, True, Decimal(1), Decimal(150)) == said_of(
        on, crossing, seen(on, crossing), True
    )
    assert Said(Measure.WINDOW, False, Decimal(5), None, timedelta(hours=1)) == said_of(
        HOUR, window, seen(HOUR, window), False
    )
    assert Said(Measure.RANGE52, False, Decimal(1), Decimal(80)) == said_of(
        year, low, seen(year, low), False
    )
    assert Said(Measure.RANGE52, True, Decimal(5), Decimal(120)) == said_of(
        year, high, seen(year, high), True
    )
