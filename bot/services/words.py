"""
What does a post say? The words of its desired revision, in the variant of its destination.

A server or a channel with something of its own has a variant of its own: its copies are made
from the same record, with its corrections, its cause and without what it filters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from bot.desk.amend import withdrawn
from bot.errors import DeskError
from bot.model.brief import Rendered, Variant
from bot.model.piece import NOTICE, WIDE, UpdateKind
from bot.model.post import Post, PostKind
from bot.services.copies import Copies, copies_of, read_in, variant_in
from bot.services.ledger import Store
from bot.services.noticed import noticed
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
        self._copies: dict[tuple[str, int], Copies] = {}

    async def of(self, post: Post) -> Words:
        """The words of the desired revision in the destination's variant."""
        if post.piece.startswith(NOTICE):
            return await self._notice(post)
        copies = await self._copies_of(post)
        variant = await variant_in(self._store, copies, post.destination)
        if post.piece.startswith(WIDE):
            variant = replace(variant, watched=await self._watched(post))
        key = (post.piece, post.desired_rev, variant)
        if key not in self._known:
            _make_room(self._known)
            self._known[key] = await self._read(copies, variant)
        words = self._known[key]
        return replace(words, chart=None) if post.kind.one_line else words

    async def _notice(self, post: Post) -> Words:
        async with self._store.transaction("notice") as tx:
            notice = await tx.notices.get(post.piece, post.desired_rev)
        if notice is None:
            raise DeskError(f"{post.piece} has no revision {post.desired_rev}")
        return Words(noticed(notice), None)

    async def _copies_of(self, post: Post) -> Copies:
        """A correction makes a revision, so who reads one otherwise hardly changes."""
        key = (post.piece, post.desired_rev)
        if key not in self._copies:
            async with self._store.transaction("copies") as tx:
                found = await copies_of(tx, *key)
            _make_room(self._copies)
            self._copies[key] = found
        return self._copies[key]

    async def _watched(self, post: Post) -> tuple[str, ...]:
        """A market-wide brief names only what its reader watches."""
        async with self._store.transaction("watched") as tx:
            watches = await tx.watches.of(post.destination.id)
        return tuple(sorted({watch.ticker for watch in watches}))

    async def _read(self, copies: Copies, variant: Variant) -> Words:
        piece, revision = copies.brief.piece, copies.brief.revision
        async with self._store.transaction("words") as tx:
            brief, picture = await read_in(tx, copies, variant)
            rendered = await tx.pieces.rendered(piece, revision, variant)
            chart = await tx.pieces.chart(picture, revision, variant.colours)
        if rendered is None:
            rendered = self._renderer.render(brief, variant)
            rendered = rendered if chart else replace(rendered, chart="")
            async with self._store.transaction("rendered") as tx:
                await tx.pieces.put_rendered(piece, revision, variant, rendered)
        newest = brief.updates[0].kind if brief.updates else None
        return Words(rendered, chart, withdrawn(brief), newest is UpdateKind.CORRECTED)


def _make_room(kept: dict[Key, Value]) -> None:
    while len(kept) >= KEPT:
        del kept[next(iter(kept))]
