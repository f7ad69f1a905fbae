"""Would Discord take these embeds? Their limits, one by one and over all."""

from __future__ import annotations

from datetime import datetime

from bot.sandbox.discord.form import Form
from bot.sandbox.discord.wire import Json

_MEDIA = ("http", "https", "attachment")


def check_embeds(form: Form, names: set[str]) -> None:
    """Note the mistakes of `embeds`; `names` are the files a picture may be taken from."""
    total = sum(_check_embed(embed, names) for embed in form.forms("embeds", longest=10))
    if total > 6000:
        message = "Embed size exceeds maximum size of 6000"
        form.refuse("embeds", "MAX_EMBED_SIZE_EXCEEDED", message)


def shows_something(embed: Json) -> bool:
    """Whether the embed has anything a reader would see."""
    visible = ("title", "description", "fields", "footer", "author", "image", "thumbnail")
    return any(embed.get(key) for key in visible)


def check_media(form: Form, key: str, names: set[str], schemes: tuple[str, ...] = _MEDIA) -> None:
    """Note a picture's bad address, or a file that is not part of the message."""
    url = form.url(key, schemes)
    if url.startswith("attachment://") and url.removeprefix("attachment://") not in names:
        message = "The referenced attachment was not found"
        form.refuse(key, "UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", message)


def _check_embed(embed: Form, names: set[str]) -> int:
    """Note the embed's mistakes; return its size as Discord counts it."""
    size = len(embed.text("title", 256)) + len(embed.text("description", 4096))
    embed.url("url")
    embed.number("color", 0, 0xFFFFFF)
    _check_timestamp(embed)
    for key in ("image", "thumbnail"):
        picture = embed.form(key)
        if picture is not None and picture.require("url"):
            check_media(picture, "url", names)
    size += _check_named(embed, "footer", "text", 2048, names)
    size += _check_named(embed, "author", "name", 256, names)
    for each in embed.forms("fields", longest=25):
        size += len(each.text("name", 256, shortest=1)) + len(each.text("value", 1024, shortest=1))
        each.boolean("inline")
    if not shows_something(embed.value):
        embed.refuse("description", "BASE_TYPE_REQUIRED", "This field is required")
    return size


def _check_named(embed: Form, key: str, words: str, longest: int, names: set[str]) -> int:
    part = embed.form(key)
    if part is None:
        return 0
    check_media(part, "icon_url", names)
    part.url("url")
    return len(part.text(words, longest, shortest=1))


def _check_timestamp(embed: Form) -> None:
    value = embed.value.get("timestamp")
    if value is None:
        return
    try:
        datetime.fromisoformat(value)
    except (TypeError, ValueError):
        message = f'Could not parse "{value}". Should be ISO8601.'
        embed.refuse("timestamp", "DATE_TIME_TYPE_PARSE", message)
