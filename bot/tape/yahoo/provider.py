"""
The price provider of a recorded day: its listings at any moment, with what it took back since.

    minutes.csv ─ busts ─▶ sessions ─ restated, splits not adjusted yet ─▶ Listing
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate

from bot.tape.nouns import Bust, Daily, Hours, Print, Restated, Split, Symbol, Tape
from bot.tape.yahoo.listing import Listing, Past


@dataclass(frozen=True, slots=True)
class _Session:
    """One day's prints, with the session so far after each regular one."""

    prints: tuple[Print, ...]
    times: tuple[datetime, ...]
    opens: int  # the place of the first regular print, and past the last one
    closes: int
    so_far: tuple[Daily, ...]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the provider knows of one listing's days while nothing is restated."""

    past: Past
    session: _Session


class Provider:
    """Answers about the tape; what it has worked out once it keeps."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self._known: dict[tuple[str, date, int], _Known] = {}
        self._turns = {symbol: _turns(tape, tape.symbols[symbol]) for symbol in tape.symbols}
        self._delays = {
            name: timedelta(minutes=int(symbol.quote.get("exchangeDataDelayedBy", 0)))
            for name, symbol in tape.symbols.items()
        }

    def look(self, name: str, at: datetime, frozen: datetime | None = None) -> Listing | None:
        """
        The listing at `at`, with no print after `frozen`.

        None for a symbol that the day does not have.
        """
        symbol = self.tape.symbols.get(name)
        if symbol is None:
            return None
        hours = self.tape.hours[symbol.calendar]
        day = _day(self.tape, hours, at)
        known = self._at(symbol, hours, day, at)
        session = known.session
        until = bisect_right(session.times, min(at - self._delays[name], frozen or at))
        regular = session.prints[session.opens : min(until, session.closes)]
        listed = tuple(one for one in symbol.splits if one.listed is None or one.listed <= at)
        return Listing(
            symbol=symbol if listed == symbol.splits else replace(symbol, splits=listed),
            hours=hours,
            day=day,
            past=known.past,
            before_open=session.prints[: min(until, session.opens)],
            regular=regular,
            after_close=session.prints[session.closes : until],
            today=session.so_far[len(regular) - 1] if regular else None,
            at=at,
        )

    def _at(self, symbol: Symbol, hours: Hours, day: date, at: datetime) -> _Known:
        """The days of a listing, worked out anew after every turn."""
        turn = bisect_right(self._turns[symbol.symbol], at)
        key = (symbol.symbol, day, turn)
        if key not in self._known:
            self._known[key] = _work_out(self.tape, symbol, hours, day, at)
        return self._known[key]


def _turns(tape: Tape, symbol: Symbol) -> list[datetime]:
    """The moments at which the provider says something else of the same day."""
    told: list[Bust | Restated] = [*tape.busts, *tape.restated]
    turns = [each.since for each in told if each.symbol == symbol.symbol]
    return sorted([*turns, *(split.adjusted for split in symbol.splits if split.adjusted)])


def _day(tape: Tape, hours: Hours, at: datetime) -> date:
    """The last day that has begun, where extended hours are part of it; at first, the first."""
    begun = [day for day in tape.dates if hours.starting(day) <= at]
    return begun[-1] if begun else tape.day


def _work_out(tape: Tape, symbol: Symbol, hours: Hours, day: date, at: datetime) -> _Known:
    busts = [bust for bust in tape.busts if bust.symbol == symbol.symbol and bust.since <= at]
    restated = {
        each.day: each.close
        for each in sorted(tape.restated, key=lambda each: each.since)
        if each.symbol == symbol.symbol and each.since <= at
    }
    sessions = {
        each: _session(_left(tape.minutes[symbol.symbol], busts, hours, each), hours, each)
        for each in tape.dates
        if each <= day
    }
    over = [each.so_far[-1] for date_, each in sessions.items() if date_ < day and each.so_far]
    days = [_restate(bar, restated) for bar in (*tape.daily[symbol.symbol], *over)]
    for split in symbol.splits:
        if split.adjusted and at < split.adjusted:
            days = [_as_printed(bar, split) for bar in days]
    today = sessions[day]
    if day in restated and today.so_far:
        today = _session(_closing_at(today, restated[day]), hours, day)
    return _Known(Past(tuple(days)), today)


def _left(
    prints: Iterable[Print], busts: Iterable[Bust], hours: Hours, day: date
) -> Iterator[Print]:
    """The prints of a day as the provider shows them now."""
    changed = {bust.at: bust.price for bust in busts}
    start, end = hours.on(day, hours.opens.min), hours.ending(day)
    for tick in prints:
        if not start <= tick.at <= end:
            continue
        price = changed.get(tick.at, tick.price)
        if price is not None:
            yield tick if price == tick.price else replace(tick, price=price)


def _closing_at(session: _Session, close: Decimal) -> Iterator[Print]:
    for place, tick in enumerate(session.prints):
        yield replace(tick, price=close) if place == session.closes - 1 else tick


def _session(prints: Iterable[Print], hours: Hours, day: date) -> _Session:
    ticks = tuple(prints)
    times = tuple(tick.at for tick in ticks)
    opens = bisect_left(times, hours.opening(day))
    closes = bisect_right(times, hours.closing(day))
    firsts = (Daily(day, *(tick.price,) * 4, tick.volume) for tick in ticks[opens:closes])
    return _Session(ticks, times, opens, closes, tuple(accumulate(firsts, _longer)))


def _longer(bar: Daily, tick: Daily) -> Daily:
    high, low = max(bar.high, tick.high), min(bar.low, tick.low)
    return Daily(bar.day, bar.open, high, low, tick.close, bar.volume + tick.volume)


def _restate(bar: Daily, restated: dict[date, Decimal]) -> Daily:
    close = restated.get(bar.day)
    if close is None:
        return bar
    return replace(bar, close=close, high=max(bar.high, close), low=min(bar.low, close))


def _as_printed(bar: Daily, split: Split) -> Daily:
    """A session before the split as it was on its day; daily.csv has it adjusted."""
    if bar.day >= split.day:
        return bar
    factor = Decimal(split.numerator) / split.denominator
    prices = [price * factor for price in (bar.open, bar.high, bar.low, bar.close)]
    open_, high, low, close = prices
    return Daily(bar.day, open_, high, low, close, round(bar.volume / factor))
