"""A feed of its own for every watched ticker: begun with the first watch, stopped with the last."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.model.feed import FeedState, Fetched, OwnFeeds
from bot.model.halt import Halt
from bot.model.news import Feed
from bot.model.wish import Wish
from bot.services.feeds import KEEP_HALTS, Reading
from bot.services.own_feeds import WHY
from bot.store.wire import UNLISTED
from tests.builders import at, story, watch
from tests.builders import destination as channel
from tests.fakes import Papers
from tests.services.newsroom import FEED, Newsroom, newsroom


@dataclass
class Lists(Papers):
    """Feeds that tell of halts."""

    halts: tuple[Halt, ...] = ()

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        return replace(await super().fetch(state, now), halts=self.halts)


def own(ticker: str) -> Feed:
    return Feed(f"https://feeds.example/{ticker}.xml", "Example Wire", about=ticker)


def owns(tickers: Iterable[str]) -> OwnFeeds:
    """One a ticker, but for PDD, which is too many."""
    feeds = tuple(own(one) for one in sorted(tickers) if one != "PDD")
    return OwnFeeds(feeds, int("PDD" in set(tickers)))


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    async with newsroom(tmp_path) as room:
        room.reading = Reading(replace(room.belt, own_feeds=owns))
        yield room


async def read(room: Newsroom) -> dict[str, str]:
    """Every feed after a round of reading, and why it is stopped, "" where it is not."""
    await room.reading.read_due(room.clock.now())
    async with room.store.transaction("look") as tx:
        return {state.feed.url: state.stopped for state in await tx.wire.feeds()}


async def change(room: Newsroom, ticker: str, *, watched: bool) -> None:
    async with room.store.transaction("change") as tx:
        if watched:
            await tx.watches.put(watch(1, ticker=ticker))
        else:
            await tx.watches.remove(1, ticker)


async def test_it_begins_and_ends_with_the_watches(room: Newsroom) -> None:
    """The other feeds are left as they are, and one that is watched again goes on."""
    baba, jd = own("BABA").url, own("JD").url

    assert {FEED.url: "", baba: ""} == await read(room)
    await change(room, "JD", watched=True)
    assert {FEED.url: "", baba: "", jd: ""} == await read(room)
    await change(room, "JD", watched=False)
    assert {FEED.url: "", baba: "", jd: UNLISTED} == await read(room)
    await change(room, "JD", watched=True)
    assert {FEED.url: "", baba: "", jd: ""} == await read(room)


async def test_it_is_fetched_once_for_all_who_watch(room: Newsroom) -> None:
    """Ten channels are no reason to ask ten times."""
    async with room.store.transaction("more") as tx:
        for destination in range(2, 12):
            await tx.destinations.put(channel(destination))
            await tx.watches.put(watch(destination))
    await read(room)

    assert 1 == room.papers.asked.count(own("BABA").url)


async def test_one_that_is_gone_for_good_stays_stopped(room: Newsroom) -> None:
    await read(room)
    async with room.store.transaction("gone") as tx:
        state = await tx.wire.feed(own("BABA").url)
        assert state is not None
        await tx.wire.put_state(replace(state, stopped="it is gone for good (410)"))
    room.reading = Reading(replace(room.belt, own_feeds=owns))

    assert "it is gone for good (410)" == (await read(room))[own("BABA").url]


async def test_one_that_a_server_wants_for_itself_goes_on(room: Newsroom) -> None:
    """Until the last who wants it goes."""
    url, jd = own("JD").url, "JD"
    await change(room, jd, watched=True)
    await read(room)
    async with room.store.transaction("wish") as tx:
        await tx.wishes.put(Wish(url, 7, 1, "Example Wire", at("11:00")))
    await change(room, jd, watched=False)

    assert "" == (await read(room))[url]
    async with room.store.transaction("no wish") as tx:
        await tx.wishes.remove(url, 7)
    assert UNLISTED == (await read(room))[url]


async def test_a_server_may_want_one_that_was_ended(room: Newsroom) -> None:
    url = own("BABA").url
    await read(room)
    await change(room, "BABA", watched=False)
    await read(room)
    async with room.store.transaction("wish") as tx:
        await tx.wishes.put(Wish(url, 7, 1, "Example Wire", at("11:00")))

    assert "" == (await read(room))[url]


async def test_a_feed_that_only_a_server_wants_halts_nobody(room: Newsroom) -> None:
    """Else whoever adds a feed could silence a ticker everywhere."""
    halt = Halt("BABA", at("09:45"), "T1", "news pending")
    url = "https://odd.example/halts.xml"
    room.reading = Reading(replace(room.belt, feeds=Lists(halts=(halt,))))
    async with room.store.transaction("only a wish") as tx:
        await tx.wire.put([])
        await tx.wishes.put(Wish(url, 7, 1, "Odd", at("09:40")))
    await room.reading.read_due(at("09:46"))

    async with room.store.transaction("look") as tx:
        assert {} == await tx.halts.standing(at("09:46"))
        assert 1 == len(await tx.wire.polls(url))


async def test_too_many_for_a_host_are_left_out(room: Newsroom) -> None:
    await change(room, "PDD", watched=True)

    assert own("PDD").url not in await read(room)


async def test_whatever_it_tells_is_about_its_ticker(room: Newsroom) -> None:
    """Also where the words do not say so; where they do, they are the better reason."""
    url = own("BABA").url
    plain = story("Results are out", feed=url, published=at("10:00"))
    named = story("Alibaba opens a data centre", feed=url, published=at("10:01"))
    room.papers.carries[url] = (plain, named)
    await read(room)

    async with room.store.transaction("look") as tx:
        found = await tx.news.stories("BABA", at("09:00"), at("12:00"))
    assert [("Results are out", "BABA"), (named.title, "Alibaba")] == [
        (one.title, words) for one, words in found
    ]
    assert "a feed of its own" == WHY


async def test_halts_are_kept_as_they_are_read_and_forgotten_in_the_end(room: Newsroom) -> None:
    """They come with a poll, beside its stories."""
    ended = Halt("BABA", at("09:45"), "LUDP", "volatility pause", None, at("09:50"))
    lists = Lists(halts=(ended, replace(ended, ticker="JD", resumes_at=None)))
    room.reading = Reading(replace(room.belt, feeds=lists))
    await room.reading.read_due(at("09:46"))
    async with room.store.transaction("look") as tx:
        assert {"BABA", "JD"} == set(await tx.halts.standing(at("09:46")))

    lists.halts = ()
    await room.reading.read_due(at("12:00") + KEEP_HALTS)
    async with room.store.transaction("look") as tx:
        assert [] == await tx.halts.of("BABA", at("09:00"), at("12:00"))
        assert {"JD"} == set(await tx.halts.standing(at("12:00")))
