"""The publisher: one post a brief whatever Discord answers, and nothing lost on the way."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.brief.renderer import StylebookRenderer
from bot.errors import Permanent, Transient
from bot.model.piece import PieceKey, PieceState
from bot.model.post import Destination, Gone, Watch
from bot.services.ledger import PieceRow
from bot.services.outbox import Audience
from bot.services.publish import Publisher
from bot.store import SqlStore, open_store, tables
from tests.builders import brief, destination, terms, watch
from tests.fakes import Channels, SteppedClock

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
BRIEF = brief()


class Newsroom:
    """A store with channel 1 watching BABA, a fake Discord, and a publisher between them."""

    def __init__(self, store: SqlStore, renderer: StylebookRenderer) -> None:
        self.store = store
        self.discord = Channels()
        self.clock = SteppedClock()
        self.publisher = Publisher(store, self.discord, renderer, self.clock, "replica-1")
        self.told: list[tuple[int, str]] = []
        self.publisher.on_broken = self._told

    async def speak(self, revision: int = 1, *, rung: bool = False) -> None:
        key = PieceKey("Alibaba@XNYS", "BABA", BRIEF.session.day, True, 1)
        async with self.store.transaction("speak") as tx:
            row = PieceRow(key, PieceState.LIVE, revision)
            await tx.pieces.add_revision(row, replace(BRIEF, piece=key.id, revision=revision))
            if rung:
                await tx.outbox.add_rung(key.id, Audience("BABA", terms()), revision)
            await tx.outbox.fan_out(key.id, Audience("BABA", terms()), revision)

    async def publish(self) -> None:
        """Send what is due now; what was put off stays."""
        while not await self.publisher.publish_once():
            pass

    async def pending(self) -> int:
        async with self.store.transaction("pending") as tx:
            return await tx.outbox.pending()

    async def _told(self, place: Destination, why: str) -> None:
        self.told.append((place.id, why))


@pytest.fixture
async def newsroom(tmp_path: Path) -> AsyncIterator[Newsroom]:
    with ThreadPoolExecutor(1) as pool:
        renderer = StylebookRenderer(TEMPLATES, pool, lambda _brief, _broken: None)
        store = await open_store(f"sqlite+aiosqlite:///{tmp_path}/desk.db", rate=1000)
        async with store:
            room = Newsroom(store, renderer)
            async with store.transaction("setup") as tx:
                await tx.destinations.put(destination(1))
                await tx.watches.put(watch(1))
            yield room


async def wait_out(room: Newsroom) -> None:
    """Make every postponed post due: as if the time it was put off had passed."""
    engine = room.store._database.engine
    async with engine.begin() as connection:
        await connection.execute(sa.update(tables.post).values(due_at=None))


async def test_a_brief_is_posted_once_and_then_edited(newsroom: Newsroom) -> None:
    """The first revision creates, the second edits the same message."""
    await newsroom.speak(1)
    await newsroom.publish()
    await newsroom.speak(2)
    await newsroom.publish()

    (only,) = newsroom.discord.sent
    assert (only.revision, len(only.edits)) == (2, 1)
    assert await newsroom.pending() == 0


async def test_a_rung_replies_to_the_living_message(newsroom: Newsroom) -> None:
    """A rung edits the message and says one line under it."""
    await newsroom.speak(1)
    await newsroom.publish()
    await newsroom.speak(2, rung=True)
    await newsroom.publish()

    living, line = newsroom.discord.sent
    assert living.revision == 2
    assert line.reply_to == living.id


async def test_an_ambiguous_create_is_repeated_with_its_nonce(newsroom: Newsroom) -> None:
    """Discord applied the request and then broke: the repeat finds the first message."""
    newsroom.discord.fail(Transient("reset", ambiguous=True), applied=True)
    await newsroom.speak()
    await newsroom.publish()
    await wait_out(newsroom)
    await newsroom.publish()

    assert len(newsroom.discord.sent) == 1
    assert await newsroom.pending() == 0


async def test_an_old_ambiguous_create_is_looked_up_first(newsroom: Newsroom) -> None:
    """After two minutes the nonce no longer protects: the history is read before anything."""
    newsroom.discord.fail(Transient("reset", ambiguous=True), applied=True)
    await newsroom.speak()
    await newsroom.publish()
    newsroom.discord.nonces = {}
    newsroom.clock.offset += 300
    await wait_out(newsroom)
    await newsroom.publish()

    assert (newsroom.discord.looked_up, len(newsroom.discord.sent)) == (1, 1)
    assert await newsroom.pending() == 0


async def test_absence_that_cannot_be_proved_is_uncertain(newsroom: Newsroom) -> None:
    """Without the history nobody can say whether it was sent: it is not sent again."""
    newsroom.discord.fail(Transient("reset", ambiguous=True), applied=True)
    newsroom.discord.history = False
    await newsroom.speak()
    await newsroom.publish()
    newsroom.discord.nonces = {}
    newsroom.clock.offset += 300
    await wait_out(newsroom)
    await newsroom.publish()

    assert len(newsroom.discord.sent) == 1
    assert await newsroom.pending() == 0


async def test_a_channel_that_cannot_be_told_is_named_once_and_resumes(newsroom: Newsroom) -> None:
    """A missing permission stops the channel, tells the server once, and loses nothing."""
    newsroom.discord.fail(Permanent("no", gone=Gone.PERMISSION.value))
    await newsroom.speak()
    await newsroom.publish()

    assert [(1, Gone.PERMISSION.value)] == newsroom.told
    assert newsroom.discord.sent == []

    async with newsroom.store.transaction("mended") as tx:
        await tx.destinations.mark(1, "")
    await wait_out(newsroom)
    await newsroom.publish()

    assert len(newsroom.discord.sent) == 1


async def test_a_deleted_message_is_followed_up(newsroom: Newsroom) -> None:
    """A moderator deleted the brief: the next revision is a new message, with its own nonce."""
    await newsroom.speak(1)
    await newsroom.publish()
    (first,) = newsroom.discord.sent
    newsroom.discord.sent.clear()
    await newsroom.speak(2)
    await newsroom.publish()

    (second,) = newsroom.discord.sent
    assert second.revision == 2
    assert first.nonce != second.nonce


async def test_a_refused_payload_is_given_up(newsroom: Newsroom) -> None:
    """What Discord will never take is not tried for ever."""
    newsroom.discord.fail(Permanent("50035", gone=Gone.PAYLOAD.value))
    await newsroom.speak()
    await newsroom.publish()

    assert newsroom.discord.sent == []
    assert await newsroom.pending() == 0


async def test_a_dead_token_stops_the_desk(newsroom: Newsroom) -> None:
    """401 is for a person to mend: the row stays, the desk says so."""
    newsroom.discord.fail(Permanent("401", gone=Gone.TOKEN.value))
    await newsroom.speak()
    await newsroom.publish()

    assert newsroom.publisher.token_dead.is_set()
    assert await newsroom.pending() == 1


async def test_a_poison_row_is_isolated_after_three_tries(newsroom: Newsroom) -> None:
    """A post that raises is pushed forward, then given up; the others are delivered."""
    async with newsroom.store.transaction("setup") as tx:
        await tx.destinations.put(destination(2))
        await tx.watches.put(Watch(2, "BABA", terms()))
    for _ in range(3):
        newsroom.discord.failures.append((ZeroDivisionError("poison"), False))
    await newsroom.speak()
    with contextlib.suppress(TimeoutError):
        for _ in range(6):
            await newsroom.publish()
            await wait_out(newsroom)

    assert await newsroom.pending() == 0
    assert len(newsroom.discord.sent) >= 1


async def test_discord_says_when_to_come_back(newsroom: Newsroom) -> None:
    """A rate limit is later, never ambiguous: the row waits as long as Discord said."""
    newsroom.discord.fail(Transient("429", retry_after=timedelta(seconds=30)))
    await newsroom.speak()
    await newsroom.publish()

    assert newsroom.discord.sent == []
    assert await newsroom.pending() == 1
