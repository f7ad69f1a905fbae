"""
The facts of one revision of one piece, frozen before any words.

Every figure of a rendered brief comes from this one record. It is stored as JSON
(`bot.store`), so every field is a plain, typed value.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

from bot.model.alert import Said
from bot.model.halt import Halt
from bot.model.home import HomeMove
from bot.model.market import Bar, Instrument, Move, Phase, Quote, Session
from bot.model.news import Catalyst, Story
from bot.model.piece import Correction, PieceState, Update


class Layout(Enum):
    LINE = "line"
    BRIEF = "brief"
    FULL = "full"


class Colours(Enum):
    """Which colour a rise has: green in most places, red in East Asia."""

    GREEN_UP = "green-up"
    RED_UP = "red-up"


@dataclass(frozen=True, slots=True)
class Variant:
    """
    One way a brief is rendered. `zone` is an IANA name, "" for the exchange's own.

    `watched` are the tickers a market-wide brief may name there, sorted, () for all of them;
    `guild` the server whose own correction or cause is shown, None where it has none; `aside`
    the stories that the channel's filter holds back, by id.
    """

    layout: Layout = Layout.BRIEF
    colours: Colours = Colours.GREEN_UP
    zone: str = ""
    watched: tuple[str, ...] = ()
    guild: int | None = None
    aside: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        key = f"{self.layout.value}.{self.colours.value}.{self.zone}"
        for names in filter(None, (self.watched, self.aside)):
            key += "." + hashlib.sha256(",".join(names).encode()).hexdigest()[:16]
        return key if self.guild is None else f"{key}.{self.guild}"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Another instrument's move on the same time basis."""

    ticker: str
    short: str
    percent: Decimal
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Average:
    """
    A moving average of `sessions` completed closes; `crossed` since the reference, and true now.

    `touched` is the day's low or high that lay beyond it while the last price does not: "traded
    as low as".
    """

    value: Decimal
    sessions: int
    crossed: bool
    touched: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Range52:
    """The 52-week range, today included; `position` is 0 at the low and 100 at the high."""

    low: Decimal
    high: Decimal
    position: Decimal


@dataclass(frozen=True, slots=True)
class Context:
    """
    How unusual, compared with what; `halts` so far. None or empty: not known, never zero.

    `multiple` is the move in usual daily moves (σ of 60 daily log returns); `residual` is
    the move minus the first benchmark's, in points; `rarity` is the last date of a daily
    close-to-close move at least as large the same way (`rarity_sessions` back).
    """

    multiple: Decimal | None = None
    volume: int | None = None
    average_volume: int | None = None
    volume_ratio: Decimal | None = None
    benchmarks: tuple[Comparison, ...] = ()
    residual: Decimal | None = None
    peers: tuple[Comparison, ...] = ()
    omitted: tuple[str, ...] = ()
    home: HomeMove | None = None
    rarity: date | None = None
    rarity_sessions: int | None = None
    average200: Average | None = None
    range52: Range52 | None = None
    headlines: tuple[Story, ...] = ()
    halts: tuple[Halt, ...] = ()


@dataclass(frozen=True, slots=True)
class Caveat:
    """What the reader must hold against the brief. `evidence` marks those about this brief."""

    code: str
    text: str
    evidence: bool = True


@dataclass(frozen=True, slots=True)
class LocalCause:
    """
    A possible cause from feeds that these servers added themselves, where no other is known.

    Nobody else reads it; `caveats` are those of the brief with this cause.
    """

    guilds: tuple[int, ...]
    catalyst: Catalyst
    caveats: tuple[Caveat, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """
    One revision. `updates` are newest first and end with the first publication; `missing`
    names what was not there in time and is filled in by edit.
    """

    piece: str
    revision: int
    state: PieceState
    instrument: Instrument
    session: Session
    quote: Quote
    move: Move
    phase: Phase
    composed_at: datetime
    onset: datetime | None
    catalyst: Catalyst
    caveats: tuple[Caveat, ...]
    context: Context
    updates: tuple[Update, ...] = ()
    stale_after: timedelta = timedelta(minutes=2)
    disclosure: str = ""
    missing: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    spoke: tuple[Said, ...] = ()
    local: tuple[LocalCause, ...] = ()


@dataclass(frozen=True, slots=True)
class MarketBrief:
    """
    One revision of a piece about the whole market, or a sector (`scope`): many names in one.

    `movers` moved at least `level` points the same way (`up`), the farthest first; `watched`
    is how many names were measured; `index` is what the market itself did; `alone` are those
    whose move beyond the benchmark still exceeds their own threshold: they speak singly too.
    """

    piece: str
    revision: int
    state: PieceState
    scope: str
    up: bool
    level: Decimal
    movers: tuple[Comparison, ...]
    watched: tuple[str, ...]
    index: Comparison | None
    alone: tuple[str, ...]
    session: Session
    phase: Phase
    as_of: datetime
    composed_at: datetime
    updates: tuple[Update, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    disclosure: str = ""
    missing: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()


AnyBrief: TypeAlias = Brief | MarketBrief


@dataclass(frozen=True, slots=True)
class ChartData:
    """What the picture needs: minute bars of the session, extended hours included."""

    bars: tuple[Bar, ...]
    catalyst_at: datetime | None = None
    catalyst_label: str = ""


@dataclass(frozen=True, slots=True)
class Rendered:
    """
    A brief in words, fitted to Discord. `content` is the line phones show.

    `reply` is the one line that tells a further rung; `chart` names the attachment the
    embed shows, "" for none; `colour` is 0xRRGGBB; `buttons` are the actions under it.
    """

    content: str
    title: str
    description: str
    footer: str
    colour: int
    timestamp: datetime
    reply: str = ""
    url: str = ""
    chart: str = ""
    alt: str = ""
    buttons: tuple[str, ...] = ("details", "why", "sources")


@dataclass(frozen=True, slots=True)
class Violation:
    """A stylebook rule that a rendered brief breaks, and the words or figures that do."""

    rule: str
    text: str
