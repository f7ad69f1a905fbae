"""What the news pass does with the store, in one step."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.identity import sort, told
from bot.model.feed import Fetched
from bot.model.news import Mention, Story
from bot.services.ledger import Transaction
from bot.store import SqlStore
from bot.store.columns import EPOCH


async def save(store: SqlStore, fetched: Fetched, linked: Sequence[Mention] = ()) -> list[Story]:
    async with store.transaction("poll") as tx:
        return await save_in(tx, fetched, linked)


async def save_in(tx: Transaction, fetched: Fetched, linked: Sequence[Mention] = ()) -> list[Story]:
    """One poll as the desk remembers it; returns what is new."""
    at, stories = fetched.state.polled_at or EPOCH, fetched.stories or ()
    document = [told(one) for one in stories]
    known = await tx.news.known([one.keys for one in document])
    found = sort(document, known, fetched.state.newest, first=True)
    added = await tx.news.add([found], linked, at)
    await tx.wire.save([(fetched, len(added))])
    if fetched.stories is not None and not fetched.reason:
        await tx.news.note_dropped(fetched.state.feed.url, stories, at)
    return added
