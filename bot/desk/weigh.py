"""
How strongly does one story speak as the cause? In additive points, each with its reason.

Points count evidence; whether a story came in time is not a matter of points (`catalyst`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.desk.attribute import theme, unnamed
from bot.desk.events import EVENTS, NONE, Event, unconfirmed
from bot.model.market import Instrument
from bot.model.news import Attribution, OutletKind, Points

TITLE, SUMMARY, THEME = 30, 10, 0
RUMOUR = -15
ANOTHER_ORIGIN, ORIGINS_AT_MOST = 10, 2
AGES = (
    (timedelta(hours=1), 20, "out in the hour before the move"),
    (timedelta(hours=6), 15, "out in the six hours before the move"),
    (timedelta(hours=24), 5, "out in the day before the move"),
)
OUTLETS = {
    OutletKind.REGULATOR: 25,
    OutletKind.ISSUER: 20,
    OutletKind.WIRE: 20,
    OutletKind.PRESS: 15,
    OutletKind.STATE_MEDIA: 10,
    OutletKind.RELEASE_WIRE: 5,
    OutletKind.AGGREGATOR: -5,
}
_KINDS = {event.kind: event for event in EVENTS}


@dataclass(frozen=True, slots=True)
class Weighed:
    """One story, its chain, and what it weighs."""

    said: Attribution
    points: tuple[Points, ...]

    @property
    def score(self) -> int:
        return sum(part.points for part in self.points)

    @property
    def event(self) -> Event:
        return _KINDS.get(self.said.event, NONE)

    @property
    def out_at(self) -> datetime:
        return self.said.story.out_at


def weigh(said: Attribution, instrument: Instrument, began: datetime, origins: int) -> Weighed:
    """
    Return the story with its points.

    `began` is the onset, or now where that is not known; `origins` how many outlets tell the
    same story on their own.
    """
    points = (
        _about(said, instrument),
        *_event(said),
        Points(f"from a {said.outlet.kind.value} outlet", OUTLETS[said.outlet.kind]),
        *_origins(origins),
        *_doubt(said),
        *_age(began - said.story.out_at),
    )
    return Weighed(said, points)


def by_theme(said: Attribution, instrument: Instrument) -> bool:
    """Whether only a theme links the story to the company, which it does not name."""
    return bool(theme(said.words, instrument))


def rumoured(said: Attribution) -> bool:
    """Whether the headline hedges, or rests on nobody with a name."""
    anonymous = bool(said.citing) and all(unnamed(source) for source in said.citing)
    return anonymous or unconfirmed(said.story.title)


def _about(said: Attribution, instrument: Instrument) -> Points:
    if by_theme(said, instrument):
        return Points(f"{said.words}: a theme, the company is not named", THEME)
    if said.words in said.story.title:
        return Points(f"{said.words} in the headline", TITLE)
    return Points(f"{said.words} in the summary only", SUMMARY)


def _event(said: Attribution) -> Iterator[Points]:
    if kind := _KINDS.get(said.event):
        yield Points(f"a story of the kind “{kind.kind}”", kind.weight)


def _origins(origins: int) -> Iterator[Points]:
    if (further := min(origins - 1, ORIGINS_AT_MOST)) > 0:
        yield Points("other outlets have it on their own", further * ANOTHER_ORIGIN)


def _doubt(said: Attribution) -> Iterator[Points]:
    if rumoured(said):
        yield Points("unconfirmed", RUMOUR)


def _age(age: timedelta) -> Iterator[Points]:
    for within, points, why in AGES:
        if timedelta(0) < age <= within:
            yield Points(why, points)
            return
