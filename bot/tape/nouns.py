"""
What a recorded day holds, as frozen values. Prices are `Decimal`, datetimes aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Self
from zoneinfo import ZoneInfo

FORMATS = ("rss2", "rdf", "atom")
BEGINS = time(3, 30)


@dataclass(frozen=True, slots=True)
class Hours:
    """
    When an exchange trades, in its own zone. `early` and `late` bound extended hours.

    On a half day `late` comes as much earlier as the close; on one of `closures` nobody trades,
    announced or not.
    """

    calendar: str
    zone: str
    opens: time
    closes: time
    early: time | None = None
    late: time | None = None
    lunch: tuple[time, time] | None = None
    half_days: Mapping[date, time] = field(default_factory=dict)
    closures: frozenset[date] = frozenset()

    def on(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, ZoneInfo(self.zone))

    def opening(self, day: date) -> datetime:
        return self.on(day, self.opens)

    def closing(self, day: date) -> datetime:
        return self.on(day, self.half_days.get(day, self.closes))

    def starting(self, day: date) -> datetime:
        """The first moment of extended hours, of regular ones where there are no others."""
        return self.on(day, self.early or self.opens)

    def ending(self, day: date) -> datetime:
        closing = self.closing(day)
        if self.late is None:
            return closing
        return closing + (self.on(day, self.late) - self.on(day, self.closes))


@dataclass(frozen=True, slots=True)
class Anchor:
    """A published fact that the reconstruction must hit exactly."""

    symbol: str
    at: datetime
    price: Decimal
    fact: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of the day; `move` in the words a person would type ("5%", "200-day average")."""

    name: str
    layout: str
    tickers: tuple[str, ...]
    move: str
    colours: str = "green-up"
    zone: str = ""


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
    """
    `numerator` new shares for `denominator` old ones, from the open of `day` on.

    The provider lists it from `listed` on, and adjusts its closes and bars from `adjusted` on;
    None where it had always done so.
    """

    day: date
    numerator: int
    denominator: int
    listed: datetime | None = None
    adjusted: datetime | None = None


@dataclass(frozen=True, slots=True)
class Dividend:
    """Money a share, in the listing's currency; `day` is the ex-date."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Symbol:
    """One listing. `quote` holds what a provider would say of it that no price tells."""

    symbol: str
    name: str
    calendar: str
    currency: str
    quote: Mapping[str, Any]
    splits: tuple[Split, ...] = ()
    dividends: tuple[Dividend, ...] = ()


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
class Bust:
    """From `since` on the provider shows `price` for the print of `at`, or (None) no print."""

    symbol: str
    at: datetime
    since: datetime
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Restated:
    """From `since` on the provider gives `close` as the close of `day`."""

    symbol: str
    day: date
    close: Decimal
    since: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on an item of a feed reads like this."""

    at: datetime
    title: str
    summary: str


@dataclass(frozen=True, slots=True)
class Item:
    """
    A headline: `published` is what the feed claims, `seen` when the feed first shows it.

    `until` is when it vanishes from the feed, None for never.
    """

    id: str
    feed: str
    published: datetime
    seen: datetime
    source: str
    title: str
    summary: str
    link: str
    symbols: tuple[str, ...]
    until: datetime | None = None
    changes: tuple[Change, ...] = ()

    @property
    def turns(self) -> tuple[datetime, ...]:
        """The moments at which the feed shows something else."""
        gone = (self.until,) if self.until else ()
        return (self.seen, *(change.at for change in self.changes), *gone)

    def at(self, now: datetime) -> Self | None:
        """The item as the feed shows it at `now`; None before it is there and once it is gone."""
        if now < self.seen or (self.until is not None and now >= self.until):
            return None
        told = [change for change in self.changes if change.at <= now]
        return replace(self, title=told[-1].title, summary=told[-1].summary) if told else self


@dataclass(frozen=True, slots=True)
class Tape:
    """
    A recorded day, or days in a row. Between `starts` and `ends` a demo is worth watching;
    `begins` is where it begins when all of it is played.

    `dates` are the days that have prints, `daily` the sessions completed before the first.
    `instruments` describes companies that only this day knows, as seeds/instruments.toml does.
    """

    dates: tuple[date, ...]
    zone: str
    calendar: str
    note: str
    begins: datetime
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
    busts: tuple[Bust, ...] = ()
    restated: tuple[Restated, ...] = ()
    instruments: str = ""

    @property
    def day(self) -> date:
        return self.dates[0]
