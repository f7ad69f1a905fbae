"""
Every threshold of every ticker, stepped from one read of the store.

What spoke and what merely changed is handed back; nothing is written here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

import structlog

from bot.desk.episode import step
from bot.desk.facts import Facts
from bot.desk.reading import Reading, read, said_of
from bot.desk.silence import silence
from bot.model.alert import Episode, Reason, State, Verdict
from bot.services.asked import Ask, Asked, asked_of
from bot.services.belt import Belt
from bot.services.gathering import Seen
from bot.services.history import Extended, History, Series
from bot.services.ledger import EpisodeKey, Wanted
from bot.services.publication import Changed, Spoken
from bot.services.sighting import Sight

log = structlog.get_logger(__name__)

Heard = Callable[[Sight, Spoken, datetime], None]
"""Whoever wants to know every verdict of a pass, also of those that do not speak."""

_NOTHING_YET = Episode()
_ARMED = State.ARMED


@dataclass(slots=True)
class Stepped:
    """The episodes of one ticker after this pass; `over` are directions that had fired."""

    spoken: list[Spoken] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    fired: set[bool] = field(default_factory=set)
    over: set[bool] = field(default_factory=set)

    def stand(self, before: Episode, after: Episode) -> None:
        """Note which directions the pieces of an episode told, before and after."""
        if after.state is State.FIRED and after.told_up is not None:
            self.fired.add(after.told_up)
        if before.state is State.FIRED and before.told_up is not None:
            self.over.add(before.told_up)

    @property
    def faded(self) -> set[bool]:
        return self.over - self.fired


@dataclass(frozen=True, slots=True)
class _Speaks:
    """A verdict that speaks, until it is known whether anything is in its way."""

    seen: Seen
    facts: Facts
    before: Episode
    said: Spoken


class Stepping:
    """The thresholds of a pass."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._history = History(belt)
        self._extended = Extended(belt)
        self._wanted: Sequence[Wanted] = ()
        self._asked: dict[str, Asked] = {}

    def tickers(self, wanted: Sequence[Wanted]) -> list[str]:
        """All that must be looked at: what is wanted, and what it is compared with."""
        asked = self._ask(wanted)
        marks = {self._benchmark(ticker) for ticker, of in asked.items() if of.compared}
        return [*asked, *(marks - {""})]

    async def step(
        self,
        sights: Mapping[str, Sight],
        wanted: Sequence[Wanted],
        now: datetime,
        heard: Heard | None = None,
    ) -> dict[str, Stepped]:
        """By ticker; of one that is not named, no threshold says or remembers anything new."""
        asked = self._ask(wanted)
        moved = {
            ticker: sight
            for ticker in asked
            if (sight := sights.get(ticker)) is not None and sight.move is not None
        }
        await self._history.learn(_needed(moved, asked), now)
        async with self._belt.store.transaction("episodes") as tx:
            days = {one.session.day for one in moved.values() if one.session is not None}
            episodes = await tx.episodes.of(days)
        this = _Pass(now, episodes, heard is not None)
        for ticker, sight in moved.items():
            of = asked[ticker]
            try:
                due = of.others if this.quiet(of, sight) else of.asks
                if due and (seen := sight.seen) is not None:
                    this.step(due, seen, self._facts(of, seen, sights))
            except Exception:  # one ticker's trouble must not silence the others
                this.stepped.pop(ticker, None)
                log.exception("ticker not stepped", ticker=ticker)
        this.hush(await self._extended.dollars(this.extended()))
        if heard is not None:
            this.tell(heard, sights, asked)
        return this.stepped

    def _ask(self, wanted: Sequence[Wanted]) -> dict[str, Asked]:
        """Worked out once for each change: the store hands over the very same object until then."""
        if wanted is not self._wanted:
            self._wanted, self._asked = wanted, asked_of(wanted)
        return self._asked

    def _facts(self, of: Asked, seen: Seen, sights: Mapping[str, Sight]) -> Facts:
        if of.plain:
            return Facts(seen.move, seen.quote, seen.session)
        mark = sights.get(self._benchmark(seen.instrument.ticker)) if of.compared else None
        return Facts(
            seen.move,
            seen.quote,
            seen.session,
            self._history.past(seen),
            mark.move if mark else None,
            self._history.track(seen) if of.tracked else None,
        )

    def _benchmark(self, ticker: str) -> str:
        """The first of its benchmarks, which is also the one that the brief names first."""
        instrument = self._belt.companies.get(ticker)
        return instrument.benchmarks[0] if instrument and instrument.benchmarks else ""


