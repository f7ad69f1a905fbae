"""How embeds and components that were sent look when the API shows them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any

from bot.sandbox.discord.wire import Json


def linked(value: Any, urls: dict[str, str]) -> Any:
    """A copy in which every `url` that names an attachment is the attachment's address."""
    if isinstance(value, list):
        return [linked(each, urls) for each in value]
    if not isinstance(value, dict):
        return value
    copy = {key: linked(each, urls) for key, each in value.items()}
    url = copy.get("url")
    if isinstance(url, str) and url in urls:
        copy["url"] = copy["proxy_url"] = urls[url]
    return copy


def numbered(components: list[Json]) -> list[Json]:
    """The components, each with an id: its own, or the next one that is free."""
    taken = {each["id"] for each in walk(components) if each.get("id")}
    free = (number for number in count(1) if number not in taken)
    for each in walk(components):
        each["id"] = each.get("id") or next(free)
    return components


def walk(components: list[Json]) -> Iterator[Json]:
    """Every component of the tree, a parent before its children."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))
        if "accessory" in component:
            yield from walk([component["accessory"]])
