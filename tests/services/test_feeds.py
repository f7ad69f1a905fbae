"""The news pass: everything due is read once, and what it brings is remembered and linked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.desk.identity import told
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed, Story
from bot.services.feeds import KEEP, Reading
from tests.builders import at, story
from tests.fakes import Papers
from tests.services.newsroom import FEED, Newsroom, newsroom

NOON = at("12:00")
MINUTE = timedelta(minutes=1)
QWEN = story("Qwen passes a mark", id="qwen", published=NOON - MINUTE, first_seen=NOON)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as room:
        yield room


async def known(room: Newsroom, *feeds: Feed) -> None:
    """These feeds were read before, so that what they tell next is news."""
    async with room.store.transaction("known") as tx:
        for feed in feeds:
            await tx.wire.put_state(FeedState(feed, body_hash="read"))


def feeds(count: int) -> list[Feed]:
    return [Feed(f"https://feeds.example/{number:03}", "Wire") for number in range(count)]


async def test_a_feeds_first_document_is_history(room: Newsroom) -> None:
    """Remembered and linked, but nobody is called to look at BABA again."""
    room.papers.carries[FEED.url] = (QWEN,)
    new = await room.reading.read_due(NOON)
    async with room.store.transaction("look") as tx:
        found = await tx.news.stories("BABA", NOON - 60 * MINUTE, NOON)

    assert (new, room.reading.fresh) == (1, set())
    assert [one.id for one, _ in found] == ["qwen"]


async def test_a_new_headline_is_fresh(room: Newsroom) -> None:
    """Its companies are looked at again; told a second time it is not."""
    await known(room, FEED)
    room.papers.carries[FEED.url] = (QWEN,)
    await room.reading.read_due(NOON)
    fresh = set(room.reading.fresh)
    room.reading.fresh.clear()
    await room.reading.read_due(NOON + 2 * MINUTE)

    assert fresh == {"BABA"}
    assert room.reading.fresh == set()


async def test_everything_due_is_read_once(room: Newsroom) -> None:
    """However many there are; what is not due yet waits."""
    await known(room, *feeds(500))
    await room.reading.read_due(NOON)
    first = list(room.papers.asked)
    await room.reading.read_due(NOON)

    assert sorted(first) == sorted([FEED.url, *(feed.url for feed in feeds(500))])
    assert room.papers.asked == first


@dataclass
class Slow(Papers):
    """One feed that does not answer until it is let go."""

    hangs: str = ""
    go: asyncio.Event = field(default_factory=asyncio.Event)

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        if state.feed.url == self.hangs:
            await self.go.wait()
        return await super().fetch(state, now)


async def test_a_slow_feed_holds_nobody_up(room: Newsroom) -> None:
    """What the others brought is there while it still hangs."""
    await known(room, *feeds(3))
    papers = Slow({FEED.url: (QWEN,)}, hangs=feeds(3)[0].url)
    reading = Reading(replace(room.belt, feeds=papers))
    pass_ = asyncio.create_task(reading.read_due(NOON))
    found: list[tuple[Story, str]] = []
    while not found:
        async with room.store.transaction("look") as tx:
            found = await tx.news.stories("BABA", NOON - 60 * MINUTE, NOON)
    under_way = not pass_.done()
    papers.go.set()
    await pass_

    assert under_way
    assert len(papers.asked) == 4


class Broken(Papers):
    """An adapter with a fault of its own."""

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        if state.feed.url == FEED.url:
            raise KeyError("entries")
        return await super().fetch(state, now)


async def test_a_fault_of_ours_costs_one_feed_an_hour(room: Newsroom) -> None:
    """The others are read, and the poll's row says what happened."""
    await known(room, *feeds(3))
    papers = Broken()
    await Reading(replace(room.belt, feeds=papers)).read_due(NOON)
    async with room.store.transaction("look") as tx:
        (poll,) = await tx.wire.polls(FEED.url)

    assert len(papers.asked) == 3
    assert poll.next_poll_at == NOON + 60 * MINUTE
    assert poll.reason == f"{FEED.url} could not be read: a fault of the desk (KeyError)"


async def test_a_rebuilt_feed_calls_nobody(room: Newsroom) -> None:
    """It is remembered why nothing of it counted."""
    old = [story(f"Qwen {n}", id=f"{n}", published=NOON - n * MINUTE) for n in range(10)]
    async with room.store.transaction("known") as tx:
        await tx.wire.put_state(FeedState(FEED, body_hash="read", newest=NOON))
    room.papers.carries[FEED.url] = tuple(old)
    await room.reading.read_due(NOON)
    async with room.store.transaction("look") as tx:
        (poll,) = await tx.wire.polls(FEED.url)
        found = await tx.news.stories("BABA", NOON - 60 * MINUTE, NOON)

    assert (room.reading.fresh, found) == (set(), [])
    assert poll.reason.startswith("told 10 of 10 stories again")


async def test_a_feed_that_moved_for_good_is_asked_there(room: Newsroom) -> None:
    """
    The adapter says so once it is proved; the next poll goes to the new address, where only
    what is newer than all before is news.
    """

    class Moving(Papers):
        async def fetch(self, state: FeedState, now: datetime) -> Fetched:
            fetched = await super().fetch(state, now)
            moved = "https://feeds.example/moved" if state.feed.url == FEED.url else ""
            return replace(fetched, moved_to=moved)

    old, new = (replace(QWEN, feed="https://feeds.example/moved", id=id) for id in ("old", "new"))
    new = replace(new, title="Qwen again", link="", published=NOON + MINUTE)
    papers = Moving({FEED.url: (QWEN,), new.feed: (new, old)})
    reading = Reading(replace(room.belt, feeds=papers))
    await reading.read_due(NOON)
    before = set(reading.fresh)
    await reading.read_due(NOON + 2 * MINUTE)

    assert papers.asked == [FEED.url, new.feed]
    assert (before, reading.fresh) == (set(), {"BABA"})


async def test_old_stories_are_forgotten_once_a_day(room: Newsroom) -> None:
    """Ninety days after their feed last carried them."""
    await known(room, FEED)
    room.papers.carries[FEED.url] = (QWEN,)
    await room.reading.read_due(NOON)
    room.papers.carries.clear()
    later = NOON + KEEP + timedelta(days=1)
    await room.reading.read_due(later)
    async with room.store.transaction("look") as tx:
        left = await tx.news.known([told(QWEN).keys])

    assert left == []
