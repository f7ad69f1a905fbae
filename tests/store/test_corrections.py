"""Corrections: who is told of them, what is cancelled, and whose they are. On both databases."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa

from bot.model.alert import Episode
from bot.model.piece import Correction, CorrectionKind, Matter, PieceState, Remedy
from bot.model.post import Destination, PostKind, PostState
from bot.services.ledger import EpisodeKey, PieceRow
from bot.services.outbox import Settled
from bot.store import SqlStore, tables
from tests import builders
from tests.store.desk import BABA, SECOND, Desk, key


def correction(guild: int | None = None, now: str = "9.6%") -> Correction:
    remedy = Remedy(Matter.REFERENCE, "150.96", "151.17")
    return Correction(
        CorrectionKind.CORRECTED,
        "the rise",
        "9.8%",
        now,
        "restated",
        builders.at("12:02"),
        guild,
        42,
        remedy,
    )


async def two_servers(store: SqlStore) -> Desk:
    """Channels 1 and 2 of server 1, channel 3 of server 2; all of them watch BABA."""
    desk = Desk(store)
    async with store.transaction("servers") as tx:
        for channel, guild in ((1, 1), (2, 1), (3, 2)):
            await tx.destinations.put(Destination(channel, guild))
    await desk.everywhere(3)
    return desk


async def tell(desk: Desk, guild: int | None = None) -> int:
    row = await desk.revise()
    async with desk.store.transaction("correct") as tx:
        return await tx.corrections.tell(BABA, row.revision, guild)


async def cancel(desk: Desk, guild: int | None = None) -> int:
    async with desk.store.transaction("correct") as tx:
        return await tx.corrections.cancel(BABA, guild)


async def test_a_servers_own_corrections_come_back_in_order(store: SqlStore) -> None:
    """By the revision that first shows them, and never in another server."""
    desk = await two_servers(store)
    await desk.revise()
    first, second, theirs = correction(1), correction(1, "9.5%"), correction(2)
    async with store.transaction("add") as tx:
        await tx.corrections.add(BABA, 3, 1, second)
        await tx.corrections.add(BABA, 2, 1, first)
        await tx.corrections.add(BABA, 4, 2, theirs)
        found = [await tx.corrections.of(BABA, revision, 1) for revision in (1, 2, 3, 4)]
        guilds = [await tx.corrections.guilds(BABA, revision) for revision in (1, 3, 4)]

    assert [[], [first], [first, second], [first, second]] == found
    assert [frozenset(), {1}, {1, 2}] == guilds


async def test_every_copy_is_edited_and_told_in_a_line(store: SqlStore) -> None:
    """The edit goes first in its channel, so that the line finds it made."""
    desk = await two_servers(store)
    await desk.speak()
    await desk.send_all()
    assert 3 == await tell(desk)
    sent = await desk.send_all()
    by_channel = {
        channel: [
            (one.kind, one.part, one.desired_rev) for one in sent if one.destination.id == channel
        ]
        for channel in (1, 2, 3)
    }

    assert 3 * [[(PostKind.BRIEF, 0, 2), (PostKind.CORRECTION, 1, 2)]] == list(by_channel.values())


async def test_a_servers_own_correction_leaves_the_others_alone(store: SqlStore) -> None:
    """Only channels of that server are owed anything."""
    desk = await two_servers(store)
    await desk.speak()
    await desk.send_all()
    assert 2 == await tell(desk, 1)
    sent = await desk.send_all()

    assert {1, 2} == {one.destination.id for one in sent}


async def test_what_is_still_unsaid_needs_no_line(store: SqlStore) -> None:
    """It will be created with the correction in it."""
    desk = await two_servers(store)
    await desk.speak()
    await tell(desk)
    sent = await desk.send_all()

    assert [(PostKind.BRIEF, 2)] * 3 == [(one.kind, one.desired_rev) for one in sent]


async def test_every_correction_has_its_line(store: SqlStore) -> None:
    """Two in a backlog are two lines: neither may be swallowed by the other."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await tell(desk)
    await tell(desk)
    sent = await desk.send_all()

    assert [(PostKind.BRIEF, 3), (PostKind.CORRECTION, 2), (PostKind.CORRECTION, 3)] == [
        (one.kind, one.desired_rev) for one in sent
    ]


