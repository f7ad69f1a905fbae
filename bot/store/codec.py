"""Nouns to JSON and back, exactly: decimals keep their digits, times their microseconds."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.model.brief import AnyBrief

Noun = TypeVar("Noun")

_adapter: Callable[[Any], TypeAdapter[Any]] = cache(TypeAdapter)


def dump(noun: object) -> str:
    return _adapter(type(noun)).dump_json(noun).decode()


def load(kind: type[Noun], body: str) -> Noun:
    noun: Noun = _adapter(kind).validate_json(body)
    return noun


def load_brief(body: str) -> AnyBrief:
    """On one name or on many: its fields tell which."""
    brief: AnyBrief = _adapter(AnyBrief).validate_json(body)
    return brief
