"""The feeds and what is remembered of each, and a ring of the last polls of every one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa

from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed
from bot.services.archive import Poll
from bot.store import codec
from bot.store.columns import EPOCH, moment
from bot.store.tables import feed, poll
from bot.store.tables_wishes import feed_wish
from bot.store.work import Work

POLLS_KEPT = 50
MOST_TROUBLED = 50
UNLISTED = "no longer in the list of feeds"
MOVED = "moved for good to "
WISHES = (
    sa.select(sa.func.count())
    .select_from(feed_wish)
    .where(feed_wish.c.feed == feed.c.url)
    .correlate(feed)
    .scalar_subquery()
)
WANTED = sa.or_(feed.c.listed, WISHES > 0)
READERS = (sa.case((feed.c.listed, 1), else_=0) + WISHES).label("readers")
STATES = sa.select(feed.c.url, feed.c.body, READERS)


class SqlWire:
    """Satisfies `bot.services.ledger.Wire`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def put(self, feeds: Sequence[Feed]) -> None:
        there = {state.feed.url: state for state in await self.feeds()}
        listed = {_moved_to(one, there) for one in feeds}
        known = [(one, there.get(one.url)) for one in listed]
        after = [_listed(one, state) for one, state in known]
        urls = {one.url for one in listed}
        wished = {row.feed for row in await self._work.rows(sa.select(feed_wish.c.feed))}
        after += [
            replace(state, stopped=UNLISTED)
            for url, state in there.items()
            if url not in urls | wished and not state.stopped
        ]
        await self._put([state for state in after if there.get(state.feed.url) != state])
        await self._mark_listed(urls.union(one.url for one in feeds))

    async def begin(self, feeds: Sequence[Feed]) -> None:
        await self._put([_listed(one, await self.feed(one.url)) for one in feeds])
        await self._list([one.url for one in feeds], True)

    async def end(self, urls: Collection[str]) -> None:
        await self._list(urls, False)
        unwanted = STATES.where(feed.c.url.in_(urls), feed.c.stopped == "", sa.not_(WANTED))
        states = [to_state(row) for row in await self._work.rows(unwanted)]
        await self._put([replace(state, stopped=UNLISTED) for state in states])

    async def due(self, now: datetime, limit: int, but: Collection[str] = ()) -> list[FeedState]:
        late = sa.or_(feed.c.next_poll_at.is_(None), feed.c.next_poll_at <= now)
        rows = await self._work.rows(
            STATES.where(feed.c.stopped == "", late, WANTED)
            .order_by(feed.c.next_poll_at.asc().nulls_first(), feed.c.url)
            .limit(limit + len(but))
        )
        found = [row for row in rows if row.url not in but]
        return [to_state(row) for row in found[:limit]]

    async def next_due(self) -> datetime | None:
        earliest: datetime | None = await self._work.value(
            sa.select(sa.func.coalesce(feed.c.next_poll_at, moment(EPOCH)).label("due"))
            .where(feed.c.stopped == "", WANTED)
            .order_by("due")
            .limit(1)
        )
        return earliest

    async def save(self, polls: Sequence[tuple[Fetched, int]]) -> None:
        after = [(_counted(fetched), fetched, fresh) for fetched, fresh in polls]
        await self._put([state for state, _, _ in after])
        rows = [_row(state, fetched, fresh) for state, fetched, fresh in after if fetched.asked]
        await self._work.put_all(poll, ["feed", "slot"], rows)
        for fetched, _ in polls:
            if fetched.silent_until is not None:
                await self._silence(fetched.state.feed.url, fetched.silent_until)

    async def adopt(self, old: str, new: str) -> FeedState | None:
        state = await self.feed(old)
        if state is None:
            return None
        there = await self.feed(new)
        moved = replace(state, stopped=MOVED + new, moved=None)
        # Its stories go by other ids there, so that the next document counts as the first.
        goes_on = there or replace(
            state, feed=replace(state.feed, url=new), moved=None, body_hash=""
        )
        await self._put([moved, goes_on])
        await self._hand_over(old, new, known=there is not None)
        return goes_on

    async def feeds(self) -> list[FeedState]:
        return [to_state(row) for row in await self._work.rows(STATES.order_by(feed.c.url))]

    async def feed(self, url: str) -> FeedState | None:
        row = await self._work.row(STATES.where(feed.c.url == url))
        return None if row is None else to_state(row)

    async def listed(self, url: str) -> bool:
        return bool(await self._work.value(sa.select(feed.c.listed).where(feed.c.url == url)))

    async def search(self, words: str, limit: int) -> list[FeedState]:
        named = feed.c.body.icontains(words.strip(), autoescape=True)
        found = STATES.where(feed.c.listed, named).order_by(feed.c.url).limit(limit)
        return [to_state(row) for row in await self._work.rows(found)]

    async def in_trouble(self) -> tuple[int, list[FeedState]]:
        all: int = await self._work.value(
            sa.select(sa.func.count()).select_from(feed).where(feed.c.listed)
        )
        told = STATES.where(feed.c.listed, ~feed.c.body.contains('"told":""'))
        rows = await self._work.rows(told.order_by(feed.c.url).limit(MOST_TROUBLED))
        return all, [state for row in rows if (state := to_state(row)).told]

    async def put_state(self, state: FeedState) -> None:
        await self._put([state])

    async def polls(self, url: str) -> list[Poll]:
        told = (poll.c[name] for name in Poll.__slots__)
        newest_first = sa.select(*told).where(poll.c.feed == url).order_by(poll.c.at.desc())
        return [Poll(**row._mapping) for row in await self._work.rows(newest_first)]

    async def _list(self, urls: Collection[str], listed: bool) -> None:
        change = sa.update(feed).where(feed.c.url.in_(urls))
        await self._work.run(change.values(listed=listed))

    async def _mark_listed(self, urls: Collection[str]) -> None:
        rows = await self._work.rows(sa.select(feed.c.url, feed.c.listed))
        for row in rows:
            if row.listed != (row.url in urls):
                change = sa.update(feed).where(feed.c.url == row.url)
                await self._work.run(change.values(listed=not row.listed))

    async def _hand_over(self, old: str, new: str, *, known: bool) -> None:
        """Who wanted the old address wants the new one."""
        listed = await self.listed(old) or (known and await self.listed(new))
        await self._work.run(sa.update(feed).where(feed.c.url == new).values(listed=listed))
        there = sa.select(feed_wish.c.guild).where(feed_wish.c.feed == new)
        rest = sa.and_(feed_wish.c.feed == old, feed_wish.c.guild.not_in(there))
        await self._work.run(sa.update(feed_wish).where(rest).values(feed=new))
        await self._work.run(sa.delete(feed_wish).where(feed_wish.c.feed == old))

    async def _silence(self, url: str, until: datetime) -> None:
        """Every other feed of that host waits as well, over a restart too."""
        host = urlsplit(url).netloc.lower()
        sooner = sa.or_(feed.c.next_poll_at.is_(None), feed.c.next_poll_at < until)
        rows = await self._work.rows(sa.select(feed.c.url, feed.c.body).where(sooner))
        same = [row.body for row in rows if urlsplit(row.url).netloc.lower() == host]
        states = [codec.load(FeedState, body) for body in same]
        await self._put([replace(state, next_poll_at=until) for state in states])

    async def _put(self, states: Sequence[FeedState]) -> None:
        rows = [
            {
                "url": state.feed.url,
                "next_poll_at": state.next_poll_at,
                "stopped": state.stopped,
                "body": codec.dump(state),
            }
            for state in states
        ]
        await self._work.put_all(feed, ["url"], rows)


