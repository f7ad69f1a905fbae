"""Who wants to hear of what, and where words go."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.model.alert import Direction, Measure
from bot.model.brief import Colours, Layout
from bot.model.post import Destination
from bot.services.ledger import Wanted
from bot.store import SqlStore, open_store
from tests import builders
from tests.store.desk import Desk

FIVE, NINE = builders.terms("5"), builders.terms("9.5")
ABOVE = builders.terms("170", measure=Measure.LEVEL, direction=Direction.UP)
BELOW = replace(ABOVE, level=Decimal(140), direction=Direction.DOWN)
HOUR = builders.terms("5", measure=Measure.WINDOW, window=timedelta(hours=1))


async def test_a_destination_comes_back_as_it_was_put(store: SqlStore) -> None:
    """Layout, colours and zone change; whether it is broken is not the putter's to say."""
    plain = Destination(1, None)
    fancy = Destination(1, 7, Layout.FULL, Colours.RED_UP, "Asia/Hong_Kong")
    async with store.transaction("put") as tx:
        await tx.destinations.put(plain)
        before = await tx.destinations.get(1)
        await tx.destinations.mark(1, "the channel no longer exists")
        await tx.destinations.put(fancy)
        after = await tx.destinations.get(1)
        unknown = await tx.destinations.get(2)

    assert plain == before
    assert after == Destination(
        1, 7, Layout.FULL, Colours.RED_UP, "Asia/Hong_Kong", "the channel no longer exists"
    )
    assert unknown is None


async def test_marking_says_whether_that_was_news(store: SqlStore) -> None:
    """A server is told once, and again only for another reason."""
    async with store.transaction("mark") as tx:
        await tx.destinations.put(builders.destination(1))
        news = [await tx.destinations.mark(1, why) for why in ("", "gone", "gone", "hidden", "")]
        unknown = await tx.destinations.mark(2, "gone")

    assert news == [False, True, False, True, True]
    assert not unknown


async def test_a_server_has_its_own_destinations_and_watches(store: SqlStore) -> None:
    """In order of channel and ticker."""
    desk = Desk(store)
    async with store.transaction("put") as tx:
        await tx.destinations.put(builders.destination(3, guild=2))
    await desk.watch(
        builders.watch(2), builders.watch(1, "JD"), builders.watch(1), builders.watch(3)
    )
    async with store.transaction("look") as tx:
        places = await tx.destinations.of_guild(1)
        watches = await tx.watches.of_guild(1)

    assert [place.id for place in places] == [1, 2]
    assert watches == [builders.watch(1), builders.watch(1, "JD"), builders.watch(2)]


async def test_putting_a_watch_replaces_the_one_that_measures_the_same(store: SqlStore) -> None:
    """A channel has one watch of a kind on a ticker; putting an equal one changes nothing."""
    async with store.transaction("put") as tx:
        await tx.destinations.put(builders.destination(1))
        news = [await tx.watches.put(builders.watch(1, on=on)) for on in (FIVE, FIVE, NINE)]
        found = await tx.watches.of(1)

    assert news == [True, False, True]
    assert found == [builders.watch(1, on=NINE)]


async def test_a_channel_watches_a_ticker_in_several_ways_at_once(store: SqlStore) -> None:
    """Levels, windows of two lengths, and the move stand beside each other."""
    ways = [FIVE, ABOVE, BELOW, HOUR, replace(HOUR, window=timedelta(minutes=5))]
    async with store.transaction("put") as tx:
        await tx.destinations.put(builders.destination(1))
        for on in (*ways, replace(ABOVE, level=Decimal(180))):
            await tx.watches.put(builders.watch(1, on=on))
        found = {watch.terms for watch in await tx.watches.of(1)}
        removed = await tx.watches.remove(1, "BABA", BELOW.key)
        left = {watch.terms for watch in await tx.watches.of(1)}

    assert found == {*ways, replace(ABOVE, level=Decimal(180))}
    assert removed
    assert left == found - {BELOW}


async def test_an_expired_watch_is_gone(store: SqlStore) -> None:
    """From its last moment on nobody wants it; the others stay."""
    noon, ways = builders.at("12:00"), {None: FIVE, builders.at("12:00"): ABOVE}
    async with store.transaction("put") as tx:
        await tx.destinations.put(builders.destination(1))
        for expires, on in ways.items():
            await tx.watches.put(replace(builders.watch(1, on=on), expires=expires))
        early = await tx.watches.expire(noon - timedelta(seconds=1))
        before = await tx.watches.of(1)
        late = await tx.watches.expire(noon)
        wanted = await tx.watches.wanted()

    assert (early, late) == (0, 1)
    assert {None: FIVE, noon: ABOVE} == {watch.expires: watch.terms for watch in before}
    assert [Wanted("BABA", FIVE)] == list(wanted)


