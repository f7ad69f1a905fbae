"""Which session is it, and when does it open and close?"""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from bot.errors import DeskError
from bot.model.market import Phase, Session
from bot.services.ports import Calendar
from bot.sources.calendar import Calendars

CALENDARS: Calendar = Calendars()


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def session(calendar: str, at: str) -> Session:
    return CALENDARS.session(calendar, utc(at))


def test_a_day_in_new_york() -> None:
    """Regular and extended hours in UTC, and the session before."""
    assert session("XNYS", "2026-01-12T16:08") == Session(
        calendar="XNYS",
        day=date(2026, 1, 12),
        previous=date(2026, 1, 9),
        opens=utc("2026-01-12T14:30"),
        closes=utc("2026-01-12T21:00"),
        early=utc("2026-01-12T09:00"),
        late=utc("2026-01-13T01:00"),
        zone="America/New_York",
        half_day=False,
    )


def test_a_day_in_hong_kong_has_no_extended_hours() -> None:
    """The rule for early and late trading is New York's alone."""
    assert session("XHKG", "2026-01-12T03:00") == Session(
        calendar="XHKG",
        day=date(2026, 1, 12),
        previous=date(2026, 1, 9),
        opens=utc("2026-01-12T01:30"),
        closes=utc("2026-01-12T08:00"),
        early=None,
        late=None,
        zone="Asia/Hong_Kong",
        half_day=False,
    )


@pytest.mark.parametrize(
    ("calendar", "at", "closes", "late"),
    [
        ("XNYS", "2026-11-27T15:00", "2026-11-27T18:00", "2026-11-27T22:00"),
        ("XNAS", "2026-12-24T15:00", "2026-12-24T18:00", "2026-12-24T22:00"),
        ("XHKG", "2026-02-16T02:00", "2026-02-16T04:00", None),
        ("XLON", "2026-12-24T10:00", "2026-12-24T12:30", None),
    ],
)
def test_half_days_close_early(calendar: str, at: str, closes: str, late: str | None) -> None:
    """After Thanksgiving, before Christmas and the lunar new year; late trading follows suit."""
    found = session(calendar, at)

    assert found.half_day
    assert found.closes == utc(closes)
    assert found.late == (utc(late) if late else None)


@pytest.mark.parametrize(
    ("calendar", "at", "day", "previous"),
    [
        ("XNYS", "2026-01-11T18:00", "2026-01-09", "2026-01-08"),  # Sunday
        ("XNYS", "2026-01-12T02:00", "2026-01-09", "2026-01-08"),  # still Sunday there
        ("XNYS", "2026-01-19T15:00", "2026-01-16", "2026-01-15"),  # Martin Luther King's day
        ("XNYS", "2025-01-09T15:00", "2025-01-08", "2025-01-07"),  # mourning for a president
        ("XNYS", "2025-01-10T15:00", "2025-01-10", "2025-01-08"),
        ("XNYS", "2026-12-25T15:00", "2026-12-24", "2026-12-23"),
        ("XHKG", "2026-02-18T03:00", "2026-02-16", "2026-02-13"),  # lunar new year
        ("XHKG", "2026-01-11T20:00", "2026-01-12", "2026-01-09"),  # already Monday there
        ("XTKS", "2026-01-02T03:00", "2025-12-30", "2025-12-29"),
    ],
)
def test_without_a_session_that_day_it_is_the_last_one(
    calendar: str, at: str, day: str, previous: str
) -> None:
    """Weekends, holidays and closures, by the exchange's own date."""
    found = session(calendar, at)

    assert (found.day, found.previous) == (date.fromisoformat(day), date.fromisoformat(previous))


