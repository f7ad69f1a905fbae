"""
Makes daily.csv and minutes.csv of the recorded day: python -m seeds.days.make_2026_01_12

Invented prints that pass exactly through the knots below and wander a little between them, by
a seeded generator: the same bytes each time. Published facts are the anchors of day.toml.
"""

from __future__ import annotations

import math
import random
import statistics
import sys
from datetime import date, time
from pathlib import Path

from seeds.days.weave import (
    HONG_KONG,
    Bar,
    Recipe,
    Tick,
    bridge,
    sessions,
    sigma,
    solve,
    walk,
    weave_bars,
    weave_ticks,
    write_rows,
)

DAY, FRIDAY = date(2026, 1, 12), date(2026, 1, 9)
SESSIONS = 285
HALF_DAYS = {date(2025, 7, 3), date(2025, 11, 28), date(2025, 12, 24), date(2025, 12, 31)}
HKD_PER_ADR = 7.79 / 8  # Hong Kong dollars of one ordinary share for each dollar of the ADR


BABA = """
04:00 0.20  05:30 -0.10  07:00 0.10  07:42 0.15  07:43 0.18  07:44 0.35  07:50 1.10  08:00 1.60
08:20 2.20  08:45 2.70  09:15 3.20  09:29 3.50  09:30 3.90  09:36 4.20  09:42 4.50  09:47 4.70
09:48 4.80  09:49 4.90  09:50 5.10  09:51 4.80  09:52 5.20  09:53 4.90  09:54 5.20  09:55 5.30
09:56 5.10  09:57 4.80  09:58 5.00  09:59 4.90  10:00 5.20  10:05 5.60  10:20 6.60  10:40 7.90
10:55 8.80  11:03 9.20  11:06 9.35  11:07 9.60  11:08 9.751 11:09 9.72  11:15 9.74  11:22 9.76
11:30 9.90  11:31 10.10 11:32 10.15 11:35 10.35 11:45 10.90 12:00 11.80 12:10 12.15 12:13 12.28
12:14 12.40 12:15 12.26 12:45 11.80 13:30 11.20 14:30 10.90 15:30 10.50 15:59 10.30 16:00 10.20
16:01 10.20 20:00 10.25
"""
MICRON = """
04:00 0.20  09:29 0.30  09:30 0.20  10:30 -0.15 11:08 -0.10 12:00 0.10  12:45 -0.15 12:50 -0.35
13:00 -1.20 13:10 -2.10 13:17 -2.60 13:19 -2.80 13:20 -3.20 13:21 -3.40 13:22 -3.40 13:30 -3.70
14:00 -4.30 14:30 -4.60 15:00 -4.20 15:30 -4.00 16:00 -3.90 16:01 -3.90 20:00 -3.85
"""
HOME = """
09:30 2.60  10:00 3.40  11:00 4.10  12:00 4.30  13:00 4.40  14:30 5.00  15:30 5.20  16:00 5.278
"""
KWEB = "04:00 .5 07:42 .7 09:30 1.3 10:00 1.9 11:08 3.1 12:14 3.7 16:00 3.0 16:01 3.0 20:00 3.0"
SPY = "04:00 -.1 09:30 -.05 11:08 .2 13:21 .15 16:00 .1 16:01 .1 20:00 .1"
JD = "04:00 .4 09:30 1.0 11:08 2.4 12:14 2.7 16:00 2.1 16:01 2.1 20:00 2.1"
PDD = "04:00 .3 09:30 .8 11:08 1.9 12:14 2.2 16:00 1.7 16:01 1.7 20:00 1.7"
BIDU = "04:00 .6 09:30 1.4 11:08 3.3 12:14 3.8 16:00 3.1 16:01 3.1 20:00 3.1"
QQQ = "04:00 -.1 09:30 0 11:08 .25 13:00 0 13:21 -.3 16:00 -.35 16:01 -.35 20:00 -.35"
WDC = "04:00 .1 09:30 .2 12:50 -.2 13:21 -1.9 14:30 -2.8 16:00 -2.4 16:01 -2.4 20:00 -2.4"
SMH = "04:00 0 09:30 .1 12:50 -.1 13:21 -1.1 14:30 -1.6 16:00 -1.3 16:01 -1.3 20:00 -1.3"
STX = "04:00 .1 09:30 .3 12:50 -.1 13:21 -1.6 14:30 -2.3 16:00 -2.0 16:01 -2.0 20:00 -2.0"

