"""
Writes one post to Discord: create it, edit it, or look it up.

What Discord's answers mean is in `outcomes`; that a call is one request, in `wire`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import discord

from bot import payload
from bot.delivery import lookup
from bot.delivery.outcomes import NO_REFERENCE, Reply, judge
from bot.delivery.wire import Edge, Wire
from bot.errors import DeliveryError, Permanent
from bot.model.brief import Rendered
from bot.model.post import Gone, Post, Posted


class DiscordPoster:
    """
    Satisfies `bot.services.ports.Poster`, through a client that has logged in.

    `edge` is told the failpoints "discord.create.before" and "discord.create.after", and
    those of edit and find; an attempt that takes more than `timeout` seconds is given up.
    """

    def __init__(
        self, client: discord.Client, edge: Edge = lambda _: None, timeout: float = 10.0
    ) -> None:
        self._client = client
        self._wire = Wire(edge, timeout)
        self._unreferenced: set[int] = set()

    async def create(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted:
        """
        Post it; within Discord's nonce window a repeat returns the first message.

        The revision returned is what that message shows, so an older one is due for an edit.
        """
        channel, files = self._channel(post), _files(post, rendered, chart)
        words = _words(post, rendered, picture=bool(files))
        words |= {"files": files, "nonce": post.nonce, "reference": self._reference(post)}
        reply = await self._wire.request(
            "discord.create", lambda: channel.send(**words), repeatable=False
        )
        if not reply.ok:
            raise self._refusal(post, reply, creating=True)
        return lookup.posted(reply.fields, post, rendered)

    async def edit(self, post: Post, rendered: Rendered, chart: bytes | None) -> Posted:
        """
        Bring its message to exactly `rendered` and `chart`; safe to repeat.

        The chart replaces the one that is there; None takes it away.
        """
        if post.message_id is None:
            raise ValueError(f"post {post.id} was never created")
        message = self._channel(post).get_partial_message(post.message_id)
        files = _files(post, rendered, chart)
        words = _words(post, rendered, picture=bool(files)) | {"attachments": files}
        reply = await self._wire.request(
            "discord.edit", lambda: message.edit(**words), repeatable=True
        )
        if not reply.ok:
            raise self._refusal(post, reply, creating=False)
        return Posted(post.message_id, post.desired_rev)

    async def find(self, post: Post, since: datetime, rendered: Rendered) -> Posted | None | bool:
        """
        Look for it from the newest message back to `since`, its first attempt.

        The newest page is read whatever the ids say, for Discord's clock may not be ours.
        None when its absence is proved. False when neither can be said: the desk may not read
        the history, or more was written since than it reads.
        """
        floor, before = lookup.start(since), None
        own = self._client.user.id if self._client.user else 0
        for _ in range(lookup.PAGES):
            page = await self._page(post, before)
            for message in page:
                if lookup.matches(message, post, rendered, own):
                    return lookup.posted(message, post, rendered)
            if not page and before is None and await self._said_since(post, floor):
                return False
            before = min((lookup.id_of(message) for message in page), default=0)
            if len(page) < lookup.PAGE or before < floor:
                return None
        return False

    async def close(self) -> None:
        """End what still waits for a rate limit to pass."""
        await self._wire.close()

    async def _page(self, post: Post, before: int | None) -> list[lookup.Message]:
        """One page of the history, newest first; empty where the desk may not read it."""
        older = discord.Object(before) if before else None
        history = self._channel(post).history(limit=lookup.PAGE, before=older)

        async def read() -> None:
            async for _ in history:
                pass

        reply = await self._wire.request("discord.find", read, repeatable=True)
        if not reply.ok:
            raise self._refusal(post, reply, creating=False)
        return [message for message in reply.items if isinstance(message, dict)]

    async def _said_since(self, post: Post, floor: int) -> bool:
        """Whether an empty page may hide something: it does where the history is not ours."""
        known = self._guild_channel(post)
        if post.destination.guild is None:
            return False
        if known is not None and payload.HISTORY not in payload.lacking_in(known):
            return False
        reply = await self._wire.request(
            "discord.find",
            lambda: self._client.fetch_channel(post.destination.id),
            repeatable=True,
        )
        if not reply.ok:
            raise self._refusal(post, reply, creating=False)
        return int(str(reply.fields.get("last_message_id") or 0)) >= floor

    def _channel(self, post: Post) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(post.destination.id)

    def _guild_channel(self, post: Post) -> payload.Channel | None:
        channel = self._client.get_channel(post.destination.id)
        return None if isinstance(channel, discord.abc.PrivateChannel) else channel

    def _reference(self, post: Post) -> discord.MessageReference | None:
        if post.reply_to is None or post.destination.id in self._unreferenced:
            return None
        return discord.MessageReference(
            message_id=post.reply_to, channel_id=post.destination.id, fail_if_not_exists=False
        )

    def _refusal(self, post: Post, reply: Reply, *, creating: bool) -> DeliveryError:
        """The verdict of the table; a missing permission is named where it is known."""
        if reply.code == NO_REFERENCE:
            self._unreferenced.add(post.destination.id)
        error = judge(reply, creating=creating)
        channel = self._guild_channel(post)
        if not isinstance(error, Permanent) or error.gone != Gone.PERMISSION.value:
            return error
        names = ", ".join(payload.lacking_in(channel)) if channel else ""
        hint = f"it lacks {names}" if names else error.hint
        return Permanent(error.message, hint=hint, gone=error.gone)


def _files(post: Post, rendered: Rendered, chart: bytes | None) -> list[discord.File]:
    return [] if post.kind.one_line else payload.files(rendered, chart)


def _words(post: Post, rendered: Rendered, *, picture: bool) -> dict[str, Any]:
    """What creating and editing a message have in common."""
    if post.kind.one_line:
        return {"content": lookup.line(rendered), "allowed_mentions": payload.NO_MENTIONS}
    return {
        "content": rendered.content,
        "embeds": payload.embeds(rendered, picture=picture),
        "view": payload.buttons(post.id, post.desired_rev, rendered.buttons),
        "allowed_mentions": payload.NO_MENTIONS,
    }
