"""
Where is a feed asked for, and has it moved for good? Permanent redirects, believed slowly. Pure.

A permanent redirect is used from the next poll on, so that validators go back to whoever gave
them. Every half day the old address is asked again; when it has led to the same place three
times, the move is believed.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from bot.desk.address import same_feed
from bot.model.feed import FeedState, Relocation

SIGHTINGS = 3
APART = timedelta(hours=12)


def address(state: FeedState, now: datetime) -> str:
    """The URL to ask: where the feed has moved, unless it is time to see whether it still has."""
    moved = state.moved
    return moved.url if moved is not None and now < moved.at + APART else state.feed.url


def relocation(state: FeedState, asked: str, permanent_to: str, now: datetime) -> Relocation | None:
    """What is known of the move once `asked` has answered from `permanent_to` ("": from itself)."""
    if not permanent_to:
        return None if asked == state.feed.url else state.moved
    to = same_feed(permanent_to)
    if to == same_feed(state.feed.url):
        return None
    if state.moved is None or state.moved.url != to:
        return Relocation(to, 1, now)
    return Relocation(to, state.moved.times + 1, now)


def proved(moved: Relocation | None) -> str:
    """The address to adopt, "" while there is none."""
    return moved.url if moved is not None and moved.times >= SIGHTINGS else ""


def origin(url: str) -> str:
    """Scheme, host and port: what validators may not leave."""
    return "/".join(url.split("/", 3)[:3]).lower()
