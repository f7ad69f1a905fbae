"""
What can be believed of one JSON object of Yahoo's?

Keys go missing, numbers come as texts or not at all, prices are binary floats: none of that
becomes a number that was never there.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.errors import Unreadable

_LAST_YEAR = 4_000_000_000  # epoch seconds of 2096
_MANY = 50_000  # closes, highs, lows, times: what is told again and again is worked out once
_NUMBER = (int, float)


@dataclass(slots=True)
class Row:
    """One object, whose keys may be missing, null or of the wrong kind."""

    keys: Mapping[str, Any]

    def text(self, key: str) -> str:
        value = self.keys.get(key)
        return value.strip() if isinstance(value, str) else ""

    def number(self, key: str) -> Decimal | None:
        return decimal(self.keys.get(key), None)

    def price(self, key: str, places: int | None) -> Decimal | None:
        """Above zero, at so many decimals unless that would make it nothing; or None."""
        told = self.keys.get(key)
        return _price(told, places) if isinstance(told, _NUMBER) else None

    def whole(self, key: str) -> int | None:
        told = self.keys.get(key)
        if type(told) is int:
            return told if told >= 0 else None
        value = decimal(told, None)
        return int(value) if value is not None and value >= 0 else None

    def instant(self, key: str, unit: int = 1) -> datetime | None:
        """`unit` parts make a second: 1000 where Yahoo tells milliseconds."""
        told = self.keys.get(key)
        return _instant(told, unit) if isinstance(told, _NUMBER) else None

    def rows(self, key: str) -> list[Row]:
        """The objects of a list, or of a mapping whose keys do not matter."""
        value = self.keys.get(key)
        many = list(value.values()) if isinstance(value, Mapping) else value
        if not isinstance(many, list):
            return []
        return [Row(one) for one in many if isinstance(one, dict)]

    def row(self, key: str) -> Row:
        value = self.keys.get(key)
        return Row(value if isinstance(value, Mapping) else {})


def results(told: object, key: str) -> list[Row]:
    """The rows of an answer about `key`; raises `Unreadable` when it is an answer to nothing."""
    answer = told.get(key) if isinstance(told, Mapping) else None
    if not isinstance(answer, Mapping):
        raise Unreadable(f"Yahoo's answer holds no {key}")
    found = answer.get("result")
    return Row({"found": found}).rows("found") if isinstance(found, list) else []


def decimal(value: object, decimals: int | None) -> Decimal | None:
    """The number as it is printed, at so many decimals unless that would make it nothing."""
    return _decimal(value, decimals) if isinstance(value, _NUMBER) else None


@lru_cache(_MANY, typed=True)
def _decimal(value: float, decimals: int | None) -> Decimal | None:
    if isinstance(value, bool) or not math.isfinite(value):
        return None
    exact = Decimal(str(value))
    if decimals is None or exact.adjusted() > 15:
        return exact
    return exact.quantize(Decimal(1).scaleb(-decimals)) or exact


@lru_cache(_MANY, typed=True)
def _price(told: float, decimals: int | None) -> Decimal | None:
    price = _decimal(told, decimals)
    return price if price is not None and price > 0 else None


@lru_cache(_MANY, typed=True)
def _instant(told: float, unit: int) -> datetime | None:
    value = _decimal(told, None)
    if value is None or not 0 < value / unit < _LAST_YEAR:
        return None
    return datetime.fromtimestamp(int(value / unit), UTC)


def hint(keys: object) -> int | None:
    """How many decimals Yahoo prints the prices of this object with."""
    return _places(keys.get("priceHint")) if isinstance(keys, Mapping) else None


def _places(told: object) -> int | None:
    return told if isinstance(told, int) and 0 <= told <= 8 else None


@lru_cache(_MANY)
def local_date(at: datetime | None, zone: str) -> date | None:
    """The date of `at` on the wall of `zone`; None where either is not known."""
    try:
        return at.astimezone(ZoneInfo(zone)).date() if at else None
    except (KeyError, ValueError):
        return None
