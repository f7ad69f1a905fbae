"""
Which copies of a revision read otherwise? Those of servers and channels with something of their own.

A server has corrections of its own, or a cause from a feed that it added; a channel has filters
that hold a headline back. Everybody else reads the same words, which are made once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from bot.desk.amend import amended, redraws
from bot.desk.own import cause_aside, held_back, read_there
from bot.errors import DeskError
from bot.model.brief import AnyBrief, Brief, Variant
from bot.model.piece import Correction
from bot.model.post import Destination
from bot.services.ledger import Store, Transaction


@dataclass(frozen=True, slots=True)
class Copies:
    """A revision, and who reads it otherwise than most: `corrected` and `local` are servers."""

    brief: AnyBrief
    corrected: frozenset[int]
    local: frozenset[int]
    filtering: Collection[int]

    def guild(self, place: Destination) -> int | None:
        """The place's server, where it has something of its own."""
        own = place.guild in self.corrected or place.guild in self.local
        return place.guild if own else None


async def copies_of(tx: Transaction, piece: str, revision: int) -> Copies:
    """Raises `DeskError` where there is no such revision."""
    brief = await tx.pieces.brief(piece, revision)
    if brief is None:
        raise DeskError(f"{piece} has no revision {revision}")
    corrected = await tx.corrections.guilds(piece, revision)
    if not isinstance(brief, Brief):
        return Copies(brief, corrected, frozenset(), ())
    local = frozenset(guild for cause in brief.local for guild in cause.guilds)
    filtering = await tx.wishes.filtering(brief.instrument.ticker)
    return Copies(brief, corrected, local, filtering)


async def variant_in(store: Store, copies: Copies, place: Destination) -> Variant:
    """How the revision is rendered for that place, but for what a market-wide one may name."""
    variant = replace(place.variant, guild=copies.guild(place))
    if place.id not in copies.filtering:
        return variant
    async with store.transaction("filters") as tx:
        sieves = await tx.wishes.sieves(place.id)
    # People's patterns may take their time: not that of everybody else.
    aside = await asyncio.to_thread(held_back, copies.brief, variant.guild, sieves)
    return replace(variant, aside=aside)


async def read_in(tx: Transaction, copies: Copies, variant: Variant) -> tuple[AnyBrief, str]:
    """The record as that variant tells it, and the name of its picture."""
    brief, own = copies.brief, list[Correction]()
    if variant.guild is not None:
        own = await tx.corrections.of(brief.piece, brief.revision, variant.guild)
    picture = kept_as(brief.piece, own, variant.guild, plain=cause_aside(brief, variant))
    return made_right(read_there(brief, variant), own), picture


def kept_as(
    piece: str, own: Iterable[Correction], guild: int | None, *, plain: bool = False
) -> str:
    """
    The name a picture is kept under: that of all copies, or of a server with other figures.

    `plain` is the one that marks no cause.
    """
    name = f"{piece}@{guild}" if guild is not None and redraws(own) else piece
    return f"{name}@plain" if plain else name


def made_right(brief: AnyBrief, own: Iterable[Correction]) -> AnyBrief:
    """The brief as a server reads it that made those corrections, oldest first."""
    for correction in own:
        brief = amended(brief, correction)
    return brief
