"""What does a chart of Yahoo's say? Bars, and the splits and dividends of its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from bot.model.market import ActionKind, Bar, CorporateAction
from bot.sources.yahoo.rows import Row, decimal, hint, local_date, results


def read_bars(told: object) -> list[Bar]:
    """Oldest first; an interval without a trade has no bar. None (unknown ticker) has none."""
    charts = results(told, "chart") if told is not None else []
    return sorted(_bars(charts[0]), key=lambda bar: bar.at) if charts else []


def read_actions(told: object) -> tuple[CorporateAction, ...]:
    """Splits and dividends by their exchange's date, oldest first; a fund's gains are paid out too."""
    charts = results(told, "chart") if told is not None else []
    return tuple(sorted(_actions(charts[0]), key=lambda one: one.day)) if charts else ()


def _actions(chart: Row) -> Iterator[CorporateAction]:
    zone, events = chart.row("meta").text("exchangeTimezoneName"), chart.row("events")
    for split in events.rows("splits"):
        new, old = split.number("numerator"), split.number("denominator")
        if new and old:
            yield from _action(ActionKind.SPLIT, split, zone, new / old)
    for paid in (*events.rows("dividends"), *events.rows("capitalGains")):
        yield from _action(ActionKind.DIVIDEND, paid, zone, paid.number("amount"))


def _action(
    kind: ActionKind, row: Row, zone: str, amount: Decimal | None
) -> Iterator[CorporateAction]:
    day: date | None = local_date(row.instant("date"), zone)
    if day is not None and amount is not None and amount > 0:
        yield CorporateAction(kind, day, amount)


def _bars(chart: Row) -> Iterator[Bar]:
    stamps, columns = chart.keys.get("timestamp"), _columns(chart.keys.get("indicators"))
    decimals = hint(chart.keys.get("meta"))
    if not isinstance(stamps, list) or columns is None:
        return
    for stamp, *four, volume in zip(stamps, *columns, strict=False):
        at = Row({"at": stamp}).instant("at")
        opened, high, low, close = (decimal(value, decimals) for value in four)
        if at is None or opened is None or high is None or low is None or close is None:
            continue
        yield Bar(at, opened, high, low, close, int(decimal(volume, None) or 0))


def _columns(indicators: object) -> list[list[Any]] | None:
    """Open, high, low, close, volume; None where there is nothing to show."""
    match indicators:
        case {
            "quote": [
                {
                    "open": list() as opened,
                    "high": list() as high,
                    "low": list() as low,
                    "close": list() as close,
                    "volume": list() as volume,
                },
                *_,
            ]
        }:
            return [opened, high, low, close, volume]
        case _:
            return None