async def test_what_has_expired_is_not_wanted(store: SqlStore) -> None:
    """It is gone from its last moment on, and a watch set since is not overlooked."""
    noon = builders.at("12:00")
    async with store.transaction("put") as tx:
        await tx.destinations.put(builders.destination(1))
        await tx.watches.put(builders.watch(1, on=FIVE))
        await tx.watches.put(replace(builders.watch(1, on=ABOVE), expires=noon))
        early = await tx.watches.wanted(noon - timedelta(seconds=1))
        late = await tx.watches.wanted(noon)
        await tx.watches.put(replace(builders.watch(1, on=BELOW), expires=noon))
        later = await tx.watches.wanted(noon)

    assert {FIVE, ABOVE} == {one.terms for one in early}
    assert [[Wanted("BABA", FIVE)]] * 2 == [list(late), list(later)]


async def test_what_is_wanted_is_found_anew_only_after_a_change(url: str) -> None:
    """Whoever made it: another replica's command counts like one's own."""
    async with await open_store(url) as one, await open_store(url) as other:
        await Desk(one).watch(builders.watch(1))
        seen = []
        for store in (one, one):
            async with store.transaction("look") as tx:
                seen.append(await tx.watches.wanted())
        await Desk(other).watch(builders.watch(1, on=NINE))
        async with one.transaction("look") as tx:
            after = await tx.watches.wanted()
        async with other.transaction("broken") as tx:
            await tx.destinations.mark(1, "gone")
        async with one.transaction("look") as tx:
            last = await tx.watches.wanted()

    assert seen[0] is seen[1]
    assert [Wanted("BABA", FIVE)] == list(seen[0])
    assert [Wanted("BABA", NINE)] == list(after)
    assert [] == list(last)


async def test_what_was_rolled_back_is_not_wanted(store: SqlStore) -> None:
    """A look inside a transaction that fails leaves no trace."""
    await Desk(store).watch(builders.watch(1))
    with pytest.raises(KeyError):
        async with store.transaction("half") as tx:
            await tx.watches.put(builders.watch(1, on=NINE))
            await tx.watches.wanted()
            raise KeyError
    async with store.transaction("look") as tx:
        wanted = await tx.watches.wanted()

    assert [Wanted("BABA", FIVE)] == list(wanted)


async def test_removing_a_watch_says_whether_it_was_there(store: SqlStore) -> None:
    """And takes nothing else with it."""
    desk = Desk(store)
    await desk.watch(builders.watch(1), builders.watch(1, "JD"))
    async with store.transaction("remove") as tx:
        removed = [await tx.watches.remove(1, "BABA") for _ in range(2)]
        found = await tx.watches.of(1)

    assert removed == [True, False]
    assert found == [builders.watch(1, "JD")]


async def test_what_is_wanted_is_said_once_however_many_want_it(store: SqlStore) -> None:
    """Ten channels with the same terms share one episode; a broken one wants nothing."""
    desk = Desk(store)
    await desk.everywhere(10)
    await desk.watch(builders.watch(11, on=NINE), builders.watch(12, "JD"))
    async with store.transaction("look") as tx:
        await tx.destinations.mark(12, "gone")
        wanted = await tx.watches.wanted()

    assert sorted(wanted, key=lambda one: one.terms.level) == [
        Wanted("BABA", FIVE),
        Wanted("BABA", NINE),
    ]


async def test_watches_of_the_config_go_when_it_no_longer_names_them(store: SqlStore) -> None:
    """Those that people set by command stay."""
    async with store.transaction("put") as tx:
        for id in (1, 2):
            await tx.destinations.put(builders.destination(id))
        for watch in (builders.watch(1, "BABA"), builders.watch(1, "BABA", on=ABOVE)):
            await tx.watches.put(watch, origin="config")
        await tx.watches.put(builders.watch(1, "JD"), origin="config")
        await tx.watches.put(builders.watch(2, "JD"))
        dropped = await tx.watches.keep_only("config", [builders.watch(1, "BABA")])
        left = await tx.watches.of(1) + await tx.watches.of(2)

    assert dropped == 2
    assert left == [builders.watch(1, "BABA"), builders.watch(2, "JD")]


async def test_facts_are_remembered_by_name(store: SqlStore) -> None:
    """The newest value counts."""
    async with store.transaction("facts") as tx:
        before = await tx.facts.get("tree")
        for value in ("1", "2"):
            await tx.facts.set("tree", value)
        after = await tx.facts.get("tree")

    assert (before, after) == (None, "2")


async def test_the_colours_of_those_who_watch(store: SqlStore) -> None:
    """Each convention once, of this ticker's channels only."""
    desk = Desk(store)
    async with store.transaction("put") as tx:
        await tx.destinations.put(Destination(3, 1, colours=Colours.RED_UP))
    await desk.watch(
        builders.watch(1), builders.watch(2), builders.watch(3), builders.watch(2, "JD")
    )
    async with store.transaction("look") as tx:
        found = [await tx.watches.colours(ticker) for ticker in ("BABA", "JD", "MU")]

    assert found == [[Colours.GREEN_UP, Colours.RED_UP], [Colours.GREEN_UP], []]
