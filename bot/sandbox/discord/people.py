"""What a person does in a client: type a command, press a button, and see the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.discord.commands import Commands
from bot.sandbox.discord.gateway import Gateway
from bot.sandbox.discord.interaction import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    Interaction,
    described,
)
from bot.sandbox.discord.interactions import Interactions
from bot.sandbox.discord.messages import Message, MessageStore
from bot.sandbox.discord.options import typed
from bot.sandbox.discord.presented import walk
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Channel, User

_SELECTS = (3, 5, 6, 7, 8)
_IN_A_GUILD, _DIRECT = 0, 1  # contexts of a command


@dataclass(frozen=True, slots=True)
class Reply:
    """What the person got; the message is read when asked for, so later edits show."""

    interaction: Interaction

    @property
    def response(self) -> Json | None:
        """The body of the callback, or None when none came in time."""
        return self.interaction.response

    @property
    def message(self) -> Json | None:
        """The reply, or the pressed message, as it stands now."""
        original = self.interaction.original
        return None if original is None or original.deleted else original.with_edits()

    @property
    def followups(self) -> list[Json]:
        return [each.with_edits() for each in self.interaction.followups if not each.deleted]

    @property
    def latency(self) -> float | None:
        """Seconds from the interaction to its callback."""
        answered = self.interaction.answered
        return None if answered is None else answered - self.interaction.opened

    @property
    def late(self) -> bool:
        """Whether the person saw "The application did not respond"."""
        return self.interaction.response is None

    @property
    def text(self) -> str:
        """The words of the reply: content, embeds and text displays, one a line."""
        return "\n".join(_words(self.message or {}))


@dataclass(frozen=True, slots=True)
class _Act:
    user: User
    channel: Channel
    timeout: float


class People:
    """Acts on the bot as people do, with the permissions they have."""

    def __init__(
        self,
        gateway: Gateway,
        commands: Commands,
        interactions: Interactions,
        store: MessageStore,
    ) -> None:
        self._gateway = gateway
        self._commands = commands
        self._interactions = interactions
        self._store = store

    async def command(
        self,
        name: str,
        options: Mapping[str, Any] | None = None,
        *,
        channel: Channel,
        user: User | None = None,
        timeout: float = 10.0,
    ) -> Reply:
        """
        Send a slash command such as "alert set", by the operator if nobody is named.

        Returns when the whole answer is there or after `timeout` seconds. ValueError,
        LookupError and PermissionError say why no client would have sent it.
        """
        act = _Act(user or channel.world.operator, channel, timeout)
        data = typed(self._command(name, act), name, options or {}, channel)
        return await self._do(COMMAND, data, act)

    async def autocomplete(
        self,
        name: str,
        options: Mapping[str, Any],
        focused: str,
        *,
        channel: Channel,
        user: User | None = None,
    ) -> list[Json]:
        """The choices offered while typing into `focused`, whose text is in the options."""
        act = _Act(user or channel.world.operator, channel, timeout=3.0)
        data = typed(self._command(name, act), name, options, channel, focused=focused)
        reply = await self._do(AUTOCOMPLETE, data, act)
        choices: list[Json] = (reply.response or {}).get("data", {}).get("choices", [])
        return choices

    async def press(
        self,
        message_id: str | int,
        custom_id: str,
        *,
        values: list[str] | None = None,
        user: User | None = None,
        timeout: float = 10.0,
    ) -> Reply:
        """Press a button, or choose `values` in a select; ValueError when nobody could."""
        message = self._store.get(str(message_id))
        if message is None:
            raise ValueError(f"no message {message_id} to press {custom_id} on")
        component = _component(message, custom_id)
        if component is None or component.get("disabled"):
            raise ValueError(f"no button {custom_id} that could be pressed on {message_id}")
        data = {
            "component_type": component["type"],
            "custom_id": custom_id,
            "id": component["id"],
        }
        if component["type"] in _SELECTS:
            data["values"] = values or []
        act = _Act(user or message.channel.world.operator, message.channel, timeout)
        return await self._do(COMPONENT, data, act, message)

    async def submit(
        self,
        reply: Reply,
        values: Mapping[str, str],
        *,
        user: User | None = None,
        timeout: float = 10.0,
    ) -> Reply:
        """Send the modal that the reply opened, filled in by custom id."""
        modal = (reply.response or {}).get("data", {})
        filled = [_filled(each, values) for each in modal.get("components", [])]
        data = {"custom_id": modal.get("custom_id"), "components": filled}
        before = reply.interaction
        act = _Act(user or before.user, before.channel, timeout)
        return await self._do(MODAL, data, act, before.source)

    def _command(self, name: str, act: _Act) -> Json:
        guild = act.channel.guild
        command = self._commands.find(name.split()[0], guild)
        offered = command["contexts"]
        if offered is not None and (_IN_A_GUILD if guild else _DIRECT) not in offered:
            raise PermissionError(f"/{command['name']} is not offered here")
        required = command["default_member_permissions"]
        if required is not None and guild is not None:
            held = guild.permissions_of(act.user)
            if required == "0" or held & int(required) != int(required):
                raise PermissionError(f"{act.user.name} does not see /{command['name']}")
        return command

    async def _do(self, kind: int, data: Json, act: _Act, source: Message | None = None) -> Reply:
        interaction = self._interactions.open(kind, act.user, act.channel, source)
        self._gateway.call(described(interaction, data), act.channel.guild)
        try:
            await asyncio.wait_for(interaction.settle(), act.timeout)
        except TimeoutError:
            return Reply(interaction)
        return Reply(interaction)


def _component(message: Message, custom_id: str) -> Json | None:
    components = walk(message.json()["components"])
    return next((each for each in components if each.get("custom_id") == custom_id), None)


def _filled(component: Json, values: Mapping[str, str]) -> Json:
    filled = {"type": component["type"], "id": component.get("id", 1)}
    if "custom_id" in component:
        custom_id = component["custom_id"]
        return {**filled, "custom_id": custom_id, "value": values.get(custom_id, "")}
    if "component" in component:
        return {**filled, "component": _filled(component["component"], values)}
    return {**filled, "components": [_filled(each, values) for each in component["components"]]}


def _words(message: Json) -> list[str]:
    words = [message.get("content") or ""]
    for embed in message.get("embeds", []):
        words += [embed.get("title") or "", embed.get("description") or ""]
        for each in embed.get("fields", []):
            words += [each["name"], each["value"]]
        words.append(embed.get("footer", {}).get("text") or "")
    for component in walk(message.get("components", [])):
        words.append(component.get("content") or "")
    return [each for each in words if each]
