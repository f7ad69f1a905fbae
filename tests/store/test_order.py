"""Which post goes next: order within a channel and between channels, and what waits."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.services.outbox import Settled
from bot.store import SqlStore
from tests import builders
from tests.store.conftest import Clock
from tests.store.desk import BABA, SECOND, Desk, key

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def desk(store: SqlStore) -> Desk:
    """One channel that watches BABA and JD."""
    desk = Desk(store)
    await desk.watch(builders.watch(1), builders.watch(1, "JD"))
    return desk


async def test_later_is_not_before_its_time(desk: Desk, clock: Clock) -> None:
    """A post put off holds up its channel, not the others."""
    await desk.speak()
    await desk.settle(Settled(await desk.one(), later=MINUTE))
    await desk.watch(builders.watch(2, "JD"))
    await desk.speak("JD")
    meanwhile = await desk.send_all()
    clock.move(MINUTE + SECOND)
    after = await desk.claim()

    assert [(one.destination.id, one.piece) for one in meanwhile] == [(2, "JD/2026-01-12/up/1")]
    assert [(one.destination.id, one.piece) for one in after] == [(1, BABA)]


@pytest.mark.parametrize("end", [{"dead": "refused"}, {"uncertain": "no proof"}])
async def test_what_is_given_up_is_not_sent(desk: Desk, clock: Clock, end: dict[str, str]) -> None:
    """Neither the post nor its unsaid lines; the channel goes on with the next piece."""
    await desk.speak()
    post = await desk.one()
    await desk.start(post)
    await desk.speak(rung=True)
    await desk.speak("JD")
    await desk.settle(Settled(post, dead=end.get("dead", ""), uncertain=end.get("uncertain", "")))
    clock.move(HOUR)

    assert [one.piece for one in await desk.send_all()] == ["JD/2026-01-12/up/1"]
    assert await desk.pending() == 0


async def test_nothing_hangs_on_a_message_that_may_not_be_there(desk: Desk) -> None:
    """A further rung has no message to reply to: it is not said, and nobody is held up."""
    await desk.speak()
    post = await desk.one()
    await desk.start(post)
    await desk.settle(Settled(post, uncertain="no proof"))
    await desk.speak(rung=True)

    assert await desk.claim() == []


async def test_a_channel_has_one_post_in_flight_by_id(desk: Desk) -> None:
    """A correction never overtakes its brief, whichever replica sends it."""
    await desk.speak()
    await desk.speak("JD")
    first = await desk.one("a")
    meanwhile = await desk.claim("b")
    await desk.posted(first)
    second = await desk.one("b")
    await desk.follow()
    still = await desk.claim("a")
    await desk.posted(second)

    assert [] == meanwhile == still
    assert [first.piece, second.piece] == [BABA, "JD/2026-01-12/up/1"]
    assert first.id == (await desk.one("a")).id


async def test_order_is_priority_attempted_first_id(desk: Desk, clock: Clock) -> None:
    """Hot posts before edits; what was tried before goes before what was not."""
    await desk.watch(*(builders.watch(to) for to in (2, 3)), builders.watch(4, "JD"))
    await desk.speak()
    await desk.send_all()
    await desk.follow()
    await desk.speak("JD")
    tried = await desk.claim(limit=1)
    await desk.settle(Settled(tried[0], later=SECOND))
    clock.move(2 * SECOND)
    await desk.speak("JD", ordinal=2)
    order = [(post.destination.id, post.piece) for post in await desk.claim()]

    assert (tried[0].destination.id, tried[0].piece) == (1, BABA)
    assert [(1, BABA), (4, key("JD").id), (2, BABA), (3, BABA)] == order


async def test_an_edit_does_not_hold_up_a_hot_post_of_its_channel(desk: Desk) -> None:
    """What stands before a hot post in its channel is lifted to its priority."""
    await desk.everywhere(4)
    await desk.speak()
    await desk.send_all()
    await desk.follow()
    await desk.speak("JD")
    first = (await desk.claim(limit=1))[0]

    assert (first.destination.id, first.piece) == (1, BABA)
    assert first.message_id is not None


async def test_a_hot_post_stays_hot_when_it_is_raised(desk: Desk) -> None:
    """A fade that comes before the first message was sent does not slow that down."""
    await desk.speak()
    await desk.follow()
    await desk.watch(builders.watch(2, "PDD"))
    await desk.speak("PDD")
    order = [post.piece for post in await desk.claim()]

    assert order == [BABA, key("PDD").id]


async def test_a_broken_channel_waits_and_goes_on_when_mended(desk: Desk, clock: Clock) -> None:
    """Nothing is lost: what was owed is sent when the permission returns."""
    await desk.speak()
    async with desk.store.transaction("broken") as tx:
        marked = [await tx.destinations.mark(1, "the desk may not post there") for _ in range(2)]
    meanwhile, owed = await desk.claim(), await desk.pending()
    await desk.store.wake(0)
    async with desk.store.transaction("mended") as tx:
        mended = await tx.destinations.mark(1, "")
    await asyncio.wait_for(desk.store.wake(30), 5)

    assert marked == [True, False]
    assert (meanwhile, owed, mended) == ([], 0, True)
    assert (await desk.one()).piece == BABA


@pytest.mark.parametrize("jump", [HOUR, -HOUR, timedelta(days=-400)])
async def test_a_clock_that_jumps_stops_nothing(desk: Desk, clock: Clock, jump: timedelta) -> None:
    """Leases, delays, slots and pauses of another time count as over."""
    await desk.watch(*(builders.watch(to) for to in (2, 3)))
    await desk.speak()
    first, second, _ = await desk.claim()
    await desk.settle(Settled(first, later=MINUTE))
    async with desk.store.transaction("pause") as tx:
        await tx.outbox.pause(60)
    clock.move(jump)
    due = await desk.claim()

    assert [post.destination.id for post in due] == [1, 2, 3]
    assert not await desk.start(second)


async def test_a_settled_post_wakes_the_next_of_its_channel(desk: Desk) -> None:
    """Twenty briefs for one channel do not wait for twenty polls."""
    await desk.speak()
    await desk.speak("JD")
    post = await desk.one()
    await desk.store.wake(0)
    await desk.posted(post)

    await asyncio.wait_for(desk.store.wake(30), 5)
