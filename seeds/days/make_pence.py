"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_pence

London, in pence; steps of a fifth of a penny.
"""

from __future__ import annotations

import sys
from datetime import date, time
from pathlib import Path

from seeds.days.weave import LONDON, Recipe, weave_day

DAY = date(2026, 3, 4)
CRRN = "08:00 -4.0 08:10 -4.6 08:14 -5.2 08:20 -5.6 08:40 -6.4 08:52 -6.9 08:58 -6.763 10:00 -6.2 12:30 -7.0 15:00 -6.5 16:30 -6.6"

LISTINGS = (
    Recipe(
        "CRRN.L",
        close=331.2,
        before=0.4,
        sigma=0.017,
        shares=2_100_000,
        knots=CRRN,
        busy=2.4,
        zone=LONDON,
        opens=time(8),
        closes=time(16, 30),
        tick=0.2,
    ),
    Recipe(
        "ISF.L",
        close=1012.0,
        before=0.2,
        sigma=0.008,
        shares=9_000_000,
        knots="08:00 .1 10:00 -.2 16:30 .1",
        wander=0.03,
        zone=LONDON,
        opens=time(8),
        closes=time(16, 30),
        tick=0.2,
    ),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, LISTINGS)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "pence")
