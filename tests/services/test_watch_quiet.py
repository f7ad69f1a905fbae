"""What is quiet is not stepped; nobody can tell by what is said or remembered."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from bot.model.alert import Direction, Episode, Measure, Terms
from bot.services.ledger import EpisodeKey
from tests.builders import DAY, destination, watch
from tests.services.newsroom import Newsroom, newsroom

WALK = (
    "150.00 151.00 152.10 154.00 154.10 154.20 151.00 150.20 146.00 145.50 145.40 145.30 146.90"
    " 148.00 149.00 151.20 152.60 153.80 155.10 155.20 155.30 154.00 151.20 150.00"
)
THRESHOLDS = (
    Terms(Decimal("1.5")),
    Terms(Decimal(3), direction=Direction.DOWN),
    Terms(Decimal(155), measure=Measure.LEVEL, direction=Direction.UP),
    Terms(Decimal(147), measure=Measure.LEVEL),
)


async def walked(room: Newsroom, *, heard: bool) -> tuple[list[str], dict[EpisodeKey, Episode]]:
    """All that is said on the walk, a print a minute, and the episodes it leaves behind."""
    async with room.store.transaction("set") as tx:
        for channel, terms in enumerate(THRESHOLDS, start=2):
            await tx.destinations.put(destination(channel))
            await tx.watches.put(watch(channel, on=terms))
    if heard:
        room.watching.heard = lambda sight, spoken, now: None
    said: list[str] = []
    for minute, last in enumerate(WALK.split()):
        said += await room.look(f"11:{minute:02}", last)
    async with room.store.transaction("read") as tx:
        return said, await tx.episodes.of({DAY})


async def test_a_walk_is_told_alike_whether_or_not_every_step_is_made(tmp_path: Path) -> None:
    """With a listener everything is stepped; the words and the episodes are the same."""
    async with newsroom(tmp_path / "all") as room:
        in_full = await walked(room, heard=True)
    async with newsroom(tmp_path / "some") as room:
        said, episodes = await walked(room, heard=False)

    assert (said, episodes) == in_full
    assert any(one.startswith("post: ") for one in said)
    assert len(episodes) >= 3
