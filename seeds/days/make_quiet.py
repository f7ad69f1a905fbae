"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_quiet

Nothing here is to be told: see the note of day.toml.
"""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 3, 18)
NVDA = "08:00 -.2 09:30 -1.2 10:20 -3.1 10:46 -4.5 10:47 -4.6 10:48 -4.5 11:30 -3.6 13:00 -2.9 16:00 -2.1"
BABA = "08:00 .2 09:30 1.0 12:00 2.6 14:01 4.3 14:03 4.2 15:00 3.8 16:00 3.5"
AAPL = "08:00 .3 08:24 .5 08:30 5.6 08:40 5.5 09:10 3.0 09:29 2.2 09:30 2.0 12:00 1.4 16:00 1.1"

LISTINGS = (
    Recipe("NVDA", 181.40, 0.8, 0.024, 190_000_000, NVDA, wander=0.06),
    Recipe("BABA", 151.20, -1.1, 0.027, 16_000_000, BABA, odd={time(14, 2): 5.2}),
    Recipe("AAPL", 262.10, 0.4, 0.016, 48_000_000, AAPL, wander=0.05, thin=0.8),
    Recipe("KO", 71.30, 0.2, 0.009, 15_000_000, "08:00 0 09:30 .1 12:00 .3 16:00 .2", wander=0.03),
    Recipe(
        "SPY", 671.50, 0.3, 0.009, 68_000_000, "08:00 0 09:30 .1 12:00 -.2 16:00 .1", wander=0.03
    ),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "quiet")
