"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_split

Prices are those after the split, also of the sessions before it; the provider's delay is in symbols.json.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2025, 11, 17)
NFLX = "08:00 .3 09:29 .8 09:30 1.2 09:45 2.6 09:52 3.2 09:54 3.3 10:14 3.6 10:16 3.7 10:40 4.2 11:30 3.8 13:00 4.4 16:00 3.9"

LISTINGS = (
    Recipe("NFLX", 111.22, -0.6, 0.017, 36_000_000, NFLX, 1.4, thin=0.6),
    Recipe("DIS", 105.60, -0.4, 0.015, 8_600_000, "08:00 0 09:30 .1 16:00 -.4", wander=0.04),
    Recipe("SPY", 671.90, -0.1, 0.009, 72_000_000, "08:00 0 09:30 -.1 16:00 -.5", wander=0.03),
    Recipe("QQQ", 608.90, -0.1, 0.011, 50_000_000, "08:00 0 09:30 -.1 16:00 -.6", wander=0.03),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "split")
