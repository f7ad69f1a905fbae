"""Bars within a session: of the day from its prints, of the days before by a fixed recipe."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.tape.nouns import Daily, Hours, Print
from bot.tape.yahoo.curve import cumulative_share


class Bar(NamedTuple):
    """`at` is the epoch second at which the interval starts."""

    at: int
    open: float
    high: float
    low: float
    close: float
    volume: int


def bars_of(prints: Iterable[Print], step: int) -> list[Bar]:
    """Prints gathered into intervals of `step` seconds; none where nothing traded."""
    bars = []
    for at, group in groupby(prints, key=lambda tick: int(tick.at.timestamp()) // step * step):
        ticks = list(group)
        prices = [float(tick.price) for tick in ticks]
        volume = sum(tick.volume for tick in ticks)
        bars.append(Bar(at, prices[0], max(prices), min(prices), prices[-1], volume))
    return bars


def invent_bars(symbol: str, day: Daily, hours: Hours, step: int) -> list[Bar]:
    """
    A past session in intervals of `step` seconds: always the same, and true to its daily bar.

    First open, last close, highest high, lowest low and the sum of volumes are the day's.
    """
    starts = _starts(day, hours, step)
    path = _path(day, len(starts))
    volumes = _volumes(random.Random(f"{symbol} {day.day}"), day.volume, len(starts))
    return [
        Bar(int(at.timestamp()), before, max(before, after), min(before, after), after, volume)
        for at, (before, after), volume in zip(starts, pairwise(path), volumes, strict=True)
    ]


def _starts(day: Daily, hours: Hours, step: int) -> list[datetime]:
    at, end = hours.opening(day.day), hours.closing(day.day)
    starts = []
    while at < end:
        lunch = hours.lunch
        if lunch is None or not lunch[0] <= at.time() < lunch[1]:
            starts.append(at)
        at += timedelta(seconds=step)
    return starts


def _path(day: Daily, count: int) -> list[float]:
    """Prices at the `count` + 1 edges of the bars, through the day's low and high."""
    middle = (day.low, day.high) if day.close >= day.open else (day.high, day.low)
    corners = [float(price) for price in (day.open, *middle, day.close)]
    edges = [0, max(1, count // 4), max(2, count * 7 // 10), count]
    path = [corners[0]]
    for (a, b), (start, end) in zip(pairwise(edges), pairwise(corners), strict=True):
        path += [start + (end - start) * n / (b - a) for n in range(1, b - a + 1)]
    return [round(price, 4) for price in path]


def _volumes(rng: random.Random, total: int, count: int) -> list[int]:
    """The usual curve, a little uneven; whole shares that add up to `total`."""
    raw = [
        (cumulative_share((n + 1) / count) - cumulative_share(n / count))
        * rng.lognormvariate(0, 0.15)
        for n in range(count)
    ]
    edges = _rounded_sums(raw, total)
    return [after - before for before, after in pairwise(edges)]


def _rounded_sums(raw: Sequence[float], total: int) -> list[int]:
    edges, so_far, whole = [0], 0.0, sum(raw)
    for value in raw:
        so_far += value
        edges.append(round(total * so_far / whole))
    return edges
