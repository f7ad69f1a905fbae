"""One brief for many names: who hears the market's, and who is still told of a single."""

from __future__ import annotations

from bot.services.outbox import Audience
from bot.store import SqlStore
from tests import builders
from tests.store.desk import BABA, Desk, key

FIVE = builders.terms("5")
MARKET = key("@SPY").id
FALLEN = ("BABA", "JD", "PDD")


async def a_market(store: SqlStore) -> Desk:
    """Channel 1 watches three of the fallen names, 2 two of them, 3 one twice over."""
    desk = Desk(store)
    await desk.watch(*(builders.watch(1, ticker) for ticker in FALLEN))
    await desk.watch(builders.watch(2, "BABA"), builders.watch(2, "JD"), builders.watch(2, "KO"))
    await desk.watch(builders.watch(3, "BABA"))
    row = await desk.revise("@SPY")
    async with store.transaction("wide") as tx:
        await tx.outbox.fan_out_wide(MARKET, FALLEN, 3, row.revision)
    return desk


async def test_whoever_watches_enough_of_the_names_hears_the_market(store: SqlStore) -> None:
    desk = await a_market(store)

    assert [(MARKET, 1)] == [(post.piece, post.destination.id) for post in await desk.claim()]


async def test_telling_the_market_again_edits_what_is_there(store: SqlStore) -> None:
    desk = await a_market(store)
    await desk.send_all()
    row = await desk.revise("@SPY")
    async with store.transaction("again") as tx:
        await tx.outbox.fan_out_wide(MARKET, FALLEN, 3, row.revision)
    post = await desk.one()

    assert post.message_id is not None
    assert (1, 2) == (post.posted_rev, post.desired_rev)


async def test_a_single_passes_over_those_who_heard_the_market(store: SqlStore) -> None:
    desk = await a_market(store)
    await desk.send_all()
    row = await desk.revise("BABA")
    async with store.transaction("single") as tx:
        await tx.outbox.fan_out(BABA, Audience("BABA", FIVE, MARKET), row.revision)

    assert [2, 3] == [post.destination.id for post in await desk.claim()]


async def test_a_single_that_nobody_else_waits_for_reaches_nobody(store: SqlStore) -> None:
    await a_market(store)
    async with store.transaction("ask") as tx:
        pdd = await tx.outbox.reaches(Audience("PDD", FIVE, MARKET))
        anyway = await tx.outbox.reaches(Audience("PDD", FIVE))
        jd = await tx.outbox.reaches(Audience("JD", FIVE, MARKET))

    assert (False, True, True) == (pdd, anyway, jd)
