"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_retracted

A report, a fall, and what is left of both.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 2, 19)
ORRN = "09:00 0 09:30 .2 10:12 .1 10:13 -.4 10:16 -3.8 10:20 -5.4 10:25 -6.5 11:00 -7.0 11:20 -6.6 11:40 -4.4 12:05 -3.0 13:10 -2.2 16:00 -1.8"

LISTINGS = (
    Recipe("ORRN", 37.80, 0.6, 0.020, 1_700_000, ORRN, 2.2),
    Recipe("SPY", 689.00, 0.1, 0.008, 70_000_000, "09:00 0 09:30 .1 16:00 .2", wander=0.03),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "retracted")
