"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_bad_print

One print among others is wrong.
"""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 3, 10)
TRNI = "09:00 .1 09:30 .3 10:16 .7 10:18 .7 12:00 1.1 16:00 .9"

LISTINGS = (
    Recipe("TRNI", 58.20, 0.5, 0.011, 1_900_000, TRNI, wander=0.05, odd={time(10, 17): -38.0}),
    Recipe("SPY", 668.30, 0.2, 0.009, 68_000_000, "09:00 0 09:30 .1 16:00 .3", wander=0.03),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "bad-print")
