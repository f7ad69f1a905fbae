"""
How strongly does each story speak as the cause? In additive points, each with its reason.

Points count evidence; whether a story came in time is not a matter of points (`catalyst`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.desk import traits as trait
from bot.desk.attribute import theme, unnamed
from bot.desk.called import naming
from bot.desk.events import unconfirmed
from bot.desk.features import ELSEWHERE, PLAINLY, Headline, Pile
from bot.desk.weights import Weights
from bot.model.gathered import Gathered
from bot.model.market import Instrument, Session
from bot.model.news import Attribution, Points

RUMOUR = "unconfirmed"
THEME = "a theme of the company, which is not named"
SOON, JUST_BEFORE = timedelta(hours=1), "out in the hour before the move began"
FURTHER = "other outlets have it on their own"
PUBLISHED_BY, KIND = "published by ", "kind of outlet: "
ADDED = "from a feed that this server added"
CLOCK = "its outlet's clock is wrong: only when this desk read it counts"


@dataclass(frozen=True, slots=True)
class Weighed:
    """One story, its chain, what is true of it, what it weighs, and when it was surely out."""

    said: Attribution
    features: frozenset[str]
    points: tuple[Points, ...]
    out_at: datetime
    clock: bool

    @property
    def score(self) -> int:
        return sum(part.points for part in self.points)

    @property
    def eventful(self) -> bool:
        """Whether the headline plainly says that something happened."""
        return PLAINLY in self.features

    @property
    def talk(self) -> bool:
        """A list of stocks, or talk without an event: no cause, whatever it scores."""
        if trait.MOVERS in self.features:
            return True
        talk = self.features & (trait.TALK | {trait.MOVED})
        return bool(talk) and not self.features & trait.EVENTFUL


@dataclass(frozen=True, slots=True)
class Telling:
    """What is known of one story before it is weighed."""

    said: Attribution
    origins: int
    clock: bool

    @property
    def out_at(self) -> datetime:
        """Published, but never before a wrong clock was checked against ours."""
        return self.said.story.out_at if self.clock else self.said.story.first_seen


def weigh(
    pile: Sequence[Telling], gathered: Gathered, onset: datetime | None, weights: Weights
) -> list[Weighed]:
    """Return every story with its points, in the order given; now stands for an unknown onset."""
    began = onset or gathered.now
    read = Pile(
        [Headline(one.said.story.title, began - one.out_at, one.said.outlet.name) for one in pile],
        naming(gathered.instrument),
        gathered.move.up,
        began - close_before(gathered.session),
    )
    return [
        _weighed(one, _evidence(one, features, gathered.instrument, onset), weights)
        for one, features in zip(pile, read.features(), strict=True)
    ]


def close_before(session: Session) -> datetime:
    """When the session before that one closed, taken as the usual hour."""
    zone = ZoneInfo(session.zone)
    closes = session.closes.astimezone(zone).time()
    return datetime.combine(session.previous, closes, zone)


def by_theme(said: Attribution, instrument: Instrument) -> bool:
    """Whether only a theme links the story to the company, which it does not name."""
    return bool(theme(said.words, instrument))


def rumoured(said: Attribution) -> bool:
    """Whether the headline hedges, or rests on nobody with a name."""
    anonymous = bool(said.citing) and all(unnamed(source) for source in said.citing)
    return anonymous or unconfirmed(said.story.title)


def _evidence(
    one: Telling, features: frozenset[str], instrument: Instrument, onset: datetime | None
) -> frozenset[str]:
    """The features of the headline, and what is true of the story beyond it."""
    found = {*features, f"{PUBLISHED_BY}{one.said.outlet.name}"}
    if by_theme(one.said, instrument):
        found = found - {ELSEWHERE} | {THEME}
    if rumoured(one.said):
        found.add(RUMOUR)
    if one.origins > 1:
        found.add(FURTHER)
    if onset and timedelta(0) < onset - one.out_at <= SOON:
        found.add(JUST_BEFORE)
    return frozenset(found)


def _weighed(one: Telling, features: frozenset[str], weights: Weights) -> Weighed:
    kind = f"{KIND}{one.said.outlet.kind.value}"
    own = f"{PUBLISHED_BY}{one.said.outlet.name}" in weights.points
    counted = features if own else features | {kind}
    worth = [Points(why, weights.points.get(why, 0)) for why in counted]
    points = sorted((part for part in worth if part.points), key=_order)
    if one.said.outlet.added:
        points.append(Points(ADDED, 0))
    if not one.clock:
        points.append(Points(CLOCK, 0))
    return Weighed(one.said, features, tuple(points), one.out_at, one.clock)


def _order(part: Points) -> tuple[int, str]:
    """What weighs most comes first."""
    return -abs(part.points), part.why
