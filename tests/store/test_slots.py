"""When a request may leave: evenly spaced over all replicas, never far ahead, hot posts first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.model.post import Post
from bot.store import SqlStore, open_store
from tests import builders
from tests.store.conftest import Clock
from tests.store.desk import LEASE, Desk

RATE, HORIZON = 40.0, timedelta(seconds=0.25)
GAP = 1 / RATE
MOST = 11  # slots that begin now, after 25 ms, … after 250 ms
ORDINARY = 6  # … after 125 ms


@pytest.fixture
async def store(url: str, clock: Clock) -> AsyncIterator[SqlStore]:
    """A store at 40 requests a second, whose clock stands still unless it is moved."""
    async with await open_store(url, rate=RATE, horizon=HORIZON, clock=clock.frozen()) as store:
        yield store


@pytest.fixture
async def desk(store: SqlStore) -> Desk:
    """Thirty channels that were told of BABA, and have an alert for JD before them."""
    desk = Desk(store)
    await desk.everywhere(30)
    return desk


async def claim(
    desk: Desk, owner: str = "a", limit: int = 100
) -> tuple[list[float], list[Post], float]:
    async with desk.store.transaction("claim") as tx:
        claimed, wait = await tx.outbox.claim(owner, limit, LEASE)
    return [round(delay, 4) for delay, _ in claimed], [post for _, post in claimed], wait


async def test_slots_are_spaced_evenly_and_never_far_ahead(desk: Desk) -> None:
    """A claim takes as many posts as have a slot within the horizon, and says when more do."""
    await desk.speak()
    delays, _, wait = await claim(desk)

    assert [round(index * GAP, 4) for index in range(MOST)] == delays
    assert pytest.approx(GAP, abs=1e-3) == wait


async def test_replicas_share_the_slots(desk: Desk, clock: Clock) -> None:
    """What one reserved, the other does not get."""
    await desk.speak()
    mine, _, _ = await claim(desk, "a", limit=4)
    theirs, _, _ = await claim(desk, "b")
    clock.move(timedelta(seconds=GAP))
    next_one, _, _ = await claim(desk, "c")

    assert mine == [0, 0.025, 0.05, 0.075]
    assert [round(index * GAP, 4) for index in range(4, MOST)] == theirs
    assert next_one == [0.25]


async def test_a_limit_is_no_reason_to_wait(desk: Desk) -> None:
    """The wait is for slots only; and with nothing due there is none either."""
    idle = await claim(desk)
    await desk.speak()
    _, _, wait = await claim(desk, limit=2)

    assert idle == ([], [], 0.0)
    assert wait == 0.0


async def test_a_lane_stays_free_for_hot_posts(desk: Desk, clock: Clock) -> None:
    """Edits reserve the nearer half of the horizon; an alert behind them goes at once."""
    await _tell_everyone(desk, clock)
    await desk.follow()
    edits, _, wait = await claim(desk)
    full, _, _ = await claim(desk, "b")
    await desk.watch(builders.watch(99, "JD"))
    await desk.speak("JD")
    hot, posts, _ = await claim(desk, "b")

    assert [round(index * GAP, 4) for index in range(ORDINARY)] == edits
    assert pytest.approx(GAP, abs=1e-3) == wait
    assert full == []
    assert [round(ORDINARY * GAP, 4)] == hot
    assert [post.destination.id for post in posts] == [99]


async def test_a_global_limit_pauses_every_replica(desk: Desk, clock: Clock) -> None:
    """Nothing leaves before that; a shorter pause does not shorten it."""
    await desk.speak()
    async with desk.store.transaction("pause") as tx:
        await tx.outbox.pause(7)
        await tx.outbox.pause(2)
    paused, _, wait = await claim(desk)
    clock.move(timedelta(seconds=7.1))
    after, _, _ = await claim(desk, "b")

    assert paused == []
    assert pytest.approx(7, abs=1e-3) == wait
    assert len(after) == MOST


async def test_a_pause_is_capped(desk: Desk) -> None:
    """Whatever a server says, the desk tries again within five minutes."""
    await desk.speak()
    async with desk.store.transaction("pause") as tx:
        await tx.outbox.pause(86_400)
    _, _, wait = await claim(desk)

    assert pytest.approx(300, abs=1e-3) == wait


async def test_a_slow_rate_still_sends(url: str, clock: Clock) -> None:
    """One slot is always within the horizon, be the gap ever so long."""
    async with await open_store(url, rate=0.5, clock=clock.frozen()) as store:
        desk = Desk(store)
        await desk.everywhere(3)
        await desk.speak()
        first, _, wait = await claim(desk)
        clock.move(timedelta(seconds=2))
        second, _, _ = await claim(desk)

    assert [0] == first == second
    assert pytest.approx(1.75, abs=1e-3) == wait


async def _tell_everyone(desk: Desk, clock: Clock) -> None:
    await desk.speak()
    while (await claim_and_post(desk)) or await desk.pending():
        clock.move(timedelta(seconds=1))


async def claim_and_post(desk: Desk) -> int:
    _, posts, _ = await claim(desk)
    for post in posts:
        await desk.posted(post)
    return len(posts)
