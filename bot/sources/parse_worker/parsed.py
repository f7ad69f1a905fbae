"""What a feed's document says, as it left the worker: plain values, short and bounded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One entry as the feed has it: text without markup, the date as it is written.

    `terms` are its categories ("8-K"); `extra` are the fields of a module that a desk reads
    as facts, such as ("ndaq_issuesymbol", "BABA") in the exchange's list of halts.
    """

    guid: str
    link: str
    title: str
    summary: str
    dated: str
    terms: tuple[str, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """
    `bozo` says why the document is not well-formed, "" when it is; `every` is its own pace.

    It asks not to be read in `skip_hours` (0 to 23, GMT) and on `skip_days` (0 is Monday).
    `hub` is where it announces itself by WebSub, "" where it does not.
    """

    title: str
    entries: tuple[Entry, ...]
    every: timedelta | None = None
    bozo: str = ""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    hub: str = ""


def parsed(told: Mapping[str, Any]) -> Parsed:
    """From the worker's answer."""
    return Parsed(
        title=told["title"],
        entries=tuple(map(_entry, told["entries"])),
        every=timedelta(hours=told["hours"]) if told["hours"] else None,
        bozo=told["bozo"],
        skip_hours=tuple(told["skip_hours"]),
        skip_days=tuple(told["skip_days"]),
        hub=told["hub"],
    )


def _entry(told: list[Any]) -> Entry:
    guid, link, title, summary, dated, terms, extra = told
    facts = tuple((name, value) for name, value in extra)
    return Entry(guid, link, title, summary, dated, tuple(terms), facts)
