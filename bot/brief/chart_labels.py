"""
Where do the words of the picture go, so that none hides another, or the line?

Plain geometry in pixels from the lower left; nothing is drawn here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ASIDE, ABOVE = 14, 8  # pixels between a point and its words
WORD, DOT = 1_000, 1  # how much is lost where words, or a point of the line, are hidden


class Side(NamedTuple):
    """Of a point: words stand to its right or left, above or below it."""

    right: bool
    above: bool


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    bottom: float
    right: float
    top: float

    def meets(self, other: Box) -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def holds(self, point: tuple[float, float]) -> bool:
        return self.left < point[0] < self.right and self.bottom < point[1] < self.top


def beside(point: tuple[float, float], size: tuple[float, float], side: Side) -> Box:
    """Where words of that width and height stand beside a point."""
    (x, y), (width, height) = point, size
    left = x + ASIDE if side.right else x - ASIDE - width
    bottom = y + ABOVE if side.above else y - ABOVE - height
    return Box(left, bottom, left + width, bottom + height)


def place(
    wanted: Iterable[tuple[tuple[float, float], Side]],
    size: tuple[float, float],
    pane: Box,
    taken: Sequence[Box],
    line: Sequence[tuple[float, float]],
) -> tuple[Box, Side]:
    """
    The first of the places `wanted` where the least is lost.

    Words must not hide other words, nor leave the pane at its sides; that they do not hide
    the line is worth less.
    """
    places = [(beside(point, size, side), side) for point, side in wanted]

    def lost(place: tuple[Box, Side]) -> int:
        box, _ = place
        outside = box.left < pane.left or box.right > pane.right
        hidden = sum(box.meets(other) for other in taken)
        return WORD * (hidden + outside) + DOT * sum(box.holds(point) for point in line)

    return min(places, key=lost)
