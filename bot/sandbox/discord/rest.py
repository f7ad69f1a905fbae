"""What the bot's token can ask for: itself, its guilds, channels and messages."""

from __future__ import annotations

from bot.sandbox.discord import shapes
from bot.sandbox.discord.call import Call
from bot.sandbox.discord.messages import Message, MessageStore
from bot.sandbox.discord.nonces import Nonces
from bot.sandbox.discord.permissions import Permission
from bot.sandbox.discord.posting import Context, Posting
from bot.sandbox.discord.routes import Route
from bot.sandbox.discord.wire import Json, Refused, refusal
from bot.sandbox.discord.world import Channel, Guild, World

_HISTORY = Permission.READ_MESSAGE_HISTORY


class Rest:
    """The routes that need the bot's token, commands apart."""

    def __init__(self, world: World, store: MessageStore, posting: Posting, nonces: Nonces) -> None:
        self.gateway_url = ""
        self._world = world
        self._store = store
        self._posting = posting
        self._nonces = nonces

    def routes(self) -> list[Route]:
        messages = "/channels/{channel}/messages"
        return [
            Route("GET", "/users/@me", lambda call: self._world.bot.json()),
            Route("GET", "/users/@me/guilds", self._guilds),
            Route("POST", "/users/@me/channels", self._direct),
            Route("GET", "/users/{user}", self._user),
            Route("GET", "/oauth2/applications/@me", self._application),
            Route("GET", "/applications/@me", self._application),
            Route("GET", "/gateway/bot", self._gateway),
            Route("GET", "/gateway", lambda call: {"url": self.gateway_url}, bot=False),
            Route("GET", "/guilds/{guild}", lambda call: self._guild(call).json()),
            Route("GET", "/guilds/{guild}/channels", self._guild_channels),
            Route("GET", "/guilds/{guild}/roles", lambda call: self._guild(call).json()["roles"]),
            Route("GET", "/guilds/{guild}/members/{user}", self._member),
            Route("GET", "/channels/{channel}", lambda call: self._viewed(call).json()),
            Route("POST", "/channels/{channel}/typing", self._typing),
            Route("POST", messages, self._create),
            Route("GET", messages, self._history),
            Route("GET", messages + "/{message}", self._get),
            Route("PATCH", messages + "/{message}", self._edit),
            Route("DELETE", messages + "/{message}", self._delete),
        ]

    def _application(self, call: Call) -> Json:
        world = self._world
        return shapes.application(world.bot.json(), world.operator.json(), len(world.guilds))

    def _gateway(self, call: Call) -> Json:
        limit = {"total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1}
        shards = max(1, -(-len(self._world.guilds) // 1000))
        return {"url": self.gateway_url, "shards": shards, "session_start_limit": limit}

    def _guilds(self, call: Call) -> list[Json]:
        return [{"id": each.id, "name": each.name} for each in self._world.guilds.values()]

    def _user(self, call: Call) -> Json:
        user = self._world.users.get(call["user"])
        if user is None:
            raise refusal(10013)
        return user.json()

    def _direct(self, call: Call) -> Json:
        user = self._world.users.get(str(call.json.get("recipient_id")))
        if user is None:
            raise refusal(50033)
        return self._world.direct_channel(user).json()

    def _guild(self, call: Call) -> Guild:
        guild = self._world.guilds.get(call["guild"])
        if guild is None:
            raise refusal(10004)
        return guild

    def _guild_channels(self, call: Call) -> list[Json]:
        return [each.json() for each in self._guild(call).channels]

    def _member(self, call: Call) -> Json:
        guild, world = self._guild(call), self._world
        user = world.bot if call["user"] in ("@me", world.bot.id) else world.users.get(call["user"])
        if user is None or user.id not in guild.members:
            raise refusal(10007)
        return guild.member_json(user)

    def _viewed(self, call: Call) -> Channel:
        """The channel, if it exists and the bot may see it."""
        channel = self._world.channels.get(call["channel"])
        if channel is None:
            raise refusal(50001 if call["channel"] in self._world.left else 10003)
        if not self._world.permitted(channel, Permission.VIEW_CHANNEL):
            raise refusal(50001)
        return channel

    def _need(self, channel: Channel, *permissions: Permission) -> None:
        if not self._world.permitted(channel, *permissions):
            raise refusal(50013)

    def _typing(self, call: Call) -> None:
        self._need(self._viewed(call), Permission.SEND_MESSAGES)

    def _create(self, call: Call) -> Json:
        channel = self._viewed(call)
        self._need(channel, *_needed(call))
        if channel.recipient is not None and not channel.recipient.accepts_messages:
            raise refusal(50007)
        nonce: int | str | None = call.json.get("nonce")
        if nonce is not None and call.json.get("enforce_nonce") is True:
            first = self._nonces.first(nonce)
            if first is not None:
                return first.json()
        context = Context(reply_to=self._referenced(channel, call.json))
        message = self._posting.create(channel, call.json, call.uploads, context)
        if nonce is not None:
            self._nonces.remember(nonce, message)
        return message.json()

    def _referenced(self, channel: Channel, payload: Json) -> Message | None:
        """The message a reply answers; a reply to nothing is refused unless it may be plain."""
        reference = payload.get("message_reference")
        if not isinstance(reference, dict):
            return None
        self._need_history(channel)
        message = self._store.get(str(reference.get("message_id")))
        if message is not None and message.channel is channel and not message.ephemeral:
            return message
        if reference.get("fail_if_not_exists") is False:
            return None
        raise _odd("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message")

    def _need_history(self, channel: Channel) -> None:
        if not self._world.permitted(channel, _HISTORY):
            raise refusal(160002)

    def _history(self, call: Call) -> list[Json]:
        """Newest first; without the permission to read history an empty list, not an error."""
        channel = self._viewed(call)
        limit = _page_size(call)
        if not self._world.permitted(channel, _HISTORY):
            return []
        messages = self._store.in_channel(channel)
        return [each.json() for each in reversed(_page(messages, call, limit))]

    def _message(self, call: Call, *needed: Permission) -> Message:
        channel = self._viewed(call)
        self._need(channel, *needed)
        message = self._store.get(call["message"])
        if message is None or message.channel is not channel or message.ephemeral:
            raise refusal(10008)
        return message

    def _get(self, call: Call) -> Json:
        return self._message(call, _HISTORY).json()

    def _edit(self, call: Call) -> Json:
        message = self._message(call)
        if message.author is not self._world.bot:
            raise refusal(50005)
        return self._posting.edit(message, call.json, call.uploads).json()

    def _delete(self, call: Call) -> None:
        message = self._message(call)
        if message.author is not self._world.bot:
            self._need(message.channel, Permission.MANAGE_MESSAGES)
        self._posting.delete(message)


def _needed(call: Call) -> list[Permission]:
    needed = [Permission.SEND_MESSAGES]
    if call.json.get("embeds"):
        needed.append(Permission.EMBED_LINKS)
    if call.uploads:
        needed.append(Permission.ATTACH_FILES)
    return needed


def _page_size(call: Call) -> int:
    limit = _number(call, "limit") if "limit" in call.query else 50
    if not 1 <= limit <= 100:
        raise _odd("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.")
    return limit


def _page(messages: list[Message], call: Call, limit: int) -> list[Message]:
    """Part of the messages, oldest first: before, after or around an id, or the latest."""
    if "around" in call.query:
        middle = _number(call, "around")
        older = [each for each in messages if int(each.id) < middle]
        newer = [each for each in messages if int(each.id) >= middle]
        return [*older[len(older) - min(len(older), limit // 2) :], *newer[: limit - limit // 2]]
    if "after" in call.query:
        return [each for each in messages if int(each.id) > _number(call, "after")][:limit]
    before = _number(call, "before") if "before" in call.query else 1 << 64
    return [each for each in messages if int(each.id) < before][-limit:]


def _number(call: Call, key: str) -> int:
    value = call.query[key]
    if not value.isdecimal():
        raise _odd(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not int.')
    return int(value)


def _odd(key: str, code: str, message: str) -> Refused:
    errors = {key: {"_errors": [{"code": code, "message": message}]}}
    return Refused(400, 50035, "Invalid Form Body", errors)
