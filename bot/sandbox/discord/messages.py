"""What stands in the channels, and what stood there before: every message with its bodies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from bot.sandbox.discord.events import Hub, MessageEvent
from bot.sandbox.discord.presented import linked, numbered
from bot.sandbox.discord.wire import Json, stamp
from bot.sandbox.discord.world import Channel, User

CROSSPOSTED, SUPPRESS_EMBEDS, EPHEMERAL, LOADING = 1, 1 << 2, 1 << 6, 1 << 7
SUPPRESS_NOTIFICATIONS, COMPONENTS_V2 = 1 << 12, 1 << 15

_PLAIN, _REPLY, _COMMAND_ANSWER = 0, 19, 20


@dataclass(frozen=True, slots=True)
class Attachment:
    id: str
    filename: str
    content_type: str
    data: bytes
    url: str
    description: str | None = None

    def json(self) -> Json:
        spelled: Json = {
            "id": self.id,
            "filename": self.filename,
            "content_type": self.content_type,
            "size": len(self.data),
            "url": self.url,
            "proxy_url": self.url,
        }
        if self.data.startswith(b"\x89PNG"):
            spelled["width"] = int.from_bytes(self.data[16:20], "big")
            spelled["height"] = int.from_bytes(self.data[20:24], "big")
        if self.description is not None:
            spelled["description"] = self.description
        return spelled

    def record(self) -> Json:
        return {
            "filename": self.filename,
            "content_type": self.content_type,
            "size": len(self.data),
        }


@dataclass(frozen=True, slots=True)
class Body:
    """What one version of a message says; attachments are named, not linked."""

    content: str = ""
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    flags: int = 0
    edited_at: datetime | None = None

    def json(self) -> Json:
        """As the API shows it: components numbered, `attachment://` turned into addresses."""
        urls = {f"attachment://{each.filename}": each.url for each in self.attachments}
        return {
            "content": self.content,
            "embeds": [{"type": "rich", **linked(each, urls)} for each in self.embeds],
            "components": numbered(linked(self.components, urls)),
            "attachments": [each.json() for each in self.attachments],
        }

    def record(self) -> Json:
        """As it was sent, the same on every run."""
        return {
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "attachments": [each.record() for each in self.attachments],
            "edited_at": stamp(self.edited_at) if self.edited_at else None,
        }


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a message pings."""

    users: tuple[User, ...] = ()
    roles: tuple[str, ...] = ()
    everyone: bool = False


@dataclass(slots=True, eq=False)
class Message:
    id: str
    channel: Channel
    author: User
    created_at: datetime
    body: Body
    mentions: Mentions = Mentions()
    nonce: int | str | None = None
    reply_to: Message | None = None
    interaction: Json | None = None
    edits: list[Body] = field(default_factory=list)  # the earlier bodies, oldest first
    uploads: int = 0  # files ever attached; the next one takes the number after
    deleted: bool = False

    @property
    def ephemeral(self) -> bool:
        return bool(self.body.flags & EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.body.flags & LOADING)

    def json(self, *, referenced: bool = True) -> Json:
        """The message as the API shows it, with the message it replies to unless told not to."""
        spelled: Json = {
            "id": self.id,
            "type": self._kind(),
            "channel_id": self.channel.id,
            "author": self.author.json(),
            **self.body.json(),
            "timestamp": stamp(self.created_at),
            "edited_timestamp": stamp(self.body.edited_at) if self.body.edited_at else None,
            "flags": self.body.flags,
            "mentions": [user.json() for user in self.mentions.users],
            "mention_roles": list(self.mentions.roles),
            "mention_everyone": self.mentions.everyone,
            "pinned": False,
            "tts": False,
        }
        if self.reply_to is not None and referenced:
            gone = self.reply_to.deleted
            spelled["referenced_message"] = None if gone else self.reply_to.json(referenced=False)
        return {**spelled, **self._optional()}

    def with_edits(self) -> Json:
        """The message as the API shows it, and its earlier bodies under `edits`."""
        earlier = [{**each.json(), "edited_at": each.record()["edited_at"]} for each in self.edits]
        return {**self.json(), "edits": earlier}

    def record(self) -> Json:
        """The message as the export has it."""
        return {
            "id": self.id,
            "channel": self.channel.id,
            **self.body.record(),
            "reply_to": self.reply_to.id if self.reply_to else None,
            "created_at": stamp(self.created_at),
            "edits": [each.record() for each in self.edits],
        }

    def _kind(self) -> int:
        if self.reply_to is not None:
            return _REPLY
        return _COMMAND_ANSWER if self.interaction and self.interaction["type"] == 2 else _PLAIN

    def _optional(self) -> Json:
        spelled: Json = {}
        if self.nonce is not None:
            spelled["nonce"] = self.nonce
        if self.reply_to is not None:
            spelled["message_reference"] = {
                "type": 0,
                "channel_id": self.channel.id,
                "message_id": self.reply_to.id,
            }
        if self.interaction is not None:
            spelled["application_id"] = spelled["webhook_id"] = self.author.id
            spelled["interaction_metadata"] = self.interaction
        return spelled


class MessageStore:
    """Every message that was sent, deleted ones included, and the news of it."""

    def __init__(self, now: Callable[[], datetime], hub: Hub) -> None:
        self._now = now
        self._hub = hub
        self._messages: dict[str, Message] = {}
        self._channels: dict[str, list[Message]] = {}

    def add(self, message: Message) -> None:
        self._messages[message.id] = message
        self._channels.setdefault(message.channel.id, []).append(message)
        if not message.ephemeral:
            message.channel.last_message_id = message.id
        self._publish("create", message)

    def replace(self, message: Message, body: Body) -> None:
        """Give the message a new body; the placeholder of a deferred reply leaves no trace."""
        if message.loading:
            message.body = replace(body, flags=body.flags & ~LOADING)
        else:
            message.edits.append(message.body)
            message.body = replace(body, edited_at=self._now())
        self._publish("edit", message)

    def delete(self, message: Message) -> None:
        message.deleted = True
        self._publish("delete", message)

    def get(self, id: str) -> Message | None:
        """The message, unless it does not exist any more."""
        message = self._messages.get(id)
        return None if message is None or message.deleted else message

    def in_channel(self, channel: Channel) -> list[Message]:
        """The messages everybody in the channel sees, oldest first."""
        sent = self._channels.get(channel.id, [])
        return [each for each in sent if not each.deleted and not each.ephemeral]

    def everything(self) -> Iterable[Message]:
        """All messages that still exist, ephemeral ones included, in the order of sending."""
        return (each for each in self._messages.values() if not each.deleted)

    def _publish(self, kind: Literal["create", "edit", "delete"], message: Message) -> None:
        self._hub.publish(MessageEvent(kind, message.with_edits()))
