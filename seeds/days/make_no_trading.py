"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_no_trading

Nobody trades after 08:40.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 3, 12)

LISTINGS = (
    Recipe("KO", 71.00, 0.2, 0.009, 15_000_000, "08:00 0 08:40 -.1"),
    Recipe("BA", 212.40, 0.3, 0.02, 7_000_000, "08:00 0 08:40 .1"),
    Recipe("JPM", 301.20, 0.3, 0.013, 9_000_000, "08:00 0 08:40 .1"),
    Recipe("XOM", 118.60, 0.3, 0.013, 15_000_000, "08:00 0 08:40 -.1"),
    Recipe("SPY", 667.00, 0.1, 0.009, 70_000_000, "08:00 0 08:40 0", thin=0.5),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "no-trading")
