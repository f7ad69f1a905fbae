"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_earnings

An evening's jump and the next day's reversal, all measured from the close before them.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2026, 1, 28)
NEXT = date(2026, 1, 29)
EVENING = """
15:00 -.2 16:00 -.1 16:05 -.1 16:06 5.2 16:08 7.8 16:12 10.9 16:30 11.2 17:30 10.6 19:00 9.8
20:00 9.4
"""
MORNING = """
04:00 8.9 07:00 8.2 09:00 7.4 09:29 7.0 09:30 6.4 09:45 5.6 09:53 4.0 10:10 .5 10:30 -2.8 10:44 -4.9
10:48 -5.4 11:10 -6.4 13:00 -5.6 14:30 -6.6 16:00 -6.1 16:01 -6.1 16:10 -6.1
"""
CALM = "15:00 .1 16:00 .2 16:01 .2 20:00 .2"
CALM_NEXT = "04:00 .2 09:30 .3 12:00 .1 16:00 -.1 16:01 -.1 16:10 -.1"

LISTINGS = (
    Recipe("MRLW", 84.60, 0.7, 0.019, 22_000_000, EVENING, 2.4, thin=0.9, more={NEXT: MORNING}),
    Recipe("QQQ", 628.10, 0.3, 0.011, 48_000_000, CALM, wander=0.03, more={NEXT: CALM_NEXT}),
    Recipe("SPY", 693.40, 0.2, 0.008, 70_000_000, CALM, wander=0.03, more={NEXT: CALM_NEXT}),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "earnings")
