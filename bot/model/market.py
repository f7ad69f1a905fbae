"""
What the market says: instruments, quotes, bars, sessions and moves.

Prices are `Decimal` in the unit of `currency` ("GBp" is pence); percents are `Decimal`
percentage points, signed and unrounded (9.75 means +9.75 %). Datetimes are aware and in UTC.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from zoneinfo import ZoneInfo

AROUND_THE_CLOCK = "24/7"  # the calendar of crypto pairs: a session is a day in UTC


class InstrumentKind(Enum):
    EQUITY = "equity"
    ADR = "adr"
    ETF = "etf"
    INDEX = "index"
    CRYPTO = "crypto"


@dataclass(frozen=True, slots=True)
class HomeListing:
    """The ordinary share behind an ADR: `ratio` ordinary shares make one ADR."""

    ticker: str
    calendar: str
    city: str
    ratio: Decimal


@dataclass(frozen=True, slots=True)
class Instrument:
    """
    One listing the desk knows. `name` is what a reader sees in the lede, `short` in a headline.

    `products` stand for their maker; `never` are phrases in which an alias means something
    else; `themes` make a story a possible rival explanation though it names no company.
    """

    ticker: str
    name: str
    short: str
    exchange: str
    calendar: str
    currency: str
    kind: InstrumentKind = InstrumentKind.EQUITY
    benchmarks: tuple[str, ...] = ()
    peers: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    home: HomeListing | None = None

    @property
    def subject(self) -> str:
        """What a piece is about: the issuer and where it is listed."""
        return f"{self.short}@{self.calendar}"


class Phase(Enum):
    """Where a session stands; values are the words of a brief."""

    PRE = "trading before the open"
    EARLY = "early trading"
    LATE_MORNING = "late-morning trading"
    MIDDAY = "midday trading"
    AFTERNOON = "afternoon trading"
    AFTER_HOURS = "after-hours trading"
    CLOSED = "closed"

    @property
    def regular(self) -> bool:
        return self in _REGULAR

    @property
    def extended(self) -> bool:
        return self in _EXTENDED


_REGULAR = (Phase.EARLY, Phase.LATE_MORNING, Phase.MIDDAY, Phase.AFTERNOON)
_EXTENDED = (Phase.PRE, Phase.AFTER_HOURS)


@dataclass(frozen=True, slots=True)
class Session:
    """One trading day of one exchange, with the session before it."""

    calendar: str
    day: date
    previous: date
    opens: datetime
    closes: datetime
    early: datetime | None
    late: datetime | None
    zone: str
    half_day: bool = False

    def phase(self, at: datetime) -> Phase:
        """Return the phase at `at`; anything outside this session's hours is CLOSED."""
        if at < self.opens:
            return Phase.PRE if self.early is not None and at >= self.early else Phase.CLOSED
        if at >= self.closes:
            return Phase.AFTER_HOURS if self.late is not None and at < self.late else Phase.CLOSED
        if at < self.opens + _AN_HOUR:
            return Phase.EARLY
        hour = _hour(at, self.zone)
        if hour < 12:
            return Phase.LATE_MORNING
        return Phase.MIDDAY if hour < 14 else Phase.AFTERNOON


_AN_HOUR = timedelta(hours=1)


@lru_cache(10_000)
def _hour(at: datetime, zone: str) -> int:
    """The hour on the wall of `zone`; in a pass many prints are of the same second."""
    return at.astimezone(ZoneInfo(zone)).hour


class ActionKind(Enum):
    SPLIT = "split"
    DIVIDEND = "dividend"


@dataclass(frozen=True, slots=True)
class CorporateAction:
    """
    A split or a dividend, on the day it takes effect (ex-date): `amount` is new shares for one
    old (0.1 when ten become one), or money a share.
    """

    kind: ActionKind
    day: date
    amount: Decimal


# Quotes, references and moves are not frozen: a pass makes thousands of them, and freezing takes
# three times as long. Nobody writes to one all the same; tests/frame/test_nouns.py sees to it.
@dataclass(slots=True, unsafe_hash=True)
class Quote:
    """
    One observed price. `as_of` is when it was true, `seen_at` when we learned it.

    `last` is the print of the provider's market `state` (PRE, REGULAR, POST, CLOSED).
    `close` is what it is measured from: in PRE the regular close before it, else the previous
    session's; `close_date` is its date where that is told. `regular_last` is the last regular
    print, of `regular_at`. `percent` is the provider's, for cross-checks; `exchange` and `kind`
    are its codes ("NYQ", "EQUITY"); `market_cap` is in pounds where prices are in pence;
    `earnings` are the first and last day results are expected. `actions` are the splits and
    dividends known, `action_days` those of which only the day is.
    """

    ticker: str
    last: Decimal
    currency: str
    as_of: datetime
    seen_at: datetime
    state: str
    close: Decimal | None = None
    close_date: date | None = None
    percent: Decimal | None = None
    day_high: Decimal | None = None
    day_low: Decimal | None = None
    volume: int | None = None
    average_volume: int | None = None
    delay: timedelta = timedelta(0)
    name: str = ""
    exchange: str = ""
    regular_last: Decimal | None = None
    kind: str = ""
    market_cap: Decimal | None = None
    earnings: tuple[date, date] | None = None
    actions: tuple[CorporateAction, ...] = ()
    regular_at: datetime | None = None
    action_days: tuple[date, ...] = ()
    earnings_estimated: bool = False

    @property
    def over_the_counter(self) -> bool:
        return self.exchange in ("OTC", "PNK", "OQB", "OQX", "OEM", "OID")


@dataclass(frozen=True, slots=True)
class Bar:
    """Open, high, low, close and shares traded over an interval that starts at `at`."""

    at: datetime
    open: Decimal
    high: Decimal
    low: Decimal
    close: Decimal
    volume: int


class ReferenceKind(Enum):
    PREVIOUS_CLOSE = "previous close"
    REGULAR_CLOSE = "regular close"
    UTC_MIDNIGHT = "00:00 UTC"


@dataclass(slots=True, unsafe_hash=True)
class Reference:
    """
    What a move is measured from, with the date it belongs to.

    `adjusted` is today's split or dividend that `price` was divided by, or is less by;
    `unadjusted` the close as it was printed.
    """

    kind: ReferenceKind
    price: Decimal
    day: date
    adjusted: CorporateAction | None = None
    unadjusted: Decimal | None = None


@dataclass(slots=True, unsafe_hash=True)
class Move:
    """The signed percent from the reference to the last, unrounded, with both kept."""

    ticker: str
    currency: str
    reference: Reference
    last: Decimal
    as_of: datetime
    phase: Phase
    percent: Decimal = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        self.percent = (self.last / self.reference.price - 1) * 100

    @property
    def up(self) -> bool:
        return self.last > self.reference.price
