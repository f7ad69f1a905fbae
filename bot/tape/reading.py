"""Reads the five files of a recorded day; every mistake is a `TapeError` that says where."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar

from bot.tape.fields import TapeError, known, parse, price, read_text, take, zone
from bot.tape.nouns import (
    BEGINS,
    FORMATS,
    Anchor,
    Bust,
    Channel,
    FeedSource,
    Hours,
    Restated,
    Symbol,
    Tape,
)
from bot.tape.sheets import read_days, read_items, read_prints, read_symbols

T = TypeVar("T")

FORMAT = 1


def read_day(folder: Path) -> Tape:
    """Read one recorded day. Raises `TapeError`."""
    table = _toml(folder / "day.toml")
    if (version := take(table, "format", int, "day.toml")) != FORMAT:
        raise TapeError(f"day.toml: format must be {FORMAT}, was {version}; record the day anew")
    hours = {row.calendar: row for row in _tables(table, "exchanges", _hours)}
    symbols = {row.symbol: row for row in read_symbols(folder / "symbols.json", hours)}
    feeds, dates = _tables(table, "feeds", _feed), _dates(table)
    calendar = known(take(table, "calendar", str, "day.toml"), hours, "day.toml", "exchanges")
    early = {"begins": hours[calendar].on(dates[0], BEGINS)}
    return Tape(
        dates=dates,
        zone=parse(zone, table, "zone", "day.toml"),
        calendar=calendar,
        note=take(table, "note", str, "day.toml"),
        begins=take(early | table, "begins", datetime, "day.toml"),
        starts=take(table, "starts", datetime, "day.toml"),
        ends=take(table, "ends", datetime, "day.toml"),
        anchors=_tables(table, "anchors", _anchor),
        hours=hours,
        channels=_tables(table, "channels", lambda row, at: _channel(row, at, symbols)),
        feeds=feeds,
        symbols=symbols,
        daily=read_days(folder / "daily.csv", symbols),
        minutes=read_prints(folder / "minutes.csv", symbols),
        items=read_items(folder / "feed.jsonl", {feed.name for feed in feeds}),
        busts=_tables(table, "busts", lambda row, at: _bust(row, at, symbols)),
        restated=_tables(table, "restated", lambda row, at: _restated(row, at, symbols)),
        instruments=read_text(own) if (own := folder / "instruments.toml").is_file() else "",
    )


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise TapeError(f"{path.name} is not TOML: {error}; correct that line") from error


def _tables(table: dict[str, Any], key: str, make: Callable[[Any, str], T]) -> tuple[T, ...]:
    rows = take({key: []} | table, key, list, "day.toml")
    return tuple(make(row, f"day.toml, {key} {n}") for n, row in enumerate(rows, 1))


def _dates(table: dict[str, Any]) -> tuple[date, ...]:
    days = [take(table, "date", date, "day.toml")]
    days += [take({"more": day}, "more", date, "day.toml") for day in table.get("more", ())]
    if sorted(set(days)) != days:
        raise TapeError("day.toml: more must name later days than date, in order; sort them")
    return tuple(days)


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
        closures=frozenset(
            take({"closures": day}, "closures", date, place) for day in row.get("closures", ())
        ),
    )


def _time(value: Any, place: str) -> time:
    return take({"time": value}, "time", time, place)


def _anchor(row: dict[str, Any], place: str) -> Anchor:
    symbol, fact = take(row, "symbol", str, place), take(row, "fact", str, place)
    at = take(row, "at", datetime, place)
    return Anchor(symbol, at, parse(price, row, "price", place), fact)


def _channel(row: dict[str, Any], place: str, symbols: Mapping[str, Symbol]) -> Channel:
    words = {key: take(row, key, str, place) for key in ("name", "layout", "move")}
    words |= {key: take(row, key, str, place) for key in ("colours", "zone") if key in row}
    tickers = tuple(take(row, "tickers", list, place))
    for ticker in tickers:
        known(ticker, symbols, place, "symbols.json")
    return Channel(tickers=tickers, **words)


def _feed(row: dict[str, Any], place: str) -> FeedSource:
    keys = ("name", "outlet", "domain", "kind", "format")
    feed = FeedSource(**{key: take(row, key, str, place) for key in keys})
    known(feed.format, FORMATS, place, "rss2, rdf and atom")
    return feed


def _bust(row: dict[str, Any], place: str, symbols: Mapping[str, Symbol]) -> Bust:
    return Bust(
        symbol=known(take(row, "symbol", str, place), symbols, place, "symbols.json"),
        at=take(row, "at", datetime, place),
        since=take(row, "since", datetime, place),
        price=parse(price, row, "price", place) if "price" in row else None,
    )


def _restated(row: dict[str, Any], place: str, symbols: Mapping[str, Symbol]) -> Restated:
    return Restated(
        symbol=known(take(row, "symbol", str, place), symbols, place, "symbols.json"),
        day=take(row, "day", date, place),
        close=parse(price, row, "close", place),
        since=take(row, "since", datetime, place),
    )
