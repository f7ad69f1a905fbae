"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_2026_02_02

SHY touches the line of its 200-day average and comes back; published facts are in day.toml.
"""

from __future__ import annotations

import random
import statistics
import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, at_prices, bridge, sessions, solve, weave_day

DAY = date(2026, 2, 2)
CLOSE = 81.44
AVERAGE = 81.3492  # of the last 200 closes: printed $81.35, with $81.35 still above it
SHY = """
09:00 81.43 09:30 81.42 10:00 81.39 10:30 81.37 10:50 81.36 10:56 81.35 10:58 81.34 11:04 81.34
11:05 81.35 11:08 81.36 12:30 81.37 14:00 81.36 16:00 81.36
"""

LISTINGS = (
    Recipe(
        "SHY",
        close=CLOSE,
        before=-0.02,
        sigma=0.0008,
        shares=4_200_000,
        knots=at_prices(CLOSE, SHY),
        wander=0.0,
        highs={date(2025, 9, 16): 82.61},
        lows={date(2025, 5, 14): 80.55},
        margin=0.05,
    ),
    Recipe(
        "IEF",
        95.12,
        0.1,
        0.0035,
        8_100_000,
        "09:00 .05 09:30 .02 11:00 -.15 16:00 -.12",
        wander=0.02,
    ),
    Recipe(
        "TLT", 87.40, 0.1, 0.0085, 38_000_000, "09:00 .1 09:30 .05 11:00 -.4 16:00 -.3", wander=0.04
    ),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS, {"SHY": _closes(sessions("XNYS", DAY))})


def _closes(days: list[date]) -> list[float]:
    """A year between the range's ends, with the wanted mean of 200 days."""
    knots = {
        0: 81.70,
        days.index(date(2025, 5, 14)): 80.62,
        days.index(date(2025, 9, 16)): 82.52,
        days.index(date(2026, 1, 29)): CLOSE + 0.01,
        len(days) - 1: CLOSE,
    }
    rng = random.Random("a year of SHY")
    steps = [max(-2.0, min(2.0, rng.gauss(0, 1))) * 0.0006 for _ in days]

    def closes(bend: float) -> list[float]:
        middle = {days.index(date(2025, 12, 1)): 81.30 + bend}
        path = bridge(dict(sorted((knots | middle).items())), steps)
        return [round(max(80.60, min(82.56, close)), 2) for close in path]

    return closes(solve(lambda bend: statistics.fmean(closes(bend)[-200:]), AVERAGE, -1.5, 1.5))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "2026-02-02")
