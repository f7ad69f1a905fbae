"""
Feeds that a ticker has of its own: begun when it is first watched, stopped when nobody does.

Each is fetched once for all who watch the ticker, and whatever it tells is about that ticker.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import structlog

from bot.desk.identity import Sorted
from bot.model.news import Feed, Mention
from bot.services.belt import Belt
from bot.services.ledger import Wanted

log = structlog.get_logger(__name__)

WHY = "a feed of its own"


class Own:
    """Follows what is watched; costs a look at the store where nothing has changed."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._wanted: Sequence[Wanted] | None = None
        self._feeds: dict[str, Feed] = {}

    async def follow(self) -> None:
        """To be called while no feed is being read: what a poll saves would begin it again."""
        async with self._belt.store.transaction("watched") as tx:
            wanted = await tx.watches.wanted()
            if wanted is self._wanted:
                return
            own = self._belt.own_feeds({one.ticker for one in wanted})
            feeds = {feed.url: feed for feed in own.feeds}
            if new := [feed for url, feed in feeds.items() if url not in self._feeds]:
                await tx.wire.begin(new)
            if old := self._feeds.keys() - feeds.keys():
                await tx.wire.end(old)
        if own.left_out:
            log.warning("too many feeds of tickers for one host", left_out=own.left_out)
        self._wanted, self._feeds = wanted, feeds


def own_mentions(
    feeds: Iterable[Feed], brought: Mapping[str, Sorted], named: Iterable[Mention]
) -> Iterator[Mention]:
    """Mentions by the feed alone: of stories whose words do not name the ticker."""
    known = {(one.story_id, one.ticker) for one in named}
    for feed in feeds:
        found = brought.get(feed.url) if feed.about else None
        for one in (*found.new, *found.edited) if found else ():
            if (one.story.id, feed.about) not in known:
                yield Mention(one.story.id, feed.about, feed.about, WHY)
