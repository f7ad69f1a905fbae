"""Every stand-in of one recorded day, started and stopped together, on one market clock."""

from __future__ import annotations

from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.sandbox.clock import ClockServer, VirtualClock
from bot.sandbox.discord import DiscordServer
from bot.sandbox.feeds import FeedServer
from bot.sandbox.page import Page
from bot.sandbox.yahoo import YahooServer
from bot.tape import Tape

GUILD = "Trading floor"


class World:
    """
    Discord, Yahoo and the feeds as they were that day.

    `speed` None is lockstep over the whole day; otherwise the day plays that many times as
    fast from where it is worth watching. `starts` and `ends` narrow it.
    """

    def __init__(
        self,
        tape: Tape,
        *,
        speed: float | None = None,
        log: Path | None = None,
        port: int | None = None,
        starts: datetime | None = None,
        ends: datetime | None = None,
    ) -> None:
        begin = tape.begins if speed is None else tape.starts
        self.tape = tape
        self.clock = VirtualClock(starts or begin, ends or tape.ends, speed=speed or 0.0)
        self.clock_server = ClockServer(self.clock)
        self.discord = DiscordServer(now=self.clock.now, log=log)
        self.yahoo = YahooServer(tape, self.clock.now)
        self.feeds = FeedServer(tape, self.clock.now)
        self.page = Page(self.discord, self.clock, zone=tape.zone) if port is not None else None
        self._port = port or 0
        self._stack = AsyncExitStack()
        guild = self.discord.add_guild(GUILD)
        self.guild = int(guild.id)
        self.channels = [int(guild.add_channel(channel.name).id) for channel in tape.channels]

    @property
    def names(self) -> dict[str, str]:
        """Channel ids to names."""
        return {
            str(id): channel.name
            for id, channel in zip(self.channels, self.tape.channels, strict=True)
        }

    async def __aenter__(self) -> Self:
        for server in (self.clock_server, self.yahoo, self.feeds, self.discord):
            await server.start()
            self._stack.push_async_callback(server.stop)
        if self.page is not None:
            await self.page.start(self._port)
            self._stack.push_async_callback(self.page.stop)
        self.clock.run()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._stack.aclose()
