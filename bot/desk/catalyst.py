"""
What best explains the move, and how well is that established?

Time is a hard test with a tolerance of zero: what came at or after the onset explains nothing,
whatever it scores. What is left is ordered by points; a band of points decides how much may be
claimed. Nothing here says "because".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.attribute import attribution
from bot.desk.clocks import impossible
from bot.desk.cluster import origins, same_story
from bot.desk.tone import AGAINST
from bot.desk.weigh import JUST_BEFORE, Telling, Weighed, by_theme, rumoured, weigh
from bot.desk.weights import Weights
from bot.model.gathered import Gathered
from bot.model.news import Attribution, Candidate, Catalyst, Grade, OutletKind

RIVALS_AT_MOST = 2

LATE = "came after the move began"
AFTER = "came after this brief"
UNTIMED = "its outlet's clock is wrong, and this desk read it only after the move began"
OPINION = "about the price itself, not about an event"
WEAK = "too little speaks for it"
SAME = "the same story as the one chosen"
RIVAL = "also out before the move; less speaks for it"
BEHIND = "less speaks for it than for the one chosen"
CONTRARY = "its tone is against the move, and another was out just before that"


@dataclass(frozen=True, slots=True)
class Placed:
    """A story with its cluster's number, and whether it was out in time."""

    weighed: Weighed
    cluster: int
    in_time: bool

    @property
    def score(self) -> int:
        return self.weighed.score

    @property
    def order(self) -> tuple[int, datetime, str]:
        """Best first; of equals the one that was out first."""
        return -self.score, self.weighed.out_at, self.weighed.said.story.id


def choose(gathered: Gathered, onset: datetime | None, weights: Weights) -> Catalyst:
    """
    Return the catalyst with its grade, its rivals, and every story weighed.

    Without an onset only what was out before now is taken, and nothing is above POSSIBLE.
    What speaks against the move is no more either, and gives way to what was out in the hour
    before it and does not.
    """
    told = sorted(weighed(gathered, onset, weights), key=lambda one: one.order)
    fit = [one for one in told if one.in_time and not one.weighed.talk]
    best = _best([one for one in fit if one.score >= weights.possible])
    if best is None:
        lost = tuple(_candidate(one, None, (), onset) for one in told)
        later = _later(told, weights) if onset else None
        return Catalyst(Grade.NONE, candidates=lost, read=gathered.read, later=later)
    rivals = _rivals(fit, best, weights)
    return Catalyst(
        grade=_grade(best.weighed, gathered, onset, weights),
        attribution=best.weighed.said,
        rivals=tuple(rival.weighed.said for rival in rivals),
        headline_worthy=_headline_worthy(best, rivals, weights),
        candidates=tuple(_candidate(one, best, rivals, onset) for one in told),
        read=gathered.read,
        also_in=_also_in(told, best),
    )


def forced(catalyst: Catalyst) -> str | None:
    """The story that would be named if one had to be: the one chosen, else the best in time."""
    if catalyst.attribution:
        return catalyst.attribution.story.id
    late = (LATE, AFTER, UNTIMED)
    in_time = [one for one in catalyst.candidates if one.lost not in late]
    fit = [one for one in in_time if one.lost != OPINION] or in_time
    return fit[0].story_id if fit else None


def weighed(gathered: Gathered, onset: datetime | None, weights: Weights) -> list[Placed]:
    """Every story of the pile; nothing from after now lends weight to what was out before."""
    began = onset or gathered.now
    said = {told.story.id: attribution(told, gathered.instrument) for told in gathered.told}
    wrong = impossible(told.story for told in gathered.told)
    known: list[tuple[Telling, int]] = []
    after: list[tuple[Telling, int]] = []
    for number, cluster in enumerate(same_story(one.story for one in said.values())):
        telling = [said[story.id] for story in cluster]
        further = origins([one for one in telling if one.story.out_at < gathered.now])
        for one in telling:
            told = Telling(one, further, one.story.outlet not in wrong)
            (known if told.out_at < gathered.now else after).append((told, number))
    return [
        Placed(found, number, found.out_at < began)
        for pile in (known, after)
        for found, (_, number) in zip(
            weigh([told for told, _ in pile], gathered, onset, weights), pile, strict=True
        )
    ]


