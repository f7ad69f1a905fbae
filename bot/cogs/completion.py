"""Which tickers to offer while a person types. From memory: autocomplete cannot be deferred."""

from __future__ import annotations

from discord import app_commands

from bot.model.market import Instrument
from bot.services.faces import Directory

_MOST = 25
_LONGEST = 100  # characters of a choice's name and of its value

Choices = list[app_commands.Choice[str]]


def tickers(directory: Directory, typed: str) -> Choices:
    """Companies that match what is typed: "BABA — Alibaba Group, NYSE"."""
    return [_choice("", found) for found in directory.complete(typed, _MOST)]


def ticker_list(directory: Directory, typed: str) -> Choices:
    """The same for a list: what stands before the last comma is kept."""
    before, comma, last = typed.rpartition(",")
    named = [name.strip() for name in before.split(",") if comma and name.strip()]
    prefix = "".join(f"{name}, " for name in named)
    choices = [
        _choice(prefix, found)
        for found in directory.complete(last.strip(), _MOST)
        if found.ticker not in (name.upper() for name in named)
    ]
    return [choice for choice in choices if len(choice.value) <= _LONGEST]


def _choice(prefix: str, found: Instrument) -> app_commands.Choice[str]:
    name = f"{prefix}{found.ticker} — {found.name}, {found.exchange}"
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - 1]}…"
    return app_commands.Choice(name=name, value=f"{prefix}{found.ticker}")
