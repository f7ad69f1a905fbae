"""
The news pass: poll what is due, and remember every new headline with the companies it names.

Feeds are read side by side; whoever is done is saved with others that are done by then, so that
a slow server holds nobody up and a thousand polls are not a thousand transactions.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import structlog

from bot.desk.identity import Known, Sorted, sort, told
from bot.desk.trouble import said
from bot.model.feed import FeedState, Fetched
from bot.model.news import Mention, Story
from bot.services.archive import News
from bot.services.belt import Belt
from bot.services.ledger import Transaction
from bot.services.own_feeds import Own, own_mentions

log = structlog.get_logger(__name__)

AT_ONCE = 200  # feeds that are being read; the adapter keeps to its own limits within
A_BATCH = 25
A_MOMENT = 0.2  # seconds in which others may join a batch
PATIENCE = 1.0  # seconds until a look at what else has become due
AFTER_A_FAULT = timedelta(hours=1)
KEEP = timedelta(days=90)
KEEP_HALTS = timedelta(days=7)
KEEP_EPISODES = timedelta(days=21)  # 14 sessions and the holidays among them


@dataclass(frozen=True, slots=True)
class _Read:
    before: FeedState
    fetched: Fetched

    @property
    def stories(self) -> Sequence[Story]:
        return self.fetched.stories or ()


class Reading:
    """Reads feeds; `fresh` collects tickers that new headlines are about."""

    def __init__(self, belt: Belt) -> None:
        self._belt = belt
        self._own = Own(belt)
        self._swept: date | None = None
        self.fresh: set[str] = set()

    async def read_due(self, now: datetime) -> int:
        """
        Poll every feed that is due at market time `now`, and what becomes due meanwhile.

        Returns how many stories are new.
        """
        await self._own.follow()
        new = 0
        polls: dict[asyncio.Task[_Read], str] = {}
        try:
            while await self._send_out(polls, max(now, self._belt.clock.now())):
                reads = await _who_is_done(polls)
                new += await self._save(reads, now) if reads else 0
        finally:
            for poll in polls:
                poll.cancel()
        await self._sweep(now)
        return new

    async def _send_out(self, polls: dict[asyncio.Task[_Read], str], now: datetime) -> bool:
        """Start as many polls as there is room for; False when none is under way."""
        if (room := AT_ONCE - len(polls)) >= A_BATCH:
            async with self._belt.store.transaction("due feeds") as tx:
                due = await tx.wire.due(now, room, but=set(polls.values()))
            for state in due:
                polls[asyncio.create_task(self._read(state, now))] = state.feed.url
        return bool(polls)

    async def _read(self, state: FeedState, now: datetime) -> _Read:
        try:
            return _Read(state, await self._belt.feeds.fetch(state, now))
        except Exception as error:  # one feed's trouble must not keep the others from being read
            log.exception("feed not read", feed=state.feed.url)
            return _Read(state, _broken(state, now, error))

    async def _save(self, reads: Sequence[_Read], now: datetime) -> int:
        sorted = await self._sort([one for one in reads if one.stories])
        mentions = await self._link(sorted.values())
        mentions += own_mentions((one.before.feed for one in reads), sorted, tuple(mentions))
        polls = [_with_newest(one, sorted.get(one.before.feed.url)) for one in reads]
        added: list[Story] = []
        async with self._belt.store.transaction("poll") as tx:
            await tx.wire.save(polls)
            if sorted:
                added = await tx.news.add(list(sorted.values()), mentions, now)
            for one in reads:
                await self._note_dropped(tx.news, one, now)
                await _keep_halts(tx, one, now)
                await _tell_trouble(tx, one, now)
                if one.fetched.moved_to:
                    await tx.wire.adopt(one.before.feed.url, one.fetched.moved_to)
        for fetched, fresh in polls:
            say = log.warning if fetched.reason else log.debug
            say("feed read", feed=fetched.state.feed.url, new=fresh, why=fetched.reason)
        before = {one.before.feed.url: one.before for one in reads}
        news = {story.id for story in added if _is_news(story, before[story.feed])}
        self.fresh.update(mention.ticker for mention in mentions if mention.story_id in news)
        return len(added)

    async def _sort(self, reads: Sequence[_Read]) -> dict[str, Sorted]:
        """Each document's stories, by feed."""
        if not reads:
            return {}
        documents = [(one.before, [told(story) for story in one.stories]) for one in reads]
        keys = [one.keys for _, document in documents for one in document]
        known: dict[str, list[Known]] = defaultdict(list)
        async with self._belt.store.transaction("known stories") as tx:
            for one in await tx.news.known(keys):
                known[one.feed].append(one)
        return {
            state.feed.url: sort(
                document, known[state.feed.url], state.newest, first=not state.body_hash
            )
            for state, document in documents
        }

    async def _link(self, sorted: Iterable[Sorted]) -> list[Mention]:
        """Linking is a processor's work: others get their turn between two stories."""
        mentions: list[Mention] = []
        for one in [one for each in sorted for one in (*each.new, *each.edited)]:
            mentions += self._belt.link(one.story)
            await asyncio.sleep(0)  # noqa: TID251  gives way, does not wait
        return mentions

    async def _note_dropped(self, news: News, one: _Read, now: datetime) -> None:
        """Half a document lacks what the other half tells."""
        if one.fetched.stories is not None and not one.fetched.reason:
            await news.note_dropped(one.before.feed.url, one.stories, now)

    async def _sweep(self, now: datetime) -> None:
        if self._swept != now.date():
            self._swept = now.date()
            async with self._belt.store.transaction("old stories") as tx:
                forgotten = await tx.news.purge(now - KEEP)
                await tx.halts.purge(now - KEEP_HALTS)
                await tx.episodes.purge(now.date() - KEEP_EPISODES)
            log.info("old stories forgotten", stories=forgotten)


