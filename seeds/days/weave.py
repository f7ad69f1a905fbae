"""
Weaves the prints and daily bars of a recorded day from a recipe: seeded, so always the same.

A path passes exactly through its knots and strays a little between them.
"""

from __future__ import annotations

import csv
import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.tape.yahoo.curve import cumulative_share

NEW_YORK = ZoneInfo("America/New_York")
HONG_KONG = ZoneInfo("Asia/Hong_Kong")
LONDON = ZoneInfo("Europe/London")
OPENS, CLOSES = time(9, 30), time(16)  # in New York and in Hong Kong
LUNCH = (time(12), time(13))  # in Hong Kong
CALENDARS = {NEW_YORK: "XNYS", HONG_KONG: "XHKG", LONDON: "XLON"}
SESSIONS = 262  # a year, and what a rarity needs beside it


@dataclass(frozen=True)
class Recipe:
    """
    One listing. `knots` are "HH:MM percent …" from `close`, the close before the day.

    `before` is the percent of the session before, `sigma` the usual daily move, `shares` a
    usual session's volume and `busy` how much busier the day was. `wander` is how many points
    a print may stray; `thin` the share of extended-hours minutes that print, from `dense` to
    the open all of them; `every` how many regular minutes lie between two prints. `highs` and
    `lows` pin a day's extreme, which no other day passes by less than `margin`; `traded` pins
    the volume from the open until a time. In `silent` spans nothing trades; `odd` are single
    prints at another percent. `more` are the knots of later days, from the same close.
    """

    symbol: str
    close: float
    before: float
    sigma: float
    shares: int
    knots: str
    busy: float = 1.1
    wander: float = 0.10
    thin: float = 0.15
    dense: time = OPENS
    zone: ZoneInfo = NEW_YORK
    tick: float = 0.01
    highs: dict[date, float] = field(default_factory=dict)
    lows: dict[date, float] = field(default_factory=dict)
    traded: tuple[time, int] | None = None
    opens: time = OPENS
    closes: time = CLOSES
    every: int = 1
    margin: float = 0.4
    silent: tuple[tuple[time, time], ...] = ()
    odd: Mapping[time, float] = field(default_factory=dict)
    more: Mapping[date, str] = field(default_factory=dict)

    @property
    def extended(self) -> bool:
        return self.zone is NEW_YORK


class Bar(NamedTuple):
    symbol: str
    date: date
    open: float
    high: float
    low: float
    close: float
    volume: int


class Tick(NamedTuple):
    symbol: str
    time: datetime
    price: float
    volume: int


def walk(recipe: Recipe, count: int) -> list[float]:
    """A random walk of `count` closes that ends at the recipe's."""
    rng = random.Random(recipe.symbol)
    closes = [recipe.close, recipe.close / (1 + recipe.before / 100)]
    while len(closes) < count:
        step = max(-3.0, min(3.0, rng.gauss(0, 1))) * recipe.sigma
        closes.append(closes[-1] / math.exp(step + 0.0004))
    return [round(close, 2) for close in reversed(closes)]


def bridge(knots: dict[int, float], steps: Sequence[float]) -> list[float]:
    """Closes that meet every knot; in between they move by `steps`, less what would miss it."""
    path = [math.log(knots[0])]
    for (a, start), (b, end) in pairwise(sorted(knots.items())):
        inner = steps[a + 1 : b + 1]
        drift = (math.log(end / start) - sum(inner)) / (b - a)
        for step in inner:
            path.append(path[-1] + step + drift)
    return [math.exp(value) for value in path]


def sigma(closes: Sequence[float]) -> float:
    return statistics.stdev(math.log(b / a) for a, b in pairwise(closes))


def solve(rising: Callable[[float], float], goal: float, low: float, high: float) -> float:
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if rising(middle) < goal else (low, middle)
    return (low + high) / 2


def weave_bars(
    recipe: Recipe, days: Sequence[date], closes: Sequence[float], half_days: AbstractSet[date]
) -> list[Bar]:
    rng = random.Random(f"{recipe.symbol} bars")
    volumes = _volumes(recipe, days, half_days, rng)
    bars = []
    for n, (day, close) in enumerate(zip(days, closes, strict=True)):
        before = closes[max(0, n - 1)]
        opened = before + (close - before) * rng.uniform(0.1, 0.6)
        top, bottom = max(opened, close), min(opened, close)
        high = top * (1 + abs(rng.gauss(0, recipe.sigma / 3)))
        low = bottom * (1 - abs(rng.gauss(0, recipe.sigma / 3)))
        high, low = _pinned(recipe, day, (top, high), (bottom, low))
        prices = [_round(price, recipe.tick) for price in (opened, high, low, close)]
        bars.append(Bar(recipe.symbol, day, prices[0], prices[1], prices[2], prices[3], volumes[n]))
    return bars


def _pinned(
    recipe: Recipe, day: date, highs: tuple[float, float], lows: tuple[float, float]
) -> tuple[float, float]:
    """The day's extremes: as pinned, or else short of the pinned ones."""
    (top, high), (bottom, low) = highs, lows
    ceiling = min(recipe.highs.values(), default=math.inf) - recipe.margin
    floor = max(recipe.lows.values(), default=-math.inf) + recipe.margin
    return (
        recipe.highs.get(day, max(top, min(high, ceiling))),
        recipe.lows.get(day, min(bottom, max(low, floor))),
    )


