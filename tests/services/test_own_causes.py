"""A server's own feed and a channel's filter, from the poll to what each channel reads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot.brief.escape import escape
from bot.model.brief import Variant
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed
from bot.model.wish import Sieve, Wish
from bot.services.briefing import Asking
from bot.services.explain import Explaining
from bot.services.feeds import Reading
from tests.builders import at, destination, minutes, story, watch
from tests.fakes import Papers
from tests.services.newsroom import Newsroom, newsroom

CHIPS = "https://chips.example/feed"
BARS = minutes("07:30 151.00\n07:50 152.00\n09:30 156.00\n10:00 158.60")
QWEN = story(
    "Alibaba wins approval to export its Qwen chips", id="own", feed=CHIPS, outlet="chips.example"
)


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Newsroom]:
    """Channels 1, 2 and 3, of as many servers, watch BABA; the second has a feed of its own."""
    async with newsroom(tmp_path) as room:
        async with room.store.transaction("setup") as tx:
            for number in (2, 3):
                await tx.destinations.put(destination(number, guild=number))
                await tx.watches.put(watch(number))
            await tx.wishes.put(Wish(CHIPS, 2, 2, "Chip Notes", at("08:00")))
        room.prices.series["BABA", "1m"] = BARS
        yield room

        assert [] == room.held


async def read_own(room: Newsroom) -> None:
    """The second server's feed tells of it, after its first document."""
    room.papers.carries[CHIPS] = (QWEN,)
    async with room.store.transaction("read before") as tx:
        state = await tx.wire.feed(CHIPS)
        assert state is not None
        await tx.wire.put_state(replace(state, body_hash="read"))
    await room.reading.read_due(room.clock.now())


async def sieve(room: Newsroom, channel: int, *deny: str) -> None:
    async with room.store.transaction("filter") as tx:
        await tx.wishes.put_sieve(Sieve(channel, deny=deny))


async def publish(room: Newsroom) -> list[str]:
    """The brief is out at +5.1 %; what each channel reads, in their order."""
    await room.look("10:00", "158.60")
    await room.look("10:01", "158.61")
    assert 3 == len(room.discord.sent)
    return [room.discord.in_channel(number)[0].words.description for number in (1, 2, 3)]


async def test_only_the_server_that_added_it_reads_of_it(room: Newsroom) -> None:
    """As possible, and named as its own; the others read that there is none."""
    await read_own(room)
    one, two, three = await publish(room)

    assert "**No confirmed catalyst**" in one
    assert one == three
    assert "**Possible**" in two
    assert "Chip Notes, a feed that this server added, reported" in two
    assert "Its feed was added by this server" in two
    assert "Chip" not in one


async def test_its_buttons_tell_the_same(room: Newsroom) -> None:
    """Why, Sources and Details are of what is read there."""
    await read_own(room)
    await publish(room)
    explain = Explaining(room.store, room.belt.renderer)
    posts = {sent.channel: sent.post for sent in room.discord.sent}
    ours, theirs = posts[2], posts[1]

    assert "Chip Notes" in await explain.sources(ours, 1)
    assert "Chip Notes" not in await explain.sources(theirs, 1)
    assert "from a feed that this server added" in await explain.why(ours, 1)
    assert "Chip Notes" in (await explain.details(ours, 1)).rendered.description
    assert "Chip Notes" not in (await explain.details(theirs, 1)).rendered.description


async def test_a_brief_on_demand_tells_it_there(room: Newsroom) -> None:
    """In the server that added the feed, and nowhere else."""
    await read_own(room)
    room.prices.quotes["BABA"] = room.quote("10:01", "158.61")
    room.clock.at = at("10:01")
    here = await Asking(room.belt).brief("BABA", Variant(guild=2))
    there = await Asking(room.belt).brief("BABA", Variant(guild=3))

    assert "Chip Notes" in here.rendered.description
    assert "Chip Notes" not in there.rendered.description


async def test_a_cause_for_everybody_goes_before(room: Newsroom) -> None:
    """All read the same."""
    await read_own(room)
    await room.read(story())
    one, two, three = await publish(room)

    assert one == two == three
    assert "Qwen passes 700 million" in one


async def test_a_channels_filter_holds_the_cause_back(room: Newsroom) -> None:
    """There only; its picture marks no cause, and its buttons name none."""
    await sieve(room, 3, "downloads")
    await room.read(story())
    one, two, three = await publish(room)
    posts = {sent.channel: sent for sent in room.discord.sent}
    explain = Explaining(room.store, room.belt.renderer)
    async with room.store.transaction("pictures") as tx:
        colours = destination(3).colours
        marked = await tx.pieces.chart("BABA/2026-01-12/up/1", 1, colours)
        plain = await tx.pieces.chart("BABA/2026-01-12/up/1@plain", 1, colours)

    assert one == two
    assert "**No confirmed catalyst**" in three
    assert "1 headline was set aside by this channel's filter" in three
    assert "Qwen" not in three
    assert "no confirmed catalyst" in posts[3].words.title
    assert posts[3].words.chart
    assert plain is not None
    assert plain != marked
    assert "Qwen" not in await explain.sources(posts[3].post, 1)


async def test_a_filter_of_the_feed_holds_back_before_anything_is_weighed(room: Newsroom) -> None:
    """What does not pass is no candidate there."""
    await read_own(room)
    async with room.store.transaction("filter") as tx:
        await tx.wishes.put(Wish(CHIPS, 2, 2, "Chip Notes", at("08:00"), deny=("approval",)))
    one, two, _ = await publish(room)

    assert one == two


class Failing(Papers):
    """The server's own feed is in that trouble, "" for none; the others are well."""

    trouble = ""

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        fetched = await super().fetch(state, now)
        if state.feed.url != CHIPS:
            return fetched
        return replace(fetched, state=replace(fetched.state, told=self.trouble), status=0)


async def test_trouble_is_told_where_the_feed_is_wanted(room: Newsroom) -> None:
    """Once, whatever the polls; the message says when it is over."""
    papers = Failing()
    reading = Reading(replace(room.belt, feeds=papers))
    told = []
    for clock, trouble in (("12:00", ""), ("12:02", "down"), ("12:04", "down"), ("12:06", "")):
        papers.trouble = trouble
        room.clock.at = at(clock)
        await reading.read_due(at(clock))
        await room.publish()
        told.append([(one.channel, one.words.content) for one in room.discord.sent])

    assert [] == told[0]
    assert [(2, "\N{WARNING SIGN}\ufe0f down")] == told[1] == told[2]
    back = f"chips.example is read again: {CHIPS} answers as it should"
    assert [(2, f"\N{WHITE HEAVY CHECK MARK} {escape(back)}")] == told[3]
    assert ("again",) == room.discord.sent[0].edits[0].buttons
    assert () == room.discord.sent[0].words.buttons


async def test_a_listed_feeds_trouble_is_nobodys_channel(room: Newsroom) -> None:
    """It stands in the log and in /desk feeds list."""
    async with room.store.transaction("listed too") as tx:
        await tx.wire.put([Feed(CHIPS, "Chip Notes")])
        await tx.wishes.remove(CHIPS, 2)
    papers = Failing()
    papers.trouble = "down"
    await Reading(replace(room.belt, feeds=papers)).read_due(at("12:00"))
    await room.publish()

    assert [] == room.discord.sent
