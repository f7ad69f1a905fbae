"""What a person did to the bot, what came back, and how Discord describes it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.sandbox.discord.messages import Message
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Channel, User

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
MESSAGE, THINKING, ACKNOWLEDGED, UPDATE, CHOICES, OPENS_MODAL = 4, 5, 6, 7, 8, 9


@dataclass(slots=True, eq=False)
class Interaction:
    """What a person did, and all the bot answered so far."""

    id: str
    kind: int
    channel: Channel
    user: User
    opened: float
    source: Message | None = None
    response: Json | None = None
    answered: float | None = None
    late: bool = False
    original: Message | None = None
    followups: list[Message] = field(default_factory=list)
    touched: bool = False  # the original was edited or deleted after the answer
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def token(self) -> str:
        return f"sandbox-interaction-{self.id}"

    @property
    def settled(self) -> bool:
        """Whether the person has seen all of the answer, as far as one can tell."""
        if self.response is None:
            return False
        if self.response["type"] == THINKING:
            return self.original is None or not self.original.loading or self.original.deleted
        if self.response["type"] == ACKNOWLEDGED:
            return self.touched or bool(self.followups)
        return True

    async def settle(self) -> None:
        """Wait until it is settled, or was answered too late."""
        while not (self.settled or self.late):
            self.changed.clear()
            await self.changed.wait()

    def metadata(self) -> Json:
        return {
            "id": self.id,
            "type": self.kind,
            "user": self.user.json(),
            "authorizing_integration_owners": _owners(self.channel),
        }


def described(interaction: Interaction, data: Json) -> Json:
    """The interaction as INTERACTION_CREATE has it."""
    channel, user = interaction.channel, interaction.user
    guild = channel.guild
    spelled: Json = {
        "id": interaction.id,
        "application_id": channel.world.bot.id,
        "type": interaction.kind,
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": channel.id,
        "channel": {**channel.json(), "permissions": str(channel.permissions_of(user))},
        "app_permissions": str(channel.permissions_of(channel.world.bot)),
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10 << 20,
        "authorizing_integration_owners": _owners(channel),
        "context": 0 if guild else 1,
    }
    if interaction.source is not None:
        spelled["message"] = interaction.source.json()
    if guild is None:
        return {**spelled, "user": user.json()}
    member = {**guild.member_json(user), "permissions": str(channel.permissions_of(user))}
    return {
        **spelled,
        "guild_id": guild.id,
        "guild_locale": "en-US",
        "guild": {"id": guild.id, "locale": "en-US", "features": []},
        "member": member,
    }


def _owners(channel: Channel) -> Json:
    return {"0": channel.guild.id if channel.guild else "0"}


def resource(interaction: Interaction) -> Json:
    response, original = interaction.response or {}, interaction.original
    described: Json = {
        "id": interaction.id,
        "type": interaction.kind,
        "response_message_loading": original is not None and original.loading,
        "response_message_ephemeral": original is not None and original.ephemeral,
    }
    resource: Json = {"type": response["type"]}
    if original is not None:
        described["response_message_id"] = original.id
        if response["type"] in (MESSAGE, UPDATE):
            resource["message"] = original.json()
    return {"interaction": described, "resource": resource}
