"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_half_day

The session ends at 13:00; the evening at 17:00.
"""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2025, 11, 28)
HALF = time(13)
INTC = "08:00 .1 09:30 .2 09:41 .2 09:42 .9 09:50 3.0 09:58 5.1 10:00 5.4 10:40 6.8 11:40 8.2 12:30 9.6 12:50 10.3 13:00 10.19 13:01 10.2 17:00 10.3"

LISTINGS = (
    Recipe("INTC", 36.81, 2.7, 0.031, 92_000_000, INTC, 1.5, thin=0.5, closes=HALF),
    Recipe(
        "AMD",
        214.20,
        3.9,
        0.033,
        42_000_000,
        "08:00 0 09:30 .5 13:00 1.5 13:01 1.5 17:00 1.5",
        closes=HALF,
    ),
    Recipe(
        "QCOM",
        164.90,
        0.9,
        0.021,
        9_000_000,
        "08:00 0 09:30 .3 13:00 .9 13:01 .9 17:00 .9",
        closes=HALF,
    ),
    Recipe(
        "SMH",
        352.10,
        1.6,
        0.020,
        8_000_000,
        "08:00 0 09:30 .4 13:00 1.4 13:01 1.4 17:00 1.4",
        closes=HALF,
    ),
    Recipe(
        "SPY",
        679.60,
        0.7,
        0.009,
        70_000_000,
        "08:00 0 09:30 .1 13:00 .5 13:01 .5 17:00 .5",
        wander=0.03,
        closes=HALF,
    ),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "half-day")
