"""Which stories did a feed drop out of turn, and which merely grew old? On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed, Mention, Story
from bot.store import SqlStore
from tests import builders
from tests.store.wire import save

NEWS = Feed("https://feeds.example/news.xml", "South China Morning Post")
NOON = builders.at("12:00")
MINUTE = timedelta(minutes=1)


def of(*hours: int) -> list[Story]:
    """Stories out at these hours of the morning, named after them."""
    return [
        builders.story(f"Story of {hour:02}:00", published=builders.at(f"{hour:02}:00"))
        for hour in hours
    ]


async def carries(
    store: SqlStore, *hours: int, after: timedelta = timedelta(0), reason: str = ""
) -> None:
    """The feed was read, and carried the stories of those hours."""
    await save(
        store,
        Fetched(FeedState(NEWS, polled_at=NOON + after), tuple(of(*hours)), 200, 1, 1, reason),
    )


async def dropped(store: SqlStore, before: timedelta = timedelta(hours=1)) -> set[str]:
    ids = [one.id for one in of(*range(24))]
    async with store.transaction("dropped") as tx:
        return {id[9:11] for id in await tx.news.dropped(ids, NOON + before)}


async def test_a_story_that_vanishes_among_older_ones_was_dropped(store: SqlStore) -> None:
    """From the poll on that first lacked it."""
    await carries(store, 11, 10, 9, 8)
    await carries(store, 10, 9, 8, after=5 * MINUTE)

    assert {"11"} == await dropped(store)
    assert set() == await dropped(store, before=4 * MINUTE)


async def test_the_oldest_leave_in_their_turn(store: SqlStore) -> None:
    """Also where an old one is pinned."""
    await carries(store, 11, 10, 9, 1)
    await carries(store, 12, 11, 10, 1)

    assert set() == await dropped(store)


async def test_a_story_that_is_back_was_not_dropped(store: SqlStore) -> None:
    """A cache that lagged behind proves nothing."""
    await carries(store, 11, 10, 9, 8)
    await carries(store, 10, 9, 8)
    await carries(store, 11, 10, 9, 8, after=MINUTE)

    assert set() == await dropped(store)


async def test_a_feed_in_no_order_proves_nothing(store: SqlStore) -> None:
    """Where more than one goes out of turn, that is the feed's habit."""
    await carries(store, 11, 10, 9, 8)
    await carries(store, 9, 8, 7)

    assert set() == await dropped(store)


async def test_a_damaged_or_empty_feed_proves_nothing(store: SqlStore) -> None:
    """Half a document lacks what the other half tells."""
    await carries(store, 11, 10, 9, 8)
    await carries(store, 10, 9, reason="its XML is damaged")
    await carries(store)

    assert set() == await dropped(store)


async def test_the_only_story_of_a_feed_was_dropped(store: SqlStore) -> None:
    """Nothing newer has pushed it out."""
    await carries(store, 11)
    await carries(store, after=MINUTE)

    assert {"11"} == await dropped(store)


async def test_a_story_that_moved_is_linked_anew(store: SqlStore) -> None:
    """The same item under another address keeps all else."""
    (story,) = of(10)
    moved = replace(story, link="https://news.example/moved", published=None)
    mention = Mention(story.id, "BABA", "Qwen", "a product")
    await carries(store, 10)
    await save(store, Fetched(FeedState(NEWS, polled_at=NOON), (moved,), 200, 1, 1, ""), [mention])
    async with store.transaction("look") as tx:
        found = await tx.news.stories("BABA", NOON - timedelta(hours=9), NOON)

    assert [replace(story, link=moved.link)] == [one for one, _ in found]