def _needed(
    moved: Mapping[str, Sight], asked: Mapping[str, Asked]
) -> Iterator[tuple[Seen, AbstractSet[Series]]]:
    for ticker, sight in moved.items():
        if (needs := asked[ticker].needs) and (seen := sight.seen) is not None:
            yield seen, needs


@dataclass(slots=True)
class _Pass:
    """The verdicts of one pass, as they come in. `busy` are the tickers with one under way."""

    now: datetime
    episodes: Mapping[EpisodeKey, Episode]
    listened: bool
    stepped: dict[str, Stepped] = field(default_factory=lambda: defaultdict(Stepped))
    speaking: list[_Speaks] = field(default_factory=list)
    silent: list[Spoken] = field(default_factory=list)
    busy: set[str] = field(init=False)

    def __post_init__(self) -> None:
        under_way = (key for key, one in self.episodes.items() if one.state is not State.ARMED)
        self.busy = {key.ticker for key in under_way}

    def quiet(self, of: Asked, sight: Sight) -> bool:
        """Whether to step its plain thresholds would change nothing, and nobody listens."""
        if self.listened or sight.ticker in self.busy or sight.move is None:
            return False
        return of.quiet.holds(sight.move)

    def step(self, asks: Sequence[Ask], seen: Seen, facts: Facts) -> None:
        """Step the thresholds of one ticker; those that speak wait for `hush`."""
        ticker, day, evening = seen.instrument.ticker, seen.session.day, facts.evening
        stepped = self.stepped[ticker]
        for one, name, quiet in asks:
            key = EpisodeKey(name, ticker, day, evening)
            before = self.episodes.get(key, _NOTHING_YET)
            if quiet and before.state is _ARMED and not self.listened and quiet.holds(facts.move):
                continue
            reading = read(one, facts, before)
            verdict = step(before, one, reading, self.now)
            after = verdict.episode
            if verdict.reason.speaks and isinstance(reading, Reading):
                told = replace(
                    verdict,
                    episode=replace(after, told_up=facts.move.up),
                    said=said_of(one, facts, reading, bool(after.up)),
                )
                self.speaking.append(_Speaks(seen, facts, before, Spoken(one, key, told)))
                continue
            if self.listened:
                self.silent.append(Spoken(one, key, verdict))
            stepped.stand(before, after)
            if after is not before and after != before:
                stepped.changed.append(Changed(key, after))
                log.info("stepped", ticker=ticker, reason=verdict.reason.name)

    def extended(self) -> list[Seen]:
        """Who is about to speak in extended hours, each ticker once."""
        late = [one.seen for one in self.speaking if one.facts.move.phase.extended]
        return list({seen.instrument.ticker: seen for seen in late}.values())

    def hush(self, money: Mapping[str, Decimal]) -> None:
        """What is silent stays as it was, so that it speaks once nothing is in its way."""
        for one in self.speaking:
            key, verdict = one.said.key, one.said.verdict
            stepped = self.stepped[key.ticker]
            reason = silence(one.said.terms, one.facts, money.get(key.ticker))
            if reason is None:
                stepped.spoken.append(one.said)
                stepped.stand(one.before, verdict.episode)
                continue
            stepped.stand(one.before, one.before)
            self.silent.append(replace(one.said, verdict=Verdict(one.before, reason)))
            log.debug("silent", ticker=key.ticker, reason=reason.name)

    def tell(self, heard: Heard, sights: Mapping[str, Sight], asked: Mapping[str, Asked]) -> None:
        """Every verdict to whoever listens; of what was not seen, that nothing is known."""
        for one in self.silent:
            heard(sights[one.key.ticker], one, self.now)
        for stepped in self.stepped.values():
            for one in stepped.spoken:
                heard(sights[one.key.ticker], one, self.now)
        for ticker, of in asked.items():
            sight = sights.get(ticker)
            if sight is None or sight.seen is not None:
                continue
            day = sight.session.day if sight.session else self.now.date()
            unknown = Verdict(_NOTHING_YET, Reason.UNKNOWN, sight.no_move)
            for terms, name, _ in of.asks:
                heard(sight, Spoken(terms, EpisodeKey(name, ticker, day), unknown), self.now)
