"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_late_headline

The fall comes first, its explanation after.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 3, 5)
HRWF = "09:00 0 09:30 -.1 11:04 -.3 11:08 -2.2 11:13 -4.4 11:16 -5.3 11:20 -5.5 11:48 -5.2 12:10 -6.6 13:30 -7.1 16:00 -6.4"

LISTINGS = (
    Recipe("HRWF", 61.40, -0.3, 0.013, 2_800_000, HRWF, 1.8),
    Recipe("KO", 71.10, 0.2, 0.009, 15_000_000, "09:00 0 09:30 .1 16:00 .2", wander=0.03),
    Recipe("PEP", 149.20, 0.1, 0.010, 6_000_000, "09:00 0 09:30 0 16:00 -.2", wander=0.03),
    Recipe("SPY", 666.20, -0.2, 0.009, 70_000_000, "09:00 0 09:30 .1 16:00 -.3", wander=0.03),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "late-headline")
