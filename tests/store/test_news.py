"""What was read: feeds, polls, stories, and which of them mention a ticker."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.desk.identity import Sorted, told
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed, Mention, OutletKind, Story
from bot.services.archive import Poll
from bot.store import SqlStore
from bot.store.columns import EPOCH
from bot.store.dialect import dialect_of
from bot.store.tables import earlier_words
from bot.store.wire import POLLS_KEPT
from tests import builders
from tests.store.wire import save, save_in

NEWS = Feed("https://feeds.example/news.xml", "South China Morning Post")
WIRE = Feed("https://feeds.example/wire.xml", "Example Wire", OutletKind.WIRE)
NOON = builders.at("12:00")
HOUR = timedelta(hours=1)


def polled(feed: Feed = NEWS, *stories: Story, unchanged: bool = False, **state: object) -> Fetched:
    known = replace(FeedState(feed, polled_at=NOON), **state)  # type: ignore[arg-type]
    return Fetched(known, None if unchanged else stories, 200, 1234, 56, "")


def mentions(*stories: Story, ticker: str = "BABA") -> list[Mention]:
    return [Mention(story.id, ticker, "Qwen", "a product") for story in stories]


async def test_feeds_keep_what_is_known_of_them(store: SqlStore) -> None:
    """Named again at the next start, a feed keeps its validators and its due time."""
    state = FeedState(NEWS, '"tag"', "Mon, 12 Jan 2026", "hash", 2, NOON, NOON - HOUR, "410")
    async with store.transaction("feeds") as tx:
        await tx.wire.put([NEWS, WIRE])
    await save(store, Fetched(state, None, 304, 0, 5, "unchanged"))
    async with store.transaction("feeds") as tx:
        await tx.wire.put([replace(NEWS, outlet="SCMP"), WIRE])
        found = await tx.wire.feeds()

    assert found == [replace(state, feed=replace(NEWS, outlet="SCMP"), polls=1), FeedState(WIRE)]


async def test_a_feed_that_is_no_longer_listed_stops(store: SqlStore) -> None:
    """Named again it goes on; one that stopped by itself stays stopped."""
    async with store.transaction("feeds") as tx:
        await tx.wire.put([NEWS, WIRE])
    await save(store, polled(WIRE, stopped="410 Gone"))
    async with store.transaction("feeds") as tx:
        await tx.wire.put([])
        none = [state.stopped for state in await tx.wire.feeds()]
        due = await tx.wire.due(NOON, 10)
        await tx.wire.put([NEWS, WIRE])
        both = [state.stopped for state in await tx.wire.feeds()]

    assert none == ["no longer in the list of feeds", "410 Gone"]
    assert due == []
    assert both == ["", "410 Gone"]


async def test_due_feeds_are_the_never_polled_and_the_overdue(store: SqlStore) -> None:
    """The longest overdue first; a stopped one never."""
    feeds = [Feed(f"https://feeds.example/{name}", name) for name in "abcde"]
    due = {"a": NOON, "b": NOON - HOUR, "c": NOON + HOUR, "e": NOON - HOUR}
    async with store.transaction("feeds") as tx:
        await tx.wire.put(feeds)
    for feed in feeds:
        if feed.outlet in due:
            stopped = "gone" if feed.outlet == "e" else ""
            await save(store, polled(feed, next_poll_at=due[feed.outlet], stopped=stopped))
    async with store.transaction("due") as tx:
        found = [state.feed.outlet for state in await tx.wire.due(NOON, 10)]
        fewer = [state.feed.outlet for state in await tx.wire.due(NOON, 2)]

    assert (found, fewer) == (["d", "b", "a"], ["d", "b"])


async def test_the_next_due_time_is_the_earliest(store: SqlStore) -> None:
    """None without a feed; long past for a feed that was never polled."""
    async with store.transaction("due") as tx:
        nothing = await tx.wire.next_due()
    await save(store, polled(NEWS, next_poll_at=NOON))
    await save(store, polled(WIRE, next_poll_at=NOON - HOUR, stopped="gone"))
    async with store.transaction("due") as tx:
        earliest = await tx.wire.next_due()
        await tx.wire.put([Feed("https://feeds.example/new.xml", "New")])
        at_once = await tx.wire.next_due()

    assert (nothing, earliest, at_once) == (None, NOON, EPOCH)


async def test_only_stories_not_seen_before_are_new(store: SqlStore) -> None:
    """By id, also when the same poll brings one twice; an unchanged feed brings none."""
    first, second = builders.story(id="1"), builders.story(id="2")
    news = [
        await save(store, polled(NEWS, first, first)),
        await save(store, polled(NEWS, first, second)),
        await save(store, polled(NEWS, unchanged=True)),
    ]

    assert news == [[first], [second], []]


async def test_a_retitled_story_is_the_same_story(store: SqlStore) -> None:
    """Its words change in place; when it was out and first seen does not."""
    story = builders.story("UPDATE 1 pending", id="1")
    later = builders.story(
        "UPDATE 1: Qwen passes 700 million", id="1", published=builders.at("11:00")
    )
    await save(store, polled(NEWS, story), mentions(story))
    new = await save(store, polled(NEWS, later), mentions(later))
    async with store.transaction("look") as tx:
        found = await tx.news.stories("BABA", NOON - 24 * HOUR, NOON)

    assert new == []
    assert found == [(replace(story, title=later.title, link=later.link), "Qwen")]


async def test_stories_of_a_ticker_are_those_out_in_that_time(store: SqlStore) -> None:
    """Oldest first; a date in the future counts as when it was seen, no date likewise."""
    early = builders.story(id="early", published=NOON - HOUR)
    undated = replace(builders.story(id="undated"), published=None, first_seen=NOON)
    ahead = replace(builders.story(id="ahead"), published=NOON + 9 * HOUR, first_seen=NOON)
    old = builders.story(id="old", published=NOON - 3 * HOUR)
    other = builders.story(id="other", published=NOON - HOUR)
    mine = [undated, early, ahead, old]
    await save(store, polled(NEWS, *mine, other), mentions(*mine) + mentions(other, ticker="JD"))
    async with store.transaction("look") as tx:
        found = await tx.news.stories("BABA", NOON - 2 * HOUR, NOON)
        count = await tx.news.count(NOON - 2 * HOUR, NOON)

    assert [story for story, _ in found] == [early, ahead, undated]
    assert count == 4


async def test_a_poll_that_fails_half_way_keeps_nothing(store: SqlStore) -> None:
    """Validators and stories are committed together, so a crash fetches again and loses none."""
    story = builders.story(id="1")
    try:
        async with store.transaction("poll") as tx:
            await save_in(tx, polled(NEWS, story, etag='"new"'), mentions(story))
            raise KeyError
    except KeyError:
        pass
    again = await save(store, polled(NEWS, story, etag='"new"'), mentions(story))

    assert again == [story]


async def test_polls_are_remembered_but_not_for_ever(store: SqlStore) -> None:
    """The last fifty of each feed, the newest first, with what they brought."""
    await save(store, polled(WIRE))
    state = FeedState(NEWS, next_poll_at=NOON)
    for minute in range(POLLS_KEPT + 5):
        at = NOON + timedelta(minutes=minute)
        state = replace(state, polled_at=at, polls=minute)
        await save(store, Fetched(state, None, 304, 12, 34, "unwell"))
    async with store.transaction("polls") as tx:
        mine, others = await tx.wire.polls(NEWS.url), await tx.wire.polls(WIRE.url)

    assert (len(mine), len(others)) == (POLLS_KEPT, 1)
    assert mine[0] == Poll(at, 304, 12, 34, 0, NOON, "unwell")
    assert [one.at for one in mine] == sorted((one.at for one in mine), reverse=True)


async def test_a_feed_that_moved_goes_on_where_it_is(store: SqlStore) -> None:
    """With its validators, and its list may go on naming the old address."""
    new = replace(NEWS, url="https://feeds.example/moved.xml")
    await save(store, polled(NEWS, builders.story(id="1"), etag='"tag"', body_hash="read"))
    async with store.transaction("adopt") as tx:
        await tx.wire.adopt(NEWS.url, new.url)
        await tx.wire.put([NEWS, WIRE])
        feeds = await tx.wire.feeds()
        nobody = await tx.wire.adopt("https://feeds.example/nowhere", new.url)

    assert [(one.feed.url[-9:], one.stopped, one.etag) for one in feeds] == [
        ("moved.xml", "", '"tag"'),
        ("/news.xml", f"moved for good to {new.url}", '"tag"'),
        ("/wire.xml", "", ""),
    ]
    assert feeds[0].body_hash == ""
    assert nobody is None


async def test_a_host_that_wants_silence_is_left_in_peace(store: SqlStore) -> None:
    """None of its feeds is due before; others are, and what was not asked leaves no row."""
    other = Feed("https://elsewhere.example/news.xml", "Elsewhere")
    async with store.transaction("feeds") as tx:
        await tx.wire.put([NEWS, WIRE, other])
        state = FeedState(NEWS, next_poll_at=NOON + HOUR)
        refused = Fetched(state, None, 429, 0, 5, "429", silent_until=NOON + HOUR)
        await tx.wire.save([(replace(refused, asked=False), 0), (refused, 0)])
        due = [one.feed.url for one in await tx.wire.due(NOON, 10)]
        later = [one.feed.url for one in await tx.wire.due(NOON + HOUR, 10)]
        polls = await tx.wire.polls(NEWS.url)

    assert due == [other.url]
    assert sorted(later) == sorted([other.url, NEWS.url, WIRE.url])
    assert [one.status for one in polls] == [429]


async def test_a_feed_that_moves_to_a_known_one_is_merged_into_it(store: SqlStore) -> None:
    """The one that was there stays as it is."""
    await save(store, polled(NEWS, etag='"old"'))
    await save(store, polled(WIRE, etag='"wire"'))
    async with store.transaction("adopt") as tx:
        goes_on = await tx.wire.adopt(NEWS.url, WIRE.url)
        feeds = await tx.wire.feeds()

    assert goes_on is not None
    assert (goes_on.feed, goes_on.etag) == (WIRE, '"wire"')
    assert [bool(one.stopped) for one in feeds] == [True, False]


async def test_edited_words_are_kept_as_they_were(store: SqlStore, url: str) -> None:
    """Every earlier title, with the time until which it stood."""
    await save(store, polled(NEWS, builders.story("One", id="1")))
    for hour, title in enumerate(("Two", "Three")):
        at = NOON + hour * HOUR
        await save(store, polled(NEWS, builders.story(title, id="1"), polled_at=at))
    speaks, address = dialect_of(url)
    engine = speaks.engine(address)
    async with engine.connect() as connection:
        told = sa.select(earlier_words.c.until, earlier_words.c.title)
        rows = [tuple(row) for row in await connection.execute(told.order_by("until"))]
    await engine.dispose()

    assert rows == [(NOON, "One"), (NOON + HOUR, "Two")]


async def test_stories_of_a_rebuilt_feed_prove_nothing(store: SqlStore) -> None:
    """They are remembered, so that they are not met again, and are no candidates."""
    again = builders.story(id="again")
    await save(store, polled(NEWS))
    async with store.transaction("absorb") as tx:
        await tx.news.add([Sorted(absorbed=[told(again)])], mentions(again), NOON)
        found = await tx.news.stories("BABA", NOON - 24 * HOUR, NOON)
        count = await tx.news.count(NOON - 24 * HOUR, NOON)
        known = await tx.news.known([told(again).keys])

    assert (found, count) == ([], 0)
    assert [one.id for one in known] == ["again"]


async def test_a_story_is_known_by_its_link_and_its_title(store: SqlStore) -> None:
    """Whatever its guid is now; and what nobody told is not known."""
    one = builders.story("One", id="1", link="https://news.example/one")
    await save(store, polled(NEWS, one))
    by_link = replace(one, id="2", title="Other")
    by_title = replace(one, id="3", link="https://news.example/other")
    neither = replace(by_link, link="https://news.example/other")
    async with store.transaction("known") as tx:
        found = [
            [known.id for known in await tx.news.known([told(one).keys])]
            for one in (by_link, by_title, neither)
        ]

    assert found == [["1"], ["1"], []]


async def test_stories_that_no_feed_carries_are_forgotten(store: SqlStore) -> None:
    """Ninety days after they were last seen there, with their mentions."""
    gone, carried = builders.story("Gone", id="gone"), builders.story("Carried", id="carried")
    later = NOON + timedelta(days=100)
    await save(store, polled(NEWS, gone, carried), mentions(gone, carried))
    await save(store, polled(NEWS, carried, polled_at=later))
    async with store.transaction("purge") as tx:
        forgotten = await tx.news.purge(later - timedelta(days=90))
        left = await tx.news.known([told(gone).keys, told(carried).keys])
        again = await tx.news.purge(later - timedelta(days=90))

    assert (forgotten, again) == (1, 0)
    assert [one.id for one in left] == ["carried"]


async def test_lags_are_of_stories_since_the_first_batch(store: SqlStore) -> None:
    """A new feed brings its history, which is no sign of a slow clock."""
    old = builders.story("Old", id="old", published=NOON - 9 * HOUR, first_seen=NOON)
    new = builders.story("New", id="new", published=NOON, first_seen=NOON + timedelta(minutes=4))
    await save(store, polled(NEWS, old, new))
    async with store.transaction("lags") as tx:
        lags = await tx.news.lags(NEWS.url)

    assert lags == [timedelta(minutes=4)]
