"""The bytes of every attachment ever sent, served at the address its message gives."""

from __future__ import annotations

from aiohttp import web

from bot.sandbox.discord.messages import Attachment
from bot.sandbox.discord.world import Channel


class Files:
    """Attachments by id; those of earlier bodies and of deleted messages are kept as well."""

    def __init__(self) -> None:
        self.origin = "http://127.0.0.1:0"
        self._kept: dict[str, Attachment] = {}

    def address(self, channel: Channel, id: str, filename: str) -> str:
        return f"{self.origin}/attachments/{channel.id}/{id}/{filename}"

    def upload(self, channel: Channel, filename: str, data: bytes) -> Attachment:
        """Keep what a person sends; ids count on from the channel's own."""
        id = str(int(channel.id) + len(self._kept) + 1)
        url = self.address(channel, id, filename)
        uploaded = Attachment(id, filename, "application/octet-stream", data, url)
        self.keep(uploaded)
        return uploaded

    def keep(self, attachment: Attachment) -> None:
        self._kept[attachment.id] = attachment

    async def handle(self, request: web.Request) -> web.Response:
        """GET /attachments/{channel}/{id}/{name}"""
        attachment = self._kept.get(request.match_info["id"])
        if attachment is None or attachment.filename != request.match_info["name"]:
            raise web.HTTPNotFound
        return web.Response(body=attachment.data, content_type=attachment.content_type)
