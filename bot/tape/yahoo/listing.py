"""
What is known of one listing at one moment of the recorded day? Nothing later than `at`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cached_property
from statistics import fmean

from bot.tape.nouns import Daily, Hours, Print, Split, Symbol

QUARTER, YEAR = 63, 252


class State(Enum):
    """Yahoo's `marketState`."""

    PRE = "PRE"
    REGULAR = "REGULAR"
    POST = "POST"
    CLOSED = "CLOSED"


class Past:
    """The completed sessions of a listing, oldest first, and what they average to."""

    def __init__(self, days: tuple[Daily, ...]) -> None:
        self.days = days

    @cached_property
    def year(self) -> tuple[Decimal, Decimal]:
        """The lowest low and the highest high of 252 sessions."""
        days = self.days[-YEAR:]
        return min(bar.low for bar in days), max(bar.high for bar in days)

    @cached_property
    def averages(self) -> dict[int, float]:
        """Mean closes of the last 50 and of the last 200 sessions."""
        return {n: fmean(float(bar.close) for bar in self.days[-n:]) for n in (50, 200)}

    @cached_property
    def volumes(self) -> dict[int, int]:
        """Mean volumes of the last 10 sessions and of the last 63."""
        return {n: round(fmean(bar.volume for bar in self.days[-n:])) for n in (10, QUARTER)}

    def scaled(self, factor: Decimal) -> Past:
        return Past(tuple(scale_bar(bar, factor) for bar in self.days))


@dataclass(frozen=True, slots=True)
class Listing:
    """
    `past` are the sessions before `day`; `today` is the session so far, None before its first
    print. The prints are those of `day` up to `at`; the one at the close is the session's last.
    """

    symbol: Symbol
    hours: Hours
    day: date
    past: Past
    before_open: tuple[Print, ...]
    regular: tuple[Print, ...]
    after_close: tuple[Print, ...]
    today: Daily | None
    at: datetime

    @property
    def days(self) -> tuple[Daily, ...]:
        return self.past.days

    @property
    def prints(self) -> tuple[Print, ...]:
        return self.before_open + self.regular + self.after_close

    @property
    def opens(self) -> datetime:
        return self.hours.opening(self.day)

    @property
    def closes(self) -> datetime:
        return self.hours.closing(self.day)

    @property
    def extended(self) -> tuple[datetime, datetime]:
        """Start and end of extended hours; the regular ones where there are none."""
        return self.hours.starting(self.day), self.hours.ending(self.day)

    @property
    def state(self) -> State:
        early, late = self.extended
        if self.day in self.hours.closures:
            return State.CLOSED
        if self.at < self.opens:
            return State.PRE if early <= self.at else State.CLOSED
        if self.at < self.closes:
            return State.REGULAR
        return State.POST if self.at < late else State.CLOSED

    @property
    def last(self) -> Print:
        """The last regular print: the session's own, else the close before it."""
        if self.regular:
            return self.regular[-1]
        before = self.days[-1]
        return Print(self.hours.closing(before.day), before.close, before.volume)


def scale_day(listing: Listing, factor: Decimal, split: Split | None = None) -> Listing:
    """Multiply the day's own prints and leave the days before alone: a split not accounted for."""
    splits = (*listing.symbol.splits, *([split] if split else []))
    return replace(
        listing,
        symbol=replace(listing.symbol, splits=splits),
        before_open=_scaled(listing.before_open, factor),
        regular=_scaled(listing.regular, factor),
        after_close=_scaled(listing.after_close, factor),
        today=scale_bar(listing.today, factor) if listing.today else None,
    )


def scale_all(listing: Listing, factor: Decimal, currency: str) -> Listing:
    """The same prices in another unit."""
    scaled = scale_day(listing, factor)
    symbol = replace(listing.symbol, currency=currency)
    return replace(scaled, past=listing.past.scaled(factor), symbol=symbol)


def scale_bar(bar: Daily, factor: Decimal) -> Daily:
    prices = (price * factor for price in (bar.open, bar.high, bar.low, bar.close))
    open_, high, low, close = prices
    return Daily(bar.day, open_, high, low, close, bar.volume)


def _scaled(prints: tuple[Print, ...], factor: Decimal) -> tuple[Print, ...]:
    return tuple(replace(tick, price=tick.price * factor) for tick in prints)