async def test_withdrawn_before_it_was_posted(store: SqlStore) -> None:
    """What Discord has not heard of is cancelled, also by another replica's claim of it."""
    desk = await two_servers(store)
    await desk.speak()
    claimed = await desk.claim(limit=1)
    assert 3 == await cancel(desk)

    assert not await desk.start(claimed[0])
    assert PostState.CANCELLED is await state(desk, claimed[0].id)
    assert [] == await desk.claim()


async def test_what_may_be_there_is_not_cancelled(store: SqlStore) -> None:
    """A post that was started is raised instead, and edited once it is known."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    post = await desk.one()
    await desk.start(post)
    assert 0 == await cancel(desk)
    await tell(desk)
    await desk.posted(post)
    await desk.settle(Settled(post, later=SECOND))
    sent = await desk.send_all()

    assert [(PostKind.BRIEF, 2), (PostKind.CORRECTION, 2)] == [
        (one.kind, one.desired_rev) for one in sent
    ]


async def test_a_follow_up_carries_the_correction(store: SqlStore) -> None:
    """The message was deleted: what takes its place says it, and the line is not needed."""
    desk = Desk(store)
    await desk.everywhere(1)
    await desk.speak()
    await desk.send_all()
    await tell(desk)
    edit = await desk.one()
    async with store.transaction("follow-up") as tx:
        await tx.outbox.follow_up(edit)
        assert 0 == await tx.corrections.cancel(BABA, None)
    sent = await desk.send_all()

    assert [(PostKind.FOLLOW_UP, 2)] == [(one.kind, one.desired_rev) for one in sent]


async def test_what_a_server_may_correct(store: SqlStore) -> None:
    """The pieces that stand in its channels, by name or by one of their messages."""
    desk = await two_servers(store)
    async with store.transaction("another") as tx:
        await tx.watches.put(builders.watch(3, "JD"))
    await desk.speak()
    await desk.send_all()
    await desk.speak("JD")
    (jd,) = await desk.send_all()
    async with store.transaction("look") as tx:
        first, second = await tx.corrections.recent(1, 25), await tx.corrections.recent(2, 25)
        everywhere = await tx.corrections.recent(None, 1)
        here = await tx.corrections.shown_by(1000 + jd.id, 2)
        there = await tx.corrections.shown_by(1000 + jd.id, 1)

    assert [BABA] == [row.key.id for row in first]
    assert {BABA, key("JD").id} == {row.key.id for row in second}
    assert 1 == len(everywhere)
    assert (key("JD").id, None) == (here, there)


async def test_pieces_of_late_are_found_by_their_day(store: SqlStore) -> None:
    """Closed ones too: a close is restated on the morning after."""
    desk = Desk(store)
    row = await desk.revise()
    async with store.transaction("look") as tx:
        await tx.pieces.close(row.key.id)
        found = await tx.corrections.since(builders.DAY)
        later = await tx.corrections.since(builders.DAY + timedelta(days=1))

    assert [PieceRow(row.key, PieceState.CLOSED, 1)] == found
    assert [] == later
    assert builders.DAY == date(2026, 1, 12)


async def test_the_thresholds_that_spoke_are_known(store: SqlStore) -> None:
    """What a false premise is measured by."""
    desk = Desk(store)
    await desk.watch(builders.watch())
    row = await desk.revise()
    on = builders.terms()
    async with store.transaction("speak") as tx:
        at, where = builders.at("11:08"), EpisodeKey(on.key, "BABA", builders.DAY)
        await tx.episodes.add_alert(where, Episode(up=True), row.key.id, at)
        found = await tx.corrections.terms(row.key.id)

    assert [on] == found


async def state(desk: Desk, post: int) -> PostState:
    engine = desk.store._database.engine
    async with engine.connect() as connection:
        query = sa.select(tables.post.c.state).where(tables.post.c.id == post)
        found: PostState = (await connection.execute(query)).scalar_one()
    return found
