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
    r"|\b(?:Administration|Authority|Commission|Federal Reserve|Central Bank|Stock Exchange|SEC)$"
    r"|^(?:U\.?S\.? )?(?:Department|Ministry) of\b|^State Administration\b"
    r"|^(?:People's )?Bank of (?:Canada|China|England|Israel|Japan|Korea|Mexico|Russia)$"
)


@dataclass(frozen=True, slots=True)
class Verbs:
    """Every word of direction for one sign. `plural` forms follow "ADRs", others a name."""

    singular: str
    plural: str
    past: str
    perfect: str
    noun: str
    higher: str
    up: str
    arrow: str


UP = Verbs("rises", "rise", "rose", "risen", "rise", "higher", "up", "▲")
DOWN = Verbs("falls", "fall", "fell", "fallen", "fall", "lower", "down", "▼")
FLAT = Verbs(
    "is unchanged",
    "are unchanged",
    "was unchanged",
    "been unchanged",
    "move",
    "unchanged",
    "level",
    "◆",
)


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


def beyond(level: Decimal, least: Decimal) -> str:
    """
    How far many names went: "over 3%" where the `least` of them went farther, else "3% or more".

    "over" never stands before a decimal (N5).
    """
    told = wording.level(level)
    return f"over {told}" if least > level and "." not in told else f"{told} or more"


def average(last: Decimal, against: Average, currency: str) -> str:
    """
    Where the last price stands to its moving average now (N23, N25).

    A crossing that did not last is told as "traded as low as", with where it stands again.
    """
    places = wording.decimals(last)
    price, value = wording.rounded(last, places), wording.rounded(against.value, places)
    at = f"its {against.sessions}-day average of {wording.money(value, currency)}"
    if against.sessions < 200:
        at += " (fewer than 200 sessions are known)"
    if price == value:
        return f"at {at}"
    side = "above" if price > value else "below"
    touched = price if against.touched is None else wording.rounded(against.touched, places)
    if (touched - value) * (price - value) < 0:
        low, other = ("low", "below") if side == "above" else ("high", "above")
        far, now = wording.money(touched, currency), wording.money(last, currency)
        return f"traded as {low} as {far}, {other} {at}, and last traded at {now}, {side} it"
    gap = (last / against.value - 1) * 100
    how = "just" if wording.flat(gap) else wording.size(gap)
    return f"{how} {side} {at}" + (", crossed in this move" if against.crossed else "")


def range52(found: Range52, last: Decimal, currency: str, reached: str = "") -> str:
    """
    Where the last price stands between the 52-week low and high, by number (N24).

    `reached` is "high" or "low" where the day went there.
    """
    low, high = wording.money(found.low, currency), wording.money(found.high, currency)
    if last in (found.low, found.high):
        end = "high" if last == found.high else "low"
        return f"at the {end} of its 52-week range of {low}–{high}"
    far = high if reached == "high" else low
    start = f"traded as {reached} as {far}, its 52-week {reached}; now " if reached else ""
    where = wording.rounded(found.position, 0)
    return f"{start}{place(where)}{where}% of the way up its 52-week range of {low}–{high}"


def place(position: Decimal) -> str:
    """Words for a position as printed, where there are any: "near the middle, " from 40 to 60."""
    if position < 10:
        return "near the low, "
    if position > 90:
        return "near the high, "
    return "near the middle, " if 40 <= position <= 60 else ""


def with_article(name: str) -> str:
    """ "the South China Morning Post", "Reuters": papers and authorities take their article."""
    if name.startswith("The "):
        return f"the {name[4:]}"
    return f"the {name}" if _THE.search(name) else name


def listed(names: tuple[str, ...]) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
