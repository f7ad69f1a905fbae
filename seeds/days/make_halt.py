"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_halt

Nothing trades from 10:31 to 13:05.
"""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 3, 24)
QLTX = "09:00 .1 09:30 .2 10:20 .5 10:31 .4 13:05 34.0 13:06 35.2 13:08 36.4 13:30 33.0 14:30 30.2 16:00 28.9"

LISTINGS = (
    Recipe(
        "QLTX",
        close=23.40,
        before=1.2,
        sigma=0.036,
        shares=2_400_000,
        knots=QLTX,
        busy=3.0,
        silent=((time(10, 31), time(13, 5)),),
    ),
    Recipe("SPY", 669.10, 0.1, 0.009, 66_000_000, "09:00 0 09:30 .1 16:00 .2", wander=0.03),
    Recipe("AAPL", 262.40, 0.2, 0.016, 48_000_000, "09:00 0 09:30 .1 16:00 .4", wander=0.03),
    Recipe("MSFT", 471.80, 0.2, 0.014, 21_000_000, "09:00 0 09:30 .1 16:00 .1", wander=0.03),
    Recipe("QQQ", 604.20, 0.1, 0.011, 46_000_000, "09:00 0 09:30 .1 16:00 .3", wander=0.03),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "halt")
