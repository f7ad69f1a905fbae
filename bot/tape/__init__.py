"""
A recorded day on disk: what was printed, what was published, and which of it is fact.

    day.toml       the day, its note and anchors, trading hours, feeds, channels; what the
                   provider took back ([[busts]]) or restated ([[restated]])
    symbols.json   the listings, with their splits and dividends
    daily.csv      completed sessions before the day, oldest first
    minutes.csv    prints of the day; the price at T is known from T on; no row, no print
    feed.jsonl     headlines; each is visible from `seen` on, until `until`, with its `changes`
    instruments.toml  companies that only this day knows (it may be missing)

`date` may be followed by `more`, the days after it that have prints too; `begins` (03:30 where
it is missing) is where a replay begins. Prices are in the unit
of the listing's currency, and daily.csv is adjusted for splits, those of the day included.
Reads files, knows nothing else; `bot.tape.yahoo` and `bot.tape.feeds` say what the world's
servers would have answered.
"""

from bot.tape.fields import TapeError
from bot.tape.nouns import (
    Anchor,
    Bust,
    Change,
    Channel,
    Daily,
    Dividend,
    FeedSource,
    Hours,
    Item,
    Print,
    Restated,
    Split,
    Symbol,
    Tape,
)
from bot.tape.reading import read_day

__all__ = [
    "Anchor",
    "Bust",
    "Change",
    "Channel",
    "Daily",
    "Dividend",
    "FeedSource",
    "Hours",
    "Item",
    "Print",
    "Restated",
    "Split",
    "Symbol",
    "Tape",
    "TapeError",
    "read_day",
]
