"""When does a new feed begin? F13 of docs/feeds.md; see tests/sources/test_hosts.py for the rest."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.desk.spread import spread

NOON = datetime(2026, 1, 12, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def test_f13_many_feeds_fall_due_evenly() -> None:
    """Each at its own time within the interval, the same whenever the desk starts."""
    urls = [f"https://one.example/{n}" for n in range(3000)]
    due = [spread(url, 15 * MINUTE, NOON) for url in urls]

    a_minute = Counter((at - NOON) // MINUTE for at in due)
    again = [spread(url, 15 * MINUTE, NOON + 40 * MINUTE) for url in urls]
    assert all(NOON <= at < NOON + 15 * MINUTE for at in due)
    assert all(150 < a_minute[minute] < 250 for minute in range(15))
    assert {(after - before) % (15 * MINUTE) for before, after in zip(due, again, strict=True)} == {
        timedelta(0)
    }
