"""
What is known of one listing at one moment of the recorded day? Nothing later than `at`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

from bot.tape import Daily, Hours, Print, Split, Symbol, Tape


class State(Enum):
    """Yahoo's `marketState`."""

    PRE = "PRE"
    REGULAR = "REGULAR"
    POST = "POST"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Listing:
    """`days` are the completed sessions before `day`, `prints` those of `day` up to `at`."""

    symbol: Symbol
    hours: Hours
    day: date
    days: tuple[Daily, ...]
    prints: tuple[Print, ...]
    at: datetime

    @property
    def opens(self) -> datetime:
        return self.hours.opening(self.day)

    @property
    def closes(self) -> datetime:
        return self.hours.closing(self.day)

    @property
    def state(self) -> State:
        early, late = self.extended
        if self.at < self.opens:
            return State.PRE if early <= self.at else State.CLOSED
        if self.at < self.closes:
            return State.REGULAR
        return State.POST if self.at < late else State.CLOSED

    @property
    def extended(self) -> tuple[datetime, datetime]:
        """Start and end of extended hours; the regular ones where there are none."""
        early, late = self.hours.early, self.hours.late
        return (
            self.hours.on(self.day, early) if early else self.opens,
            self.hours.on(self.day, late) if late else self.closes,
        )

    @property
    def before_open(self) -> tuple[Print, ...]:
        return self.prints[: self._from_open]

    @property
    def regular(self) -> tuple[Print, ...]:
        """The print at the close is the session's last."""
        return self.prints[self._from_open : self._past_close]

    @property
    def after_close(self) -> tuple[Print, ...]:
        return self.prints[self._past_close :]

    @property
    def _from_open(self) -> int:
        return bisect_left(self.prints, self.opens, key=_at)

    @property
    def _past_close(self) -> int:
        return bisect_right(self.prints, self.closes, key=_at)

    @property
    def today(self) -> Daily | None:
        """The session so far, None before its first print."""
        ticks = self.regular
        if not ticks:
            return None
        prices = [tick.price for tick in ticks]
        volume = sum(tick.volume for tick in ticks)
        return Daily(self.day, prices[0], max(prices), min(prices), prices[-1], volume)

    @property
    def last(self) -> Print:
        """The last regular print: the session's own, else the close before it."""
        if ticks := self.regular:
            return ticks[-1]
        friday = self.days[-1]
        return Print(self.hours.closing(friday.day), friday.close, friday.volume)


def look(tape: Tape, symbol: str, at: datetime, frozen: datetime | None = None) -> Listing | None:
    """
    The listing at `at`, with no print after `frozen`.

    None for a symbol that the day does not have.
    """
    known = tape.symbols.get(symbol)
    if known is None:
        return None
    prints = tape.minutes[symbol]
    delay = timedelta(minutes=int(known.quote.get("exchangeDataDelayedBy", 0)))
    until = bisect_right(prints, min(at - delay, frozen or at), key=_at)
    hours = tape.hours[known.calendar]
    return Listing(known, hours, tape.day, tape.daily[symbol], prints[:until], at)


def _at(tick: Print) -> datetime:
    return tick.at


def scale_day(listing: Listing, factor: Decimal, split: Split | None = None) -> Listing:
    """Multiply the day's own prints and leave the days before alone: a split not accounted for."""
    prints = tuple(replace(tick, price=tick.price * factor) for tick in listing.prints)
    splits = (*listing.symbol.splits, *([split] if split else []))
    return replace(listing, prints=prints, symbol=replace(listing.symbol, splits=splits))


def scale_all(listing: Listing, factor: Decimal, currency: str) -> Listing:
    """The same prices in another unit."""
    days = tuple(_scaled(bar, factor) for bar in listing.days)
    scaled = scale_day(listing, factor)
    return replace(scaled, days=days, symbol=replace(listing.symbol, currency=currency))


def _scaled(bar: Daily, factor: Decimal) -> Daily:
    prices = (price * factor for price in (bar.open, bar.high, bar.low, bar.close))
    open_, high, low, close = prices
    return Daily(bar.day, open_, high, low, close, bar.volume)
