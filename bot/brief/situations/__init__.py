"""
The situations that ship with the desk: what a template must be able to say.

`python -m bot lint` renders every template over them; the golden pages of the tests are theirs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.brief.situations import alibaba, hours, many, official, shares
from bot.model.brief import AnyBrief, Layout, Variant


@dataclass(frozen=True, slots=True)
class Situation:
    """Something to be told, and the names that its destination watches, () for all of them."""

    make: Callable[[], AnyBrief]
    watched: tuple[str, ...] = ()

    def variant(self, layout: Layout) -> Variant:
        return Variant(layout, watched=self.watched)


SITUATIONS: Mapping[str, Situation] = {
    "up": Situation(alibaba.reported),
    "extended": Situation(alibaba.extended),
    "faded": Situation(alibaba.faded),
    "turned": Situation(alibaba.turned),
    "closed": Situation(alibaba.closed),
    "reversed": Situation(alibaba.reversed_by_the_close),
    "corrected": Situation(alibaba.corrected),
    "refiled": Situation(alibaba.refiled),
    "withdrawn": Situation(shares.withdrawn),
    "nothing-known": Situation(alibaba.nothing_known),
    "after-the-move": Situation(alibaba.after_the_move),
    "down": Situation(shares.no_cause),
    "no-cause": Situation(shares.candidates_lost),
    "late-report": Situation(shares.late_report),
    "possible-cause": Situation(shares.possible),
    "added-feed": Situation(shares.added_feed),
    "before-the-open": Situation(hours.before_the_open),
    "evening": Situation(hours.evening),
    "evening-results": Situation(hours.evening_results),
    "evening-closed": Situation(hours.evening_closed),
    "half-day": Situation(hours.half_day),
    "crypto": Situation(hours.crypto),
    "pence": Situation(shares.pence),
    "split-day": Situation(shares.split_day),
    "dividend-day": Situation(shares.dividend_day),
    "average-crossed-intraday": Situation(shares.average_crossed_intraday),
    "year-low": Situation(shares.year_low),
    "filed-and-halted": Situation(official.filed_and_halted),
    "paused-often": Situation(official.paused_often),
    "market-wide": Situation(many.market_wide),
    "market-here": Situation(many.market_wide, ("AMD", "KO", "MSTR", "NVDA")),
    "market-grown": Situation(many.grown),
    "market-apart-again": Situation(many.apart_again),
    "market-closed": Situation(many.at_the_close),
    "market-corrected": Situation(many.market_corrected),
    "sector": Situation(many.sector),
    "target": Situation(lambda: shares.named("TGT", "Target", "Target")),
    "best-buy": Situation(lambda: shares.named("BBY", "Best Buy", "Best Buy")),
    "nvidia": Situation(lambda: shares.named("NVDA", "NVIDIA", "NVIDIA")),
    "long-name": Situation(alibaba.long_name),
    "hostile": Situation(alibaba.hostile),
}
