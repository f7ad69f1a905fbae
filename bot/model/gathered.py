"""
What is known when the desk is about to speak: everything gathered for one move.

Plain facts in, a brief out (`bot.desk.compose`). Empty or None means it was not there in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.model.halt import Halt
from bot.model.market import Bar, Instrument, Move, Quote, Session
from bot.model.news import Outlet, Story


@dataclass(frozen=True, slots=True)
class Other:
    """Another listing the brief compares with: its quote, and the session of its last print."""

    instrument: Instrument
    quote: Quote
    session: Session


@dataclass(frozen=True, slots=True)
class Told:
    """A story about the instrument, the outlet behind it, and the words that matched."""

    story: Story
    outlet: Outlet
    words: str


@dataclass(frozen=True, slots=True)
class Own:
    """Stories of feeds that servers added themselves, oldest first: the same for all `guilds`."""

    guilds: tuple[int, ...]
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Gathered:
    """
    One move and its surroundings at `now`.

    `daily` are completed sessions only, oldest first, up to the one whose close the move is
    measured from, at least a year where the provider has it; `minutes` are today's one-minute
    bars with extended hours; `five_minutes` a month of 5-minute bars for the volume curve;
    `told` the stories of the last 48 hours about the instrument, oldest first; `read` how many
    headlines were read in those hours. `rate` is the quote of the home listing's currency, in
    units for one of the instrument's. `halts` are its exchange's in this session, oldest first.
    `own` is what only some servers read: they added the feed themselves.
    """

    instrument: Instrument
    session: Session
    quote: Quote
    move: Move
    now: datetime
    daily: tuple[Bar, ...] = ()
    minutes: tuple[Bar, ...] = ()
    five_minutes: tuple[Bar, ...] = ()
    others: Mapping[str, Other] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    read: int = 0
    missing: tuple[str, ...] = ()
    disclosure: str = ""
    rate: Quote | None = None
    halts: tuple[Halt, ...] = ()
    own: tuple[Own, ...] = ()
