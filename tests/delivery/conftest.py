from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime

import pytest

from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.sandbox.discord import Channel, DiscordServer
from tests.delivery.examples import NOW
from tests.delivery.rig import logged_in


class Clock:
    """The sandbox's time, moved by hand."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[DiscordServer]:
    server = DiscordServer(now=clock)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def channel(server: DiscordServer) -> Channel:
    return server.add_guild("Trading floor").add_channel("markets")


@pytest.fixture
async def client(server: DiscordServer) -> AsyncIterator[DeskClient]:
    async with logged_in(server) as client:
        yield client


@pytest.fixture
async def poster(client: DeskClient) -> AsyncIterator[DiscordPoster]:
    poster = DiscordPoster(client, timeout=5.0)
    yield poster
    await poster.close()
