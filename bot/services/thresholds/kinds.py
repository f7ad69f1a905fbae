"""
The kinds of threshold: how each is typed, said, bounded, and what it is by default.

A new kind is one entry here, and what it measures is one in `bot.desk`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from bot.model.alert import Direction, Measure, Terms
from bot.services.thresholds.defaults import Defaults
from bot.services.thresholds.figures import NUMBER, SPAN, figure, lasting

SIGNS = {Direction.BOTH: "±", Direction.UP: "+", Direction.DOWN: "−"}
SIDES = {
    Direction.UP: ("above", "over", "high", ">", ">="),
    Direction.DOWN: ("below", "under", "low", "<", "<="),
}

_SIGNED = rf"(?P<sign>[±+-]|\+/-)?\s*(?P<number>{NUMBER})\s*"
_PERCENT = r"(?:%|percent|per cent|pct)"
_POINTS = rf"(?:{_PERCENT}|points?|pts?|pp)?\s*"
_SIDE = r"(?P<side>above|below|over|under|[<>]=?)\s*"
_ITS = r"(?:(?:its|the|a|an)\s)?\s*(?:new\s)?\s*"


@dataclass(frozen=True, slots=True)
class Kind:
    """
    One measure, for people. `typed` is matched against words from which direction and clauses
    were taken out; `fixed` bounds are None where the configured ones hold.

    `hysteresis` and `rung` are in the unit of the measure, None where the configured ones hold;
    for a crossing the hysteresis is in percent. A `rung` of 0 is no ladder.
    """

    typed: re.Pattern[str]
    words: Callable[[Terms], str]
    unit: str
    example: str
    bounds: tuple[Decimal, Decimal] | None = None
    hysteresis: Decimal | None = None
    rung: Decimal | None = None

    def range(self, defaults: Defaults) -> tuple[Decimal, Decimal]:
        """The smallest and the largest level that is no nonsense."""
        return self.bounds or (defaults.smallest, defaults.largest)


def _kind(typed: str, words: Callable[[Terms], str], unit: str, example: str) -> Kind:
    """A percent with the configured bounds and ladder."""
    return Kind(re.compile(typed), words, unit, example)


def _crossing(typed: str, words: Callable[[Terms], str], example: str, largest: str) -> Kind:
    """A line: half a percent back re-arms, and nothing follows."""
    bounds = (Decimal(0), Decimal(largest))
    return Kind(re.compile(typed), words, "", example, bounds, Decimal("0.5"), Decimal(0))


def _signed(terms: Terms) -> str:
    return f"{SIGNS[terms.direction]}{figure(terms.level)}"


def _level(terms: Terms) -> str:
    return f"{SIDES[terms.direction][0]} {figure(terms.level)}"


def _average(terms: Terms) -> str:
    side = SIDES[terms.direction][0] if terms.direction in SIDES else "crossing"
    return f"{side} its 200-day average"


def _range(terms: Terms) -> str:
    ends = {Direction.UP: "high", Direction.DOWN: "low", Direction.BOTH: "high or low"}
    return f"a new 52-week {ends[terms.direction]}"


KINDS: dict[Measure, Kind] = {
    Measure.MOVE: _kind(
        rf"{_SIGNED}{_PERCENT}?(?: from (?:its|the) (?:previous|last) close)?",
        lambda terms: f"{_signed(terms)}%",
        "percent",
        "5%",
    ),
    Measure.WINDOW: _kind(
        rf"{_SIGNED}{_PERCENT}?\s*(?:with)?in (?P<window>{SPAN})",
        lambda terms: f"{_signed(terms)}% within {lasting(terms.window)}",
        "percent",
        "3% in 1h",
    ),
    Measure.UNUSUAL: Kind(
        re.compile(
            rf"{_SIGNED}(?:(?:x|×|times)?\s*{_ITS}usual(?: (?:daily )?moves?)?"
            r"|σ|sigmas?|standard deviations?)"
        ),
        lambda terms: f"{_signed(terms)} times its usual daily move",
        "times its usual daily move",
        "3x usual",
        (Decimal(1), Decimal(20)),
        Decimal("0.5"),
        Decimal(2),
    ),
    Measure.BEYOND: _kind(
        rf"{_SIGNED}{_POINTS}(?:beyond|vs\.?|versus|against) {_ITS}(?:benchmark|index)",
        lambda terms: f"{_signed(terms)} points beyond its benchmark",
        "points",
        "4% vs benchmark",
    ),
    Measure.AVERAGE200: _crossing(
        rf"(?:cross(?:es|ing)? )?(?:{_SIDE})?{_ITS}"
        r"(?:200[ -]?d(?:ay)?(?:[ -](?:(?:moving )?average|[sd]?ma))?|200 ?[sd]?ma|[sd]ma ?200)",
        _average,
        "200-day average",
        "0",
    ),
    Measure.LEVEL: _crossing(
        rf"(?:price )?{_SIDE}[$€£¥]?\s*(?P<number>{NUMBER})(?: ?(?!pct)[a-z]{{3}})?",
        _level,
        "above 180",
        "10000000",
    ),
    Measure.RANGE52: _crossing(
        rf"{_ITS}52[ -]?w(?:ee)?k?s?(?: (?:high(?: or |/| / )low|range|(?P<side>high|low)))?",
        _range,
        "52-week high",
        "0",
    ),
    Measure.VOLUME: Kind(
        re.compile(
            rf"(?P<number>{NUMBER})\s*(?:x|×|times)?\s*{_ITS}(?:normal |usual |relative )*volume"
        ),
        lambda terms: f"{figure(terms.level)} times its normal volume",
        "times its normal volume",
        "2x volume",
        (Decimal("1.5"), Decimal(100)),
        Decimal("0.5"),
        Decimal(0),
    ),
}


def hysteresis(measure: Measure, level: Decimal, defaults: Defaults) -> Decimal:
    """
    Where an episode ends by default: the configured points inside the level, but never less
    than half of it; for a crossing the percent behind the line.
    """
    back = KINDS[measure].hysteresis
    if back is not None and measure.crossing:
        return back
    return max(level - (defaults.rearm if back is None else back), level / 2)
