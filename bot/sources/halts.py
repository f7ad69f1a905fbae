"""
Which halts does the exchange's list tell? The `ndaq:` fields of a parsed feed, as facts.

Its times are of New York's wall clock; its dates are month first. An entry that cannot be
understood is left out, for half a halt is no fact.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.desk.halts import RESUMED, listed_as, reason
from bot.model.halt import Halt
from bot.model.news import Feed, OutletKind
from bot.sources.parse_worker import Parsed

_ZONE = ZoneInfo("America/New_York")
_LONGEST = 20  # characters of a symbol


def halts(parsed: Parsed, feed: Feed) -> tuple[Halt, ...]:
    """Each halt once; only an exchange or a regulator can state one."""
    if feed.kind is not OutletKind.REGULATOR:
        return ()
    return tuple({(one.ticker, one.at): one for one in _told(parsed)}.values())


def _told(parsed: Parsed) -> Iterator[Halt]:
    for entry in parsed.entries:
        if halt := _halt(dict(entry.extra)):
            yield halt


def _halt(fields: Mapping[str, str]) -> Halt | None:
    """ "R4" is how the end of a halt is told: without its time it says nothing."""
    ticker = listed_as(fields.get("ndaq_issuesymbol", ""))
    code = fields.get("ndaq_reasoncode", "").strip().upper()
    at = _moment(fields.get("ndaq_haltdate", ""), fields.get("ndaq_halttime", ""))
    day = fields.get("ndaq_resumptiondate", "")
    resumes = _moment(day, fields.get("ndaq_resumptiontradetime", ""))
    if not ticker or len(ticker) > _LONGEST or at is None or (code in RESUMED and not resumes):
        return None
    quotes = _moment(day, fields.get("ndaq_resumptionquotetime", ""))
    return Halt(ticker, at, code, reason(code), quotes, resumes)


def _moment(day: str, time: str) -> datetime | None:
    for form in ("%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S.%f"):
        try:
            local = datetime.strptime(f"{day.strip()} {time.strip()}", form).replace(tzinfo=_ZONE)
        except ValueError:
            continue
        return local.astimezone(UTC)
    return None
