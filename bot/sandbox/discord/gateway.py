"""
The gateway: who is connected, and what are they told?

A session outlives its socket: events go into its buffer, and a resume replays what was missed.
An orderly close by the client (1000, 1001) ends the session; so does `forget`.
"""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable

from aiohttp import WSMsgType, web

from bot.sandbox.discord.events import MessageEvent
from bot.sandbox.discord.messages import EPHEMERAL
from bot.sandbox.discord.session import Session
from bot.sandbox.discord.sockets import Socket, encoder
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Guild, World

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1, 1 << 9, 1 << 12

_PRIVILEGED = 1 << 1 | 1 << 8 | 1 << 15
_KNOWN_INTENTS = (1 << 26) - 1
_ORDERLY = (1000, 1001)
_MESSAGE_EVENTS = {
    "create": "MESSAGE_CREATE",
    "edit": "MESSAGE_UPDATE",
    "delete": "MESSAGE_DELETE",
}


class Gateway:
    """Accepts sockets, keeps sessions, sends events to the shards that asked for them."""

    def __init__(self, world: World, token: str) -> None:
        self.url = ""
        self.heartbeat_interval = 41.25  # seconds
        self.acknowledges = True  # answer heartbeats
        self.readied = 0
        self.resumed = 0
        self.changed = asyncio.Condition()
        self.refuses: Callable[[], bool] = lambda: False
        self._world = world
        self._token = token
        self._sessions: dict[str, Session] = {}
        self._sockets: dict[Socket, Session | None] = {}

    @property
    def connected(self) -> int:
        """Sockets that belong to a session now."""
        return sum(session is not None for session in self._sockets.values())

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one socket from its upgrade to its end."""
        if self.refuses():
            return web.Response(status=503, text="upstream connect error")
        try:
            encode = encoder(request.query.get("compress"))
        except LookupError as missing:
            return web.Response(status=400, text=str(missing))
        ws = web.WebSocketResponse(max_msg_size=0, compress=False)
        await ws.prepare(request)
        socket = Socket(ws, request, encode)
        self._sockets[socket] = None
        writer = asyncio.create_task(socket.serve())
        socket.operation(10, {"heartbeat_interval": int(self.heartbeat_interval * 1000)})
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    await self._receive(socket, message.data)
        finally:
            writer.cancel()
            self._leave(socket)
        return ws

    def tell(self, name: str, data: Json, guild: Guild | None, intent: int = GUILDS) -> None:
        """Send an event to the sessions it concerns, connected or not."""
        for session in self._sessions.values():
            if session.intents & intent and session.concerns(guild):
                session.tell(name, data)

    def report(self, event: MessageEvent) -> None:
        """Send the change of a message to the sessions with message intents."""
        message = event.message
        channel = self._world.channels.get(message["channel_id"])
        if channel is None or message["flags"] & EPHEMERAL:
            return
        guild = channel.guild
        data = {key: value for key, value in message.items() if key != "edits"}
        if event.kind == "delete":
            data = {"id": message["id"], "channel_id": message["channel_id"]}
        if guild is not None:
            data["guild_id"] = guild.id
        intent = GUILD_MESSAGES if guild else DIRECT_MESSAGES
        self.tell(_MESSAGE_EVENTS[event.kind], data, guild, intent)

    def call(self, data: Json, guild: Guild | None) -> None:
        """Send an interaction, which needs no intent."""
        for session in self._sessions.values():
            if session.concerns(guild):
                session.tell("INTERACTION_CREATE", data)

    def close(self, code: int) -> None:
        for socket in list(self._sockets):
            socket.close(code)

    def abort(self) -> None:
        """Cut every connection; sessions may be resumed."""
        for socket in list(self._sockets):
            socket.abort()

    def operation(self, op: int, data: object = None) -> None:
        """Send a bare frame to everybody: 1 heartbeat now, 7 reconnect, 9 invalid session."""
        for socket in list(self._sockets):
            if op == 9 and data is False:
                self._end(socket)
            socket.operation(op, data)

    def forget(self) -> None:
        """No session can be resumed any more; who is connected stays so."""
        connected = [session for session in self._sockets.values() if session is not None]
        for session in connected:
            session.id = secrets.token_hex(16)
        self._sessions = {session.id: session for session in connected}

    async def _receive(self, socket: Socket, text: str) -> None:
        try:
            frame = json.loads(text)
            op, data = frame["op"], frame.get("d")
        except (ValueError, KeyError, TypeError):
            socket.close(4002, "Error while decoding payload.")
            return
        if op == 1:
            if self.acknowledges:
                socket.operation(11)
        elif op == 2:
            await self._identify(socket, data)
        elif op == 6:
            await self._resume(socket, data)
        elif self._sockets.get(socket) is None:
            socket.close(4003, "Not authenticated.")
        elif op not in (3, 4, 8):
            socket.close(4001, "Unknown opcode.")

    async def _identify(self, socket: Socket, data: Json) -> None:
        refused = self._refused(socket, data)
        if refused is not None:
            socket.close(*refused)
            return
        number, count = data.get("shard") or (0, 1)
        session = Session(secrets.token_hex(16), (number, count), data["intents"], socket)
        self._sessions[session.id] = session
        self._sockets[socket] = session
        guilds = [each for each in self._world.guilds.values() if session.concerns(each)]
        session.tell("READY", self._ready(session, guilds))
        for guild in guilds:
            session.tell("GUILD_CREATE", {**guild.json(), "unavailable": False})
        self.readied += 1
        await self._announce()

    def _refused(self, socket: Socket, data: Json) -> tuple[int, str] | None:
        if self._sockets.get(socket) is not None:
            return 4005, "Already authenticated."
        if str(data.get("token", "")).removeprefix("Bot ") != self._token:
            return 4004, "Authentication failed."
        number, count = data.get("shard") or (0, 1)
        if not 0 <= number < count:
            return 4010, "Invalid shard."
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~_KNOWN_INTENTS:
            return 4013, "Invalid intent(s)."
        return (4014, "Disallowed intent(s).") if intents & _PRIVILEGED else None

    async def _resume(self, socket: Socket, data: Json) -> None:
        session = self._sessions.get(str(data.get("session_id")))
        if str(data.get("token", "")).removeprefix("Bot ") != self._token:
            socket.close(4004, "Authentication failed.")
            return
        if session is None:
            socket.operation(9, False)
            return
        session.socket = socket
        self._sockets[socket] = session
        for sequence, frame in session.sent:
            if sequence > (data.get("seq") or 0):
                socket.send(frame)
        session.tell("RESUMED", {"_trace": []})
        self.resumed += 1
        await self._announce()

    def _ready(self, session: Session, guilds: list[Guild]) -> Json:
        bot = self._world.bot
        return {
            "v": 10,
            "user": bot.json(),
            "guilds": [{"id": each.id, "unavailable": True} for each in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": bot.id, "flags": 0},
            "session_type": "normal",
            "private_channels": [],
            "relationships": [],
            "user_settings": {},
            "presences": [],
            "guild_join_requests": [],
            "geo_ordered_rtc_regions": [],
            "auth": {},
            "_trace": [],
        }

    def _leave(self, socket: Socket) -> None:
        session = self._sockets.pop(socket, None)
        if session is None or session.socket is not socket:
            return
        session.socket = None
        if socket.ws.close_code in _ORDERLY and not socket.closed:
            self._sessions.pop(session.id, None)

    def _end(self, socket: Socket) -> None:
        session = self._sockets[socket]
        if session is not None:
            self._sessions.pop(session.id, None)
            session.socket = None
            self._sockets[socket] = None

    async def _announce(self) -> None:
        async with self.changed:
            self.changed.notify_all()