LISTINGS = (
    Recipe(
        "BABA",
        close=150.96,
        before=5.2,
        sigma=0.028,
        shares=18_400_000,
        knots=BABA,
        busy=2.6,
        thin=0.6,
        dense=time(7, 40),
        highs={date(2025, 10, 2): 192.67},
        lows={date(2025, 4, 8): 99.60},
        traded=(time(11, 8), 18_400_000),
    ),
    Recipe("9988.HK", 140.2, 5.4, 0.028, 92_000_000, HOME, 1.7, zone=HONG_KONG, tick=0.1),
    Recipe("KWEB", 36.92, 2.1, 0.016, 21_000_000, KWEB, 1.6, wander=0.05),
    Recipe("SPY", 694.07, 0.6, 0.008, 72_000_000, SPY, wander=0.03, thin=0.4),
    Recipe("JD", 29.44, 1.8, 0.022, 11_500_000, JD, 1.3),
    Recipe("PDD", 118.20, 1.1, 0.024, 8_200_000, PDD),
    Recipe("BIDU", 146.30, 2.4, 0.027, 4_100_000, BIDU, 1.4),
    Recipe("MU", 345.10, 3.9, 0.034, 24_000_000, MICRON, 1.2, thin=0.4, dense=time(7, 40)),
    Recipe("QQQ", 626.60, 0.9, 0.011, 48_000_000, QQQ, wander=0.03),
    Recipe("SMH", 372.40, 2.2, 0.019, 7_400_000, SMH, wander=0.05),
    Recipe("WDC", 200.50, 4.1, 0.032, 8_800_000, WDC),
    Recipe("STX", 306.20, 3.2, 0.028, 3_700_000, STX),
)


def main(folder: Path) -> None:
    bars: list[Bar] = []
    ticks: list[Tick] = []
    new_york, hong_kong = sessions("XNYS", DAY, SESSIONS), sessions("XHKG", DAY, SESSIONS)
    adr = _adr_closes(new_york)
    for recipe in LISTINGS:
        if recipe.symbol == "BABA":
            days, closes = new_york, adr
        elif recipe.zone is HONG_KONG:
            days, closes = hong_kong, _home_closes(recipe, hong_kong, new_york, adr)
        else:
            days, closes = new_york, walk(recipe, SESSIONS)
        bars += weave_bars(recipe, days, closes, HALF_DAYS)
        ticks += weave_ticks(recipe, DAY)
    write_rows(folder / "daily.csv", Bar, bars)
    write_rows(folder / "minutes.csv", Tick, ticks)


ADR_KNOTS = {
    date(2025, 1, 13): 108.0,
    date(2025, 4, 8): 101.8,
    date(2025, 5, 14): 128.0,
    date(2025, 8, 28): 146.0,
    date(2025, 8, 29): 146.0 * 1.129,
    date(2025, 9, 23): 168.0,
    date(2025, 9, 24): 168.0 * 1.104,
    date(2025, 9, 29): 184.0,
    date(2025, 10, 2): 188.4,
    date(2025, 10, 6): 184.5,
    date(2025, 10, 14): 170.0,
    date(2025, 11, 21): 154.0,
    date(2026, 1, 8): 143.50,
    FRIDAY: 150.96,
}
ADR_MEAN = 150.90  # of the last 200 closes, so that $165.68 is 9.8 % above it


def _adr_closes(days: list[date]) -> list[float]:
    """Through the knots, with the wanted usual move of 60 days and mean of 200."""
    knots = {0: 116.0, **{days.index(day): close for day, close in ADR_KNOTS.items()}}
    rng = random.Random("a year of BABA")
    noise = [max(-2.2, min(2.2, rng.gauss(0, 1))) for _ in days]

    def closes(scale: float, lift: float) -> list[float]:
        scales = [0.02] * (len(days) - 60) + [scale] * 60
        steps = [size * by for size, by in zip(noise, scales, strict=True)]
        path = bridge(knots, steps)
        first, last = days.index(date(2025, 4, 8)), days.index(date(2025, 8, 28))
        for n in range(first, last):
            path[n] *= 1 + lift * math.sin(math.pi * (n - first) / (last - first)) ** 2
        return [round(close, 2) for close in path]

    scale = solve(lambda x: sigma(closes(x, 0.0)[-61:]), 0.028, 0.005, 0.06)
    lift = solve(lambda x: statistics.fmean(closes(scale, x)[-200:]), ADR_MEAN, -0.3, 0.3)
    return closes(scale, lift)


def _home_closes(
    recipe: Recipe, days: list[date], new_york: list[date], adr: list[float]
) -> list[float]:
    """Hong Kong follows the New York close of the night before."""
    rng = random.Random(recipe.symbol)
    closes = []
    for day in days:
        before = [close for at, close in zip(new_york, adr, strict=True) if at < day]
        close = (before or adr)[-1 if before else 0] * HKD_PER_ADR
        closes.append(round(close * math.exp(rng.gauss(0, 0.006)), 1))
    return [*closes[:-1], recipe.close]


if __name__ == "__main__":
    target = Path(__file__).parent / "2026-01-12"
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else target)
