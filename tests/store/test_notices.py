"""A feed's trouble is told once: one living message for every channel that wants the feed."""

from __future__ import annotations

from datetime import timedelta

from bot.model.piece import NOTICE
from bot.store import SqlStore
from tests import builders
from tests.store.desk import Desk
from tests.store.test_wishes import OWN, add, remove, wish

NOON = builders.at("12:00")


async def say(store: SqlStore, words: str, *, over: bool = False) -> bool:
    async with store.transaction("say") as tx:
        return await tx.notices.say(OWN, words, NOON, over=over)


async def test_every_channel_that_wants_it_is_told_once(store: SqlStore) -> None:
    """The message is edited when there is more to say, and when it is over."""
    desk = Desk(store)
    await add(store, wish(), wish(8), wish(9, url="https://other.example/"))
    await say(store, "not read since noon")
    first = await desk.send_all()
    await say(store, "read no more")
    second = await desk.send_all()
    await say(store, "read again", over=True)
    third = await desk.send_all()
    async with store.transaction("look") as tx:
        notice = await tx.notices.get(third[0].piece, 3)

    assert [70, 80] == [post.destination.id for post in first]
    assert [None, None] == [post.message_id for post in first]
    assert [2, 2] == [post.desired_rev for post in second]
    assert [None] != [post.message_id for post in second]
    assert notice is not None
    assert (OWN, "read again", True) == (notice.feed, notice.words, notice.over)
    assert first[0].piece.startswith(NOTICE)


async def test_the_next_trouble_is_another_message(store: SqlStore) -> None:
    """Also on the same day."""
    desk = Desk(store)
    await add(store, wish())
    await say(store, "not read")
    (first,) = await desk.send_all()
    await say(store, "read again", over=True)
    await desk.send_all()
    await say(store, "not read")
    (second,) = await desk.send_all()

    assert second.message_id is None
    assert first.piece != second.piece


async def test_who_never_heard_of_the_trouble_hears_not_of_its_end(store: SqlStore) -> None:
    """What was not sent yet is cancelled."""
    desk = Desk(store)
    await add(store, wish())
    await say(store, "not read")
    await say(store, "read again", over=True)

    assert [] == await desk.send_all()


async def test_nobody_wants_it_nobody_is_told(store: SqlStore) -> None:
    """A feed of the operator's list is no channel's business."""
    await add(store, wish())
    await remove(store, OWN, 7)
    told = [await say(store, "not read"), await say(store, "read again", over=True)]

    assert [False, False] == told
    assert [] == await Desk(store).send_all()


async def test_a_server_that_comes_later_is_told_with_the_next_word(store: SqlStore) -> None:
    """The others' message is edited."""
    desk = Desk(store)
    await add(store, wish())
    await say(store, "not read since noon")
    await desk.send_all()
    await add(store, wish(8))
    await say(store, "read no more")
    sent = await desk.send_all()

    assert [(70, True), (80, False)] == sorted(
        (post.destination.id, post.message_id is not None) for post in sent
    )


async def test_a_notice_is_no_brief(store: SqlStore) -> None:
    """No pass revises it, nobody corrects it."""
    await add(store, wish())
    await say(store, "not read")
    (post,) = await Desk(store).send_all()
    async with store.transaction("look") as tx:
        live = await tx.pieces.live()
        since = await tx.corrections.since(NOON.date() - timedelta(days=1))
        recent = await tx.corrections.recent(None, 10)
        shown = await tx.corrections.shown_by(1000 + post.id, None)

    assert ([], [], [], None) == (live, since, recent, shown)
