"""
What best explains the move, and how well is that established?

Time is a hard test with a tolerance of zero: what came at or after the onset explains nothing,
whatever it scores. What is left is ordered by points; a band of points decides how much may be
claimed. Nothing here says "because".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.attribute import attribution
from bot.desk.cluster import origins, same_story
from bot.desk.weigh import Weighed, by_theme, rumoured, weigh
from bot.model.gathered import Gathered
from bot.model.news import Attribution, Candidate, Catalyst, Grade, OutletKind

POSSIBLE_FROM = 35
REPORTED_FROM = 60
HEADLINE_FROM = 80
CLEAR_BY = 10  # points above the strongest rival, or the headline would take sides
RIVAL_FROM = 25
RIVALS_AT_MOST = 2

LATE = "came after the move began"
AFTER = "came after this brief"
OPINION = "about the price itself, not about an event"
WEAK = "too little speaks for it"
SAME = "the same story as the one chosen"
RIVAL = "also out before the move; less speaks for it"
BEHIND = "less speaks for it than for the one chosen"


@dataclass(frozen=True, slots=True)
class _Told:
    """A story with its cluster's number, and whether it was out in time."""

    weighed: Weighed
    cluster: int
    in_time: bool

    @property
    def order(self) -> tuple[int, datetime, str]:
        """Best first; of equals the one that was out first."""
        return -self.weighed.score, self.weighed.out_at, self.weighed.said.story.id


def choose(gathered: Gathered, onset: datetime | None) -> Catalyst:
    """
    Return the catalyst with its grade, its rivals, and every story weighed.

    Without an onset only what was out before now is taken, and nothing is above POSSIBLE.
    """
    told = sorted(_weighed(gathered, onset), key=lambda one: one.order)
    fit = [one for one in told if one.in_time and one.weighed.event.weight >= 0]
    best = next((one for one in fit if one.weighed.score >= POSSIBLE_FROM), None)
    if best is None:
        lost = tuple(_candidate(one, None, (), onset) for one in told)
        return Catalyst(Grade.NONE, candidates=lost, read=gathered.read)
    rivals = _rivals(fit, best)
    grade = _grade(best.weighed, gathered, onset)
    return Catalyst(
        grade=grade,
        attribution=best.weighed.said,
        rivals=tuple(rival.weighed.said for rival in rivals),
        headline_worthy=_headline_worthy(best, rivals, grade),
        candidates=tuple(_candidate(one, best, rivals, onset) for one in told),
        read=gathered.read,
        also_in=_also_in(told, best),
    )


def _weighed(gathered: Gathered, onset: datetime | None) -> Iterator[_Told]:
    instrument, began = gathered.instrument, onset or gathered.now
    said = {told.story.id: attribution(told, instrument) for told in gathered.told}
    for number, cluster in enumerate(same_story(one.story for one in said.values())):
        telling = [said[story.id] for story in cluster]
        independent = origins(telling)
        for one in telling:
            weighed = weigh(one, instrument, began, independent)
            yield _Told(weighed, number, in_time=one.story.out_at < began)


def _grade(best: Weighed, gathered: Gathered, onset: datetime | None) -> Grade:
    kind = best.said.outlet.kind
    unsure = onset is None or best.score < REPORTED_FROM or not best.event.real
    if unsure or by_theme(best.said, gathered.instrument) or kind is OutletKind.RELEASE_WIRE:
        return Grade.POSSIBLE
    return Grade.STATED if kind in (OutletKind.ISSUER, OutletKind.REGULATOR) else Grade.REPORTED


def _headline_worthy(best: _Told, rivals: Sequence[_Told], grade: Grade) -> bool:
    strongest = max((rival.weighed.score for rival in rivals), default=0)
    score = best.weighed.score
    clear = score >= HEADLINE_FROM and score - strongest >= CLEAR_BY
    firm = grade in (Grade.STATED, Grade.REPORTED) and not rumoured(best.weighed.said)
    return firm and clear


def _rivals(fit: Sequence[_Told], best: _Told) -> tuple[_Told, ...]:
    """Other real events that were out before the move too, each once."""
    found: dict[str, _Told] = {}
    for one in fit:
        strong = one.weighed.event.real and one.weighed.score >= RIVAL_FROM
        if strong and one.cluster != best.cluster and _topic(one) != _topic(best):
            found.setdefault(_topic(one), one)
    return tuple(found.values())[:RIVALS_AT_MOST]


def _topic(one: _Told) -> str:
    return one.weighed.said.topic.casefold().replace("-", " ")


def _also_in(told: Sequence[_Told], best: _Told) -> int:
    """Further outlets with the same story on their own."""
    said: list[Attribution] = [best.weighed.said]
    said += [one.weighed.said for one in told if one.cluster == best.cluster and one != best]
    return max(0, origins(said) - 1)


def _candidate(
    one: _Told, best: _Told | None, rivals: Sequence[_Told], onset: datetime | None
) -> Candidate:
    lost = "" if one == best else _lost(one, best, rivals, onset)
    return Candidate(one.weighed.said.story.id, one.weighed.points, lost)


def _lost(one: _Told, best: _Told | None, rivals: Sequence[_Told], onset: datetime | None) -> str:
    if not one.in_time:
        return LATE if onset else AFTER
    if one.weighed.event.weight < 0:
        return OPINION
    if best and one.cluster == best.cluster:
        return SAME
    if one in rivals:
        return RIVAL
    return BEHIND if best and one.weighed.score >= POSSIBLE_FROM else WEAK
