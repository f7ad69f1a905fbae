"""What the desk forgets by itself, once a day."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.model.alert import Episode, State
from bot.services.ledger import EpisodeKey
from tests.builders import DAY, at
from tests.services.newsroom import newsroom


async def test_episodes_are_kept_for_fourteen_sessions(tmp_path: Path) -> None:
    """Three weeks of days, which hold fourteen sessions whatever the holidays."""
    key = EpisodeKey("terms", "BABA", DAY, False)
    old = key._replace(session=DAY - timedelta(days=22))
    last = key._replace(session=DAY - timedelta(days=21))
    async with newsroom(tmp_path) as room:
        async with room.store.transaction("write") as tx:
            episodes = {one: Episode(State.FIRED) for one in (key, old, last)}
            await tx.episodes.save_all(episodes, at("10:00"))
        await room.reading.read_due(at("10:01"))
        async with room.store.transaction("look") as tx:
            left = await tx.episodes.of([one.session for one in (key, old, last)])

    assert {key, last} == left.keys()
