"""What hangs on the living message: a line for every rung, and the follow-up of a lost one."""

from __future__ import annotations

from bot.model.post import PostKind
from bot.services.outbox import Settled
from bot.store import SqlStore
from tests import builders
from tests.store.desk import BABA, Desk

FIVE, NINE = builders.terms("5"), builders.terms("9.5")


async def test_a_further_rung_edits_and_says_a_line(store: SqlStore) -> None:
    """An edit never notifies, so the rung is also a reply to the living message."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    (first,) = await desk.send_all()
    await desk.speak(rung=True)
    edit, line = await desk.send_all()

    assert (edit.part, edit.kind, edit.desired_rev) == (0, PostKind.BRIEF, 2)
    assert (line.part, line.kind, line.desired_rev) == (1, PostKind.RUNG, 2)
    assert 1000 + first.id == edit.message_id == line.reply_to
    assert first.nonce != line.nonce


async def test_every_rung_said_is_a_line_of_its_own(store: SqlStore) -> None:
    """Each with its own nonce, and all of them hang on the living message."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    (first,) = await desk.send_all()
    lines = []
    for _ in range(3):
        await desk.speak(rung=True)
        edit, line = await desk.send_all()
        lines.append((line.part, line.reply_to))

    assert edit.reply_to is None
    assert lines == [(part, 1000 + first.id) for part in (1, 2, 3)]


async def test_a_rung_before_the_message_adds_no_line(store: SqlStore) -> None:
    """Rungs that pile up in a backlog coalesce: the create shows the newest figures."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.speak(rung=True)
    await desk.speak(rung=True)
    (only,) = await desk.send_all()

    assert (only.part, only.desired_rev) == (0, 3)


async def test_a_rung_while_the_create_is_under_way_waits_for_it(store: SqlStore) -> None:
    """The message that is being sent shows older figures, so the line follows as its reply."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    create = await desk.one()
    await desk.start(create)
    await desk.speak(rung=True)
    nothing = await desk.claim("b")
    await desk.posted(create)
    edit, line = await desk.send_all()

    assert nothing == []
    assert (edit.posted_rev, edit.desired_rev) == (1, 2)
    assert (PostKind.RUNG, 1000 + create.id) == (line.kind, line.reply_to)


async def test_lines_not_yet_said_become_one(store: SqlStore) -> None:
    """After an outage a channel hears of the last rung, not of each."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    for _ in range(3):
        await desk.speak(rung=True)
    sent = await desk.send_all()

    assert [(post.part, post.desired_rev) for post in sent] == [(0, 4), (1, 4)]


async def test_a_line_under_way_is_not_changed(store: SqlStore) -> None:
    """What is being sent says its own rung; the next rung is a line of its own."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await desk.speak(rung=True)
    await desk.posted(await desk.one())
    under_way = await desk.one()
    await desk.start(under_way)
    await desk.speak(rung=True)
    await desk.posted(under_way)
    edit, line = await desk.send_all()

    assert (under_way.part, under_way.desired_rev) == (1, 2)
    assert (edit.part, edit.desired_rev) == (0, 3)
    assert (line.part, line.desired_rev) == (2, 3)


async def test_whoever_watches_later_gets_the_message_with_the_next_rung(
    store: SqlStore,
) -> None:
    """Who subscribes in mid-episode is not told what is past; the next rung creates the message."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await desk.watch(builders.watch(2))
    await desk.follow()
    early = await desk.send_all()
    await desk.speak(rung=True)
    later = await desk.send_all()

    assert [post.destination.id for post in early] == [1]
    assert {(1, 0), (1, 1), (2, 0)} == {(post.destination.id, post.part) for post in later}


async def test_a_refused_post_gets_another_chance_with_the_next_rung(store: SqlStore) -> None:
    """What was given up is not repeated by itself, but the next alert tries once more."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    post = await desk.one()
    await desk.settle(Settled(post, dead="the desk may not post there"))
    await desk.follow()
    nothing = await desk.claim()
    await desk.speak(rung=True)
    again = await desk.one()

    assert nothing == []
    assert (0, PostKind.BRIEF, post.nonce) == (again.part, again.kind, again.nonce)


async def test_a_follow_up_takes_the_place_of_a_lost_message(store: SqlStore) -> None:
    """A further part with its own nonce, hung on the old message, lives from then on."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await desk.speak(rung=True)
    lost = await desk.one()
    async with store.transaction("follow-up") as tx:
        await tx.outbox.follow_up(lost)
    (follow_up,) = await desk.send_all()
    await desk.speak(rung=True)
    edit, line = await desk.send_all()
    async with store.transaction("look") as tx:
        living = await tx.outbox.message_of(BABA, 1)

    assert (PostKind.FOLLOW_UP, 2, lost.message_id) == (
        follow_up.kind,
        follow_up.desired_rev,
        follow_up.reply_to,
    )
    assert lost.nonce != follow_up.nonce
    assert living == edit.message_id == line.reply_to == 1000 + follow_up.id
    assert follow_up.id == edit.id
    assert await desk.pending() == 0


async def test_a_lost_message_is_followed_up_once(store: SqlStore) -> None:
    """Two replicas that find the message gone make one follow-up."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await desk.follow()
    lost = await desk.one()
    for _ in range(2):
        async with store.transaction("follow-up") as tx:
            await tx.outbox.follow_up(lost)

    assert [post.kind for post in await desk.send_all()] == [PostKind.FOLLOW_UP]
