"""
Numbers, spans of time and amounts of money as people type them, and back.

A comma is a decimal point ("9,5") unless it groups exactly three digits ("1,200").
"""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta
from decimal import Decimal

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,4})?|\d{1,13}(?:[.,]\d{1,6})?"
SPAN = (
    r"(?:\d{1,6}(?:[.,]\d{1,3})?|an?)\s*"
    r"(?:s|secs?|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|sessions?|w|weeks?)"
)
AMOUNT = rf"[$€£¥]?\s*(?:{NUMBER})\s*(?:k|thousand|m|mn|million|bn?|billion)?"

_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_SCALES = {"k": 3, "t": 3, "m": 6, "b": 9}
_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def plain(words: str) -> str:
    """What a person typed, in one case, with one kind of space, minus and digit."""
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.sub("[\N{MINUS SIGN}\N{EN DASH}]", "-", folded).split())


def number(typed: str) -> Decimal:
    """ "9,5" is 9.5, "1,200.50" is 1200.5. `typed` is what `NUMBER` matched."""
    ungrouped = typed.replace(",", "") if _GROUPED.fullmatch(typed) else typed
    return Decimal(ungrouped.replace(",", "."))


def span(typed: str) -> timedelta:
    """ "5m", "1.5 hours", "a day". `typed` is what `SPAN` matched."""
    amount, unit = _parted(typed)
    times = Decimal(1) if amount in ("a", "an") else number(amount)
    unit = "d" if unit.startswith("session") else unit
    return timedelta(seconds=round(float(times) * _SECONDS[unit[0]]))


def amount(typed: str) -> Decimal:
    """ "$5m", "250k", "1.5 billion", to the whole coin. `typed` is what `AMOUNT` matched."""
    figures, unit = _parted(typed.lstrip("$€£¥ "))
    return number(figures).scaleb(_SCALES[unit[0]] if unit else 0).to_integral_value()


def figure(value: Decimal) -> str:
    """A number as a person writes it: 5, 9.5, 0.25."""
    return f"{value.normalize():f}"


def lasting(value: timedelta) -> str:
    """A span in its largest whole unit: "1 minute", "90 seconds", "5 days"."""
    seconds = int(value.total_seconds())
    for unit, size in _UNITS:
        if seconds and seconds % size == 0:
            return f"{seconds // size} {unit}{'' if seconds == size else 's'}"
    return "0 seconds"


def money(value: Decimal) -> str:
    """A whole amount, exactly: "5m", "1.5bn", "250k", "1234567"."""
    for unit, places in (("bn", 9), ("m", 6), ("k", 3)):
        short = figure(value.scaleb(-places))
        if value >= Decimal(10) ** places and len(short.partition(".")[2]) <= 3:
            return f"{short}{unit}"
    return figure(value)


def _parted(typed: str) -> tuple[str, str]:
    """The figure and the unit behind it, "" where there is none."""
    found = re.fullmatch(r"(an?|[\d.,]+)\s*([a-z]*)", typed)
    assert found is not None
    return found[1], found[2]
