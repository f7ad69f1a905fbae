"""
Which session is it, and when does it open and close? exchange_calendars, loaded at first use.

Extended hours are a rule of ours, for the New York exchanges only: from 04:00, and until four
hours after the close, early closes included. Days on which a storm kept an exchange shut after
all are named here where the library does not know them. "24/7" is the calendar of crypto pairs:
a session is a day in UTC.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import DeskError
from bot.model.market import Session

_WINDOW = timedelta(days=550)
_MARGIN = timedelta(days=30)
_EXTENDED = frozenset({"XNYS", "XNAS"})
_EARLY = time(4)
_LATE = timedelta(hours=4)
# Typhoons Saola and Haikui's black rain: https://www.hkex.com.hk, trading arrangements, 2023.
_SHUT = {"XHKG": frozenset({date(2023, 9, 1), date(2023, 9, 8)})}


@dataclass(frozen=True, slots=True)
class _Loaded:
    """One exchange's days from `start` to `end`; `days` is the library's own calendar."""

    days: Any
    zone: ZoneInfo
    start: date
    end: date

    def covers(self, day: date) -> bool:
        return self.start + _MARGIN <= day <= self.end - _MARGIN


class Calendars:
    """The `Calendar` port. The first question about an exchange takes about 0.1 s, later ones none."""

    def __init__(self) -> None:
        self._loaded: dict[str, _Loaded] = {}
        self._sessions: dict[tuple[str, date], Session] = {}

    def session(self, calendar: str, at: datetime) -> Session:
        """The session of the local day of `at`, else the last one before it. Raises `DeskError`."""
        loaded = self._load(calendar, at)
        local = at.astimezone(loaded.zone).date()
        key = (calendar, local)
        if key not in self._sessions:
            with _old_pandas():
                self._sessions[key] = _session(calendar, loaded, local)
        return self._sessions[key]

    def _load(self, calendar: str, at: datetime) -> _Loaded:
        loaded = self._loaded.get(calendar)
        if loaded is None or not loaded.covers(at.astimezone(loaded.zone).date()):
            loaded = self._loaded[calendar] = _load(calendar, at.date())
        return loaded


def _load(calendar: str, around: date) -> _Loaded:
    from exchange_calendars import errors, get_calendar

    start, end = around - _WINDOW, around + _WINDOW
    try:
        with _old_pandas():
            days = get_calendar(calendar, start=start.isoformat(), end=end.isoformat())
    except errors.InvalidCalendarName as error:
        raise DeskError(
            f"{calendar!r} is not the code of an exchange's calendar",
            hint="New York is XNYS, Hong Kong XHKG, London XLON",
        ) from error
    except ValueError as error:
        raise DeskError(f"the calendar of {calendar} does not reach {around}") from error
    return _Loaded(days, ZoneInfo(str(days.tz)), start, end)


def _session(calendar: str, loaded: _Loaded, local: date) -> Session:
    days = loaded.days
    found = _open_day(calendar, days, days.date_to_session(local.isoformat(), "previous"))
    day: date = found.date()
    closes = _utc(days.session_close(found))
    early = late = None
    if calendar in _EXTENDED:
        early = datetime.combine(day, _EARLY, loaded.zone).astimezone(UTC)
        late = closes + _LATE
    return Session(
        calendar=calendar,
        day=day,
        previous=_open_day(calendar, days, days.previous_session(found)).date(),
        opens=_utc(days.session_open(found)),
        closes=closes,
        early=early,
        late=late,
        zone=loaded.zone.key,
        half_day=found in days.early_closes,
    )


def _open_day(calendar: str, days: Any, found: Any) -> Any:
    """That session, or the last one before it on which the exchange did open."""
    while found.date() in _SHUT.get(calendar, ()):
        found = days.previous_session(found)
    return found


@contextmanager
def _old_pandas() -> Iterator[None]:
    """exchange_calendars still uses what pandas has announced to drop."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore", category=DeprecationWarning, module=r"(exchange_calendars|pandas)\."
        )
        yield


def _utc(stamp: Any) -> datetime:
    at: datetime = stamp.to_pydatetime()
    return at.astimezone(UTC)
