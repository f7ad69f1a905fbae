"""
From terms to figures: "±5.4%, held 1 minute, again every 5 points".

Whatever is said here is read back by `bot.services.thresholds.parsing` as the same terms.
"""

from __future__ import annotations

from decimal import Decimal

from bot.brief.wording import rounded
from bot.model.alert import Hours, Measure, Terms
from bot.services.thresholds.clauses import ANYTHING
from bot.services.thresholds.defaults import Defaults
from bot.services.thresholds.figures import figure, lasting, money
from bot.services.thresholds.kinds import KINDS, hysteresis

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine")
_POINTS = frozenset({Measure.MOVE, Measure.WINDOW, Measure.BEYOND})


def name(terms: Terms) -> str:
    """What is watched for, alone: "±5.4%", "above 180"."""
    return KINDS[terms.measure].words(terms)


def describe(terms: Terms, aside: str = "") -> str:
    """All of it in figures; `aside` says what they mean today, see `usually`."""
    return _joined(name(terms), aside, _held(terms), _again(terms), *_rest(terms))


def summary(terms: Terms, defaults: Defaults) -> str:
    """The same without the re-arm level and the cool-down where they are the usual ones."""
    usual = terms.rearm in (Decimal(0), hysteresis(terms.measure, terms.level, defaults))
    back = "" if usual else _back(terms)
    rest = "" if terms.cooldown == defaults.cooldown else _cooldown(terms)
    return _joined(name(terms), _held(terms), _again(terms), back, rest, *_where(terms))


def default(defaults: Defaults) -> str:
    """What whoever names no figure gets: "three times its usual daily move, at least 3%"."""
    least = figure(defaults.at_least)
    return f"{times(defaults.usual)} times its usual daily move, at least {least}%"


def usually(terms: Terms, usual_move: Decimal | None) -> str:
    """What the figures mean today: "three times its usual daily move of 1.8%"; "" if unknown."""
    if not usual_move:
        return ""
    size = rounded(usual_move, 1)
    if terms.measure is Measure.UNUSUAL:
        return f"now {rounded(terms.level * usual_move, 1)}%"
    if terms.measure is not Measure.MOVE or not size:
        return ""
    return f"{times(terms.level / usual_move)} times its usual daily move of {size}%"


def times(multiple: Decimal) -> str:
    """ "three", "2.8"."""
    close = rounded(multiple, 1)
    whole = int(close)
    named = close == whole and 2 <= whole < 2 + len(_NUMBERS)
    return _NUMBERS[whole - 2] if named else str(close)


def _held(terms: Terms) -> str:
    return f"held {lasting(terms.hold)}" if terms.hold else "at once"


def _again(terms: Terms) -> str:
    ladder = KINDS[terms.measure].rung != 0
    if not terms.rung:
        return "only once" if ladder else ""
    return f"again every {_in_unit(terms, terms.rung, ' points')}"


def _rest(terms: Terms) -> tuple[str, ...]:
    return (_back(terms) if terms.rearm else "", _cooldown(terms), *_where(terms))


def _back(terms: Terms) -> str:
    if terms.measure.crossing:
        return f"re-arms {figure(terms.rearm)}% back"
    points = " points" if terms.measure is Measure.BEYOND else "%"
    return f"re-arms below {_in_unit(terms, terms.rearm, points)}"


def _cooldown(terms: Terms) -> str:
    return f"cool-down {lasting(terms.cooldown)}" if terms.cooldown else "no cool-down"


def _where(terms: Terms) -> tuple[str, ...]:
    return (
        "" if terms.hours is Hours.ALL else f"{terms.hours.value} only",
        f"at least {money(terms.dollars)} traded" if terms.dollars else "",
        ANYTHING if terms.anything else "",
    )


def _in_unit(terms: Terms, value: Decimal, points: str) -> str:
    if terms.measure in _POINTS:
        return f"{figure(value)}{points}"
    return f"{figure(value)}{'%' if terms.measure.crossing else ' times'}"


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)
