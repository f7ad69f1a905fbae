"""
A Discord on this machine: REST v10 and the gateway, for the real and unmodified discord.py.

    server = DiscordServer(now=clock)
    guild = server.add_guild("Trading floor")
    await server.start()
    discord.http.Route.BASE = server.api_url
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(server.gateway_url)
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web

from bot.sandbox.discord.commands import Commands
from bot.sandbox.discord.control import Control
from bot.sandbox.discord.events import Hub, Subscription
from bot.sandbox.discord.faults import Faults
from bot.sandbox.discord.files import Files
from bot.sandbox.discord.gateway import Gateway
from bot.sandbox.discord.http import Api
from bot.sandbox.discord.interactions import Interactions
from bot.sandbox.discord.limits import Gatekeeper, Limits
from bot.sandbox.discord.log import RequestLog
from bot.sandbox.discord.messages import Attachment, MessageStore
from bot.sandbox.discord.nonces import Nonces
from bot.sandbox.discord.people import People
from bot.sandbox.discord.permissions import RECOMMENDED
from bot.sandbox.discord.posting import Posting
from bot.sandbox.discord.rest import Rest
from bot.sandbox.discord.routes import Router
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Channel, Guild, User, World


class DiscordServer:
    """
    The stand-in as one object: what exists, what goes wrong, what people do, what was sent.

    `now` dates messages and their ids; limits, nonces and the three seconds of an interaction
    run on `clock`, a monotonic clock in seconds that tests may replace.
    """

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        log: Path | None = None,
        limits: bool | Limits = False,
        nonce_window: float = 180.0,
        token: str = "sandbox",
    ) -> None:
        self.clock: Callable[[], float] = time.monotonic
        self.token = token
        self.world = World(now)
        self.gateway = Gateway(self.world, token)
        self.faults = Faults(on_down=self.gateway.abort)
        self.nonces = Nonces(nonce_window, self._monotonic)
        self._hub = Hub()
        self._store = MessageStore(now, self._hub)
        self._files = Files()
        self._posting = posting = Posting(self._store, self._files)
        self._rest = Rest(self.world, self._store, posting, self.nonces)
        self._log = RequestLog(log)
        self.commands = Commands(self.world)
        interactions = Interactions(posting, self._monotonic)
        people = People(self.gateway, self.commands, interactions, self._store)
        self.command = people.command
        self.autocomplete = people.autocomplete
        self.press = people.press
        self.submit = people.submit
        self._api = Api(
            token,
            Router([*self._rest.routes(), *self.commands.routes(), *interactions.routes()]),
            self.faults,
            Gatekeeper(_limits(limits), self._monotonic),
            self._log,
        )
        self._runner: web.AppRunner | None = None
        self._origin = "127.0.0.1:0"
        self.world.tell = self.gateway.tell
        self._hub.listeners.append(self.gateway.report)
        self.gateway.refuses = lambda: self.faults.down

    @property
    def operator(self) -> User:
        """The owner of every guild, who may do everything."""
        return self.world.operator

    def add_guild(self, name: str, *, permissions: int = RECOMMENDED) -> Guild:
        """A guild where the bot's role has these permissions. Ids depend on the order only."""
        return self.world.add_guild(name, permissions)

    def upload(self, channel: Channel, filename: str, data: bytes) -> Attachment:
        """A file that a person hands in with a command, as the value of its option."""
        return self._files.upload(channel, filename, data)

    def remove_guild(self, guild: Guild) -> None:
        """The bot is removed from the guild; its channels answer 50001 from then on."""
        self.world.remove_guild(guild)

    @property
    def api_url(self) -> str:
        return f"http://{self._origin}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://{self._origin}/gateway"

    @property
    def control_url(self) -> str:
        return f"http://{self._origin}/_sandbox"

    async def start(self, port: int = 0) -> None:
        """Listen on loopback; port 0 takes a free one."""
        app = web.Application(client_max_size=64 << 20)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_get("/attachments/{channel}/{id}/{name}", self._files.handle)
        app.router.add_route("*", "/api/v10/{path:.*}", self._api.handle)
        app.router.add_routes(Control(self.faults, self.gateway, self.export).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self._origin = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self._files.origin = f"http://{self._origin}"
        self._rest.gateway_url = self.gateway.url = self.gateway_url

    async def stop(self) -> None:
        """Cut every connection, end every subscription, close the log."""
        self._api.closing.set()
        self._hub.close()
        self.gateway.abort()
        if self._runner is not None:
            await self._runner.cleanup()
        self._log.close()

    async def ready(self, n: int = 1, timeout: float = 30.0) -> None:
        """Wait until READY was sent n times since the start."""
        async with asyncio.timeout(timeout), self.gateway.changed:
            await self.gateway.changed.wait_for(lambda: self.gateway.readied >= n)

    async def resumed(self, n: int = 1, timeout: float = 30.0) -> None:
        """Wait until a session was resumed n times since the start."""
        async with asyncio.timeout(timeout), self.gateway.changed:
            await self.gateway.changed.wait_for(lambda: self.gateway.resumed >= n)

    async def synced(self, timeout: float = 30.0) -> None:
        """Wait until commands were put at least once."""
        async with asyncio.timeout(timeout):
            await self.commands.synced.wait()

    async def wait_for(self, predicate: Callable[[Json], object], timeout: float = 10.0) -> Json:
        """The first message, there already or still to come, that satisfies the predicate."""
        with self.events() as events:
            for message in self._store.everything():
                if predicate(message.with_edits()):
                    return message.with_edits()
            async with asyncio.timeout(timeout):
                async for event in events:
                    if event.kind != "delete" and predicate(event.message):
                        return event.message
        raise TimeoutError("the stand-in was stopped before such a message came")

    def events(self) -> Subscription:
        """Every creation, edit and deletion of a message from now on."""
        return self._hub.subscribe()

    @property
    def requests(self) -> int:
        """REST requests so far, refused and dropped ones included."""
        return self._log.count

    def messages(self, channel: Channel | None = None) -> list[Json]:
        """The messages that stand now, as the API shows them, each with its `edits`."""
        return [
            each.with_edits()
            for each in self._store.everything()
            if channel is None or each.channel is channel
        ]

    def say(self, channel: Channel, content: str, user: User | None = None) -> Json:
        """A person, the operator by default, writes a message."""
        return self._posting.say(channel, content, user or self.operator).json()

    def delete_message(self, message_id: str | int) -> None:
        """A moderator deletes the message."""
        message = self._store.get(str(message_id))
        if message is None:
            raise LookupError(f"no message {message_id} to delete")
        self._store.delete(message)

    def export(self) -> Json:
        """All that stands in the channels and how often the API was asked, the same every run."""
        standing = (each for each in self._store.everything() if not each.ephemeral)
        ordered = sorted(standing, key=lambda each: (each.created_at, int(each.id)))
        return {"messages": [each.record() for each in ordered], "requests": self.requests}

    def _monotonic(self) -> float:
        return self.clock()


def _limits(limits: bool | Limits) -> Limits | None:
    if isinstance(limits, Limits):
        return limits
    return Limits() if limits else None
