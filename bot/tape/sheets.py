"""The rows of a recorded day's tables: listings, sessions, prints and headlines."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from bot.tape.fields import TapeError, known, moment, parse, price, read_text, shares, take
from bot.tape.nouns import Change, Daily, Dividend, Hours, Item, Print, Split, Symbol

T = TypeVar("T")


def read_symbols(path: Path, hours: Mapping[str, Hours]) -> Iterable[Symbol]:
    try:
        rows = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise TapeError(f"{path.name}, line {error.lineno} is not JSON; correct it") from error
    for n, row in enumerate(rows, 1):
        place = f"{path.name}, entry {n}"
        words = {key: take(row, key, str, place) for key in ("symbol", "name", "currency")}
        calendar = known(take(row, "calendar", str, place), hours, place, "day.toml")
        yield Symbol(
            calendar=calendar,
            quote=take(row, "quote", dict, place),
            splits=tuple(_split(split, place) for split in row.get("splits", ())),
            dividends=tuple(_dividend(paid, place) for paid in row.get("dividends", ())),
            **words,
        )


def read_days(path: Path, symbols: Mapping[str, Symbol]) -> dict[str, tuple[Daily, ...]]:
    """A move needs the close before it, and that close's own move the one before that."""
    found = _series(path, symbols, _daily, lambda row: row.day)
    for symbol, days in found.items():
        if len(days) < 2:
            raise TapeError(
                f"{path.name}: {symbol} needs 2 sessions or more, has {len(days)}; add them"
            )
    return found


def read_prints(path: Path, symbols: Mapping[str, Symbol]) -> dict[str, tuple[Print, ...]]:
    return _series(path, symbols, _print, lambda row: row.at)


def read_items(path: Path, feeds: set[str]) -> tuple[Item, ...]:
    """Headlines in the order in which they became visible."""
    items = []
    for n, line in enumerate(read_text(path).splitlines(), 1):
        place = f"{path.name}, line {n}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise TapeError(f"{place} is not JSON; write one object a line") from error
        items.append(_item(row, place, feeds))
    return tuple(sorted(items, key=lambda item: (item.seen, item.id)))


def _item(row: dict[str, Any], place: str, feeds: set[str]) -> Item:
    words = ("id", "source", "title", "summary", "link")
    return Item(
        feed=known(take(row, "feed", str, place), feeds, place, "day.toml"),
        published=parse(moment, row, "published", place),
        seen=parse(moment, row, "seen", place),
        symbols=tuple(take(row, "symbols", list, place)),
        until=_moment(row, "until", place),
        changes=tuple(_change(change, place) for change in row.get("changes", ())),
        **{key: take(row, key, str, place) for key in words},
    )


def _change(row: dict[str, Any], place: str) -> Change:
    words = {key: take(row, key, str, place) for key in ("title", "summary")}
    return Change(parse(moment, row, "at", place), **words)


def _split(row: dict[str, Any], place: str) -> Split:
    return Split(
        parse(date.fromisoformat, row, "date", place),
        take(row, "numerator", int, place),
        take(row, "denominator", int, place),
        _moment(row, "listed", place),
        _moment(row, "adjusted", place),
    )


def _dividend(row: dict[str, Any], place: str) -> Dividend:
    day = parse(date.fromisoformat, row, "date", place)
    return Dividend(day, parse(price, row, "amount", place))


def _moment(row: dict[str, Any], key: str, place: str) -> datetime | None:
    return parse(moment, row, key, place) if key in row else None


def _series(
    path: Path,
    symbols: Mapping[str, Symbol],
    make: Callable[[dict[str, str], str], T],
    key: Callable[[T], Any],
) -> dict[str, tuple[T, ...]]:
    """Rows by symbol; within a symbol they must go forward in time."""
    found: dict[str, list[T]] = {symbol: [] for symbol in symbols}
    for n, row in enumerate(csv.DictReader(read_text(path).splitlines()), 2):
        place = f"{path.name}, line {n}"
        rows = found[known(take(row, "symbol", str, place), symbols, place, "symbols.json")]
        rows.append(make(row, place))
        if len(rows) > 1 and key(rows[-1]) <= key(rows[-2]):
            raise TapeError(f"{place}: {key(rows[-1])} is not after the row before; sort the rows")
    return {symbol: tuple(rows) for symbol, rows in found.items()}


def _daily(row: dict[str, str], place: str) -> Daily:
    prices = [parse(price, row, key, place) for key in ("open", "high", "low", "close")]
    open_, high, low, close = prices
    day = parse(date.fromisoformat, row, "date", place)
    return Daily(day, open_, high, low, close, parse(shares, row, "volume", place))


def _print(row: dict[str, str], place: str) -> Print:
    at = parse(moment, row, "time", place)
    return Print(at, parse(price, row, "price", place), parse(shares, row, "volume", place))
