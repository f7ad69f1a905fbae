"""One measured number, what it stands beside, and whether that is good enough."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """
    `value` and `against_value` are in `unit`, and so is `goal` (None where there is none).

    A goal is the most that `value` may be, or with `at_least` the least.
    """

    figure: str
    value: float
    unit: str
    against: str
    against_value: float
    goal: float | None = None
    at_least: bool = False

    @property
    def ratio(self) -> float | None:
        """`value` in multiples of `against_value`; None where that is nothing at all."""
        return self.value / self.against_value if self.against_value else None

    @property
    def holds(self) -> bool | None:
        if self.goal is None:
            return None
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def line(self) -> str:
        """The figure as one line of JSON."""
        return json.dumps(
            {
                "figure": self.figure,
                "value": _short(self.value),
                "unit": self.unit,
                "against": self.against,
                "against_value": _short(self.against_value),
                "ratio": _short(self.ratio),
                "goal": _short(self.goal),
                "holds": self.holds,
            },
            ensure_ascii=False,
        )


def quantile(values: Sequence[float], share: float) -> float:
    """The value that `share` of the others do not exceed; a real one, nothing in between."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def rounds(most: int, share: float) -> int:
    """How many rounds to make of `most`, and never fewer than two."""
    return max(2, round(most * share))


def _short(number: float | None) -> float | None:
    """Four digits; the clock and the machine do not know more."""
    return None if number is None else float(f"{number:.4g}")
