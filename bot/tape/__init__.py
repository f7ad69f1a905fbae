"""
A recorded day on disk: what was printed, what was published, and which of it is fact.

    day.toml       the day, its note and anchors, trading hours, feeds, channels
    symbols.json   the listings
    daily.csv      completed sessions before the day, oldest first
    minutes.csv    prints of the day; the price at T is known from T on
    feed.jsonl     headlines; each is visible from `seen` on

Reads files, knows nothing else.
"""

from bot.tape.fields import TapeError
from bot.tape.nouns import (
    Anchor,
    Channel,
    Daily,
    FeedSource,
    Hours,
    Item,
    Print,
    Split,
    Symbol,
    Tape,
)
from bot.tape.reading import read_day

__all__ = [
    "Anchor",
    "Channel",
    "Daily",
    "FeedSource",
    "Hours",
    "Item",
    "Print",
    "Split",
    "Symbol",
    "Tape",
    "TapeError",
    "read_day",
]
