"""The news pass: poll what is due, link every new headline, remember all of it."""

from __future__ import annotations

import asyncio
from datetime import datetime

import structlog

from bot.model.news import Story
from bot.services.belt import Belt
from bot.services.ports import FeedState

log = structlog.get_logger(__name__)

AT_ONCE = 20


class Reading:
    """Reads feeds; `fresh` collects tickers that new headlines are about."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self.fresh: set[str] = set()

    async def read_due(self, now: datetime) -> int:
        """Poll every feed that is due at market time `now`; returns how many stories are new."""
        new = 0
        while True:
            async with self._belt.store.transaction("due feeds") as tx:
                due = await tx.news.due(now, AT_ONCE)
            if not due:
                return new
            stories = await asyncio.gather(*(self._read(state, now) for state in due))
            new += sum(len(found) for found in stories)

    async def _read(self, state: FeedState, now: datetime) -> list[Story]:
        fetched = await self._belt.feeds.fetch(state, now)
        mentions = [
            mention for story in fetched.stories or () for mention in self._belt.link(story)
        ]
        async with self._belt.store.transaction("poll") as tx:
            new = await tx.news.save_poll(fetched, mentions)
        say = log.warning if fetched.reason else log.debug
        say("feed read", feed=state.feed.url, new=len(new), why=fetched.reason)
        known = {story.id for story in new}
        self.fresh.update(mention.ticker for mention in mentions if mention.story_id in known)
        return new
