"""
What a recorded day holds, as frozen values. Prices are `Decimal`, datetimes aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

FORMATS = ("rss2", "rdf", "atom")


@dataclass(frozen=True, slots=True)
class Hours:
    """When an exchange trades, in its own zone. `early` and `late` bound extended hours."""

    calendar: str
    zone: str
    opens: time
    closes: time
    early: time | None = None
    late: time | None = None
    lunch: tuple[time, time] | None = None
    half_days: Mapping[date, time] = field(default_factory=dict)

    def on(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, ZoneInfo(self.zone))

    def opening(self, day: date) -> datetime:
        return self.on(day, self.opens)

    def closing(self, day: date) -> datetime:
        return self.on(day, self.half_days.get(day, self.closes))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A published fact that the reconstruction must hit exactly."""

    symbol: str
    at: datetime
    price: Decimal
    fact: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of the demo; `move` and `hold` in the words a person would type ("5%", "1m")."""

    name: str
    layout: str
    tickers: tuple[str, ...]
    move: str
    hold: str

    @property
    def percent(self) -> Decimal:
        return Decimal(self.move.removesuffix("%"))


@dataclass(frozen=True, slots=True)
class FeedSource:
    """A feed of the day. `kind` is the outlet's; `format` is one of `FORMATS`."""

    name: str
    outlet: str
    domain: str
    kind: str
    format: str


@dataclass(frozen=True, slots=True)
class Split:
    day: date
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Symbol:
    """One listing. `quote` holds what a provider would say of it that no price tells."""

    symbol: str
    name: str
    calendar: str
    currency: str
    quote: Mapping[str, Any]
    splits: tuple[Split, ...] = ()


@dataclass(frozen=True, slots=True)
class Daily:
    """One completed session."""

    day: date
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: int


@dataclass(frozen=True, slots=True)
class Print:
    """A price at a time, and the shares traded since the print before it."""

    at: datetime
    price: Decimal
    volume: int


@dataclass(frozen=True, slots=True)
class Item:
    """A headline: `published` is what the feed claims, `seen` when the feed first shows it."""

    id: str
    feed: str
    published: datetime
    seen: datetime
    source: str
    title: str
    summary: str
    link: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tape:
    """A recorded day. Between `starts` and `ends` a demo is worth watching."""

    day: date
    zone: str
    calendar: str
    note: str
    starts: datetime
    ends: datetime
    anchors: tuple[Anchor, ...]
    hours: Mapping[str, Hours]
    channels: tuple[Channel, ...]
    feeds: tuple[FeedSource, ...]
    symbols: Mapping[str, Symbol]
    daily: Mapping[str, tuple[Daily, ...]]
    minutes: Mapping[str, tuple[Print, ...]]
    items: tuple[Item, ...]
