"""Who sends which post now: leases, and the truth about what was sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model.post import Posted, PostKind
from bot.services.outbox import Settled
from bot.store import SqlStore
from tests import builders
from tests.store.conftest import Clock
from tests.store.desk import LEASE, SECOND, Desk

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
async def desk(store: SqlStore) -> Desk:
    """One channel that watches BABA and JD."""
    desk = Desk(store)
    await desk.watch(builders.watch(1), builders.watch(1, "JD"))
    return desk


async def test_a_leased_post_is_nobody_elses(desk: Desk, clock: Clock) -> None:
    """Until the lease runs out; then the same post, with the same nonce, is tried again."""
    await desk.speak()
    first = await desk.one("a")
    meanwhile = await desk.claim("b")
    clock.move(LEASE + SECOND)
    again = await desk.one("b")

    assert meanwhile == []
    assert (first.id, first.nonce, 2, "b") == (again.id, again.nonce, again.tries, again.owner)


async def test_the_first_attempt_is_stored_once(desk: Desk, clock: Clock) -> None:
    """Before the request leaves, so that a crash does not forget how old the nonce is."""
    await desk.speak()
    first = await desk.one()
    started = await desk.start(first)
    clock.move(LEASE + SECOND)
    second = await desk.one()
    clock.move(SECOND)
    again = await desk.start(second)
    found = await desk.find(second)

    assert started and again
    assert first.first_attempt_at is None
    assert second.first_attempt_at == found.first_attempt_at
    assert found.first_attempt_at is not None


async def test_a_lost_lease_does_not_start(desk: Desk, clock: Clock) -> None:
    """A process that was stopped and wakes up sends nothing on a dead lease."""
    await desk.speak()
    stopped = await desk.one("a")
    clock.move(LEASE + SECOND)
    expired = await desk.start(stopped)
    other = await desk.one("b")

    assert not expired
    assert not await desk.start(stopped)
    assert await desk.start(other)


async def test_retries_are_fenced_by_their_claim(desk: Desk, clock: Clock) -> None:
    """One who lost the lease cannot put the post off, kill it, or doubt it."""
    await desk.speak()
    stale = await desk.one("a")
    clock.move(LEASE + SECOND)
    held = await desk.one("b")
    for settled in (
        Settled(stale, later=HOUR),
        Settled(stale, dead="it is not"),
        Settled(stale, uncertain="it is not"),
    ):
        await desk.settle(settled)

    assert held == await desk.find(held)


async def test_the_same_owner_is_fenced_from_its_earlier_claim(desk: Desk, clock: Clock) -> None:
    """Tries begin anew after a success; the claim is told apart by its lease."""
    await desk.speak()
    stale = await desk.one("a")
    clock.move(LEASE + SECOND)
    await desk.posted(await desk.one("a"))
    await desk.follow()
    held = await desk.one("a")
    await desk.settle(Settled(stale, later=HOUR))

    assert stale.tries == held.tries == 1
    assert await desk.start(held)


async def test_a_message_is_accepted_from_anyone(desk: Desk, clock: Clock) -> None:
    """What was sent was sent, though the lease is another's now; that one has nothing to do."""
    await desk.speak()
    slow = await desk.one("a")
    clock.move(LEASE + SECOND)
    other = await desk.one("b")
    await desk.settle(Settled(slow, Posted(77, 1)))
    found, owed = await desk.find(other), await desk.pending()
    started = await desk.start(other)
    await desk.follow()
    edit = await desk.one("c")

    assert (found.message_id, found.posted_rev) == (77, 1)
    assert (owed, started) == (0, False)
    assert edit.message_id == 77


async def test_the_first_message_known_is_the_message(desk: Desk, clock: Clock) -> None:
    """A second one, reported later, does not take its place."""
    await desk.speak()
    slow = await desk.one("a")
    clock.move(LEASE + SECOND)
    await desk.posted(await desk.one("b"), 77)
    await desk.settle(Settled(slow, Posted(78, 1)))

    assert (await desk.find(slow)).message_id == 77


async def test_an_old_body_is_edited_to_the_newest(desk: Desk) -> None:
    """A repeated create is answered with the first message and its old body: an edit is owed."""
    await desk.speak()
    await desk.follow()
    post = await desk.one()
    await desk.settle(Settled(post, Posted(77, 1)))
    edit = await desk.one()

    assert (edit.message_id, edit.posted_rev, edit.desired_rev) == (77, 1, 2)


async def test_what_was_raised_during_the_attempt_is_owed_after_it(desk: Desk) -> None:
    """An attempt settles the revision that it sent, not the one that came meanwhile."""
    await desk.speak()
    create = await desk.one()
    await desk.follow()
    meanwhile = await desk.claim("b")
    await desk.posted(create)
    edit = await desk.one()

    assert meanwhile == []
    assert (edit.posted_rev, edit.desired_rev) == (1, 2)


async def test_a_late_report_never_lowers_what_was_posted(desk: Desk) -> None:
    """Revisions only grow."""
    await desk.speak()
    (create,) = await desk.send_all()
    await desk.follow()
    (edit,) = await desk.send_all()
    await desk.settle(Settled(create, Posted(1000 + create.id, 1)))

    assert (await desk.find(edit)).posted_rev == 2


async def test_an_uncertain_post_that_turns_up_lives_again(desk: Desk) -> None:
    """A late answer proves the message: later revisions edit it."""
    await desk.speak()
    post = await desk.one()
    await desk.settle(Settled(post, uncertain="no answer"))
    await desk.settle(Settled(post, Posted(77, 1)))
    await desk.follow()

    assert (await desk.one()).message_id == 77


async def test_releasing_gives_back_ones_own_leases(desk: Desk) -> None:
    """At a clean stop others need not wait for the lease."""
    await desk.watch(builders.watch(2))
    await desk.speak()
    await desk.claim("a", limit=1)
    await desk.claim("b", limit=1)
    async with desk.store.transaction("release") as tx:
        released = await tx.outbox.release("a")

    assert released == 1
    assert [post.destination.id for post in await desk.claim("c")] == [1]


async def test_nothing_to_say_gives_the_post_back(desk: Desk) -> None:
    """An attempt that ended without any word leaves the post due at once."""
    await desk.speak()
    post = await desk.one()
    await desk.settle(Settled(post))

    assert post.id == (await desk.one()).id


async def test_a_found_post_is_the_claimed_one(desk: Desk) -> None:
    """A button's id leads back to the row, claimed or not."""
    await desk.speak()
    post = await desk.one()
    claimed = await desk.find(post)
    await desk.posted(post)
    free = await desk.find(post)

    assert post == claimed
    assert (free.owner, free.kind, free.posted_rev) == ("", PostKind.BRIEF, 1)
    assert replace(free, message_id=None).nonce == post.nonce
