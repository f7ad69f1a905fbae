"""Which figures are nonsense whatever the share does?"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from bot.errors import UserError
from bot.model.alert import Measure, Terms
from bot.services.thresholds.defaults import Defaults
from bot.services.thresholds.figures import figure, lasting
from bot.services.thresholds.kinds import KINDS

SHORTEST_WINDOW, LONGEST_WINDOW = timedelta(minutes=5), timedelta(days=5)
A_DAY = timedelta(days=1)
LONGEST_HOLD, LONGEST_COOLDOWN = timedelta(hours=1), timedelta(days=1)
FARTHEST_STEP, FARTHEST_BACK = Decimal(100), Decimal(20)
LARGEST_TRADED = Decimal(10) ** 12


def check(ticker: str, terms: Terms, defaults: Defaults) -> None:
    """`UserError` names the first figure that is out of bounds, the bounds and an example."""
    _level(ticker, terms, defaults)
    if terms.measure is Measure.WINDOW:
        _window(ticker, terms)
    _lasts(ticker, "hold", terms.hold, LONGEST_HOLD, "5m")
    _lasts(ticker, "cool-down", terms.cooldown, LONGEST_COOLDOWN, "30m")
    _back(ticker, terms)
    if terms.rung > FARTHEST_STEP:
        raise UserError(
            f"rung for {ticker} must be {figure(FARTHEST_STEP)} or less, was {figure(terms.rung)}",
            hint="try rung 5",
        )
    if terms.dollars > LARGEST_TRADED:
        raise UserError(
            f"traded for {ticker} must be 1,000bn or less, was {figure(terms.dollars)}",
            hint="try traded $5m",
        )


def _level(ticker: str, terms: Terms, defaults: Defaults) -> None:
    kind = KINDS[terms.measure]
    if terms.measure is Measure.LEVEL and not terms.level:
        raise UserError(
            f"price level for {ticker} must be more than 0, was 0",
            hint=f"try /alert set {ticker} {kind.example}",
        )
    if terms.measure.crossing:
        return
    least, most = kind.range(defaults)
    if not least <= terms.level <= most:
        example = figure(defaults.move) if terms.measure is Measure.MOVE else kind.example
        raise UserError(
            f"threshold for {ticker} must be between {figure(least)} and {figure(most)} "
            f"{kind.unit}, was {figure(terms.level)}",
            hint=f"try /alert set {ticker} {example}",
        )


def _window(ticker: str, terms: Terms) -> None:
    if not SHORTEST_WINDOW <= terms.window <= LONGEST_WINDOW:
        raise UserError(
            f"window for {ticker} must be between {lasting(SHORTEST_WINDOW)} and "
            f"{lasting(LONGEST_WINDOW)}, was {lasting(terms.window)}",
            hint=f"try /alert set {ticker} {figure(terms.level)}% in 1h",
        )
    if terms.window > A_DAY and terms.window % A_DAY:
        raise UserError(
            f"window for {ticker} must be whole days beyond the first, was {lasting(terms.window)}",
            hint=f"try /alert set {ticker} {figure(terms.level)}% in 2 days",
        )
    if terms.hold >= terms.window:
        raise UserError(
            f"hold for {ticker} must be shorter than its window of {lasting(terms.window)}, "
            f"was {lasting(terms.hold)}",
            hint="try hold 1m",
        )


def _lasts(ticker: str, what: str, value: timedelta, longest: timedelta, example: str) -> None:
    if value > longest:
        raise UserError(
            f"{what} for {ticker} must be {lasting(longest)} or less, was {lasting(value)}",
            hint=f"try {what} {example}",
        )


def _back(ticker: str, terms: Terms) -> None:
    if terms.measure.crossing:
        most, inside = FARTHEST_BACK, terms.rearm <= FARTHEST_BACK
        words = f"at most {figure(most)} percent"
    else:
        inside, words = terms.rearm < terms.level, f"less than its {figure(terms.level)}"
    if not terms.rearm or not inside:
        example = figure(terms.level / 2) if not terms.measure.crossing else "0.5"
        raise UserError(
            f"re-arm for {ticker} must be more than 0 and {words}, was {figure(terms.rearm)}",
            hint=f"try rearm {example}",
        )
