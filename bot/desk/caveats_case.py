"""What a caveat may look at: everything gathered, the cause chosen, the figures around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.desk.attribute import names
from bot.model.brief import Caveat, Context
from bot.model.gathered import Gathered
from bot.model.market import InstrumentKind
from bot.model.news import Attribution, Catalyst


@dataclass(frozen=True, slots=True)
class Case:
    """`onset` is when the move began, None where that is not known."""

    gathered: Gathered
    catalyst: Catalyst
    context: Context
    onset: datetime | None

    @property
    def said(self) -> Attribution | None:
        return self.catalyst.attribution

    @property
    def share(self) -> bool:
        """Whether it is a share of a company, and not a fund, an index or a crypto pair."""
        return self.gathered.instrument.kind in (InstrumentKind.EQUITY, InstrumentKind.ADR)

    @property
    def tied(self) -> bool:
        """Whether the outlet's owner is the company it reports on, or has an interest in it."""
        home = self.gathered.instrument.home
        return self._concerns(self.gathered.instrument.ticker, home.ticker if home else "")

    @property
    def owned(self) -> bool:
        """Whether the company it reports on owns the outlet."""
        known = names(self.gathered.instrument)
        return self.tied and self.said is not None and self.said.outlet.owner in known

    @property
    def rival_owned(self) -> bool:
        """Whether the outlet's owner is a peer of the company, or has an interest in one."""
        return self._concerns(*self.gathered.instrument.peers)

    def _concerns(self, *listings: str) -> bool:
        return self.said is not None and not set(listings).isdisjoint(
            self.said.outlet.owner_tickers
        )


Rule: TypeAlias = Callable[[Case], Caveat | None]