async def _who_is_done(polls: dict[asyncio.Task[_Read], str]) -> list[_Read]:
    """At least one poll, unless none ends within `PATIENCE`; with those that end soon after it."""
    done, pending = await asyncio.wait(polls, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    if done and pending and len(done) < A_BATCH:
        also, _ = await asyncio.wait(pending, timeout=A_MOMENT)
        done |= also
    in_order = [poll for poll in polls if poll in done]
    for poll in in_order:
        del polls[poll]
    return [poll.result() for poll in in_order]


def _with_newest(one: _Read, found: Sorted | None) -> tuple[Fetched, int]:
    if found is None:
        return one.fetched, 0
    state = replace(one.fetched.state, newest=found.newest)
    why = f"{one.fetched.reason}; {found.why}" if one.fetched.reason else found.why
    return replace(one.fetched, state=state, reason=why), len(found.new)


def _is_news(story: Story, before: FeedState) -> bool:
    """
    What a feed's first document tells is history. One that moved has a first document at its
    new address too, but its time goes on.
    """
    if before.body_hash:
        return True
    if story.published is None or before.newest is None:
        return False
    return story.published > before.newest


async def _keep_halts(tx: Transaction, one: _Read, now: datetime) -> None:
    """A feed that only a server wants may not silence a ticker for everybody."""
    url = one.before.feed.url
    if one.fetched.halts and await tx.wire.listed(url):
        await tx.halts.put(url, one.fetched.halts, now)


async def _tell_trouble(tx: Transaction, one: _Read, now: datetime) -> None:
    """The channels that want the feed hear of its trouble, with the poll that met it."""
    if words := said(one.before, one.fetched.state):
        over = not one.fetched.state.told
        await tx.notices.say(one.before.feed.url, words, now, over=over)


def _broken(state: FeedState, now: datetime, error: Exception) -> Fetched:
    after = replace(
        state,
        failures=state.failures + 1,
        failing_since=state.failing_since or now,
        polled_at=now,
        next_poll_at=now + AFTER_A_FAULT,
    )
    why = f"{state.feed.url} could not be read: a fault of the desk ({type(error).__name__})"
    return Fetched(after, None, 0, 0, 0, why)
