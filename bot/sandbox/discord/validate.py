"""Would Discord take this message? Its limits and the rules its OpenAPI document misses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.sandbox.discord.call import Upload
from bot.sandbox.discord.form import Form, is_snowflake
from bot.sandbox.discord.messages import (
    COMPONENTS_V2,
    EPHEMERAL,
    SUPPRESS_EMBEDS,
    SUPPRESS_NOTIFICATIONS,
    Body,
)
from bot.sandbox.discord.validate_components import check_components
from bot.sandbox.discord.validate_embeds import check_embeds, shows_something
from bot.sandbox.discord.wire import Json, refusal

_FILES, _FILES_SIZE = 10, 10 << 20
_CREATE_FLAGS = SUPPRESS_EMBEDS | SUPPRESS_NOTIFICATIONS | COMPONENTS_V2 | 1 << 13
_EDIT_FLAGS = SUPPRESS_EMBEDS | COMPONENTS_V2


def check_create(payload: Json, uploads: list[Upload], *, ephemeral: bool = False) -> None:
    """Raise what Discord answers to a new message; only interactions may be `ephemeral`."""
    form = Form(payload)
    _check_uploads(form, uploads, kept=())
    _check_nonce(form)
    form.boolean("tts")
    flags = _flags(form)
    if flags & ~(_CREATE_FLAGS | (EPHEMERAL if ephemeral else 0)):
        form.refuse("flags", "MESSAGE_FLAGS_INVALID", "These flags cannot be set here.")
    _check_body(form, flags, {each.filename for each in uploads})
    _check_reference(form)
    form.settle()
    if not uploads and not _says_something(payload):
        raise refusal(50006)


def check_edit(payload: Json, uploads: list[Upload], before: Body) -> None:
    """Raise what Discord answers to this edit of a message that said `before`."""
    flags = before.flags
    given = Form(payload)
    if given.has("flags"):
        flags = _flags(given)
        if flags & ~(_EDIT_FLAGS | before.flags):
            given.refuse("flags", "MESSAGE_FLAGS_INVALID", "These flags cannot be set here.")
        if before.flags & COMPONENTS_V2 and not flags & COMPONENTS_V2:
            message = "The IS_COMPONENTS_V2 flag cannot be removed."
            given.refuse("flags", "MESSAGE_CANNOT_REMOVE_COMPONENTS_V2_FLAG", message)
    given.settle()
    after = after_edit(payload, before)
    form = Form(after)
    kept = _kept(payload, before)
    _check_uploads(form, uploads, kept=[each.id for each in before.attachments])
    _check_body(form, flags, {each.filename for each in uploads} | set(kept))
    form.settle()
    if not uploads and not kept and not _says_something(after):
        raise refusal(50006)


def after_edit(payload: Json, before: Body) -> Json:
    """The payload, with what it does not mention taken from before; null empties a field."""
    unchanged = {
        "content": before.content,
        "embeds": before.embeds,
        "components": before.components,
    }
    return unchanged | payload


def _check_body(form: Form, flags: int, names: set[str]) -> None:
    form.text("content", 2000)
    if flags & COMPONENTS_V2:
        _refuse_legacy(form)
    check_embeds(form, names)
    check_components(form, names, v2=bool(flags & COMPONENTS_V2))
    _check_allowed_mentions(form)


def _refuse_legacy(form: Form) -> None:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if form.value.get(key):
            message = f"The '{key}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            form.refuse(key, "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message)


def _check_nonce(form: Form) -> None:
    nonce = form.value.get("nonce")
    if isinstance(nonce, bool) or not isinstance(nonce, int | str | None):
        form.refuse("nonce", "UNION_TYPE_CHOICES", "Must be a number or a string.")
    elif isinstance(nonce, int):
        form.number("nonce", -(1 << 63), (1 << 63) - 1)
    elif len(str(nonce or "")) > 25:
        form.refuse("nonce", "NONCE_TYPE_TOO_LONG", "Must be 25 or fewer characters long.")
    form.boolean("enforce_nonce")


def _flags(form: Form) -> int:
    return form.number("flags", 0, (1 << 31) - 1) or 0


def _check_uploads(form: Form, uploads: list[Upload], kept: Iterable[str]) -> None:
    """Every entry of `attachments` names a part of this request or a file kept by the edit."""
    if sum(len(each.data) for each in uploads) > _FILES_SIZE:
        raise refusal(40005)
    parts = {each.name for each in uploads}
    known = set(kept) | {each.removeprefix("files[").removesuffix("]") for each in parts}
    if len(uploads) > _FILES:
        form.refuse("files", "BASE_TYPE_MAX_LENGTH", f"Must be {_FILES} or fewer in length.")
    seen: set[str] = set()
    for entry in form.forms("attachments", longest=_FILES):
        entry.text("description", 1024)
        if not entry.require("id"):
            continue
        id = str(entry.value["id"])
        if id not in known:
            entry.refuse("id", "ATTACHMENT_NOT_FOUND", "Attachment data cannot be found")
        if id in seen:
            entry.refuse("id", "SET_TYPE_ALREADY_CONTAINS_VALUE", "The set already contains this")
        seen.add(id)


def _check_reference(form: Form) -> None:
    reference = form.form("message_reference")
    if reference is not None and reference.require("message_id"):
        reference.snowflake("message_id")


def _check_allowed_mentions(form: Form) -> None:
    allowed = form.form("allowed_mentions")
    if allowed is None:
        return
    allowed.boolean("replied_user")
    kinds = ("roles", "users", "everyone")
    parse = _once(allowed, "parse")
    for index, kind in enumerate(parse):
        if kind not in kinds:
            message = f'Value "{kind}" must be one of {kinds}.'
            allowed.refuse(("parse", index), "BASE_TYPE_CHOICES", message)
    for kind in ("users", "roles"):
        ids = _once(allowed, kind)
        for index, id in enumerate(ids):
            if not is_snowflake(id):
                message = f'Value "{id}" is not snowflake.'
                allowed.refuse((kind, index), "NUMBER_TYPE_COERCE", message)
        if ids and kind in parse:
            message = f'parse:["{kind}"] and {kind}: [ids...] are mutually exclusive.'
            allowed.refuse((), "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", message)


def _once(allowed: Form, key: str) -> list[Any]:
    """A list of at most a hundred, each once."""
    values = allowed.values(key, 100)
    if len(set(map(str, values))) < len(values):
        message = "The set already contains this value"
        allowed.refuse(key, "SET_TYPE_ALREADY_CONTAINS_VALUE", message)
    return values


def _kept(payload: Json, before: Body) -> list[str]:
    """The file names that stay on the message through this edit."""
    listed = payload.get("attachments")
    if not isinstance(listed, list):
        return [each.filename for each in before.attachments]
    ids = {str(each.get("id")) for each in listed if isinstance(each, dict)}
    return [each.filename for each in before.attachments if each.id in ids]


def _says_something(payload: Json) -> bool:
    if str(payload.get("content") or "").strip() or payload.get("components"):
        return True
    return any(shows_something(each) for each in payload.get("embeds") or [])
