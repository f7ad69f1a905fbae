"""Reads the five files of a recorded day; every mistake is a `TapeError` that says where."""

from __future__ import annotations

import csv
import json
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from bot.tape.fields import TapeError, known, moment, parse, price, read_text, shares, take, zone
from bot.tape.nouns import (
    FORMATS,
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

T = TypeVar("T")

FORMAT = 1


def read_day(folder: Path) -> Tape:
    """Read one recorded day. Raises `TapeError`."""
    table = _toml(folder / "day.toml")
    if (version := take(table, "format", int, "day.toml")) != FORMAT:
        raise TapeError(f"day.toml: format must be {FORMAT}, was {version}; record the day anew")
    hours = {row.calendar: row for row in _tables(table, "exchanges", _hours)}
    symbols = {row.symbol: row for row in _symbols(folder / "symbols.json", hours)}
    feeds = _tables(table, "feeds", _feed)
    names = {feed.name for feed in feeds}
    return Tape(
        day=take(table, "date", date, "day.toml"),
        zone=parse(zone, table, "zone", "day.toml"),
        calendar=take(table, "calendar", str, "day.toml"),
        note=take(table, "note", str, "day.toml"),
        starts=take(table, "starts", datetime, "day.toml"),
        ends=take(table, "ends", datetime, "day.toml"),
        anchors=_tables(table, "anchors", _anchor),
        hours=hours,
        channels=_tables(table, "channels", lambda row, at: _channel(row, at, symbols)),
        feeds=feeds,
        symbols=symbols,
        daily=_days(folder / "daily.csv", symbols),
        minutes=_series(folder / "minutes.csv", symbols, _print, lambda row: row.at),
        items=_items(folder / "feed.jsonl", names),
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise TapeError(f"{path.name} is not TOML: {error}; correct that line") from error


def _tables(table: dict[str, Any], key: str, make: Callable[[Any, str], T]) -> tuple[T, ...]:
    rows = take(table, key, list, "day.toml")
    return tuple(make(row, f"day.toml, {key} {n}") for n, row in enumerate(rows, 1))


def _hours(row: dict[str, Any], place: str) -> Hours:
    lunch = [_time(at, f"{place}, lunch") for at in row.get("lunch", ())]
    half_days = row.get("half_days", {})
    return Hours(
        calendar=take(row, "calendar", str, place),
        zone=parse(zone, row, "zone", place),
        opens=take(row, "opens", time, place),
        closes=take(row, "closes", time, place),
        early=take(row, "early", time, place) if "early" in row else None,
        late=take(row, "late", time, place) if "late" in row else None,
        lunch=(lunch[0], lunch[-1]) if lunch else None,
        half_days={
            parse(date.fromisoformat, {"half_days": day}, "half_days", place): _time(at, place)
            for day, at in half_days.items()
        },
    )


def _time(value: Any, place: str) -> time:
    return take({"time": value}, "time", time, place)


def _anchor(row: dict[str, Any], place: str) -> Anchor:
    symbol, fact = take(row, "symbol", str, place), take(row, "fact", str, place)
    at = take(row, "at", datetime, place)
    return Anchor(symbol, at, parse(price, row, "price", place), fact)


def _channel(row: dict[str, Any], place: str, symbols: Mapping[str, Symbol]) -> Channel:
    words = {key: take(row, key, str, place) for key in ("name", "layout", "move", "hold")}
    tickers = tuple(take(row, "tickers", list, place))
    for ticker in tickers:
        known(ticker, symbols, place, "symbols.json")
    parse(_percent, row, "move", place)
    return Channel(tickers=tickers, **words)


def _percent(words: str) -> Decimal:
    return price(words.removesuffix("%"))


def _feed(row: dict[str, Any], place: str) -> FeedSource:
    keys = ("name", "outlet", "domain", "kind", "format")
    feed = FeedSource(**{key: take(row, key, str, place) for key in keys})
    known(feed.format, FORMATS, place, "rss2, rdf and atom")
    return feed


def _symbols(path: Path, hours: Mapping[str, Hours]) -> Iterable[Symbol]:
    try:
        rows = json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise TapeError(f"{path.name}, line {error.lineno} is not JSON; correct it") from error
    for n, row in enumerate(rows, 1):
        place = f"{path.name}, entry {n}"
        words = {key: take(row, key, str, place) for key in ("symbol", "name", "currency")}
        calendar = known(take(row, "calendar", str, place), hours, place, "day.toml")
        quote = take(row, "quote", dict, place)
        splits = tuple(_split(split, place) for split in row.get("splits", ()))
        yield Symbol(calendar=calendar, quote=quote, splits=splits, **words)


def _split(row: dict[str, Any], place: str) -> Split:
    day = parse(date.fromisoformat, row, "date", place)
    return Split(day, take(row, "numerator", int, place), take(row, "denominator", int, place))


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


def _days(path: Path, symbols: Mapping[str, Symbol]) -> dict[str, tuple[Daily, ...]]:
    """A move needs the close before it, and that close's own move the one before that."""
    found = _series(path, symbols, _daily, lambda row: row.day)
    for symbol, days in found.items():
        if len(days) < 2:
            raise TapeError(
                f"{path.name}: {symbol} needs 2 sessions or more, has {len(days)}; add them"
            )
    return found


def _daily(row: dict[str, str], place: str) -> Daily:
    prices = [parse(price, row, key, place) for key in ("open", "high", "low", "close")]
    open_, high, low, close = prices
    day = parse(date.fromisoformat, row, "date", place)
    return Daily(day, open_, high, low, close, parse(shares, row, "volume", place))


def _print(row: dict[str, str], place: str) -> Print:
    at = parse(moment, row, "time", place)
    return Print(at, parse(price, row, "price", place), parse(shares, row, "volume", place))


def _items(path: Path, feeds: set[str]) -> tuple[Item, ...]:
    """Headlines in the order in which they became visible."""
    items = []
    for n, line in enumerate(read_text(path).splitlines(), 1):
        place = f"{path.name}, line {n}"
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise TapeError(f"{place} is not JSON; write one object a line") from error
        words = ("id", "source", "title", "summary", "link")
        items.append(
            Item(
                feed=known(take(row, "feed", str, place), feeds, place, "day.toml"),
                published=parse(moment, row, "published", place),
                seen=parse(moment, row, "seen", place),
                symbols=tuple(take(row, "symbols", list, place)),
                **{key: take(row, key, str, place) for key in words},
            )
        )
    return tuple(sorted(items, key=lambda item: (item.seen, item.id)))
