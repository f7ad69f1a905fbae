"""When did the exchange stop trading in it? One sentence for all of the session's halts."""

from __future__ import annotations

from bot.brief import wording
from bot.brief.escape import clean, cut, escape
from bot.model.brief import Brief

_REASON = 50


def halts(brief: Brief, zone: str) -> str:
    """
    "Trading was halted at 10:31 EST (news pending), resumed 11:01 EST", "" where it was not.

    Of several the last is told. Where nobody said when it ended, its end is left out.
    """
    if not brief.context.halts:
        return ""
    last, many = brief.context.halts[-1], len(brief.context.halts)
    today = wording.local_day(brief.quote.as_of, zone)
    at = wording.stamp(last.at, zone, today)
    why = f"({escape(cut(clean(last.reason), _REASON))})"
    if last.stands(brief.composed_at) and brief.quote.as_of <= last.at:
        return f"Trading has been halted since {at} {why}"
    times = f" {many} times, last" if many > 1 else ""
    resumed = ""
    if last.resumes_at is not None and last.resumes_at <= brief.composed_at:
        resumed = f", resumed {wording.stamp(last.resumes_at, zone, today)}"
    return f"Trading was halted{times} at {at} {why}{resumed}"
