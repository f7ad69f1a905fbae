"""
How is an interaction answered? Once, within three seconds; then by follow-ups for 15 minutes.

    open ──callback──▶ 4 message · 5 thinking ──edit or follow-up──▶ message
      │                6 nothing yet · 7 edit of the pressed message · 8 choices · 9 modal
      └──3 s──▶ 10062 for ever; a second callback is 40060
"""

from __future__ import annotations

from collections.abc import Callable

from bot.sandbox.discord.call import Call
from bot.sandbox.discord.form import Form
from bot.sandbox.discord.interaction import (
    ACKNOWLEDGED,
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    MESSAGE,
    MODAL,
    OPENS_MODAL,
    THINKING,
    UPDATE,
    Interaction,
    resource,
)
from bot.sandbox.discord.messages import EPHEMERAL, Message
from bot.sandbox.discord.posting import Context, Posting
from bot.sandbox.discord.routes import Route
from bot.sandbox.discord.validate_commands import check_choices
from bot.sandbox.discord.validate_components import check_modal
from bot.sandbox.discord.wire import Json, refusal
from bot.sandbox.discord.world import Channel, User

_DEADLINE, _TOKEN_LIFE = 3.0, 15 * 60.0
_ANSWERS = {
    COMMAND: (MESSAGE, THINKING, OPENS_MODAL),
    COMPONENT: (MESSAGE, THINKING, ACKNOWLEDGED, UPDATE, OPENS_MODAL),
    AUTOCOMPLETE: (CHOICES,),
    MODAL: (MESSAGE, THINKING, ACKNOWLEDGED, UPDATE),
}


class Interactions:
    """The open interactions, and the routes that answer them."""

    def __init__(self, posting: Posting, clock: Callable[[], float]) -> None:
        self._posting = posting
        self._clock = clock
        self._open: dict[str, Interaction] = {}

    def routes(self) -> list[Route]:
        """The routes whose token is in their path."""
        answer = "/interactions/{interaction}/{token}/callback"
        webhook = "/webhooks/{application}/{token}"
        message = webhook + "/messages/{message}"
        return [
            Route("POST", answer, self.callback, bot=False),
            Route("POST", webhook, self.follow_up, bot=False),
            Route("GET", message, self.get, bot=False),
            Route("PATCH", message, self.patch, bot=False),
            Route("DELETE", message, self.delete, bot=False),
        ]

    def open(self, kind: int, user: User, channel: Channel, source: Message | None) -> Interaction:
        """Start the three seconds of a new interaction."""
        id = channel.world.next_id()
        interaction = Interaction(id, kind, channel, user, self._clock(), source)
        self._open[interaction.token] = interaction
        return interaction

    def callback(self, call: Call) -> Json | None:
        """POST /interactions/{interaction}/{token}/callback"""
        interaction = self._open.get(call["token"])
        if interaction is None or interaction.id != call["interaction"]:
            raise refusal(10062)
        if interaction.response is not None:
            raise refusal(40060)
        if self._clock() - interaction.opened > _DEADLINE:
            interaction.late = True
            interaction.changed.set()
            raise refusal(10062)
        form = Form(call.json)
        form.require("type")
        form.choice("type", _ANSWERS[interaction.kind])
        form.settle()
        self._answer(interaction, call)
        interaction.response = call.json
        interaction.answered = self._clock()
        interaction.changed.set()
        wanted = call.query.get("with_response", "").lower() in ("1", "true")
        return resource(interaction) if wanted else None

    def follow_up(self, call: Call) -> Json:
        """POST /webhooks/{application}/{token}; the first after a defer is the reply itself."""
        interaction = self._answered(call)
        original = interaction.original
        if original is not None and original.loading and not original.deleted:
            self._posting.edit(original, call.json, call.uploads)
            interaction.changed.set()
            return original.json()
        message = self._create(interaction, call.json, call)
        interaction.followups.append(message)
        interaction.changed.set()
        return message.json()

    def get(self, call: Call) -> Json:
        """GET /webhooks/{application}/{token}/messages/{message}"""
        return self._message(self._answered(call), call["message"]).json()

    def patch(self, call: Call) -> Json:
        """PATCH /webhooks/{application}/{token}/messages/{message}"""
        interaction = self._answered(call)
        message = self._message(interaction, call["message"])
        self._posting.edit(message, call.json, call.uploads)
        interaction.touched = True
        interaction.changed.set()
        return message.json()

    def delete(self, call: Call) -> None:
        """DELETE /webhooks/{application}/{token}/messages/{message}"""
        interaction = self._answered(call)
        self._posting.delete(self._message(interaction, call["message"]))
        interaction.touched = True
        interaction.changed.set()

    def _answer(self, interaction: Interaction, call: Call) -> None:
        kind, data = call.json["type"], call.json.get("data") or {}
        if kind == MESSAGE:
            interaction.original = self._create(interaction, data, call)
        elif kind == THINKING:
            ephemeral = bool((data.get("flags") or 0) & EPHEMERAL)
            context = Context(interaction=interaction.metadata(), ephemeral=ephemeral)
            interaction.original = self._posting.placeholder(interaction.channel, context)
        elif kind in (ACKNOWLEDGED, UPDATE):
            interaction.original = interaction.source
            if kind == UPDATE and data and interaction.source is not None:
                self._posting.edit(interaction.source, data, call.uploads)
        else:
            form = Form(data, ("data",))
            check_choices(form) if kind == CHOICES else check_modal(form)
            form.settle()

    def _create(self, interaction: Interaction, payload: Json, call: Call) -> Message:
        ephemeral = bool((payload.get("flags") or 0) & EPHEMERAL)
        context = Context(interaction=interaction.metadata(), ephemeral=ephemeral)
        return self._posting.create(interaction.channel, payload, call.uploads, context)

    def _answered(self, call: Call) -> Interaction:
        interaction = self._open.get(call["token"])
        if interaction is None or self._clock() - interaction.opened > _TOKEN_LIFE:
            raise refusal(50027)
        if interaction.response is None:
            raise refusal(10015)
        return interaction

    def _message(self, interaction: Interaction, id: str) -> Message:
        ours = [*interaction.followups, interaction.original]
        for message in ours:
            if message is None or message.deleted:
                continue
            if message.id == id or (id == "@original" and message is interaction.original):
                return message
        raise refusal(10008)
