"""
Makes daily.csv and minutes.csv: python -m seeds.days.make_market_wide

One fall, shared by all in their own measure; published facts are in day.toml.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from seeds.days.weave import Recipe, weave_day

DAY = date(2025, 4, 4)
# How much of the day's fall is done: there before the open, deeper until the close.
SHAPE = "04:00 .05 06:04 .05 06:05 .15 06:30 .35 08:30 .42 09:29 .55 09:30 .58 09:40 .63 10:00 .72 10:40 .80 11:30 .70 13:00 .78 14:30 .88 15:40 .95 16:00 1.0"
# Close before the day, percent of the day, usual daily move, million shares of a usual session.
NAMES = (
    ("AAPL", 203.2, -7.3, 0.018, 55),
    ("MSFT", 373.1, -3.5, 0.015, 22),
    ("GOOGL", 150.7, -3.4, 0.019, 28),
    ("AMZN", 178.4, -4.1, 0.02, 45),
    ("META", 531.6, -5.1, 0.021, 14),
    ("NVDA", 101.8, -7.4, 0.031, 280),
    ("AMD", 93.8, -8.5, 0.032, 38),
    ("INTC", 22.4, -11.5, 0.033, 95),
    ("AVGO", 154.0, -5.0, 0.032, 32),
    ("QCOM", 139.2, -8.6, 0.024, 9),
    ("MU", 74.4, -12.9, 0.034, 24),
    ("TSLA", 267.3, -10.4, 0.042, 110),
    ("BA", 150.9, -9.5, 0.024, 9),
    ("DIS", 88.6, -5.8, 0.017, 9),
    ("JPM", 228.7, -8.0, 0.016, 10),
    ("BAC", 37.2, -7.6, 0.017, 40),
    ("XOM", 112.4, -7.2, 0.014, 16),
    ("CVX", 155.9, -8.2, 0.014, 8),
    ("NKE", 55.6, 3.0, 0.022, 14),
    ("WMT", 86.9, -4.6, 0.013, 18),
    ("KO", 73.2, -3.6, 0.009, 15),
    ("PEP", 150.8, -2.9, 0.011, 6),
    ("BABA", 129.3, -9.9, 0.029, 18),
    ("JD", 40.1, -7.7, 0.03, 12),
    ("SPY", 536.7, -5.9, 0.009, 60),
    ("QQQ", 450.7, -6.2, 0.012, 45),
    ("SMH", 196.3, -7.6, 0.022, 9),
    ("KWEB", 33.1, -8.9, 0.02, 22),
)


def main(folder: Path) -> None:
    weave_day(folder, DAY, [_recipe(*name) for name in NAMES])


def _recipe(symbol: str, close: float, percent: float, sigma: float, shares: float) -> Recipe:
    words = SHAPE.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return Recipe(
        symbol,
        close=close,
        before=percent / 3,
        sigma=sigma,
        shares=round(shares * 1_000_000),
        knots=" ".join(f"{at} {float(share) * percent:.3f}" for at, share in pairs),
        busy=2.2,
        wander=0.08,
        every=2,
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "market-wide")
