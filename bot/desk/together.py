"""
Do many names move together, so that one brief says it better than twenty?

A quarter of all days on which a large name moves 5 % fall on ten days of the year; on those
the market is the story. Counted are shares of one market, in its regular hours, that moved at
least `level` the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import NamedTuple

from bot.model.brief import Comparison, MarketBrief
from bot.model.market import Instrument, InstrumentKind, Move, Session
from bot.model.piece import PieceState, Update, UpdateKind

AGAIN = timedelta(minutes=15)
GROWN = Decimal("1.25")  # times as many names
FURTHER = Decimal(1)  # point of the index
COUNTED = (InstrumentKind.EQUITY, InstrumentKind.ADR)


@dataclass(frozen=True, slots=True)
class Together:
    """
    From when on names move together. `level` and `index` are percentage points.

    At least `names` of the watched, and either `share` (0 to 1) of those measured or an index
    that itself moved `index` the same way. A destination that watches fewer than `each` of
    the movers hears of them singly.
    """

    level: Decimal = Decimal(3)
    names: int = 5
    share: Decimal = Decimal("0.4")
    index: Decimal = Decimal(2)
    each: int = 3


class One(NamedTuple):
    """One name of the market as it stands now. A tuple, because a pass makes thousands."""

    instrument: Instrument
    session: Session
    move: Move

    @property
    def comparison(self) -> Comparison:
        move = self.move
        return Comparison(move.ticker, self.instrument.short, move.percent, move.as_of)


IndexOf = Callable[[str], One | None]


@dataclass(frozen=True, slots=True)
class Crowd:
    """
    Names that move together: `movers` the farthest first, `watched` all that were measured.

    `benchmark` is the ticker they share, `index` its own move; `broad` whether it stands for
    the whole market and not for a sector.
    """

    benchmark: str
    broad: bool
    up: bool
    session: Session
    as_of: datetime
    movers: tuple[Comparison, ...]
    watched: tuple[str, ...]
    index: Comparison | None

    @property
    def scope(self) -> str:
        """ "Market-wide", or the sector by its benchmark: "KWEB group"."""
        return "Market-wide" if self.broad else f"{self.benchmark} group"


def crowds(ones: Iterable[One], index_of: IndexOf, limits: Together) -> tuple[Crowd, ...]:
    """
    Return who moves together now: markets first, then sectors that no market speaks for.

    `index_of` gives a benchmark by its ticker, None where its move is not known.
    """
    counted = [one for one in ones if _counts(one)]
    broad = _crowds(counted, index_of, limits, broad=True)
    told = {(mover.ticker, crowd.up) for crowd in broad for mover in crowd.movers}
    sectors = _crowds(counted, index_of, limits, broad=False)
    kept = [one for one in sectors if any((m.ticker, one.up) not in told for m in one.movers)]
    return (*broad, *kept)


def beyond_alone(percent: Decimal, index: Comparison | None, level: Decimal, *, up: bool) -> bool:
    """Whether a move is still `level` points when the market's own is taken off."""
    rest = percent - index.percent if index else percent
    return rest >= level if up else -rest >= level


def turn(before: MarketBrief, crowd: Crowd | None, now: datetime) -> UpdateKind | None:
    """
    What is new about a market-wide brief: its close, its end, or a good deal more of it.

    Nothing in the 15 minutes after its last revision, so that a growing crowd is no flicker.
    """
    if now >= before.session.closes:
        return UpdateKind.CLOSED
    if before.state is not PieceState.LIVE or before.as_of > now - AGAIN:
        return None
    if crowd is None:
        return UpdateKind.FADED
    grown = len(crowd.movers) >= GROWN * len(before.movers)
    return UpdateKind.EXTENDED if grown or _further(before, crowd) else None


def stamped(brief: MarketBrief, kind: UpdateKind, before: tuple[Update, ...]) -> MarketBrief:
    """The brief with its newest line: the index, and the names that moved by then."""
    percent = brief.index.percent if brief.index else Decimal(0)
    names = tuple(mover.ticker for mover in brief.movers)
    update = Update(kind, brief.composed_at, percent, Decimal(0), names=names)
    return replace(brief, updates=(update, *before))


def _further(before: MarketBrief, crowd: Crowd) -> bool:
    if before.index is None or crowd.index is None:
        return False
    further = crowd.index.percent - before.index.percent
    return (further if crowd.up else -further) >= FURTHER


def _counts(one: One) -> bool:
    if not one.instrument.benchmarks or one.instrument.kind not in COUNTED:
        return False
    return one.move.phase.regular


def _crowds(
    ones: Sequence[One], index_of: IndexOf, limits: Together, *, broad: bool
) -> list[Crowd]:
    markets = {one.instrument.benchmarks[-1] for one in ones}
    groups: dict[str, list[One]] = defaultdict(list)
    for one in ones:
        benchmark = one.instrument.benchmarks[-1 if broad else 0]
        if broad or benchmark not in markets:
            groups[benchmark].append(one)
    found = []
    for benchmark in sorted(groups):
        index = index_of(benchmark)
        movers = _movers(groups[benchmark], limits)
        if movers and _together(movers, groups[benchmark], index, limits):
            found.append(_crowd(benchmark, groups[benchmark], movers, index, broad=broad))
    return found


def _movers(ones: Sequence[One], limits: Together) -> list[One]:
    """Those who moved far enough, on the side that more of them took."""
    far = [one for one in ones if abs(one.move.percent) >= limits.level]
    ups = [one for one in far if one.move.up]
    downs = [one for one in far if not one.move.up]
    return max(downs, ups, key=len)


def _together(
    movers: Sequence[One], ones: Sequence[One], index: One | None, limits: Together
) -> bool:
    if len(movers) < limits.names:
        return False
    with_it = index is not None and index.move.up is movers[0].move.up
    moved = with_it and index is not None and abs(index.move.percent) >= limits.index
    return moved or len(movers) >= limits.share * len(ones)


def _crowd(
    benchmark: str, ones: Sequence[One], movers: Sequence[One], index: One | None, *, broad: bool
) -> Crowd:
    farthest = sorted(movers, key=lambda one: (-abs(one.move.percent), one.move.ticker))
    return Crowd(
        benchmark=benchmark,
        broad=broad,
        up=movers[0].move.up,
        session=movers[0].session,
        as_of=max(one.move.as_of for one in movers),
        movers=tuple(one.comparison for one in farthest),
        watched=tuple(sorted(one.move.ticker for one in ones)),
        index=index.comparison if index else None,
    )
