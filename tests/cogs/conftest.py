from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.cogs.face import Face
from bot.delivery.client import DeskClient
from bot.sandbox.discord import Channel, DiscordServer, Guild
from tests.cogs.fakes import Desk
from tests.delivery.examples import NOW
from tests.delivery.rig import connected


class Memory:
    """What is remembered of the last sync, as the store would."""

    def __init__(self) -> None:
        self.value: str | None = None

    async def remembered(self) -> str | None:
        return self.value

    async def remember(self, value: str) -> None:
        self.value = value


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    server = DiscordServer(now=lambda: NOW)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def guild(server: DiscordServer) -> Guild:
    return server.add_guild("Trading floor")


@pytest.fixture
def channel(guild: Guild) -> Channel:
    return guild.add_channel("markets")


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
async def client(server: DiscordServer, channel: Channel, desk: Desk) -> AsyncIterator[DeskClient]:
    """The desk's client with its face, ready, in a server with one channel."""
    memory = Memory()

    async def prepare(client: DeskClient) -> None:
        face = Face(client, desk.services)
        await face.open()
        await face.sync(memory.remembered, memory.remember)

    async with connected(server, prepare) as client:
        yield client