def to_state(row: sa.Row[Any]) -> FeedState:
    """A row of `STATES`: how many want the feed is counted anew."""
    state = codec.load(FeedState, row.body)
    return state if state.readers == row.readers else replace(state, readers=row.readers)


def _listed(one: Feed, state: FeedState | None) -> FeedState:
    if state is None:
        return FeedState(one)
    return replace(state, feed=one, stopped="" if state.stopped == UNLISTED else state.stopped)


def _moved_to(one: Feed, there: dict[str, FeedState]) -> Feed:
    """The list goes on naming the old address; what was adopted stands for it."""
    for _ in range(10):
        state = there.get(one.url)
        if state is None or not state.stopped.startswith(MOVED):
            return one
        one = replace(one, url=state.stopped.removeprefix(MOVED))
    return one


def _counted(fetched: Fetched) -> FeedState:
    return replace(fetched.state, polls=fetched.state.polls + fetched.asked)


def _row(state: FeedState, fetched: Fetched, fresh: int) -> dict[str, Any]:
    return {
        "feed": state.feed.url,
        "slot": state.polls % POLLS_KEPT,
        "at": state.polled_at or EPOCH,
        "status": fetched.status,
        "size": fetched.size,
        "millis": fetched.millis,
        "fresh": fresh,
        "next_poll_at": state.next_poll_at,
        "reason": fetched.reason,
    }
