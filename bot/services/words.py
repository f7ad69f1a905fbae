"""
What does a post say? The words of its desired revision, in the variant of its destination.

A server that made corrections of its own has a variant of its own: its copies are made from
the same record, with those corrections in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.desk.amend import amended, redraws, withdrawn
from bot.errors import DeskError
from bot.model.brief import AnyBrief, Rendered, Variant
from bot.model.piece import WIDE, Correction, UpdateKind
from bot.model.post import Post, PostKind
from bot.services.ledger import Store, Transaction
from bot.services.ports import Renderer

KEPT = 64

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Words:
    """
    What one revision says in one variant: its rendering and its picture.

    `corrects` means that a correction is the newest thing in it.
    """

    rendered: Rendered
    chart: bytes | None
    withdrawn: bool = False
    corrects: bool = False

    def announces(self, post: Post) -> bool:
        """Whether the post tells of the correction: its line, or the message in place of one."""
        line = post.kind is PostKind.CORRECTION and self.corrects
        return line or post.kind is PostKind.FOLLOW_UP


class Vocabulary:
    """Words are made and read once for all destinations that share them."""

    def __init__(self, store: Store, renderer: Renderer) -> None:
        self._store = store
        self._renderer = renderer
        self._known: dict[tuple[str, int, Variant], Words] = {}
        self._corrected: dict[tuple[str, int], frozenset[int]] = {}

    async def of(self, post: Post) -> Words:
        """The words of the desired revision in the destination's variant."""
        variant = await self._variant(post)
        key = (post.piece, post.desired_rev, variant)
        if key not in self._known:
            _make_room(self._known)
            self._known[key] = await self._read(*key)
        words = self._known[key]
        return replace(words, chart=None) if post.kind.one_line else words

    async def _variant(self, post: Post) -> Variant:
        """A correction makes a revision, so who has some of their own by one never changes."""
        key, guild = (post.piece, post.desired_rev), post.destination.guild
        if key not in self._corrected:
            async with self._store.transaction("corrected") as tx:
                found = await tx.corrections.guilds(*key)
            _make_room(self._corrected)
            self._corrected[key] = found
        own = guild is not None and guild in self._corrected[key]
        return replace(
            post.destination.variant,
            guild=guild if own else None,
            watched=await self._watched(post) if post.piece.startswith(WIDE) else (),
        )

    async def _watched(self, post: Post) -> tuple[str, ...]:
        """A market-wide brief names only what its reader watches."""
        async with self._store.transaction("watched") as tx:
            watches = await tx.watches.of(post.destination.id)
        return tuple(sorted({watch.ticker for watch in watches}))

    async def _read(self, piece: str, revision: int, variant: Variant) -> Words:
        async with self._store.transaction("words") as tx:
            brief, drawn = await _record(tx, piece, revision, variant)
            rendered = await tx.pieces.rendered(piece, revision, variant)
            chart = await tx.pieces.chart(piece, revision, variant.colours) if drawn else None
        if rendered is None:
            rendered = self._renderer.render(brief, variant)
            rendered = rendered if chart else replace(rendered, chart="")
            async with self._store.transaction("rendered") as tx:
                await tx.pieces.put_rendered(piece, revision, variant, rendered)
        newest = brief.updates[0].kind if brief.updates else None
        return Words(rendered, chart, withdrawn(brief), newest is UpdateKind.CORRECTED)


async def _record(
    tx: Transaction, piece: str, revision: int, variant: Variant
) -> tuple[AnyBrief, bool]:
    """The record with the server's own corrections, and whether its picture still holds."""
    brief = await tx.pieces.brief(piece, revision)
    if brief is None:
        raise DeskError(f"{piece} has no revision {revision}")
    own = await tx.corrections.of(piece, revision, variant.guild) if variant.guild else []
    return made_right(brief, own), not redraws(own)


def made_right(brief: AnyBrief, own: Iterable[Correction]) -> AnyBrief:
    """The brief as a server reads it that made those corrections, oldest first."""
    for correction in own:
        brief = amended(brief, correction)
    return brief


def _make_room(kept: dict[Key, Value]) -> None:
    while len(kept) >= KEPT:
        del kept[next(iter(kept))]
