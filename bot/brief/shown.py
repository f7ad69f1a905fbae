"""
What of a record is shown here? Its corrections, and the names that this destination watches.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.model.brief import AnyBrief, Comparison, MarketBrief, Variant
from bot.model.piece import Correction, CorrectionKind


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who moved, of how many names; `alone` are those that still speak for themselves."""

    movers: tuple[Comparison, ...]
    of: int
    alone: tuple[Comparison, ...]


def as_of(brief: AnyBrief) -> datetime:
    """When its figures were true."""
    return brief.as_of if isinstance(brief, MarketBrief) else brief.quote.as_of


def subject(brief: AnyBrief) -> str:
    """Whom it is about: the ticker, or the market or sector."""
    return brief.scope if isinstance(brief, MarketBrief) else brief.instrument.ticker


def corrections(brief: AnyBrief, variant: Variant) -> tuple[Correction, ...]:
    """Those of every copy and of this server's own; a withdrawal first, then the newest."""
    here = [one for one in brief.corrections if one.guild is None or one.guild == variant.guild]
    return tuple(sorted(here, key=_weight, reverse=True))


def withdrawn(brief: AnyBrief, variant: Variant) -> bool:
    """Whether nothing is left to say but that it should not have run."""
    found = corrections(brief, variant)
    return bool(found) and found[0].kind is CorrectionKind.WITHDRAWN


def crowd(brief: MarketBrief, variant: Variant) -> Crowd:
    """The movers, counted again among the names that are watched here."""
    here = frozenset(variant.watched or brief.watched)
    movers = tuple(one for one in brief.movers if one.ticker in here)
    return Crowd(
        movers=movers,
        of=count(brief.watched, variant),
        alone=tuple(one for one in movers if one.ticker in brief.alone),
    )


def count(tickers: Iterable[str], variant: Variant) -> int:
    """How many of them are watched here."""
    here = frozenset(variant.watched)
    return len([one for one in tickers if not here or one in here])


def _weight(one: Correction) -> tuple[bool, datetime]:
    return one.kind is CorrectionKind.WITHDRAWN, one.at
