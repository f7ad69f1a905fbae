"""Are the registers sound, and may they still be believed? For `bot check`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.app.files import read_feeds, read_registers
from bot.app.finding import Finding
from bot.config import Config
from bot.desk.denied import unknown
from bot.desk.register import Outlets
from bot.errors import ConfigError, DeskError

NAMED = 5


def registers(config: Config, today: date) -> Iterator[Finding]:
    """Every mistake in them; rows that nobody went over for a year; outlets denied by name."""
    try:
        companies, outlets = read_registers(config)
    except ConfigError as error:
        for problem in error.problems:
            yield Finding("registers", "", str(problem))
        return
    yield Finding("registers", f"{len(companies)} companies, {len(outlets.known)} names of outlets")
    yield from _aged(outlets, today)
    yield from _denied(config, outlets)


def _aged(outlets: Outlets, today: date) -> Iterator[Finding]:
    old = outlets.aged(today)
    if not old:
        return
    names = ", ".join(f"{one.name} ({one.checked})" for one in old[:NAMED])
    more = f" and {len(old) - NAMED} more" if len(old) > NAMED else ""
    way_out = "open the source of each, then correct the row and its date"
    yield Finding("outlets", "", doubt=f"not gone over for a year: {names}{more}; {way_out}")


def _denied(config: Config, outlets: Outlets) -> Iterator[Finding]:
    words = config.settings.feeds.denied
    if not words:
        return
    try:
        published = {feed.outlet for feed in read_feeds(config)}
    except DeskError:  # said where the feeds are tried
        published = set()
    missing = unknown(words, outlets, published)
    for word in missing:
        text = f"feeds.denied names {word}, an outlet nobody knows"
        yield Finding("denied", "", f"{text}; write it as the register does, or its domain")
    if not missing:
        yield Finding("denied", f"{', '.join(words)}: left out")