@pytest.mark.parametrize(
    ("at", "phase"),
    [
        ("2026-01-12T08:59", Phase.CLOSED),
        ("2026-01-12T09:00", Phase.PRE),
        ("2026-01-12T14:29", Phase.PRE),
        ("2026-01-12T14:30", Phase.EARLY),
        ("2026-01-12T16:08", Phase.LATE_MORNING),
        ("2026-01-12T17:00", Phase.MIDDAY),
        ("2026-01-12T19:00", Phase.AFTERNOON),
        ("2026-01-12T21:00", Phase.AFTER_HOURS),
        ("2026-01-13T00:59", Phase.AFTER_HOURS),
        ("2026-01-13T01:00", Phase.CLOSED),
        ("2026-01-13T04:00", Phase.CLOSED),
        ("2026-11-27T18:30", Phase.AFTER_HOURS),
        ("2026-11-27T22:00", Phase.CLOSED),
    ],
)
def test_phases_follow_the_session(at: str, phase: Phase) -> None:
    """Evening in New York is still that day's session."""
    assert session("XNYS", at).phase(utc(at)) is phase


@pytest.mark.parametrize(
    ("at", "opens"),
    [
        ("2026-03-06T15:00", time(14, 30)),
        ("2026-03-09T15:00", time(13, 30)),
        ("2026-10-30T15:00", time(13, 30)),
        ("2026-11-02T15:00", time(14, 30)),
    ],
)
def test_summer_time_moves_the_open(at: str, opens: time) -> None:
    """09:30 in New York is what counts."""
    assert session("XNYS", at).opens.time() == opens


def test_years_apart_are_both_known() -> None:
    """The window of days loaded follows the question."""
    assert session("XNYS", "2007-06-15T15:00").day == date(2007, 6, 15)
    assert session("XNYS", "2026-06-15T15:00").day == date(2026, 6, 15)
    assert session("XNYS", "2007-06-18T15:00").previous == date(2007, 6, 15)


@pytest.mark.parametrize("calendar", ["NOPE", "", "xnys", "NYSE Euronext"])
def test_an_unknown_calendar_is_one_sentence(calendar: str) -> None:
    """It names what was asked, and codes that work."""
    with pytest.raises(DeskError) as error:
        session(calendar, "2026-01-12T15:00")

    assert str(error.value) == (
        f"{calendar!r} is not the code of an exchange's calendar; New York is XNYS, Hong Kong "
        "XHKG, London XLON"
    )


def test_a_year_beyond_the_calendar_is_one_sentence() -> None:
    """Lunar holidays are not known for ever."""
    with pytest.raises(DeskError) as error:
        session("XHKG", "2090-01-12T03:00")

    assert str(error.value) == "the calendar of XHKG does not reach 2090-01-12"


@pytest.mark.parametrize(
    ("at", "day", "previous"),
    [
        ("2023-07-17T03:00", "2023-07-14", "2023-07-13"),
        ("2023-08-31T03:00", "2023-08-31", "2023-08-30"),
        ("2023-09-01T03:00", "2023-08-31", "2023-08-30"),
        ("2023-09-04T03:00", "2023-09-04", "2023-08-31"),
        ("2023-09-08T03:00", "2023-09-07", "2023-09-06"),
        ("2023-09-11T03:00", "2023-09-11", "2023-09-07"),
    ],
)
def test_storms_shut_hong_kong(at: str, day: str, previous: str) -> None:
    """The next session is measured from the last one that took place."""
    found = session("XHKG", at)

    assert (found.day, found.previous) == (date.fromisoformat(day), date.fromisoformat(previous))


@pytest.mark.parametrize("day", [10, 11, 12])
def test_crypto_pairs_trade_round_the_clock(day: int) -> None:
    """A session is a day in UTC, at weekends too; it has no early and no late hours."""
    assert session("24/7", f"2026-01-{day}T23:59") == Session(
        calendar="24/7",
        day=date(2026, 1, day),
        previous=date(2026, 1, day - 1),
        opens=utc(f"2026-01-{day}T00:00"),
        closes=utc(f"2026-01-{day + 1}T00:00"),
        early=None,
        late=None,
        zone="UTC",
        half_day=False,
    )
    assert session("24/7", f"2026-01-{day}T00:00").day == date(2026, 1, day)
