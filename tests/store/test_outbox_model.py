"""
Whatever two replicas do, in whatever order: every post ends at its newest revision, once.

Hypothesis drives two owners that claim, start, send, crash, answer late and put off, on a
database whose clock it moves. Discord is a list of what arrived, deduplicated by nonce.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from bot.model.post import Post, Posted
from bot.services.outbox import Settled
from bot.store import SqlStore, open_store
from tests import builders
from tests.store.conftest import Clock, empty
from tests.store.desk import LEASE, SECOND, Desk

CHANNELS = (1, 2, 3)
TICKERS = ("BABA", "JD")
Answer = TypeVar("Answer")


class Discord:
    """What Discord holds: messages by nonce, each with the revisions it showed, in order."""

    def __init__(self) -> None:
        self.messages: dict[str, int] = {}
        self.shown: dict[int, list[int]] = {}
        self.created: dict[int, list[int]] = defaultdict(list)

    def take(self, post: Post) -> Posted:
        """Create or edit; a repeated create is answered with the message and its old body."""
        message = post.message_id or self.messages.get(post.nonce)
        if message is None:
            message = self.messages[post.nonce] = 1000 + len(self.messages)
            self.shown[message] = [post.desired_rev]
            self.created[post.destination.id].append(post.id)
        elif post.message_id is not None:
            self.shown[message].append(post.desired_rev)
        return Posted(message, self.shown[message][-1])


class Outbox(RuleBasedStateMachine):
    """The rules; `url` names the database, emptied before every example."""

    url: str
    claimed = Bundle("claimed")
    answers = Bundle("answers")

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.clock, self.discord = Clock(), Discord()
        self.leases: dict[int, Post] = {}

    @initialize()
    def open(self) -> None:
        empty(self.url)
        self.store: SqlStore = self.run(open_store(self.url, rate=1e6, clock=self.clock.frozen()))
        self.desk = Desk(self.store)
        watches = [builders.watch(to, ticker) for to in CHANNELS for ticker in TICKERS]
        self.run(self.desk.watch(*watches))

    def run(self, work: Coroutine[Any, Any, Answer]) -> Answer:
        return self.runner.run(work)

    @rule(ticker=st.sampled_from(TICKERS), rung=st.booleans())
    def speak(self, ticker: str, rung: bool) -> None:
        self.run(self.desk.speak(ticker, rung=rung))

    @rule(ticker=st.sampled_from(TICKERS))
    def follow(self, ticker: str) -> None:
        self.run(self.desk.follow(ticker))

    @rule(target=claimed, owner=st.sampled_from("ab"), limit=st.integers(1, 4))
    def claim(self, owner: str, limit: int) -> Any:
        posts = self.run(self.desk.claim(owner, limit))
        for post in posts:
            held = [one for one in self.leases.values() if self._alive(one)]

            assert post.destination.id not in {one.destination.id for one in held}

            self.leases[post.id] = post
        return multiple(*posts)

    @rule(target=answers, post=consumes(claimed))
    def send(self, post: Post) -> Any:
        """The request leaves only if the lease still holds; its answer may come at any time."""
        if not self.run(self.desk.start(post)):
            return multiple()

        assert self._alive(post)
        assert self.leases[post.id] == post

        return (post, self.discord.take(post))

    @rule(answer=consumes(answers))
    def hear(self, answer: tuple[Post, Posted]) -> None:
        self._settle(Settled(*answer))

    @rule(answer=consumes(answers), later=st.sampled_from([0, 1, 40]))
    def lose_the_answer(self, answer: tuple[Post, Posted], later: int) -> None:
        """Ambiguous: sent, but the answer was lost; to be repeated."""
        self._settle(Settled(answer[0], later=timedelta(seconds=later)))

    @rule(post=consumes(claimed), later=st.sampled_from([0, 1, 40]))
    def put_off(self, post: Post, later: int) -> None:
        self._settle(Settled(post, later=timedelta(seconds=later)))

    @rule(post=consumes(claimed))
    def crash(self, post: Post) -> None:
        """Nothing more is heard of it; its lease runs out."""

    @rule(owner=st.sampled_from("ab"))
    def restart(self, owner: str) -> None:
        self.run(self._release(owner))
        self.leases = {id: one for id, one in self.leases.items() if one.owner != owner}

    @rule(seconds=st.sampled_from([1, 16, 60]))
    def wait(self, seconds: int) -> None:
        self.clock.move(timedelta(seconds=seconds))

    @invariant()
    def creates_keep_their_channels_order(self) -> None:
        for ids in self.discord.created.values():
            assert ids == sorted(ids)

    def teardown(self) -> None:
        try:
            self._drain()
            self._check()
        finally:
            self.run(self.store.close())
            self.runner.close()

    def _drain(self) -> None:
        """The last replica standing finishes what all of them left."""
        while self.run(self.desk.pending()):
            self.clock.move(max(LEASE, 41 * SECOND))
            for post in self.run(self.desk.claim("c")):
                assert self.run(self.desk.start(post))

                self.run(self.desk.settle(Settled(post, self.discord.take(post))))

    def _check(self) -> None:
        """Each piece that spoke shows its newest revision in every channel that wants it."""
        for piece, revision in self.desk.revisions.items():
            messages = [self.run(self._message(piece, channel)) for channel in CHANNELS]
            if any(messages):
                assert all(messages)
                assert {self.discord.shown[one][-1] for one in messages if one} == {revision}

    def _alive(self, post: Post) -> bool:
        return post.lease_until > self.clock.at

    def _settle(self, settled: Settled) -> None:
        self.run(self.desk.settle(settled))
        if not self.run(self.desk.find(settled.post)).owner:
            self.leases.pop(settled.post.id, None)

    async def _release(self, owner: str) -> None:
        async with self.store.transaction("release") as tx:
            await tx.outbox.release(owner)

    async def _message(self, piece: str, channel: int) -> int | None:
        async with self.store.transaction("look") as tx:
            return await tx.outbox.message_of(piece, channel)


def test_two_replicas_lose_and_double_nothing(url: str) -> None:
    """On both databases, for any order of events."""
    machine = type("OutboxHere", (Outbox,), {"url": url})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
