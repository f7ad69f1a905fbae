"""Why a quote is no move: a reason in words, never 0 %."""

from __future__ import annotations

from enum import Enum


class NoMove(Enum):
    """Why there is no move. Never 0 %."""

    NO_QUOTE = "the provider had no quote"
    STALE = "the quote is older than the limit"
    CLOSED = "the market is closed"
    NO_REFERENCE = "the previous close is missing or zero"
    OLD_REFERENCE = "the reference belongs to another session"
    CONTRADICTION = "price, percent and reference contradict each other"
    OUT_OF_RANGE = "the price is outside the day's range"
    NO_CURRENCY = "the currency is unknown"
    NOT_TRADED = "no print in this session yet"
    IMPLAUSIBLE = "the jump is too large to believe without a second source"
    UNCONFIRMED = "a single print so far: neither a second one nor more volume confirms it"
    SPLIT = "it splits today and the reference could not be adjusted"
    HALTED = "possibly halted: its time stands still while others trade"
    HALTED_BY_EXCHANGE = "halted by its exchange"
    NO_TRADING = "no trading is seen on its exchange"
    NO_HISTORY = "its history is not known yet"
    NO_BENCHMARK = "its benchmark's move is not known"
    NO_NORMAL = "no volume is normal at this time of the day"