def _volumes(
    recipe: Recipe, days: Sequence[date], half_days: AbstractSet[date], rng: random.Random
) -> list[int]:
    """Means of the last 20 sessions and of the last 63 are a usual session's volume."""
    raw = [rng.lognormvariate(0, 0.25) * (0.55 if day in half_days else 1) for day in days]
    spans = (raw[:-63], raw[-63:-20], raw[-20:])
    return [
        round(value * recipe.shares / statistics.fmean(span)) for span in spans for value in span
    ]


def weave_ticks(recipe: Recipe, day: date) -> list[Tick]:
    """One-minute prints: every regular minute, some of the others."""
    rng = random.Random(f"{recipe.symbol} prints")
    knots = _knots(recipe.more.get(day, recipe.knots), day)
    opens, closes = datetime.combine(day, recipe.opens), datetime.combine(day, recipe.closes)
    ticks: list[Tick] = []
    stray, at = 0.0, min(knots)
    while at <= max(knots):
        stray = max(-1.0, min(1.0, 0.8 * stray + rng.gauss(0, 0.35)))
        nearest = min(abs(at - knot).total_seconds() / 60 for knot in knots)
        percent = _between(knots, at) + stray * recipe.wander * min(1.0, nearest / 3)
        percent = recipe.odd.get(at.time(), percent)
        price = _round(recipe.close * (1 + percent / 100), recipe.tick)
        volume = _volume(recipe, (at - opens) / (closes - opens), rng)
        chance = rng.random()
        if at in knots or _trades(recipe, at.time(), chance):
            ticks.append(Tick(recipe.symbol, at.replace(tzinfo=recipe.zone), price, volume))
        at += timedelta(minutes=1)
    return _exactly(ticks, *recipe.traded) if recipe.traded else ticks


def at_prices(close: float, words: str) -> str:
    """Knots as "HH:MM price …", in percent from `close`."""
    pairs = iter(words.split())
    return " ".join(f"{at} {(float(next(pairs)) / close - 1) * 100:.6f}" for at in pairs)


def _knots(words: str, day: date) -> dict[datetime, float]:
    pairs = iter(words.split())
    return {datetime.combine(day, time.fromisoformat(at)): float(next(pairs)) for at in pairs}


def _between(knots: dict[datetime, float], at: datetime) -> float:
    before = max(knot for knot in knots if knot <= at)
    after = min(knot for knot in knots if knot >= at)
    part = (at - before) / (after - before) if after > before else 0.0
    return knots[before] + (knots[after] - knots[before]) * part


def _trades(recipe: Recipe, at: time, chance: float) -> bool:
    if any(start < at < end for start, end in recipe.silent):
        return False
    if recipe.opens <= at <= recipe.closes and at.minute % recipe.every:
        return False
    if not recipe.extended:
        return recipe.zone is not HONG_KONG or not LUNCH[0] < at < LUNCH[1]
    return min(recipe.dense, recipe.opens) <= at <= recipe.closes or chance < recipe.thin


def _volume(recipe: Recipe, elapsed: float, rng: random.Random) -> int:
    """Shares in the minute that ends `elapsed` (0 to 1) into the session; auctions add theirs."""
    jitter = rng.lognormvariate(0, 0.35) * recipe.busy
    if not 0 <= elapsed <= 1:
        return max(1, round(recipe.shares / 600_000 * jitter)) * 100
    share = cumulative_share(elapsed) - cumulative_share(elapsed - 1 / _minutes(recipe))
    auction = 0.004 if elapsed in (0, 1) else 0
    return round((share + auction) * recipe.shares * jitter)


def _minutes(recipe: Recipe) -> int:
    opens, closes = (60 * each.hour + each.minute for each in (recipe.opens, recipe.closes))
    return closes - opens


def _exactly(ticks: list[Tick], until: time, shares: int) -> list[Tick]:
    """The same prints, with `shares` traded from the open until then."""
    early = sum(tick.volume for tick in ticks if OPENS <= tick.time.time() <= until)
    return [
        tick._replace(volume=round(tick.volume * shares / early))
        if OPENS <= tick.time.time() <= until
        else tick
        for tick in ticks
    ]


def _round(price: float, tick: float) -> float:
    return round(round(price / tick) * tick, 2)


def sessions(calendar: str, before: date, count: int = SESSIONS) -> list[date]:
    """The last `count` sessions of an exchange before that day."""
    import exchange_calendars

    start = before - timedelta(days=2 * count)
    days = exchange_calendars.get_calendar(calendar, start=start, end=before).sessions
    return [at.date() for at in days if at.date() < before][-count:]


def weave_day(
    folder: Path,
    day: date,
    recipes: Sequence[Recipe],
    own: Mapping[str, Sequence[float]] | None = None,
    half_days: AbstractSet[date] = frozenset(),
) -> None:
    """Write daily.csv and minutes.csv; `own` are closes of a symbol that no random walk makes."""
    bars: list[Bar] = []
    ticks: list[Tick] = []
    for recipe in recipes:
        days = sessions(CALENDARS[recipe.zone], day)
        closes = (own or {}).get(recipe.symbol) or walk(recipe, len(days))
        bars += weave_bars(recipe, days, closes, half_days)
        for each in (day, *recipe.more):
            ticks += weave_ticks(recipe, each)
    write_rows(folder / "daily.csv", Bar, bars)
    write_rows(folder / "minutes.csv", Tick, ticks)


def write_rows(path: Path, kind: type[Bar | Tick], rows: Sequence[Bar | Tick]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(kind._fields)
        writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return f"{value:.2f}" if isinstance(value, float) else str(value)
