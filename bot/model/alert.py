"""What a threshold says, where its episode stands, and the named reason of every verdict."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum


class Direction(Enum):
    BOTH = "either way"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What a threshold says, without who says it. Percents are percentage points.

    `rearm` is the level below which the episode ends; `rung` the step of the ladder above
    `percent`; `hold` how long beyond the threshold before speaking.
    """

    percent: Decimal
    direction: Direction = Direction.BOTH
    hold: timedelta = timedelta(minutes=1)
    rearm: Decimal = Decimal(0)
    rung: Decimal = Decimal(5)
    cooldown: timedelta = timedelta(minutes=30)

    @property
    def key(self) -> str:
        """Hash of the canonical form: equal terms share one episode, whoever set them."""
        parts = (
            f"percent:{self.percent.normalize():f}",
            self.direction.value,
            f"{self.hold.total_seconds():g}",
            f"{self.rearm.normalize():f}",
            f"{self.rung.normalize():f}",
            f"{self.cooldown.total_seconds():g}",
        )
        return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]


class State(Enum):
    ARMED = "armed"
    PENDING = "pending"
    FIRED = "fired"


class Reason(Enum):
    """Why the desk spoke, or did not. Shown by Why?, counted in the logs."""

    CROSSED = "the move passed the threshold"
    NEXT_RUNG = "the move passed the next rung"
    HOLDING = "beyond the threshold, but not for long enough yet"
    WITHIN = "inside the threshold"
    WRONG_WAY = "beyond the threshold, but not in the direction asked for"
    ALREADY_SAID = "said already; the next rung was not reached"
    COOLING_DOWN = "back inside the re-arm level; cooling down"
    REARMED = "back inside the re-arm level"
    UNKNOWN = "no move: nothing is known, so nothing is said"

    @property
    def speaks(self) -> bool:
        return self in (Reason.CROSSED, Reason.NEXT_RUNG)


@dataclass(frozen=True, slots=True)
class Episode:
    """
    Everything from a first crossing to the re-arm, of one terms on one ticker.

    `since` is the first print of a hold that is running: of the crossing, or once fired of a
    reversal. `spoke_at` outlives the episode (the cool-down is counted from it); `rungs` counts the
    steps of the ladder said so far; `ordinal` counts the episodes that fired this session,
    one count for each direction being kept by the piece.
    """

    state: State = State.ARMED
    up: bool | None = None
    since: datetime | None = None
    spoke_at: datetime | None = None
    rungs: int = 0
    ordinal: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    episode: Episode
    reason: Reason
