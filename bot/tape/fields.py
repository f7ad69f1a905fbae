"""
One field of one row of a recorded day: there, of its kind, or a sentence that says where not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

T = TypeVar("T")


class TapeError(Exception):
    """One sentence: the file and place, what is wrong there, the way out."""


def read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TapeError(
            f"{path.name} cannot be read in {path.parent}: {error}; "
            "a recorded day needs day.toml, symbols.json, daily.csv, minutes.csv and feed.jsonl"
        ) from error


def take(row: Mapping[str, Any], key: str, kind: type[T], place: str) -> T:
    """The value of `key`, which must be a `kind`; a datetime must name its offset."""
    if key not in row:
        raise TapeError(f"{place}: {key} is missing; add it")
    value = row[key]
    if not isinstance(value, kind) or (kind is date and isinstance(value, datetime)):
        raise TapeError(f"{place}: {key} must be a {kind.__name__}, was {value!r}; correct it")
    if isinstance(value, datetime) and value.utcoffset() is None:
        raise TapeError(f"{place}: {key} names no zone, was {value}; end it with -05:00")
    return value


def parse(make: Callable[[str], T], row: Mapping[str, Any], key: str, place: str) -> T:
    """The text of `key`, turned into a value by `make`."""
    text = take(row, key, str, place)
    try:
        return make(text)
    except (ValueError, InvalidOperation) as error:
        raise TapeError(f"{place}: {key} cannot be {text!r}; correct it") from error


def moment(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.utcoffset() is None:
        raise ValueError(text)
    return at


def price(text: str) -> Decimal:
    number = Decimal(text)
    if not (number.is_finite() and number > 0):
        raise ValueError(text)
    return number


def shares(text: str) -> int:
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def zone(text: str) -> str:
    """An IANA name, checked."""
    try:
        return ZoneInfo(text).key
    except ZoneInfoNotFoundError as error:
        raise ValueError(text) from error


def known(word: str, known: Iterable[str], place: str, where: str) -> str:
    if word not in known:
        raise TapeError(f"{place}: {word!r} is not among those of {where}; add it or correct it")
    return word
