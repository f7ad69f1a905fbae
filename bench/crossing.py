"""How long from a crossing to its message in the channel, and what is that time made of?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass

from bench import bare
from bench.bare import BareStore, now
from bench.desk import OpenDesk, open_desk
from bench.figure import Figure, quantile, rounds
from bot.delivery.poster import DiscordPoster
from bot.services.publish import Publisher

ROUNDS = 60
CLAIMED, SPOKEN = "store.claim.after", "store.speak.after"
POSTED, SETTLED = "discord.create.after", "store.settle.after"
STAGES = {
    "quote, measure, step": ("start", "store.piece.after"),
    "bars, peers and headlines, brief composed": ("store.piece.after", "chart.before"),
    "chart": ("chart.before", "chart.after"),
    "words and stylebook": ("render.before", "render.after"),
    "commit": ("render.after", SPOKEN),
    "claimed, read, attempt noted": (SPOKEN, "discord.create.before"),
    "request and reply": ("discord.create.before", POSTED),
}
SEND = "the same message by a bare discord.py"
P50, P99, FIRST = 1500.0, 2000.0, 2000.0
ADDED = 9.0
"""Milliseconds that the outbox may add to a bare send: what it was chosen for."""


class Marks:
    """When, in milliseconds, each edge of the road was first passed since `begin`."""

    def __init__(self) -> None:
        self._passed: dict[str, float] = {}
        self.listening, self.settled = asyncio.Event(), asyncio.Event()

    def begin(self) -> None:
        self._passed = {"start": now()}

    def __call__(self, edge: str) -> None:
        self._passed.setdefault(edge, now())
        if edge == CLAIMED:
            self.listening.set()
        if edge == SETTLED:
            self.settled.set()

    def span(self, first: str, last: str) -> float:
        return self._passed[last] - self._passed[first]


@dataclass(frozen=True, slots=True)
class Round:
    """One crossing, and its floors in the same second."""

    marks: Marks
    send: float
    commit: float


async def figures(share: float) -> AsyncIterator[Figure]:
    """Every round has a fresh store and a channel of its own; the floors follow it."""
    number = rounds(ROUNDS, share)
    async with open_desk(channels=number + 2) as desk:
        with closing(BareStore(desk.folder / "bare.db")) as store:
            first, *made = [await _round(desk, n, store) for n in range(number + 1)]
    p50 = quantile(_spans(made, "start", POSTED), 0.5)
    send = quantile([each.send for each in made], 0.5)
    yield Figure("crossing to post, p50", p50, "ms", f"{SEND}, p50", send, P50)
    yield Figure(
        "crossing to post, p99",
        quantile(_spans(made, "start", POSTED), 0.99),
        "ms",
        f"{SEND}, p99",
        quantile([each.send for each in made], 0.99),
        P99,
    )
    cold = first.marks.span("start", POSTED)
    yield Figure("first crossing of a process", cold, "ms", "crossing to post, p50", p50, FIRST)
    yield Figure(
        "commit to post, p50",
        quantile(_spans(made, SPOKEN, POSTED), 0.5),
        "ms",
        f"{SEND} after two bare SQLite commits, p50",
        quantile([each.send + 2 * each.commit for each in made], 0.5),
        send + ADDED,
    )
    for figure in _shares(made, p50):
        yield figure


def _shares(made: Sequence[Round], whole: float) -> Iterator[Figure]:
    """What the crossing is made of; the ratio is the share of the whole."""
    for name, (first, last) in STAGES.items():
        took = quantile(_spans(made, first, last), 0.5)
        yield Figure(f"of a crossing: {name}, p50", took, "ms", "crossing to post, p50", whole)


def _spans(made: Sequence[Round], first: str, last: str) -> list[float]:
    return [each.marks.span(first, last) for each in made]


async def _round(desk: OpenDesk, number: int, store: BareStore) -> Round:
    """From the beginning of a pass that sees BABA beyond 5 % to Discord's reply."""
    marks = Marks()
    async with desk.newsroom(edge=marks) as room:
        await room.watch([desk.place.channels[number]])
        poster = DiscordPoster(desk.client, marks)
        publisher = Publisher(room.store, poster, room.witness, desk.parts.real, desk.parts.owner)
        publishing = asyncio.create_task(publisher.run())
        await marks.listening.wait()
        marks.begin()
        await room.cross(desk.place.now)
        async with asyncio.timeout(30):
            await marks.settled.wait()
        publishing.cancel()
        await asyncio.wait([publishing])
        await poster.close()
        return Round(marks, await bare.send(desk, room.witness, number), store.commit())
