"""
Every threshold of every ticker, stepped from one read of the store.

What spoke and what merely changed is handed back; nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import structlog

from bot.desk.episode import step
from bot.model.alert import Episode, State, Terms
from bot.services.belt import Belt
from bot.services.ledger import EpisodeKey, Wanted
from bot.services.publication import Changed, Spoken
from bot.services.sighting import Sight

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Stepped:
    """The episodes of one ticker after this pass; `over` are directions that had fired."""

    spoken: list[Spoken] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    fired: set[bool] = field(default_factory=set)
    over: set[bool] = field(default_factory=set)

    def note(self, before: Episode, now: Spoken) -> None:
        """File one threshold's verdict."""
        after = now.verdict.episode
        if now.verdict.reason.speaks:
            self.spoken.append(now)
        elif after != before:
            self.changed.append(Changed(now.key, after))
            log.info("stepped", ticker=now.key.ticker, reason=now.verdict.reason.name)
        if after.state is State.FIRED and after.up is not None:
            self.fired.add(after.up)
        if before.state is State.FIRED and before.up is not None:
            self.over.add(before.up)

    @property
    def faded(self) -> set[bool]:
        return self.over - self.fired


class Stepping:
    """The thresholds of a pass."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt

    async def step(
        self, sights: Mapping[str, Sight], wanted: Sequence[Wanted], now: datetime
    ) -> dict[str, Stepped]:
        """One `Stepped` for every ticker seen, in the order of `sights`."""
        terms: dict[str, list[Terms]] = defaultdict(list)
        for want in wanted:
            terms[want.ticker].append(want.terms)
        keys = {
            (ticker, one): EpisodeKey(one.key, ticker, sight.session.day)
            for ticker, sight in sights.items()
            if sight.session
            for one in terms[ticker]
        }
        async with self._belt.store.transaction("episodes") as tx:
            episodes = await tx.episodes.load(keys.values())
        stepped = {ticker: Stepped() for ticker in sights}
        for (ticker, one), key in keys.items():
            before = episodes.get(key, Episode())
            sight = sights[ticker]
            verdict = step(before, one, sight.move or sight.no_move, now)
            stepped[ticker].note(before, Spoken(one, key, verdict))
        return stepped
