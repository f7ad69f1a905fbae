"""The feeds that servers want for themselves, and the filters of their channels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from bot.model.feed import FeedState
from bot.model.news import Feed
from bot.model.wish import Overheard, Sieve, Wish, Wished
from bot.store import codec
from bot.store.news import STORY, to_story
from bot.store.tables import destination, feed, mention, story
from bot.store.tables_wishes import feed_wish, sieve
from bot.store.wire import STATES, UNLISTED, WANTED, to_state
from bot.store.work import Work

_WISHES = sa.select(feed_wish.c.feed, feed_wish.c.body)


class SqlWishes:
    """Satisfies `bot.services.archive.Wishes`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, wish: Wish) -> None:
        new = FeedState(Feed(wish.feed, urlsplit(wish.feed).hostname or wish.feed))
        await self._work.add(feed, url=wish.feed, stopped="", body=codec.dump(new), listed=False)
        await self._work.put(
            feed_wish,
            "feed",
            "guild",
            feed=wish.feed,
            guild=wish.guild,
            channel=wish.channel,
            body=codec.dump(wish),
        )
        await self._stop(wish.feed, UNLISTED, "")

    async def remove(self, feed_url: str, guild: int) -> bool:
        theirs = sa.and_(feed_wish.c.feed == feed_url, feed_wish.c.guild == guild)
        removed = await self._work.run(sa.delete(feed_wish).where(theirs))
        if not await self._work.value(sa.select(WANTED).where(feed.c.url == feed_url)):
            await self._stop(feed_url, "", UNLISTED)
        return bool(removed)

    async def of_guild(self, guild: int) -> list[Wished]:
        rows = await self._work.rows(
            STATES.add_columns(feed.c.listed, feed_wish.c.body.label("wish"))
            .join(feed_wish, feed_wish.c.feed == feed.c.url)
            .where(feed_wish.c.guild == guild)
            .order_by(feed.c.url)
        )
        return [Wished(_wish(row.url, row.wish), to_state(row), row.listed) for row in rows]

    async def of_feeds(self, urls: Collection[str]) -> dict[str, list[Wish]]:
        found: dict[str, list[Wish]] = defaultdict(list)
        theirs = _WISHES.where(feed_wish.c.feed.in_(sorted(urls)))
        for row in await self._work.rows(theirs.order_by(feed_wish.c.feed, feed_wish.c.guild)):
            found[row.feed].append(_wish(row.feed, row.body))
        return dict(found)

    async def stories(self, ticker: str, since: datetime, until: datetime) -> list[Overheard]:
        rows = await self._work.rows(
            sa.select(*STORY, mention.c.words)
            .join(mention, mention.c.story == story.c.id)
            .join(feed, feed.c.url == story.c.feed)
            .where(mention.c.ticker == ticker, story.c.out_at.between(since, until))
            .where(story.c.absorbed.is_(False), feed.c.listed.is_(False))
            .order_by(story.c.out_at, story.c.id)
        )
        return [Overheard(to_story(row), row.words) for row in rows]

    async def put_sieve(self, one: Sieve) -> None:
        here = {"destination": one.destination, "ticker": one.ticker}
        if one.allow or one.deny:
            await self._work.put(sieve, *here, **here, body=codec.dump(one))
            return
        same = (sieve.c[name] == value for name, value in here.items())
        await self._work.run(sa.delete(sieve).where(*same))

    async def sieves(self, channel: int) -> list[Sieve]:
        theirs = sa.select(sieve.c.body).where(sieve.c.destination == channel)
        return _sieves(await self._work.rows(theirs.order_by(sieve.c.ticker)))

    async def filtering(self, ticker: str) -> frozenset[int]:
        theirs = sa.select(sieve.c.destination).where(sieve.c.ticker.in_(("", ticker)))
        return frozenset(row.destination for row in await self._work.rows(theirs))

    async def sieves_of_guild(self, guild: int) -> list[Sieve]:
        theirs = sa.select(sieve.c.body).join(destination, destination.c.id == sieve.c.destination)
        theirs = theirs.where(destination.c.guild == guild)
        order = (sieve.c.destination, sieve.c.ticker)
        return _sieves(await self._work.rows(theirs.order_by(*order)))

    async def _stop(self, url: str, before: str, after: str) -> None:
        """Another reason for not polling it, where the one it has is `before`."""
        row = await self._work.row(STATES.where(feed.c.url == url, feed.c.stopped == before))
        if row is not None:
            state = replace(to_state(row), stopped=after)
            change = sa.update(feed).where(feed.c.url == url)
            await self._work.run(change.values(stopped=after, body=codec.dump(state)))


def _wish(url: str, body: str) -> Wish:
    """A feed may have moved since it was wished for."""
    return replace(codec.load(Wish, body), feed=url)


def _sieves(rows: Sequence[sa.Row[Any]]) -> list[Sieve]:
    return [codec.load(Sieve, row.body) for row in rows]
