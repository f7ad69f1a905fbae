"""What was published: outlets, feeds, stories, mentions, and the catalyst they add up to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum


class OutletKind(Enum):
    WIRE = "newswire"
    PRESS = "press"
    STATE_MEDIA = "state media"
    ISSUER = "company release"
    RELEASE_WIRE = "company-release wire"
    REGULATOR = "regulator"
    AGGREGATOR = "aggregator"


@dataclass(frozen=True, slots=True)
class Outlet:
    """
    Who published, and who owns it: a row of the disclosure register seeds/outlets.toml.

    `added` is for an outlet known only by a feed that a server added itself.
    """

    name: str
    short: str
    domain: str
    kind: OutletKind
    owner: str = ""
    owner_tickers: tuple[str, ...] = ()
    source: str = ""
    checked: date | None = None
    added: bool = False


@dataclass(frozen=True, slots=True)
class Feed:
    """
    A URL we watch and the outlet behind it.

    `interval` is how often the operator wants it read at most; `about` is the ticker that every
    story of it is about ("" for a general feed).
    """

    url: str
    outlet: str
    kind: OutletKind = OutletKind.PRESS
    interval: timedelta | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """
    One item of one feed. `id` is stable: hash of feed and guid, else link, else title and date.

    `published` is what the feed claims, None where it said nothing usable or named no zone;
    `first_seen` is when this desk first read it. `title` is verbatim plain text; `dated` is the
    date as the feed writes it.
    """

    id: str
    feed: str
    outlet: str
    title: str
    link: str
    published: datetime | None
    first_seen: datetime
    summary: str = ""
    dated: str = ""

    @property
    def out_at(self) -> datetime:
        """When it counts as out: published, but never later than we saw it."""
        return min(self.published, self.first_seen) if self.published else self.first_seen


@dataclass(frozen=True, slots=True)
class Mention:
    """A story names an instrument; `words` are those that matched, `reason` why it counts."""

    story_id: str
    ticker: str
    words: str
    reason: str


class Grade(Enum):
    """How well a cause is established; values are the words of a brief."""

    STATED = "Stated"
    REPORTED = "Reported"
    POSSIBLE = "Possible"
    NONE = "No confirmed catalyst"


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said it, citing whom, about what: the two-step chain of one story."""

    story: Story
    outlet: Outlet
    citing: tuple[str, ...] = ()
    topic: str = ""
    event: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Points:
    """One additive part of a candidate's score, and why."""

    why: str
    points: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A story weighed as the cause. `lost` is empty for the one that was chosen."""

    story_id: str
    points: tuple[Points, ...]
    lost: str = ""

    @property
    def score(self) -> int:
        return sum(part.points for part in self.points)


@dataclass(frozen=True, slots=True)
class Catalyst:
    """
    The cause as far as anyone knows. `attribution` is None exactly when the grade is NONE.

    `rivals` were out before the onset too; `later` is the best that was out only after it;
    `read` counts the headlines weighed; `also_in` counts further independent outlets with the
    same story.
    """

    grade: Grade
    attribution: Attribution | None = None
    rivals: tuple[Attribution, ...] = ()
    headline_worthy: bool = False
    candidates: tuple[Candidate, ...] = ()
    read: int = 0
    also_in: int = 0
    later: Attribution | None = None
