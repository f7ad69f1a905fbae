"""From words a person typed to the options of an interaction, as a client resolves them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.sandbox.discord.messages import Attachment
from bot.sandbox.discord.wire import Json
from bot.sandbox.discord.world import Channel, Role, User

_SUBCOMMAND, _GROUP = 1, 2
_STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE, _MENTIONABLE, _NUMBER = range(3, 11)
_ATTACHMENT = 11
_PYTHON: dict[int, tuple[type, ...]] = {
    _STRING: (str,),
    _INTEGER: (int,),
    _BOOLEAN: (bool,),
    _NUMBER: (int, float),
}


def typed(
    command: Json, name: str, given: Mapping[str, Any], channel: Channel, *, focused: str = ""
) -> Json:
    """The data of a command interaction; ValueError says why no client would send it."""
    leaf, path = command, []
    for word in name.split()[1:]:
        leaf = _named(leaf, word, name)
        path.append(leaf)
    if any(each["type"] in (_SUBCOMMAND, _GROUP) for each in leaf.get("options") or []):
        raise ValueError(f"/{name} is not a command by itself; it has sub-commands")
    resolved: Json = {}
    options = [
        _option(spec, given[spec["name"]], channel, resolved)
        if spec["name"] != focused
        else {"type": spec["type"], "name": focused, "value": given[focused], "focused": True}
        for spec in _given(leaf, name, given, focused)
    ]
    for node in reversed(path):
        options = [{"type": node["type"], "name": node["name"], "options": options}]
    data = {"id": command["id"], "name": command["name"], "type": 1, "options": options}
    return {**data, "resolved": resolved} if resolved else data


def _named(node: Json, word: str, name: str) -> Json:
    for option in node.get("options") or []:
        if option["name"] == word and option["type"] in (_SUBCOMMAND, _GROUP):
            found: Json = option
            return found
    raise ValueError(f"/{name} was not synced: {node['name']} has no sub-command {word}")


def _given(leaf: Json, name: str, given: Mapping[str, Any], focused: str) -> list[Json]:
    """The options that were given, in the order of the command."""
    specs: list[Json] = leaf.get("options") or []
    unknown = sorted(set(given) - {each["name"] for each in specs})
    if unknown:
        raise ValueError(f"/{name} has no option {', '.join(unknown)}")
    missing = [each["name"] for each in specs if each.get("required") and each["name"] not in given]
    if missing and not focused:
        raise ValueError(f"/{name} needs {', '.join(missing)}")
    return [each for each in specs if each["name"] in given]


def _option(spec: Json, value: Any, channel: Channel, resolved: Json) -> Json:
    kind, name = spec["type"], spec["name"]
    if kind in (_USER, _CHANNEL, _ROLE, _MENTIONABLE):
        value = _resolve(value, channel, resolved)
    elif kind == _ATTACHMENT and isinstance(value, Attachment):
        resolved.setdefault("attachments", {})[value.id] = value.json()
        value = value.id
    elif not isinstance(value, _PYTHON.get(kind, (object,))) or (
        isinstance(value, bool) and kind != _BOOLEAN
    ):
        raise ValueError(f"{name} takes another type than {value!r}")
    else:
        _check(spec, value)
    return {"type": kind, "name": name, "value": value}


def _check(spec: Json, value: Any) -> None:
    choices = [each["value"] for each in spec.get("choices") or []]
    if choices and value not in choices:
        raise ValueError(f"{spec['name']} must be one of {choices}, was {value!r}")
    size, low, high = value, spec.get("min_value"), spec.get("max_value")
    if isinstance(value, str):
        size, low, high = len(value), spec.get("min_length"), spec.get("max_length")
    if (low is not None and size < low) or (high is not None and size > high):
        raise ValueError(f"{spec['name']} must be between {low} and {high}, was {value!r}")


def _resolve(value: Channel | User | Role, channel: Channel, resolved: Json) -> str:
    """Put the object into `resolved`, as Discord does, and return its id."""
    if isinstance(value, Channel):
        shown = {key: value.json()[key] for key in ("id", "type", "name")}
        shown["permissions"] = str(value.permissions_of(channel.world.operator))
        resolved.setdefault("channels", {})[value.id] = shown
    elif isinstance(value, Role):
        resolved.setdefault("roles", {})[value.id] = value.json()
    else:
        resolved.setdefault("users", {})[value.id] = value.json()
        if channel.guild is not None and value.id in channel.guild.members:
            member = channel.guild.member_json(value)
            del member["user"], member["deaf"], member["mute"]
            resolved.setdefault("members", {})[value.id] = {**member, "permissions": "0"}
    return value.id
