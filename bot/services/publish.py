"""
The last metre: claim rows of the outbox, create or edit, settle by the truth.

A row is published by its level: no message id means create with the newest revision,
`posted_rev < desired_rev` means edit to it. The lease outlives the attempt.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from bot.errors import DeliveryError, DeskError, Permanent, Transient
from bot.model.post import Destination, Gone, Post, Posted
from bot.services.ledger import Store
from bot.services.outbox import Settled
from bot.services.ports import Poster, RealClock, Renderer
from bot.services.words import Vocabulary, Words

log = structlog.get_logger(__name__)

BATCH = 16
WITHDRAWN = "withdrawn before it was posted"
_UNREACHABLE = (Gone.CHANNEL.value, Gone.ACCESS.value, Gone.PERMISSION.value)


@dataclass(frozen=True, slots=True)
class Timing:
    """
    The lease outlives the attempt, counted from the claim; both are real time.

    For `blind` after its first attempt a create is repeated, since its nonce protects it;
    after that it is looked up in the channel first.
    """

    lease: timedelta = timedelta(seconds=15)
    attempt: timedelta = timedelta(seconds=10)
    blind: timedelta = timedelta(minutes=2)


TIMING = Timing()


class Publisher:
    """Works the outbox for one replica, named `owner`."""

    def __init__(
        self,
        store: Store,
        poster: Poster,
        renderer: Renderer,
        clock: RealClock,
        owner: str,
        *,
        timing: Timing = TIMING,
    ) -> None:
        self._store = store
        self._poster = poster
        self._vocabulary = Vocabulary(store, renderer)
        self._clock = clock
        self._owner = owner
        self._timing = timing
        self._jitter = random.Random(owner)
        self.on_broken: Callable[[Destination, str], Awaitable[None]] = _silent
        self.token_dead = asyncio.Event()
        self._stopping = False

    def stop(self) -> None:
        """Claim nothing more; what is under way ends by itself."""
        self._stopping = True

    async def run(self) -> None:
        """Publish until stopped; a failing database or row never ends the loop."""
        while not (self._stopping or self.token_dead.is_set()):
            try:
                wait = await self.publish_once()
            except DeskError as error:
                log.error("cannot publish", why=str(error))
                wait = 1.0
            except Exception:
                log.exception("publisher stumbled")
                wait = 1.0
            if wait:
                await self._store.wake(min(wait, 1.0))

    async def settle_all(self, within: float) -> None:
        """Publish until nothing is owed to anybody who can be told, or `within` seconds passed."""
        give_up = self._clock.monotonic() + within
        while await self._owed() and self._clock.monotonic() < give_up:
            if wait := await self.publish_once():
                await self._store.wake(min(wait, 1.0))

    async def _owed(self) -> int:
        async with self._store.transaction("owed") as tx:
            return await tx.outbox.pending()

    async def publish_once(self) -> float:
        """Send one batch; returns seconds to wait before the next, 0 when there is more."""
        until = self._clock.monotonic() + self._timing.attempt.total_seconds()
        async with self._store.transaction("claim") as tx:
            claimed, wait = await tx.outbox.claim(self._owner, BATCH, self._timing.lease)
        if not claimed:
            return wait or 1.0
        async with asyncio.TaskGroup() as group:
            for delay, post in claimed:
                group.create_task(self._deliver(post, delay, until))
        return 0.0

    async def release(self) -> None:
        async with self._store.transaction("release") as tx:
            await tx.outbox.release(self._owner)

    async def _deliver(self, post: Post, delay: float, until: float) -> None:
        settled: Settled | None
        try:
            await self._clock.sleep(delay)
            words = await self._vocabulary.of(post)
            async with self._store.transaction("start") as tx:
                if not await tx.outbox.start(post):
                    return
            async with asyncio.timeout(max(0.1, until - self._clock.monotonic())):
                settled = await self._attempt(post, words)
        except TimeoutError:
            settled = self._later(post, Transient("Discord did not answer in time", ambiguous=True))
        except DeliveryError as error:
            settled = await self._refused(post, error)
        except Exception as error:
            log.exception("post failed", post=post.id)
            settled = Settled(post, later=timedelta(minutes=min(60, 2**post.tries)))
            settled = settled if post.tries < 3 else Settled(post, dead=f"{error!r}"[:200])
        if settled is not None:
            await self._settle(settled)

    async def _attempt(self, post: Post, words: Words) -> Settled:
        if post.message_id is not None:
            return Settled(post, await self._poster.edit(post, words.rendered, words.chart))
        if words.withdrawn and not words.announces(post):
            return await self._not_sent(post, words)
        if post.first_attempt_at and self._clock.now() - post.first_attempt_at > self._timing.blind:
            found = await self._poster.find(post, post.first_attempt_at, words.rendered)
            if found is False:
                return Settled(post, uncertain="sent once, and its absence cannot be proved")
            if isinstance(found, Posted):
                return Settled(post, found)
        return Settled(post, await self._poster.create(post, words.rendered, words.chart))

    async def _not_sent(self, post: Post, words: Words) -> Settled:
        """What is withdrawn is not told; what was sent already, perhaps, is looked for."""
        if post.first_attempt_at is not None:
            found = await self._poster.find(post, post.first_attempt_at, words.rendered)
            if isinstance(found, Posted):
                return Settled(post, found)
            if found is False:
                return Settled(post, await self._poster.create(post, words.rendered, words.chart))
        return Settled(post, dead=WITHDRAWN)

    async def _refused(self, post: Post, error: DeliveryError) -> Settled | None:
        log.warning("not posted", post=post.id, channel=post.destination.id, why=str(error))
        if isinstance(error, Transient):
            if error.everywhere and error.retry_after is not None:
                async with self._store.transaction("pause") as tx:
                    await tx.outbox.pause(error.retry_after.total_seconds())
            return self._later(post, error)
        gone = error.gone if isinstance(error, Permanent) else ""
        if gone == Gone.TOKEN.value:
            self.token_dead.set()
            return self._later(post, Transient(error.message))
        if gone in (Gone.MESSAGE.value, Gone.EDITS.value) and post.message_id is not None:
            async with self._store.transaction("follow-up") as tx:
                await tx.outbox.follow_up(post)
            return None
        if gone in _UNREACHABLE:
            async with self._store.transaction("broken") as tx:
                first = await tx.destinations.mark(post.destination.id, gone)
            if first:
                await self.on_broken(post.destination, gone)
            return self._later(post, Transient(error.message))
        return Settled(post, dead=error.message[:200])

    def _later(self, post: Post, error: Transient) -> Settled:
        """A server's own word counts; otherwise 1, 2, 4 … 60 s, never in step with others."""
        if error.retry_after is not None:
            return Settled(post, later=error.retry_after)
        seconds = min(60.0, 2.0 ** max(0, post.tries - 1)) * self._jitter.uniform(1.0, 1.2)
        return Settled(post, later=timedelta(seconds=seconds))

    async def _settle(self, settled: Settled) -> None:
        async with self._store.transaction("settle") as tx:
            await tx.outbox.settle(settled)
        if settled.posted:
            log.info(
                "posted",
                post=settled.post.id,
                revision=settled.posted.revision,
                message=settled.posted.message_id,
            )


async def _silent(_destination: Destination, _why: str) -> None:
    """Until a face says otherwise, a broken destination is only logged."""
