"""
A replayed day as a person reads it: every message with its edits, then every silence.

What `bot replay` prints, and what the golden files of the recorded days hold.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.app.printing import plain
from bot.tape import Tape

Json = Mapping[str, Any]
_RULE = "─" * 72


def tell(tape: Tape, exported: Json, names: Mapping[str, str]) -> str:
    """Messages by channel and time, in the zone of the day."""
    days = _Days(tape)
    said = len(exported["messages"])
    lines = [f"{days.title}: {said or 'no'} message{'' if said == 1 else 's'}"]
    for message in exported["messages"]:
        lines += ["", _RULE, *_message(message, names, days)]
    lines += ["", _RULE, "Silences"]
    lines += _silences(exported["silences"], days)
    return "\n".join(lines) + "\n"


class _Days:
    """Times as the day's own people write them."""

    def __init__(self, tape: Tape) -> None:
        self._zone = ZoneInfo(tape.zone)
        self._one = len(tape.dates) == 1
        self.title = ", ".join(f"{day:%A, %-d %B %Y}" for day in tape.dates)

    def clock(self, stamp: str) -> str:
        at = datetime.fromisoformat(stamp).astimezone(self._zone)
        return f"{at:%H:%M %Z}" if self._one else f"{at:%-d %b %H:%M %Z}"


def _message(message: Json, names: Mapping[str, str], days: _Days) -> Iterator[str]:
    reply = ", in reply" if message["reply_to"] else ""
    yield f"#{names[message['channel']]}, {days.clock(message['created_at'])}{reply}"
    for body in (*message["edits"], message):
        if body["edited_at"]:
            yield f"  edited {days.clock(body['edited_at'])}"
        yield from _body(body)


def _body(body: Json) -> Iterator[str]:
    yield f"  > {body['content']}"
    for card in body["embeds"]:
        blocks = (
            card.get("title"),
            card.get("description"),
            (card.get("footer") or {}).get("text"),
        )
        for block in blocks:
            if block:
                yield from (f"    {line}".rstrip() for line in plain(block).split("\n"))
    if pictures := [each["filename"] for each in body["attachments"]]:
        yield f"    [{', '.join(pictures)}]"


def _silences(rows: Sequence[Json], days: _Days) -> Iterator[str]:
    """By ticker and threshold; where nothing is known, by ticker alone."""
    for ticker, threshold in dict.fromkeys((row["ticker"], row["threshold"]) for row in rows):
        yield f"  {ticker} {threshold}".rstrip()
        for row in rows:
            if (row["ticker"], row["threshold"]) == (ticker, threshold):
                yield f"    {row['reason']}: {_looks(row, days)}"


def _looks(row: Json, days: _Days) -> str:
    first, last = days.clock(row["first"]), days.clock(row["last"])
    once, often = f"1 look, {first}", f"{row['count']} looks, {first} to {last}"
    looks = once if row["count"] == 1 else often
    if not row["nearest"]:
        return looks
    percent = row["nearest"].replace("-", "−")
    return f"{looks}, farthest {percent}% at {days.clock(row['nearest_at'])}"
