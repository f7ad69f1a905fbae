"""What is asked of each ticker: its thresholds, and the bars without which they know nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from bot.desk.quiet import PLAIN, Quiet, quiet_of
from bot.desk.reading import A_DAY
from bot.model.alert import Measure, Terms
from bot.services.history import Series
from bot.services.ledger import Wanted

_NEEDS = {
    Measure.UNUSUAL: {Series.DAILY},
    Measure.AVERAGE200: {Series.DAILY},
    Measure.RANGE52: {Series.DAILY},
    Measure.VOLUME: {Series.DAILY, Series.FIVE_MINUTES},
}


class Ask(NamedTuple):
    """One threshold and its key; where it is plain, also where it is quiet."""

    terms: Terms
    key: str
    quiet: Quiet | None


@dataclass(slots=True)
class Asked:
    """
    Of one ticker: its thresholds, and the bars that any of them needs. Its prints are `tracked`
    for a window, its benchmark is looked at as well where it is `compared`. While it is `quiet`,
    only the `others` must be stepped.
    """

    asks: list[Ask] = field(default_factory=list)
    needs: set[Series] = field(default_factory=set)
    tracked: bool = False
    compared: bool = False
    quiet: Quiet = field(default_factory=lambda: quiet_of(()))
    others: list[Ask] = field(default_factory=list)

    @property
    def plain(self) -> bool:
        """The quote alone answers it."""
        return not self.needs and not self.compared


def asked_of(wanted: Iterable[Wanted]) -> dict[str, Asked]:
    """By ticker, in the order in which they are wanted."""
    asked: dict[str, Asked] = {}
    for want in wanted:
        of = asked.setdefault(want.ticker, Asked())
        of.asks.append(_ask(want.terms))
        of.needs |= _NEEDS.get(want.terms.measure, set())
        of.compared |= want.terms.measure is Measure.BEYOND
        if want.terms.measure is Measure.WINDOW:
            of.tracked = True
            of.needs |= {Series.MINUTES}
            of.needs |= {Series.FIVE_MINUTES} if want.terms.window >= A_DAY else set()
    for of in asked.values():
        of.quiet = quiet_of(one.terms for one in of.asks if one.quiet)
        of.others = [one for one in of.asks if not one.quiet]
    return asked


@lru_cache(maxsize=10_000)
def _ask(terms: Terms) -> Ask:
    """The same for all tickers: thousands are watched on a handful of terms."""
    return Ask(terms, terms.key, quiet_of((terms,)) if terms.measure in PLAIN else None)
