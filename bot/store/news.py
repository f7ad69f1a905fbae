"""What was read: stories with what they may be recognised by, and whom they mention."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from bot.desk.identity import Keys, Known, Sorted, Told
from bot.model.news import Mention, Story
from bot.store.columns import EPOCH, moment
from bot.store.tables import earlier_words, feed, mention, story
from bot.store.work import Work

T = TypeVar("T")

AT_ONCE = 500  # parameters of one statement
_TOLD = ("id", "feed", "outlet", "title", "link", "published", "first_seen", "summary", "dated")
STORY = tuple(story.c[name] for name in _TOLD)
_KNOWN = tuple(story.c[name] for name in Known.__slots__)
_DROPS = timedelta(days=2)
_DAY = timedelta(days=1)


class SqlNews:
    """Satisfies `bot.services.ledger.News`."""

    def __init__(self, work: Work) -> None:
        self._work = work

    async def known(self, keys: Sequence[Keys]) -> list[Known]:
        ids = {id for each in keys for id in (each.id, each.again) if id}
        found = {one.id: one for one in await self._having(story.c.id, ids)}
        unknown = [each for each in keys if each.id not in found]
        for column, wanted in (
            (story.c.link_key, {each.link for each in unknown if each.link}),
            (story.c.title_key, {each.title for each in unknown}),
        ):
            found |= {one.id: one for one in await self._having(column, wanted)}
        return list(found.values())

    async def add(
        self, sorted: Sequence[Sorted], mentions: Sequence[Mention], at: datetime
    ) -> list[Story]:
        added = await self._add([one for each in sorted for one in each.new])
        await self._add([one for each in sorted for one in each.absorbed], absorbed=True)
        for edited in (one for each in sorted for one in each.edited):
            await self._retell(edited, at)
        await self._still_carried({id for each in sorted for id in each.carried}, at)
        await self._put_mentions(mentions)
        return added

    async def stories(
        self, ticker: str, since: datetime, until: datetime
    ) -> list[tuple[Story, str]]:
        rows = await self._work.rows(
            sa.select(*STORY, mention.c.words)
            .join(mention, mention.c.story == story.c.id)
            .join(feed, feed.c.url == story.c.feed)
            .where(mention.c.ticker == ticker, story.c.out_at.between(since, until))
            .where(story.c.absorbed.is_(False), feed.c.listed)
            .order_by(story.c.out_at, story.c.id)
        )
        return [(to_story(row), row.words) for row in rows]

    async def lags(self, feed: str, limit: int = 50) -> list[timedelta]:
        own = story.c.feed == feed
        first = sa.select(sa.func.min(story.c.first_seen)).where(own).scalar_subquery()
        rows = await self._work.rows(
            sa.select(story.c.first_seen, story.c.published)
            .where(own, story.c.published.is_not(None), story.c.first_seen > first)
            .order_by(story.c.out_at.desc())
            .limit(limit)
        )
        return [row.first_seen - row.published for row in rows]

    async def count(self, since: datetime, until: datetime) -> int:
        out: int = await self._work.value(
            sa.select(sa.func.count())
            .select_from(story)
            .join(feed, feed.c.url == story.c.feed)
            .where(story.c.out_at.between(since, until), story.c.absorbed.is_(False))
            .where(feed.c.listed)
        )
        return out

    async def dropped(self, ids: Collection[str], before: datetime) -> set[str]:
        gone = sa.select(story.c.id, story.c.feed).where(
            story.c.id.in_(ids), story.c.dropped_at <= before
        )
        found = {row.id: row.feed for row in await self._work.rows(gone)}
        return {id for id, url in found.items() if await self._drops(url, before) == 1}

    async def note_dropped(self, url: str, carried: Sequence[Story], at: datetime) -> None:
        """A feed in no order drops many, so that one more proves nothing; see `dropped`."""
        outs = sorted(one.out_at for one in carried)
        since = max(outs[len(outs) // 2] if outs else EPOCH, at - _DROPS)
        ids = {one.id for one in carried}
        late = sa.select(story.c.id, story.c.out_at, story.c.dropped_at).where(
            story.c.feed == url, story.c.out_at > at - _DROPS
        )
        rows = await self._work.rows(late)
        gone = [row.id for row in rows if row.out_at > since and row.id not in ids]
        back = [row.id for row in rows if row.dropped_at is not None and row.id in ids]
        new = {row.id for row in rows if row.dropped_at is None}
        for fell_out, when in (([id for id in gone if id in new], at), (back, None)):
            if fell_out:
                change = sa.update(story).where(story.c.id.in_(fell_out))
                await self._work.run(change.values(dropped_at=when))

    async def purge(self, before: datetime) -> int:
        old = sa.select(story.c.id).where(story.c.carried_at < before)
        for table in (mention, earlier_words):
            await self._work.run(sa.delete(table).where(table.c.story.in_(old)))
        return await self._work.run(sa.delete(story).where(story.c.carried_at < before))

    async def _having(self, column: sa.Column[Any], wanted: Collection[str]) -> list[Known]:
        found: list[Known] = []
        for some in _some(sorted(wanted)):
            rows = await self._work.rows(sa.select(*_KNOWN).where(column.in_(some)))
            found += [Known(**row._mapping) for row in rows]
        return found

    async def _add(self, told: Sequence[Told], *, absorbed: bool = False) -> list[Story]:
        """Those that no other replica has added in between."""
        added: list[Story] = []
        for some in _some(told):
            there = {one.id for one in await self._having(story.c.id, {o.keys.id for o in some})}
            new = list({one.keys.id: one for one in some if one.keys.id not in there}.values())
            rows = [_values(one) | {"absorbed": absorbed} for one in new]
            if rows:
                await self._work.run(self._work.insert(story).on_conflict_do_nothing(), rows)
            added += [one.story for one in new]
        return added

    async def _retell(self, edited: Told, at: datetime) -> None:
        """Other words in place; the earlier ones are kept."""
        own = story.c.id == edited.keys.id
        was = sa.select(story.c.id, moment(at), story.c.title, story.c.link).where(own)
        keep = self._work.insert(earlier_words).from_select(
            ["story", "until", "title", "link"], was
        )
        await self._work.run(keep.on_conflict_do_nothing())
        changes = {name: getattr(edited.story, name) for name in ("title", "link", "summary")}
        changes |= {"link_key": edited.keys.link, "title_key": edited.keys.title}
        await self._work.run(sa.update(story).where(own).values(**changes))

    async def _still_carried(self, ids: Collection[str], at: datetime) -> None:
        """Noted once a day, and enough to know when a story is forgotten by all."""
        for some in _some(sorted(ids)):
            stale = sa.and_(story.c.id.in_(some), story.c.carried_at < at - _DAY)
            await self._work.run(sa.update(story).where(stale).values(carried_at=at))

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


def _some(all: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(all), AT_ONCE):
        yield all[start : start + AT_ONCE]


def _values(one: Told) -> dict[str, Any]:
    """The row of a story: its columns are named as the noun's fields."""
    return {name: getattr(one.story, name) for name in _TOLD} | {
        "out_at": one.story.out_at,
        "carried_at": one.story.first_seen,
        "link_key": one.keys.link,
        "title_key": one.keys.title,
    }


def to_story(row: sa.Row[Any]) -> Story:
    return Story(**{name: getattr(row, name) for name in _TOLD})
