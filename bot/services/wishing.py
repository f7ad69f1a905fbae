"""
A server's own feeds: looked at before they are added, filtered, and touching that server only.

Nothing of what a person types is fetched but through the guarded client behind `Finder`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace

from bot.desk.address import same_feed
from bot.desk.trouble import said, tried_again
from bot.errors import UserError
from bot.model.feed import FeedState
from bot.model.found import Found
from bot.model.news import Feed
from bot.model.piece import NOTICE
from bot.model.post import Destination
from bot.model.wish import Sieve, Wish, Wished
from bot.services.feed_faces import Brought, FeedTyped
from bot.services.feed_lines import why_lines
from bot.services.feed_names import chosen, key_of, means, name_of, outlet_name, rules_of, unknown
from bot.services.ledger import Store, Transaction
from bot.services.ports import FeedLists, Finder, MarketClock
from bot.services.subscriptions import kept

MOST = 50  # feeds of a server's own
MOST_SEARCHED = 2000
OFFERED = 25
FULL = f"a server may have {MOST} feeds of its own, and this one has them"


class Wishing:
    """Satisfies `bot.services.feed_faces.ServerFeeds`."""

    def __init__(self, store: Store, clock: MarketClock, finder: Finder, lists: FeedLists) -> None:
        self._store = store
        self._clock = clock
        self._finder = finder
        self._lists = lists

    async def look(self, guild: int, typed: FeedTyped) -> Found:
        rules_of(typed)
        async with self._store.transaction("own feeds") as tx:
            _room(await tx.wishes.of_guild(guild))
        found = await self._finder.discover(typed.address, self._clock.now())
        if found.is_feed:
            async with self._store.transaction("known feed") as tx:
                await _refuse_known(tx, guild, same_feed(found.url))
        return found

    async def add(self, place: Destination, typed: FeedTyped, found: Found, author: int) -> Wish:
        url, rules = same_feed(found.url), rules_of(typed)
        name = outlet_name(typed.outlet or found.title, url)
        async with self._store.transaction("add a feed") as tx:
            _room(await tx.wishes.of_guild(place.guild or 0))
            wish = await self._wish(tx, place, Feed(url, name), author)
            wish = replace(wish, allow=rules.allow, deny=rules.deny)
            await tx.wishes.put(wish)
            state = await tx.wire.feed(url)
            if state is not None and state.stopped:  # it was just read
                now = self._clock.now()
                well = replace(tried_again(state, now), told="")
                await tx.wire.put_state(well)
                await tx.notices.say(url, said(state, well), now, over=True)
        return wish

    async def remove(self, guild: int, which: str) -> Wish:
        async with self._store.transaction("remove a feed") as tx:
            wish = chosen(await tx.wishes.of_guild(guild), which).wish
            await tx.wishes.remove(wish.feed, guild)
        return wish

    async def of(self, guild: int) -> list[Wished]:
        async with self._store.transaction("own feeds") as tx:
            return await tx.wishes.of_guild(guild)

    async def in_trouble(self) -> tuple[int, list[FeedState]]:
        async with self._store.transaction("listed feeds") as tx:
            return await tx.wire.in_trouble()

    async def offered(self, guild: int, typed: str, *, all: bool = False) -> list[tuple[str, str]]:
        async with self._store.transaction("offered feeds") as tx:
            own = await tx.wishes.of_guild(guild)
            listed = await tx.wire.search(typed, OFFERED) if all else []
        named = [(key_of(one.wish.feed), name_of(one.wish.outlet, one.wish.feed)) for one in own]
        named += [(key_of(one.feed.url), name_of(one.feed.outlet, one.feed.url)) for one in listed]
        wanted = typed.strip().casefold()
        return [(id, name) for id, name in named if wanted in name.casefold()][:OFFERED]

    async def why(self, guild: int, which: str) -> list[str]:
        async with self._store.transaction("why a feed") as tx:
            wishes = [one.wish for one in await tx.wishes.of_guild(guild)]
            own = next((one for one in wishes if means(which, one.feed, one.outlet)), None)
            url = own.feed if own is not None else await _listed(tx, which)
            return await why_lines(tx, url, own)

    async def filter(self, guild: int, typed: FeedTyped) -> Wish:
        rules = rules_of(typed)
        async with self._store.transaction("filter a feed") as tx:
            wish = chosen(await tx.wishes.of_guild(guild), typed.address).wish
            wish = replace(wish, allow=rules.allow, deny=rules.deny)
            await tx.wishes.put(wish)
        return wish

    async def sieve(self, place: Destination, ticker: str, typed: FeedTyped) -> Sieve:
        rules = rules_of(typed)
        one = Sieve(place.id, ticker.strip().lstrip("$").upper(), rules.allow, rules.deny)
        async with self._store.transaction("filter a channel") as tx:
            await kept(tx, place)
            await tx.wishes.put_sieve(one)
        return one

    async def sieves(self, guild: int) -> list[Sieve]:
        async with self._store.transaction("filters") as tx:
            return await tx.wishes.sieves_of_guild(guild)

    async def bring(self, place: Destination, document: bytes, name: str, by: int) -> Brought:
        brought = await asyncio.to_thread(self._lists.read, document, name)
        feeds = {same_feed(feed.url): feed for feed in brought.feeds}
        added, left_out = list[Wish](), list(brought.left_out)
        async with self._store.transaction("import feeds") as tx:
            room = MOST - len(await tx.wishes.of_guild(place.guild or 0))
            for url, feed in feeds.items():
                if len(added) >= room:
                    left_out.append((url, FULL))
                    continue
                try:
                    added.append(await self._wish(tx, place, Feed(url, feed.outlet), by))
                except UserError as error:
                    left_out.append((url, error.message))
        return Brought(tuple(added), tuple(left_out))

    async def write(self, guild: int) -> bytes:
        own = [one.wish for one in await self.of(guild)]
        if not own:
            raise UserError(
                "this server has no feeds of its own", hint="add one with /desk feeds add"
            )
        return self._lists.write("Feeds of this server", [Feed(w.feed, w.outlet) for w in own])

    async def again(self, guild: int, post: int) -> str:
        async with self._store.transaction("try again") as tx:
            wish = await _noticed(tx, guild, post)
            state = await tx.wire.feed(wish.feed)
            if state is None or not (state.told or state.stopped):
                return f"{wish.outlet} is read as it should be already."
            after = tried_again(state, self._clock.now())
            await tx.wire.put_state(after)
            await tx.notices.say(wish.feed, after.told, self._clock.now())
        return f"{wish.outlet} is asked again now. The notice here says how that goes."

    async def _wish(self, tx: Transaction, place: Destination, feed: Feed, author: int) -> Wish:
        guild = place.guild or 0
        await _refuse_known(tx, guild, feed.url)
        await kept(tx, place)
        outlet = outlet_name(feed.outlet, feed.url)
        wish = Wish(feed.url, guild, place.id, outlet, self._clock.now(), author)
        await tx.wishes.put(wish)
        return wish


def _room(own: Sequence[Wished]) -> None:
    if len(own) >= MOST:
        raise UserError(FULL, hint="remove one with /desk feeds remove first")


async def _refuse_known(tx: Transaction, guild: int, url: str) -> None:
    if await tx.wire.listed(url):
        raise UserError(
            f"the desk reads {url} already, for every server",
            hint="/desk feeds why shows how it is; /desk feeds filter sets what a channel is told",
        )
    for wish in (await tx.wishes.of_feeds([url])).get(url, ()):
        if wish.guild == guild:
            raise UserError(
                f"this server reads {url} already, as {wish.outlet}",
                hint="/desk feeds filter changes what passes of it",
            )


async def _listed(tx: Transaction, which: str) -> str:
    """The address of a feed that every server reads."""
    url = same_feed(which)
    if await tx.wire.listed(url):
        return url
    for words in (which, ""):
        for state in await tx.wire.search(words, MOST_SEARCHED):
            if means(which, state.feed.url, state.feed.outlet):
                return state.feed.url
    raise unknown(which)


async def _noticed(tx: Transaction, guild: int, post: int) -> Wish:
    """The server's wish for the feed that a notice of its own is about."""
    row = await tx.outbox.find(post)
    about = row is not None and row.piece.startswith(NOTICE) and row.destination.guild == guild
    notice = await tx.notices.get(row.piece, row.desired_rev) if row and about else None
    if notice is None:
        raise UserError("the desk no longer keeps this notice", hint="see /desk feeds list")
    for wish in (await tx.wishes.of_feeds([notice.feed])).get(notice.feed, ()):
        if wish.guild == guild:
            return wish
    raise UserError(
        f"this server reads {notice.feed} no more", hint="add it again with /desk feeds add"
    )
