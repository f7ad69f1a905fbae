"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_restated_close

A fall, and the morning after; the restated close is in day.toml.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, at_prices, weave_day

DAY = date(2026, 2, 10)
NEXT = date(2026, 2, 11)
PELD = """
09:30 43.40 12:58 43.30 13:00 43.28 13:08 42.40 13:16 41.40 13:20 41.10 13:24 41.02 14:00 40.80 15:00 41.20
15:59 41.10 16:00 41.02 16:01 41.05 18:00 41.40 20:00 41.45
"""
MORNING = "04:00 41.45 09:29 41.55 09:30 41.60 10:00 41.75 10:40 41.70"
CALM = "09:30 .1 16:00 .2 16:01 .2 20:00 .2"
CALM_NEXT = "04:00 .2 09:30 .2 10:40 .3"

LISTINGS = (
    Recipe(
        "PELD",
        43.44,
        0.4,
        0.016,
        4_200_000,
        at_prices(43.44, PELD),
        1.9,
        more={NEXT: at_prices(43.44, MORNING)},
    ),
    Recipe("SPY", 690.20, 0.1, 0.008, 70_000_000, CALM, wander=0.03, more={NEXT: CALM_NEXT}),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "restated-close")