def _best(strong: Sequence[Placed]) -> Placed | None:
    """The first, unless it speaks against the move and another came just before that."""
    if not strong or AGAINST not in strong[0].weighed.features:
        return next(iter(strong), None)
    fitting = (
        one
        for one in strong
        if one.weighed.eventful
        and AGAINST not in one.weighed.features
        and JUST_BEFORE in one.weighed.features
    )
    return next(fitting, strong[0])


def _later(told: Sequence[Placed], weights: Weights) -> Attribution | None:
    """An event plainly told, only after the move began: no cause, but worth a line."""
    late = (
        one.weighed
        for one in told
        if not one.in_time and one.score >= weights.possible and not one.weighed.talk
    )
    return next((one.said for one in late if one.eventful and one.clock), None)


def _grade(best: Weighed, gathered: Gathered, onset: datetime | None, weights: Weights) -> Grade:
    outlet = best.said.outlet
    unsure = onset is None or best.score < weights.reported or not best.eventful
    unsure = unsure or AGAINST in best.features
    hearsay = outlet.added or not best.clock or by_theme(best.said, gathered.instrument)
    if unsure or hearsay or outlet.kind is OutletKind.RELEASE_WIRE:
        return Grade.POSSIBLE
    firsthand = outlet.kind in (OutletKind.ISSUER, OutletKind.REGULATOR)
    return Grade.STATED if firsthand else Grade.REPORTED


def _headline_worthy(best: Placed, rivals: Sequence[Placed], weights: Weights) -> bool:
    """The band's verdict; whether order is proven at all is asked where words are chosen."""
    weighed = best.weighed
    strongest = max((rival.score for rival in rivals), default=best.score - weights.clear)
    clear = best.score >= weights.headline and best.score - strongest >= weights.clear
    sure = weighed.clock and not weighed.said.outlet.added and not rumoured(weighed.said)
    return clear and sure and weighed.eventful


def _rivals(fit: Sequence[Placed], best: Placed, weights: Weights) -> tuple[Placed, ...]:
    """Other events that were out before the move too, each once."""
    found: dict[str, Placed] = {}
    for one in fit:
        strong = one.weighed.eventful and one.score >= weights.rival
        if strong and one.cluster != best.cluster and _topic(one) != _topic(best):
            found.setdefault(_topic(one), one)
    return tuple(found.values())[:RIVALS_AT_MOST]


def _topic(one: Placed) -> str:
    return one.weighed.said.topic.casefold().replace("-", " ")


def _also_in(told: Sequence[Placed], best: Placed) -> int:
    """Further outlets with the same story on their own."""
    said: list[Attribution] = [best.weighed.said]
    said += [one.weighed.said for one in told if one.cluster == best.cluster and one != best]
    return max(0, origins(said) - 1)


def _candidate(
    one: Placed, best: Placed | None, rivals: Sequence[Placed], onset: datetime | None
) -> Candidate:
    lost = "" if one == best else _lost(one, best, rivals, onset)
    return Candidate(one.weighed.said.story.id, one.weighed.points, lost)


def _lost(
    one: Placed, best: Placed | None, rivals: Sequence[Placed], onset: datetime | None
) -> str:
    if not one.in_time:
        late = LATE if onset else AFTER
        return late if one.weighed.clock else UNTIMED
    if one.weighed.talk:
        return OPINION
    if best and one.cluster == best.cluster:
        return SAME
    if best and one.order < best.order:
        return CONTRARY
    if one in rivals:
        return RIVAL
    return BEHIND if best else WEAK
