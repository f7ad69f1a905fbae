"""What a threshold says, where its episode stands, and the named reason of every verdict."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from bot.model.no_move import NoMove


class Direction(Enum):
    BOTH = "either way"
    UP = "up"
    DOWN = "down"


class Measure(Enum):
    """What a threshold measures; values are words for people."""

    MOVE = "percent from the previous close"
    WINDOW = "percent within a window"
    LEVEL = "price level"
    UNUSUAL = "times its usual daily move"
    BEYOND = "points beyond its benchmark"
    AVERAGE200 = "its 200-day average"
    RANGE52 = "its 52-week high or low"
    VOLUME = "times its normal volume"

    @property
    def crossing(self) -> bool:
        """It is news when a line is crossed, not how far beyond it the price stands."""
        return self in _CROSSINGS


_CROSSINGS = frozenset({Measure.LEVEL, Measure.AVERAGE200, Measure.RANGE52})


class Hours(Enum):
    """When a threshold may speak."""

    REGULAR = "regular hours"
    EXTENDED = "extended hours"
    ALL = "all hours"


@dataclass(frozen=True, slots=True)
class Terms:
    """
    What a threshold says, without who says it.

    `level` is in the unit of `measure`: percentage points, a price, multiples; 0 where the
    measure is its own line. `rearm` is the level below which the episode ends (0: by rule, see
    `bot.desk.episode.rearm_level`), for a crossing the percent that it must fall back behind
    the line. `rung` is the step of the ladder above the level, for a crossing in percent;
    `hold` how long beyond the threshold before speaking; `window` 5 minutes to 5 days (a day
    is a session), for WINDOW only. `dollars` must have been traded, in the currency of the
    quote, today or in the extended phase. `anything` asks for what is silent otherwise: under
    $1, over the counter, tiny companies, thin trading.
    """

    level: Decimal
    measure: Measure = Measure.MOVE
    direction: Direction = Direction.BOTH
    hold: timedelta = timedelta(minutes=1)
    rearm: Decimal = Decimal(0)
    rung: Decimal = Decimal(5)
    cooldown: timedelta = timedelta(minutes=30)
    window: timedelta = timedelta(0)
    hours: Hours = Hours.ALL
    dollars: Decimal = Decimal(0)
    anything: bool = False

    @property
    def key(self) -> str:
        """Hash of the canonical form: equal terms share one episode, whoever set them."""
        return _key(self)

    @property
    def slot(self) -> tuple[object, ...]:
        """What a destination has one of on a ticker: newer terms of a slot take its place."""
        line = (self.direction, self.level) if self.measure is Measure.LEVEL else ()
        return (self.measure, self.window, *line)


@lru_cache(maxsize=10_000)
def _key(terms: Terms) -> str:
    parts = (
        terms.measure.name,
        f"{terms.level.normalize():f}",
        terms.direction.value,
        f"{terms.hold.total_seconds():g}",
        f"{terms.rearm.normalize():f}",
        f"{terms.rung.normalize():f}",
        f"{terms.cooldown.total_seconds():g}",
        f"{terms.window.total_seconds():g}",
        terms.hours.name,
        f"{terms.dollars.normalize():f}",
        str(terms.anything),
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
    EXTENDED = "beyond the threshold, but not by the half more that extended hours ask for"
    WRONG_WAY = "beyond the threshold, but not in the direction asked for"
    ALREADY_SAID = "said already; the next rung was not reached"
    COOLING_DOWN = "back inside the re-arm level; cooling down"
    REARMED = "back inside the re-arm level"
    UNKNOWN = "no move: nothing is known, so nothing is said"
    OUT_OF_HOURS = "outside the hours it may speak in"
    HUSHED = "many names moved together, and one market-wide brief says it for all of them"
    THIN = "too little money traded so far"
    PENNY = "under $1 a share"
    OVER_THE_COUNTER = "traded over the counter"
    TINY = "a company or a market of its shares too small to speak of by itself"

    @property
    def speaks(self) -> bool:
        return self in (Reason.CROSSED, Reason.NEXT_RUNG)


@dataclass(frozen=True, slots=True)
class Episode:
    """
    Everything from a first crossing to the re-arm, of one terms on one ticker.

    `up` is which way the measured thing went, `told_up` the direction of the piece that said
    so. `since` is the first print of a hold that is running: of the crossing, or once fired of
    a reversal. `spoke_at` outlives the episode (the cool-down is counted from it), and so does
    `print_at`, the time of the print it spoke of; `rungs` counts the steps of the ladder said
    so far; `ordinal` counts the episodes that fired this session, one count for each direction
    being kept by the piece.
    """

    state: State = State.ARMED
    up: bool | None = None
    since: datetime | None = None
    spoke_at: datetime | None = None
    rungs: int = 0
    ordinal: int = 0
    print_at: datetime | None = None
    told_up: bool | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """
    What a threshold spoke of, in its own unit: `along` is how far, for a crossing in percent.

    `line` is the price, the average or the extreme that was crossed, `up` which way, `window`
    the span of a rise or a fall within one.
    """

    measure: Measure
    up: bool
    along: Decimal
    line: Decimal | None = None
    window: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    Where an episode stands now, and why it speaks or not.

    `unknown` says what is not known, `said` what it spoke of.
    """

    episode: Episode
    reason: Reason
    unknown: NoMove | None = None
    said: Said | None = None
