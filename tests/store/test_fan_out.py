"""Who is told: living messages, and what is raised."""

from __future__ import annotations

from bot.model.post import PostKind, nonce
from bot.services.outbox import Audience
from bot.store import SqlStore
from tests import builders
from tests.store.desk import BABA, Desk

FIVE, NINE = builders.terms("5"), builders.terms("9.5")


async def test_everyone_who_watches_on_those_terms_is_told(store: SqlStore) -> None:
    """Other tickers and other terms are not; a broken channel is once it can be told."""
    desk = Desk(store)
    await desk.watch(
        builders.watch(1),
        builders.watch(2),
        builders.watch(3, on=NINE),
        builders.watch(4, "JD"),
        builders.watch(5),
    )
    async with store.transaction("broken") as tx:
        await tx.destinations.mark(5, "the desk may not post there")
    told = await desk.speak()

    assert told == 3
    assert [post.destination.id for post in await desk.claim()] == [1, 2]

    async with store.transaction("mended") as tx:
        await tx.destinations.mark(5, "")
    assert [post.destination.id for post in await desk.claim()] == [5]


async def test_a_broken_channel_is_not_told_of_yesterday(store: SqlStore) -> None:
    """At the close what it was never told is cancelled; the others keep their posts."""
    desk = Desk(store)
    await desk.watch(builders.watch(1), builders.watch(2))
    async with store.transaction("broken") as tx:
        await tx.destinations.mark(2, "the desk may not post there")
    await desk.speak()
    async with store.transaction("close") as tx:
        expired = await tx.outbox.expire(BABA)
        await tx.destinations.mark(2, "")

    assert expired == 1
    assert [post.destination.id for post in await desk.claim()] == [1]


async def test_a_post_carries_what_a_sender_needs(store: SqlStore) -> None:
    """A new living message: part 0, to be created, with our own nonce."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    post = await desk.one("replica 1")

    assert builders.destination(1) == post.destination
    assert (post.piece, post.part, post.kind) == (BABA, 0, PostKind.BRIEF)
    assert (
        post.desired_rev,
        post.posted_rev,
        post.message_id,
        post.reply_to,
    ) == (1, 0, None, None)
    assert (post.owner, post.tries, post.first_attempt_at) == ("replica 1", 1, None)
    assert nonce(store.installation, BABA, 1, 0) == post.nonce


async def test_speaking_again_edits_the_living_message(store: SqlStore) -> None:
    """One piece is one living message, raised to the newest revision."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await desk.speak()
    post = await desk.one()

    assert (post.part, post.posted_rev, post.desired_rev) == (0, 1, 2)
    assert post.message_id is not None


async def test_two_terms_of_one_channel_make_one_message(store: SqlStore) -> None:
    """The thresholds of a channel gather in one living message, whichever spoke."""
    desk = Desk(store)
    await desk.watch(builders.watch(1, on=FIVE))
    await desk.speak(on=FIVE)
    await desk.watch(builders.watch(1, on=NINE))
    await desk.speak(on=NINE)
    post = await desk.one()

    assert (post.part, post.desired_rev) == (0, 2)


async def test_an_older_revision_never_lowers_a_newer_one(store: SqlStore) -> None:
    """A replica that comes late does not take back what is owed."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.follow()
    async with store.transaction("late") as tx:
        await tx.outbox.fan_out(BABA, Audience("BABA", FIVE), 1)
        await tx.outbox.raise_all(BABA, 1)

    assert (await desk.one()).desired_rev == 2


async def test_raising_reaches_every_living_message_and_nothing_else(store: SqlStore) -> None:
    """A fade edits what is there; lines already said stay as they are."""
    desk = Desk(store)
    await desk.everywhere(2)
    await desk.speak()
    await desk.send_all()
    await desk.speak(rung=True)
    await desk.send_all()
    raised = await desk.follow()

    assert raised == 2
    assert [(post.destination.id, post.part) for post in await desk.claim()] == [(1, 0), (2, 0)]


async def test_message_of_a_piece_never_posted_is_none(store: SqlStore) -> None:
    """Nor is there a post to be found."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    async with store.transaction("look") as tx:
        found = [await tx.outbox.message_of(BABA, 1), await tx.outbox.find(99)]

    assert found == [None, None]
