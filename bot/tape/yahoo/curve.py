"""How a session's volume spreads over its hours: busy at the open and the close, as they are."""

from __future__ import annotations


def cumulative_share(elapsed: float) -> float:
    """Share of a session's volume traded when `elapsed` (0 to 1) of its hours have passed."""
    u = min(1.0, max(0.0, elapsed))
    return 0.5 * u + 2 * ((u - 0.5) ** 3 + 0.125)
