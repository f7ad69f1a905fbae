"""
Which word fits the figure? Verbs by sign and number, and the claims that must be true now.

A claim about an average, a range or a size is chosen from the numbers themselves
(stylebook N3, N5, N23, N24), so it cannot outlive them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from bot.brief import wording
from bot.model.brief import Average, Range52

_THE = re.compile(
    r"\b(?:Economist|Globe|Guardian|Herald|Independent|Information|Journal|Mail|Post|Press"
    r"|Register|Standard|Star|Sun|Telegraph|Times|Tribune)$"
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Every word of direction for one sign. `plural` forms follow "ADRs", others a name."""

    singular: str
    plural: str
    past: str
    noun: str
    higher: str
    up: str
    arrow: str


UP = Verbs("rises", "rise", "rose", "rise", "higher", "up", "▲")
DOWN = Verbs("falls", "fall", "fell", "fall", "lower", "down", "▼")
FLAT = Verbs("is unchanged", "are unchanged", "was unchanged", "move", "unchanged", "level", "◆")


def verbs(percent: Decimal) -> Verbs:
    """The words for a percent as printed: 0.04 is flat."""
    if wording.flat(percent):
        return FLAT
    return UP if percent > 0 else DOWN


def around(value: Decimal) -> str:
    """
    A size in whole percent, honestly: "nearly 10%", "more than 9%", "about 9%", "10%".

    "nearly" only for at most 3 % under the round figure, "more than" only for at most 3 %
    over it, "about" otherwise; never with a decimal (N5). Below 1 % it stays exact.
    """
    actual = abs(value)
    figure = actual.quantize(Decimal(1), rounding=ROUND_HALF_UP)
    if figure == 0:
        return wording.size(value)
    if actual == figure:
        return f"{figure}%"
    if abs(actual - figure) > figure * Decimal("0.03"):
        return f"about {figure}%"
    return f"{'nearly' if actual < figure else 'more than'} {figure}%"


def average(
    last: Decimal, against: Average, currency: str, low: Decimal | None, high: Decimal | None
) -> str:
    """
    Where the last price stands to its moving average now (N23, N25).

    `low` and `high` are the session's: a crossing that did not last is told as "traded as
    low as", never as "below".
    """
    name = f"{against.sessions}-day average"
    at = f"its {name} of {wording.money(against.value, currency)}"
    if against.sessions < 200:
        at += " (fewer than 200 sessions are known)"
    passing = not against.crossed
    if passing and low is not None and low < against.value < last:
        return f"traded as low as {wording.money(low, currency)}, below {at}; last above it"
    if passing and high is not None and last < against.value < high:
        return f"traded as high as {wording.money(high, currency)}, above {at}; last below it"
    if last == against.value:
        return f"at {at}"
    side = "above" if last > against.value else "below"
    gap = (last / against.value - 1) * 100
    how = "just" if wording.flat(gap) else wording.size(gap)
    return f"{how} {side} {at}" + (", crossed since the previous close" if against.crossed else "")


def range52(found: Range52, currency: str) -> str:
    """Where the last price stands between the 52-week low and high, by number (N24)."""
    low, high = wording.money(found.low, currency), wording.money(found.high, currency)
    where = wording.rounded(found.position, 0)
    return f"{place(where)} 52-week range of {low}–{high} ({where}% of the way up)"


def place(position: Decimal) -> str:
    """The words for a position as printed: 0 at the low of the range and 100 at its high."""
    if position < 10:
        return "near the low of its"
    if position > 90:
        return "near the high of its"
    if 40 <= position <= 60:
        return "near the middle of its"
    return "in the lower half of its" if position < 40 else "in the upper half of its"


def with_article(name: str) -> str:
    """ "the South China Morning Post", "Reuters": newspapers take their article in a sentence."""
    if name.startswith("The "):
        return f"the {name[4:]}"
    return f"the {name}" if _THE.search(name) else name


def listed(names: tuple[str, ...]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
