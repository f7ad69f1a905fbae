"""Until when? "7d", "until Friday", "2026-12-01": from a person's words to an instant."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.services.thresholds.figures import SPAN, plain, span

LONGEST = timedelta(days=366)
_LAST_MINUTE = time(23, 59)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DATE = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[t ](\d{1,2}):(\d{2}))?")


def expiry(words: str, now: datetime, zone: str) -> datetime | None:
    """
    The instant in UTC, or None for "". A day means the end of it in `zone`.

    `UserError` for what cannot be read, lies in the past, or more than a year ahead.
    """
    typed = re.sub(r"^(?:until|till|for|in|through|on) ", "", plain(words))
    if not typed:
        return None
    until = _read(typed, now.astimezone(ZoneInfo(zone)))
    if until is None:
        raise UserError(
            f"I cannot read the end “{words.strip()[:40]}”",
            hint="try expires 7d, until Friday or 2026-12-01",
        )
    if not now < until <= now + LONGEST:
        when = "in the past" if until <= now else "more than a year ahead"
        raise UserError(
            f"a threshold's end must be within a year from now, “{words.strip()[:40]}” is {when}",
            hint="try expires 7d or until Friday",
        )
    return until.astimezone(UTC)


def _read(typed: str, local: datetime) -> datetime | None:
    if re.fullmatch(SPAN, typed):
        return _after(local, span(typed))
    if found := _DATE.fullmatch(typed):
        return _at(found, local)
    day = _named(typed, local.date())
    return None if day is None else datetime.combine(day, _LAST_MINUTE, local.tzinfo)


def _after(local: datetime, lasting: timedelta) -> datetime:
    return local.astimezone(UTC) + min(lasting, LONGEST + timedelta(days=1))


def _at(found: re.Match[str], local: datetime) -> datetime | None:
    year, month, day = (int(part) for part in found[1].split("-"))
    try:
        clock = time(int(found[2]), int(found[3])) if found[2] else _LAST_MINUTE
        return datetime.combine(date(year, month, day), clock, local.tzinfo)
    except ValueError:
        return None


def _named(typed: str, today: date) -> date | None:
    """ "today", "tomorrow", or the next day of that name."""
    if typed in ("today", "tomorrow"):
        return today + timedelta(days=int(typed == "tomorrow"))
    for number, name in enumerate(_DAYS):
        if len(typed) >= 3 and name.startswith(typed):
            return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None
