"""
What editors call companies: `seeds/names.toml` understood.

Pure; every mistake of the file is reported together, by table and key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from bot.errors import ConfigError, Problem
from bot.model.company import Called

FILE = "names.toml"
_LISTS = frozenset(field.name for field in fields(Called)) - {"ticker", "rates"}


def called(data: Mapping[str, object]) -> list[Called]:
    """Tables keyed by ticker, every key optional; raises `ConfigError` with every mistake."""
    problems: list[Problem] = []
    found = [_table(ticker, table, problems) for ticker, table in data.items()]
    if problems:
        raise ConfigError(problems)
    return found


def _table(ticker: str, table: object, problems: list[Problem]) -> Called:
    lists: dict[str, tuple[str, ...]] = {}
    rates = False
    for key, value in table.items() if isinstance(table, Mapping) else [("", table)]:
        if key == "rates" and isinstance(value, bool):
            rates = value
        elif key in _LISTS and isinstance(value, list) and all(map(_is_text, value)):
            lists[key] = tuple(value)
        else:
            text = f"was {value!r}; write lists of texts named {', '.join(sorted(_LISTS))}"
            problems.append(Problem(FILE, 0, f"{ticker}.{key}".rstrip("."), text))
    return Called(
        ticker=ticker,
        names=lists.get("names", ()),
        former=lists.get("former", ()),
        nicknames=lists.get("nicknames", ()),
        brands=lists.get("brands", ()),
        products=lists.get("products", ()),
        lines=lists.get("lines", ()),
        weak=lists.get("weak", ()),
        never=lists.get("never", ()),
        rates=rates,
    )


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
