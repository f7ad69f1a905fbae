"""Feeds that servers want for themselves: polled once for all, read there only."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed, Mention, Story
from bot.model.wish import Overheard, Sieve, Wish
from bot.store import SqlStore
from bot.store.wire import UNLISTED
from tests import builders
from tests.store.wire import save

LISTED = Feed("https://feeds.example/news.xml", "South China Morning Post")
OWN = "https://chips.example/feed"
NOON = builders.at("12:00")
HOUR = timedelta(hours=1)


def wish(guild: int = 7, url: str = OWN, **changes: object) -> Wish:
    plain = Wish(url, guild, 10 * guild, "Chip Notes", NOON, 99)
    return replace(plain, **changes)  # type: ignore[arg-type]


async def add(store: SqlStore, *wishes: Wish) -> None:
    async with store.transaction("wish") as tx:
        for one in wishes:
            await tx.destinations.put(builders.destination(one.channel, guild=one.guild))
            await tx.wishes.put(one)


async def remove(store: SqlStore, url: str, guild: int) -> bool:
    async with store.transaction("remove") as tx:
        return await tx.wishes.remove(url, guild)


async def due(store: SqlStore) -> list[tuple[str, int]]:
    """The feeds that are due, and how many want each."""
    async with store.transaction("due") as tx:
        return [(state.feed.url, state.readers) for state in await tx.wire.due(NOON + HOUR, 10)]


async def test_a_feed_is_read_once_for_all_who_want_it(store: SqlStore) -> None:
    """Its server is told how many they are; under the outlet's host, whoever named it what."""
    await add(store, wish(), wish(8, outlet="Semis"))
    async with store.transaction("look") as tx:
        state = await tx.wire.feed(OWN)

    assert [(OWN, 2)] == await due(store)
    assert FeedState(Feed(OWN, "chips.example"), readers=2) == state


async def test_with_the_last_wish_it_stops(store: SqlStore) -> None:
    """Wished for again it goes on with what is remembered of it."""
    await add(store, wish(), wish(8))
    first = await remove(store, OWN, 7)
    one_left = await due(store)
    last, nothing = await remove(store, OWN, 8), await remove(store, OWN, 8)
    async with store.transaction("look") as tx:
        stopped = await tx.wire.feed(OWN)
        next_due = await tx.wire.next_due()
    none = await due(store)
    await add(store, wish())

    assert (True, True, False) == (first, last, nothing)
    assert [(OWN, 1)] == one_left
    assert stopped is not None
    assert (UNLISTED, [], None) == (stopped.stopped, none, next_due)
    assert [(OWN, 1)] == await due(store)


async def test_a_poll_that_was_under_way_begins_it_not_again(store: SqlStore) -> None:
    """What it saves is kept; nobody wants the feed any more."""
    await add(store, wish())
    async with store.transaction("due") as tx:
        (state,) = await tx.wire.due(NOON, 10)
    await remove(store, OWN, 7)
    await save(store, Fetched(replace(state, next_poll_at=NOON), None, 304, 0, 5, ""))

    assert [] == await due(store)


async def test_the_operators_list_stops_no_servers_feed(store: SqlStore) -> None:
    """And what the operator lists goes on when a server stops wanting it."""
    await add(store, wish())
    async with store.transaction("list") as tx:
        await tx.wire.put([LISTED])
        alone = await tx.wire.listed(OWN)
        await tx.wire.put([LISTED, Feed(OWN, "Chip Notes")])
        both = await tx.wire.listed(OWN)
    wanted = await due(store)
    await remove(store, OWN, 7)

    assert (False, True) == (alone, both)
    assert [(OWN, 2), (LISTED.url, 1)] == wanted
    assert [(OWN, 1), (LISTED.url, 1)] == await due(store)


async def test_a_servers_feeds_are_listed_with_their_states(store: SqlStore) -> None:
    """Not those of others."""
    other = "https://other.example/feed"
    await add(store, wish(), wish(8, url=other))
    async with store.transaction("look") as tx:
        (found,) = await tx.wishes.of_guild(7)
        of_feeds = await tx.wishes.of_feeds([OWN, other, LISTED.url])

    assert (wish(), OWN, False) == (found.wish, found.state.feed.url, found.listed)
    assert {OWN: [wish()], other: [wish(8, url=other)]} == of_feeds


