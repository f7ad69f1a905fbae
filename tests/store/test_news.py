"""What was read: feeds, polls, stories, and which of them mention a ticker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.model.news import Feed, Mention, OutletKind, Story
from bot.services.ports import FeedState, Fetched
from bot.store import SqlStore
from bot.store.columns import EPOCH
from bot.store.dialect import dialect_of
from bot.store.news import POLLS_KEPT
from bot.store.tables import poll
from tests import builders

NEWS = Feed("https://feeds.example/news.xml", "South China Morning Post")
WIRE = Feed("https://feeds.example/wire.xml", "Example Wire", OutletKind.WIRE)
NOON = builders.at("12:00")
HOUR = timedelta(hours=1)


def polled(feed: Feed = NEWS, *stories: Story, unchanged: bool = False, **state: object) -> Fetched:
    known = replace(FeedState(feed, polled_at=NOON), **state)  # type: ignore[arg-type]
    return Fetched(known, None if unchanged else stories, 200, 1234, 56, "")


def mentions(*stories: Story, ticker: str = "BABA") -> list[Mention]:
    return [Mention(story.id, ticker, "Qwen", "a product") for story in stories]


async def save(store: SqlStore, fetched: Fetched, linked: Sequence[Mention] = ()) -> list[Story]:
    async with store.transaction("poll") as tx:
        return await tx.news.save_poll(fetched, linked)


async def test_feeds_keep_what_is_known_of_them(store: SqlStore) -> None:
    """Named again at the next start, a feed keeps its validators and its due time."""
    state = FeedState(NEWS, '"tag"', "Mon, 12 Jan 2026", "hash", 2, NOON, NOON - HOUR, "410")
    async with store.transaction("feeds") as tx:
        await tx.news.put_feeds([NEWS, WIRE])
    await save(store, Fetched(state, None, 304, 0, 5, "unchanged"))
    async with store.transaction("feeds") as tx:
        await tx.news.put_feeds([replace(NEWS, outlet="SCMP"), WIRE])
        found = await tx.news.feeds()

    assert found == [replace(state, feed=replace(NEWS, outlet="SCMP")), FeedState(WIRE)]


async def test_a_feed_that_is_no_longer_listed_stops(store: SqlStore) -> None:
    """Named again it goes on; one that stopped by itself stays stopped."""
    async with store.transaction("feeds") as tx:
        await tx.news.put_feeds([NEWS, WIRE])
    await save(store, polled(WIRE, stopped="410 Gone"))
    async with store.transaction("feeds") as tx:
        await tx.news.put_feeds([])
        none = [state.stopped for state in await tx.news.feeds()]
        due = await tx.news.due(NOON, 10)
        await tx.news.put_feeds([NEWS, WIRE])
        both = [state.stopped for state in await tx.news.feeds()]

    assert none == ["no longer in the list of feeds", "410 Gone"]
    assert due == []
    assert both == ["", "410 Gone"]


async def test_due_feeds_are_the_never_polled_and_the_overdue(store: SqlStore) -> None:
    """The longest overdue first; a stopped one never."""
    feeds = [Feed(f"https://feeds.example/{name}", name) for name in "abcde"]
    due = {"a": NOON, "b": NOON - HOUR, "c": NOON + HOUR, "e": NOON - HOUR}
    async with store.transaction("feeds") as tx:
        await tx.news.put_feeds(feeds)
    for feed in feeds:
        if feed.outlet in due:
            stopped = "gone" if feed.outlet == "e" else ""
            await save(store, polled(feed, next_poll_at=due[feed.outlet], stopped=stopped))
    async with store.transaction("due") as tx:
        found = [state.feed.outlet for state in await tx.news.due(NOON, 10)]
        fewer = [state.feed.outlet for state in await tx.news.due(NOON, 2)]

    assert (found, fewer) == (["d", "b", "a"], ["d", "b"])


async def test_the_next_due_time_is_the_earliest(store: SqlStore) -> None:
    """None without a feed; long past for a feed that was never polled."""
    async with store.transaction("due") as tx:
        nothing = await tx.news.next_due()
    await save(store, polled(NEWS, next_poll_at=NOON))
    await save(store, polled(WIRE, next_poll_at=NOON - HOUR, stopped="gone"))
    async with store.transaction("due") as tx:
        earliest = await tx.news.next_due()
        await tx.news.put_feeds([Feed("https://feeds.example/new.xml", "New")])
        at_once = await tx.news.next_due()

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
            await tx.news.save_poll(polled(NEWS, story, etag='"new"'), mentions(story))
            raise KeyError
    except KeyError:
        pass
    again = await save(store, polled(NEWS, story, etag='"new"'), mentions(story))

    assert again == [story]


async def test_polls_are_remembered_but_not_for_ever(store: SqlStore, url: str) -> None:
    """The last two hundred of each feed."""
    await save(store, polled(WIRE))
    async with store.transaction("polls") as tx:
        for _ in range(POLLS_KEPT + 5):
            await tx.news.save_poll(polled(NEWS, unchanged=True), [])
    speaks, address = dialect_of(url)
    engine = speaks.engine(address)
    async with engine.connect() as connection:
        kept = await connection.execute(
            sa.select(poll.c.feed, sa.func.count()).group_by(poll.c.feed).order_by(poll.c.feed)
        )
        rows = [tuple(row) for row in kept]
    await engine.dispose()

    assert rows == [(NEWS.url, POLLS_KEPT), (WIRE.url, 1)]
