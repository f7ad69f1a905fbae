"""What was read: feeds and their state, stories, mentions, and a row for every poll."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from bot.model.news import Feed, Mention, Story
from bot.services.ports import FeedState, Fetched
from bot.store.columns import EPOCH, moment
from bot.store.tables import feed, mention, poll, story
from bot.store.work import Work

POLLS_KEPT = 200
UNLISTED = "no longer in the list of feeds"

_FEEDS = sa.select(feed).order_by(feed.c.url)
_STORY = tuple(column for column in story.c if column.name not in ("out_at", "dropped_at"))
_DROPS = timedelta(days=2)


class SqlNews:
    """Satisfies `bot.services.ledger.News`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def put_feeds(self, feeds: Sequence[Feed]) -> None:
        named = [{"url": one.url, "outlet": one.outlet, "kind": one.kind} for one in feeds]
        await self._work.put_all(feed, ["url"], named)
        listed = [one.url for one in feeds]
        stops = sa.update(feed).where(feed.c.stopped == "", feed.c.url.not_in(listed))
        await self._work.run(stops.values(stopped=UNLISTED))
        goes_on = sa.update(feed).where(feed.c.stopped == UNLISTED, feed.c.url.in_(listed))
        await self._work.run(goes_on.values(stopped=""))

    async def due(self, now: datetime, limit: int) -> list[FeedState]:
        rows = await self._work.rows(
            sa.select(feed)
            .where(
                feed.c.stopped == "",
                sa.or_(feed.c.next_poll_at.is_(None), feed.c.next_poll_at <= now),
            )
            .order_by(feed.c.next_poll_at.asc().nulls_first(), feed.c.url)
            .limit(limit)
        )
        return [_to_state(row) for row in rows]

    async def next_due(self) -> datetime | None:
        """The earliest due time; 1970 for a feed that was never polled, None without feeds."""
        earliest: datetime | None = await self._work.value(
            sa.select(sa.func.coalesce(feed.c.next_poll_at, moment(EPOCH)).label("due"))
            .where(feed.c.stopped == "")
            .order_by("due")
            .limit(1)
        )
        return earliest

    async def save_poll(self, fetched: Fetched, mentions: Sequence[Mention]) -> list[Story]:
        state = fetched.state
        await self._work.put(
            feed,
            "url",
            url=state.feed.url,
            outlet=state.feed.outlet,
            kind=state.feed.kind,
            etag=state.etag,
            last_modified=state.last_modified,
            body_hash=state.body_hash,
            failures=state.failures,
            next_poll_at=state.next_poll_at,
            polled_at=state.polled_at,
            stopped=state.stopped,
        )
        new = await self._add_stories(fetched.stories or ())
        if fetched.stories is not None and not fetched.reason:
            await self._note_dropped(fetched)
        await self._put_mentions(mentions)
        await self._add_poll(fetched, len(new))
        return new

    async def stories(
        self, ticker: str, since: datetime, until: datetime
    ) -> list[tuple[Story, str]]:
        rows = await self._work.rows(
            sa.select(*_STORY, mention.c.words)
            .join(mention, mention.c.story == story.c.id)
            .where(mention.c.ticker == ticker, story.c.out_at.between(since, until))
            .order_by(story.c.out_at, story.c.id)
        )
        return [(_to_story(row), row.words) for row in rows]

    async def count(self, since: datetime, until: datetime) -> int:
        out: int = await self._work.value(
            sa.select(sa.func.count())
            .select_from(story)
            .where(story.c.out_at.between(since, until))
        )
        return out

    async def dropped(self, ids: Collection[str], before: datetime) -> set[str]:
        gone = sa.select(story.c.id, story.c.feed).where(
            story.c.id.in_(ids), story.c.dropped_at <= before
        )
        found = {row.id: row.feed for row in await self._work.rows(gone)}
        return {id for id, url in found.items() if await self._drops(url, before) == 1}

    async def feeds(self) -> list[FeedState]:
        return [_to_state(row) for row in await self._work.rows(_FEEDS)]

    async def _add_stories(self, stories: Sequence[Story]) -> list[Story]:
        """Add those that are new, and return them; a known one keeps all but words and link."""
        ids = [one.id for one in stories]
        rows = await self._work.rows(
            sa.select(story.c.id, story.c.title, story.c.link).where(story.c.id.in_(ids))
        )
        known = {row.id: (row.title, row.link) for row in rows}
        new = []
        for one in stories:
            if one.id not in known:
                if await self._work.add(story, **_values(one)):
                    new.append(one)
            elif known[one.id] != (one.title, one.link):
                await self._work.run(
                    sa.update(story)
                    .where(story.c.id == one.id)
                    .values(title=one.title, link=one.link, summary=one.summary)
                )
        return new

    async def _note_dropped(self, fetched: Fetched) -> None:
        """
        A story that is newer than half of what its feed carries should still be in it; so should
        the only one.

        A feed in no order drops many, so that one more proves nothing; see `dropped`.
        """
        at, url = fetched.state.polled_at or EPOCH, fetched.state.feed.url
        ids = [one.id for one in fetched.stories or ()]
        carried = sa.select(story.c.out_at).where(story.c.id.in_(ids)).order_by(story.c.out_at)
        middle = carried.offset(len(ids) // 2).limit(1).scalar_subquery()
        due = sa.and_(
            story.c.out_at > sa.func.coalesce(middle, moment(EPOCH)), story.c.out_at > at - _DROPS
        )
        fell_out = sa.and_(due, story.c.id.not_in(ids), story.c.dropped_at.is_(None))
        is_back = sa.and_(story.c.id.in_(ids), story.c.dropped_at.is_not(None))
        own = sa.update(story).where(story.c.feed == url)
        await self._work.run(own.where(fell_out).values(dropped_at=at))
        await self._work.run(own.where(is_back).values(dropped_at=None))

    async def _drops(self, url: str, before: datetime) -> int:
        """How many stories of late that feed dropped out of turn."""
        dropped: int = await self._work.value(
            sa.select(sa.func.count())
            .select_from(story)
            .where(
                story.c.out_at > before - _DROPS,
                story.c.feed == url,
                story.c.dropped_at.is_not(None),
            )
        )
        return dropped

    async def _put_mentions(self, mentions: Sequence[Mention]) -> None:
        rows = [
            {
                "ticker": one.ticker,
                "story": one.story_id,
                "words": one.words,
                "reason": one.reason,
            }
            for one in mentions
        ]
        await self._work.put_all(mention, ["ticker", "story"], rows)

    async def _add_poll(self, fetched: Fetched, fresh: int) -> None:
        url = fetched.state.feed.url
        await self._work.add(
            poll,
            feed=url,
            at=fetched.state.polled_at,
            status=fetched.status,
            size=fetched.size,
            millis=fetched.millis,
            fresh=fresh,
            reason=fetched.reason,
        )
        newest = sa.select(poll.c.id).where(poll.c.feed == url).order_by(poll.c.id.desc())
        oldest_kept = newest.offset(POLLS_KEPT - 1).limit(1).scalar_subquery()
        await self._work.run(sa.delete(poll).where(poll.c.feed == url, poll.c.id < oldest_kept))


def _values(one: Story) -> dict[str, Any]:
    """The row of a story: its columns are named as the noun's fields."""
    return {column.name: getattr(one, column.name) for column in (*_STORY, story.c.out_at)}


def _to_story(row: sa.Row[Any]) -> Story:
    return Story(**{column.name: row._mapping[column] for column in _STORY})


def _to_state(row: sa.Row[Any]) -> FeedState:
    there = dict(row._mapping)
    return FeedState(Feed(there.pop("url"), there.pop("outlet"), there.pop("kind")), **there)