async def test_a_feed_that_moves_is_wanted_where_it_is(store: SqlStore) -> None:
    """By every server once, and listed only where it was."""
    there = "https://chips.example/moved"
    await add(store, wish(), wish(8), wish(8, url=there))
    async with store.transaction("move") as tx:
        await tx.wire.adopt(OWN, there)
        wishes = await tx.wishes.of_feeds([OWN, there])
        listed = await tx.wire.listed(there)

    assert {there: [wish(url=there), wish(8, url=there)]} == wishes
    assert not listed
    assert [(there, 2)] == await due(store)


async def test_a_listed_feed_that_moves_stays_listed(store: SqlStore) -> None:
    """Also after the list is read again, which names the old address."""
    there = "https://feeds.example/moved"
    async with store.transaction("move") as tx:
        await tx.wire.put([LISTED])
        await tx.wire.adopt(LISTED.url, there)
        once = await tx.wire.listed(there)
        await tx.wire.put([LISTED])
        again = await tx.wire.listed(there)

    assert (True, True) == (once, again)


async def tell(store: SqlStore, url: str, story: Story) -> None:
    state = FeedState(Feed(url, "Somebody"), polled_at=NOON)
    one = replace(story, feed=url)
    await save(
        store, Fetched(state, (one,), 200, 9, 9, ""), [Mention(one.id, "BABA", "Qwen", "named")]
    )


async def test_what_a_server_adds_is_not_for_all(store: SqlStore) -> None:
    """Its stories are neither candidates of the shared brief nor counted as read."""
    async with store.transaction("list") as tx:
        await tx.wire.put([LISTED])
    await add(store, wish())
    shared, own = builders.story("Qwen passes a mark", id="1"), builders.story("Qwen!", id="2")
    await tell(store, LISTED.url, shared)
    await tell(store, OWN, own)
    async with store.transaction("look") as tx:
        everybody = await tx.news.stories("BABA", NOON - 9 * HOUR, NOON)
        count = await tx.news.count(NOON - 9 * HOUR, NOON)
        heard = await tx.wishes.stories("BABA", NOON - 9 * HOUR, NOON)

    assert ([(shared, "Qwen")], 1) == (everybody, count)
    assert [Overheard(replace(own, feed=OWN), "Qwen")] == heard


async def test_a_channels_filter_is_replaced_and_taken_away(store: SqlStore) -> None:
    """One for a ticker and one for everything stand side by side."""
    whole, one = Sieve(70, deny=("rumour",)), Sieve(70, "BABA", allow=("chips",))
    await add(store, wish())
    async with store.transaction("filters") as tx:
        for sieve in (replace(whole, deny=("old",)), whole, one):
            await tx.wishes.put_sieve(sieve)
        both = await tx.wishes.sieves(70)
        filtering = [await tx.wishes.filtering(ticker) for ticker in ("BABA", "JD")]
        await tx.wishes.put_sieve(Sieve(70))
        left = await tx.wishes.sieves_of_guild(7)
        jd = await tx.wishes.filtering("JD")
        other = await tx.wishes.sieves_of_guild(8)

    assert [whole, one] == both
    assert [{70}, {70}] == filtering
    assert ([one], frozenset(), []) == (left, jd, other)


async def test_listed_feeds_are_found_by_their_words(store: SqlStore) -> None:
    """By outlet or address, whatever stands in a pattern of the database's."""
    async with store.transaction("find") as tx:
        await tx.wire.put([LISTED, Feed("https://a.example/100%", "A")])
        await tx.wire.put_state(FeedState(LISTED, told="not read since noon"))
        by_outlet = await tx.wire.search("south china", 10)
        by_sign = await tx.wire.search("100%", 10)
        count, troubled = await tx.wire.in_trouble()

    assert [LISTED.url] == [state.feed.url for state in by_outlet]
    assert ["https://a.example/100%"] == [state.feed.url for state in by_sign]
    assert (2, ["not read since noon"]) == (count, [state.told for state in troubled])
