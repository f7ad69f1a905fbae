"""From a request's body to a message in a channel: checked, numbered, stored and told."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass

from bot.sandbox.discord.call import Upload
from bot.sandbox.discord.files import Files
from bot.sandbox.discord.mentions import mentions_of
from bot.sandbox.discord.messages import (
    EPHEMERAL,
    LOADING,
    Attachment,
    Body,
    Message,
    MessageStore,
)
from bot.sandbox.discord.validate import after_edit, check_create, check_edit
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Channel, User


@dataclass(frozen=True, slots=True)
class Context:
    """What a message answers to: another message, or an interaction."""

    reply_to: Message | None = None
    interaction: Json | None = None
    ephemeral: bool = False


class Posting:
    """Writes messages as the bot, and keeps their files."""

    def __init__(self, store: MessageStore, files: Files) -> None:
        self._store = store
        self._files = files

    def create(
        self, channel: Channel, payload: Json, uploads: list[Upload], context: Context
    ) -> Message:
        """Store a new message, or raise what Discord would refuse it with."""
        check_create(payload, uploads, ephemeral=context.interaction is not None)
        flags = (payload.get("flags") or 0) | (EPHEMERAL if context.ephemeral else 0)
        message = self._blank(channel, context, flags)
        message.nonce = payload.get("nonce")
        message.mentions = mentions_of(payload, channel)
        attachments = self._attached(message, payload, uploads)
        message.body = _body(payload, attachments, flags)
        self._store.add(message)
        return message

    def say(self, channel: Channel, content: str, user: User) -> Message:
        """Store what a person wrote."""
        message = self._blank(channel, Context(), 0)
        message.author, message.body = user, Body(content=content)
        self._store.add(message)
        return message

    def placeholder(self, channel: Channel, context: Context) -> Message:
        """Store the "is thinking…" of a deferred reply; its first edit is the reply itself."""
        flags = LOADING | (EPHEMERAL if context.ephemeral else 0)
        message = self._blank(channel, context, flags)
        self._store.add(message)
        return message

    def edit(self, message: Message, payload: Json, uploads: list[Upload]) -> Message:
        """Replace what the payload mentions, or raise what Discord would refuse it with."""
        before = message.body
        check_edit(payload, uploads, before)
        attachments = self._attached(message, payload, uploads)
        listed = payload.get("attachments")
        if listed is not None:
            ids = {str(each["id"]) for each in listed}
            kept = [each for each in before.attachments if each.id in ids]
        else:
            kept = before.attachments
        flags = before.flags | (payload.get("flags") or 0)
        after = _body(after_edit(payload, before), [*kept, *attachments], flags)
        if message.loading:
            message.mentions = mentions_of(payload, message.channel)
        self._store.replace(message, after)
        return message

    def delete(self, message: Message) -> None:
        self._store.delete(message)

    def _blank(self, channel: Channel, context: Context, flags: int) -> Message:
        now = channel.world.now()
        return Message(
            id=channel.snowflakes.next(now),
            channel=channel,
            author=channel.world.bot,
            created_at=now,
            body=Body(flags=flags),
            reply_to=context.reply_to,
            interaction=context.interaction,
        )

    def _attached(
        self, message: Message, payload: Json, uploads: Iterable[Upload]
    ) -> list[Attachment]:
        entries = {f"files[{each['id']}]": each for each in payload.get("attachments") or []}
        attached = []
        for upload in uploads:
            entry = entries.get(upload.name, {})
            filename = entry.get("filename") or upload.filename
            message.uploads += 1
            id = str(int(message.id) + message.uploads)
            attachment = Attachment(
                id=id,
                filename=filename,
                content_type=mimetypes.guess_type(filename)[0] or upload.content_type,
                data=upload.data,
                url=self._files.address(message.channel, id, filename),
                description=entry.get("description"),
            )
            self._files.keep(attachment)
            attached.append(attachment)
        return attached


def _body(payload: Json, attachments: list[Attachment], flags: int) -> Body:
    return Body(
        content=str(payload.get("content") or "").strip(),
        embeds=payload.get("embeds") or [],
        components=payload.get("components") or [],
        attachments=attachments,
        flags=flags,
    )
