"""
Which of the headlines before tells the same story as this one?

Candidates come from an index over the rarer words; each is weighed against the new headline. A
cluster takes it for a strong likeness, or for a weaker one that its leader bears out: a wrong
merge hides a catalyst.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from bot.desk.cluster.forms import SESSION
from bot.desk.cluster.pair import Weighed, points, weighed
from bot.desk.cluster.points import ALIKE, BORNE_OUT, STRONG
from bot.desk.cluster.rarity import Rarity
from bot.desk.cluster.reading import Reading, read
from bot.desk.cluster.title import plain

WITHIN = timedelta(hours=48)
SAME_SESSION = timedelta(hours=4)  # in which the same words about the market tell the same
CANDIDATES = 12
ENOUGH = 9.0  # what shared words must weigh at least, in units of e
COMMON = 300  # headlines kept from which on a word finds nothing
LARGE = 40  # tellings from which on only a strong likeness adds another


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """One headline that is kept; `leader` is the first of its cluster."""

    id: str
    at: datetime
    key: str
    weighed: Weighed
    cluster: Cluster


@dataclass(slots=True, eq=False)
class Cluster:
    """The tellings of one story, known by the first."""

    id: str
    leader: Telling | None = None
    size: int = 0


class Stream:
    """Headlines of the last two days, each in its cluster. Times may come in any order."""

    def __init__(self) -> None:
        self._kept: deque[Telling] = deque()
        self._index: dict[str, dict[Telling, None]] = {}
        self._counts: Counter[str] = Counter()
        self._verbatim: dict[str, Telling] = {}
        self._rarity = Rarity()

    def add(self, id: str, title: str, at: datetime) -> str:
        """The id of the headline that leads the cluster: its own where the story is new."""
        reading, key = read(title), plain(title).casefold()
        this = weighed(reading, self._rarity, self._counts)
        cluster = self._verbatim_cluster(key, reading, at) or self._cluster(this, at)
        told = Telling(id, at, key, this, cluster or Cluster(id))
        told.cluster.leader = told.cluster.leader or told
        told.cluster.size += 1
        self._keep(told)
        return told.cluster.id

    def forget(self, before: datetime) -> None:
        """Drop what was added first, as long as it is older than that."""
        while self._kept and self._kept[0].at < before:
            old = self._kept.popleft()
            for word in _keys(old.weighed.reading):
                self._counts[word] -= 1
                del self._index[word][old]
                if not self._index[word]:
                    del self._index[word], self._counts[word]
            if self._verbatim.get(old.key) is old:
                del self._verbatim[old.key]
        self._rarity.kept = len(self._kept)

    def _verbatim_cluster(self, key: str, reading: Reading, at: datetime) -> Cluster | None:
        """The same words again are the same story; about the market only within hours."""
        before = self._verbatim.get(key)
        near = SAME_SESSION if reading.form == SESSION else WITHIN
        return before.cluster if before and abs(at - before.at) <= near else None

    def _cluster(self, this: Weighed, at: datetime) -> Cluster | None:
        likeness: dict[Cluster, int] = {}
        for told in self._candidates(this):
            leader = told.cluster.leader or told
            if max(abs(at - told.at), abs(at - leader.at)) <= WITHIN:
                found = points(this, told.weighed, abs(at - told.at))
                likeness[told.cluster] = max(found, likeness.get(told.cluster, found))
        for cluster in sorted(likeness, key=lambda one: -likeness[one]):
            if self._joins(this, at, cluster, likeness[cluster]):
                return cluster
        return None

    def _joins(self, this: Weighed, at: datetime, cluster: Cluster, likeness: int) -> bool:
        if likeness < (STRONG if cluster.size >= LARGE else ALIKE) or not cluster.leader:
            return False
        leader = cluster.leader
        return likeness >= STRONG or points(this, leader.weighed, abs(at - leader.at)) >= BORNE_OUT

    def _candidates(self, this: Weighed) -> list[Telling]:
        found: dict[Telling, float] = {}
        for word, weight in self._sought(this):
            for told in self._index.get(word, ()) if self._counts[word] <= COMMON else ():
                found[told] = found.get(told, 0.0) + weight
        return [
            told
            for told, weight in heapq.nlargest(CANDIDATES, found.items(), key=itemgetter(1))
            if weight >= ENOUGH
        ]

    def _sought(self, this: Weighed) -> Iterator[tuple[str, float]]:
        reading = this.reading
        yield from this.words.items()
        for name, weight in this.names.items():
            yield from ((f"@{part}", weight) for part in name)
        yield from ((f"@{company}", 4.0) for company in reading.hinted if not reading.names)
        yield from ((key, 5.0) for key in _figures(reading))

    def _keep(self, told: Telling) -> None:
        self._kept.append(told)
        self._verbatim[told.key] = told
        for word in _keys(told.weighed.reading):
            self._index.setdefault(word, {})[told] = None
            self._counts[word] += 1
        self._rarity.kept = len(self._kept)


def _keys(reading: Reading) -> Iterator[str]:
    """What a headline is found by."""
    yield from reading.words
    yield from {f"@{part}" for name in reading.names for part in name}
    yield from _figures(reading)


def _figures(reading: Reading) -> set[str]:
    """Figures by their first two digits, so that 11.6 and 11.62 billion meet."""
    return {f"#{figure.value:.1e}" for figure in reading.figures if figure.digits >= 2}
