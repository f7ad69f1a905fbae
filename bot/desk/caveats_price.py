"""
What is to be held against the figure: thin or late prices, a move shared with others.

Each rule returns a caveat, or None where its evidence is not there.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.desk.caveats_case import Case
from bot.model.brief import Caveat, Comparison
from bot.model.market import ActionKind, Phase, ReferenceKind

HALF_AS_FAR, AT_LEAST = Decimal("0.5"), Decimal(1)  # share of the move; points
MOST = Fraction(2, 3)
PEERS = 2
LITTLE = Decimal("0.5")
PERCENT_APART, CLOSE_APART = Decimal("0.02"), Decimal("0.1")  # points; percent of the close
ONE_MINUTE = timedelta(minutes=1)
_TENTH = Decimal("0.1")


def adjusted(case: Case) -> Caveat | None:
    """The close of the day before in today's shares, or without today's dividend."""
    action = case.gathered.move.reference.adjusted
    if action is None:
        return None
    if action.kind is ActionKind.SPLIT:
        words = f"The reference is split-adjusted: {split(action.amount)} from today."
        return Caveat("split-adjusted", words)
    paid = money(action.amount, case.gathered.move.currency)
    return Caveat("dividend-adjusted", f"The reference is less today's dividend of {paid}.")


def shared(case: Case) -> Caveat | None:
    """The market or most peers went at least half as far the same way."""
    index = _along(case, case.context.benchmarks[:1])
    if index:
        size = abs(index[0].percent).quantize(_TENTH, ROUND_HALF_UP)
        far = f"{index[0].ticker} {_went(case)} {size}% too"
        return Caveat("shared", f"{far}: at least half of the move is not its own.")
    peers, along = case.context.peers, _along(case, case.context.peers)
    if len(peers) < PEERS or Fraction(len(along), len(peers)) < MOST:
        return None
    count = f"All {len(peers)}" if len(along) == len(peers) else f"{len(along)} of {len(peers)}"
    return Caveat("shared", f"{count} peers {_went(case)} too, at least half as far.")


def thin(case: Case) -> Caveat | None:
    phase = case.gathered.move.phase
    if not phase.extended:
        return None
    when = "before the open" if phase is Phase.PRE else "after hours"
    traded = case.context.volume
    so_far = f": {traded:,} shares so far" if traded else ""
    return Caveat("thin", f"Trading {when} is thin{so_far}.")


def little_volume(case: Case) -> Caveat | None:
    ratio = case.context.volume_ratio
    if ratio is None or ratio >= LITTLE or not case.gathered.move.phase.regular:
        return None
    return Caveat(
        "little-volume", "Fewer than half of its usual shares for this time are behind it."
    )


def delayed(case: Case) -> Caveat | None:
    minutes = case.gathered.quote.delay // ONE_MINUTE
    if not minutes:
        return None
    plural = "minute" if minutes == 1 else "minutes"
    return Caveat("delayed", f"The price is delayed by {minutes} {plural}.")


def disagreement(case: Case) -> Caveat | None:
    """The provider's own figures do not agree with each other, within what the gate lets pass."""
    told = _told_otherwise(case) or _closed_otherwise(case)
    return Caveat("disagreement", f"The provider disagrees with itself: {told}.") if told else None


def split(amount: Decimal) -> str:
    """ "10-for-1", "1-for-8", "3-for-2": new shares for old ones."""
    ratio = Fraction(amount).limit_denominator(1000)
    return f"{ratio.numerator}-for-{ratio.denominator}"


def money(amount: Decimal, currency: str) -> str:
    """ "0.83 USD a share"; nothing is rounded away."""
    return f"{amount.normalize():f} {currency} a share"


def _along(case: Case, others: Iterable[Comparison]) -> list[Comparison]:
    percent = case.gathered.move.percent
    far = max(abs(percent) * HALF_AS_FAR, AT_LEAST)
    return [one for one in others if (one.percent > 0) == (percent > 0) and abs(one.percent) >= far]


def _went(case: Case) -> str:
    return "rose" if case.gathered.move.up else "fell"


def _told_otherwise(case: Case) -> str:
    """In regular hours its percent is of the same two prices as ours."""
    quote, move = case.gathered.quote, case.gathered.move
    plain = move.reference.kind is ReferenceKind.PREVIOUS_CLOSE and not move.reference.adjusted
    if quote.percent is None or not plain or quote.state != "REGULAR":
        return ""
    if abs(quote.percent - move.percent) <= PERCENT_APART:
        return ""
    return f"it calls the move {quote.percent:+.2f}%".replace("-", "\N{MINUS SIGN}")


def _closed_otherwise(case: Case) -> str:
    """Its history has that session with another close."""
    reference, zone = case.gathered.move.reference, ZoneInfo(case.gathered.session.zone)
    if reference.adjusted or not case.gathered.daily:
        return ""
    bar = case.gathered.daily[-1]
    if bar.at.astimezone(zone).date() != reference.day or not bar.close.is_finite():
        return ""
    if abs(bar.close / reference.price - 1) * 100 <= CLOSE_APART:
        return ""
    close = bar.close.quantize(Decimal("0.0001" if bar.close < 1 else "0.01"), ROUND_HALF_UP)
    return f"its history has that close at {close:,} {case.gathered.move.currency}"
