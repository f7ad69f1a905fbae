"""A desk reduced to what it writes: watches, pieces and posts, in words that tests can read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

from bot.model.alert import Terms
from bot.model.piece import PieceKey, PieceState
from bot.model.post import Post, Posted, Watch
from bot.services.ledger import PieceRow
from bot.services.outbox import Audience, Settled
from bot.store import SqlStore
from tests import builders

LEASE = timedelta(seconds=15)
SECOND = timedelta(seconds=1)


def key(ticker: str = "BABA", ordinal: int = 1) -> PieceKey:
    return PieceKey(f"{ticker}@XNYS", ticker, builders.DAY, True, ordinal)


BABA = key().id


@dataclass(slots=True)
class Desk:
    """Speaks to the store as the services do."""

    store: SqlStore
    revisions: dict[str, int] = field(default_factory=dict)

    async def watch(self, *watches: Watch) -> None:
        async with self.store.transaction("watch") as tx:
            for watch in watches:
                if await tx.destinations.get(watch.destination) is None:
                    await tx.destinations.put(builders.destination(watch.destination))
                await tx.watches.put(watch)

    async def everywhere(self, channels: int, on: Terms | None = None) -> None:
        """Channels 1, 2, … watch BABA."""
        await self.watch(*(builders.watch(to, on=on) for to in range(1, channels + 1)))

    async def revise(self, ticker: str = "BABA", ordinal: int = 1) -> PieceRow:
        """Write the next revision of a piece; nobody is told."""
        of = key(ticker, ordinal)
        revision = self.revisions[of.id] = self.revisions.get(of.id, 0) + 1
        row = PieceRow(of, PieceState.LIVE, revision)
        async with self.store.transaction("revise") as tx:
            await tx.pieces.add_revision(row, builders.brief(piece=of.id, revision=revision))
        return row

    async def speak(
        self,
        ticker: str = "BABA",
        on: Terms | None = None,
        *,
        ordinal: int = 1,
        rung: bool = False,
    ) -> int:
        """The terms spoke: their channels get the living message, and a line for a rung."""
        row, terms = await self.revise(ticker, ordinal), on or builders.terms()
        async with self.store.transaction("speak") as tx:
            if rung:
                await tx.outbox.add_rung(row.key.id, Audience(ticker, terms), row.revision)
            return await tx.outbox.fan_out(row.key.id, Audience(ticker, terms), row.revision)

    async def follow(self, ticker: str = "BABA") -> int:
        """The fade, the close, a better catalyst: every posted copy is to be edited."""
        row = await self.revise(ticker)
        async with self.store.transaction("follow") as tx:
            return await tx.outbox.raise_all(row.key.id, row.revision)

    async def claim(
        self, owner: str = "a", limit: int = 100, lease: timedelta = LEASE
    ) -> list[Post]:
        async with self.store.transaction("claim") as tx:
            claimed, _ = await tx.outbox.claim(owner, limit, lease)
        return [post for _, post in claimed]

    async def one(self, owner: str = "a") -> Post:
        """Claim, where exactly one post must be due."""
        (post,) = await self.claim(owner)
        return post

    async def start(self, post: Post) -> bool:
        async with self.store.transaction("start") as tx:
            return await tx.outbox.start(post)

    async def settle(self, settled: Settled) -> None:
        async with self.store.transaction("settle") as tx:
            await tx.outbox.settle(settled)

    async def posted(self, post: Post, message: int | None = None) -> None:
        """Discord took it; the message is numbered after the post unless told otherwise."""
        shown = Posted(message or post.message_id or 1000 + post.id, post.desired_rev)
        await self.settle(Settled(post, shown))

    async def send_all(self, owner: str = "a") -> list[Post]:
        """Claim and post until nothing is due; the posts in the order they left."""
        sent: list[Post] = []
        while posts := await self.claim(owner):
            for post in posts:
                assert await self.start(post)

                await self.posted(post)
            sent += posts
        return sent

    async def find(self, post: Post) -> Post:
        async with self.store.transaction("find") as tx:
            found = await tx.outbox.find(post.id)
        assert found is not None

        return found

    async def pending(self) -> int:
        async with self.store.transaction("pending") as tx:
            return await tx.outbox.pending()


def without_claim(post: Post) -> Post:
    """The post as one who never claimed it would know it."""
    return replace(post, owner="nobody", tries=0)
