"""What to offer while a person types; quickly, for autocomplete cannot be deferred."""

from __future__ import annotations

from collections.abc import Iterable

from discord import app_commands

from bot.model.market import Instrument
from bot.model.post import Watch
from bot.services.faces import Directory, Subscriptions

_MOST = 25
_LONGEST = 100  # characters of a choice's name and of its value

DEFAULT = "default"
EXAMPLES = (
    "5%",
    "5% up",
    "5% down",
    "3% in 1h",
    "5% in 5 days",
    "above 180",
    "below 150",
    "3x usual",
    "4% vs benchmark",
    "2x volume",
    "200-day average",
    "52-week high",
    "52-week low",
)

Choices = list[app_commands.Choice[str]]


def tickers(directory: Directory, typed: str) -> Choices:
    """Companies that match what is typed: "BABA — Alibaba Group, NYSE"."""
    return [_choice(found, directory.spelled(found)) for found in directory.complete(typed, _MOST)]


def ticker_list(directory: Directory, typed: str) -> Choices:
    """The same for a list: what stands before the last comma is kept."""
    before, comma, last = typed.rpartition(",")
    named = [name.strip() for name in before.split(",") if comma and name.strip()]
    prefix = "".join(f"{name}, " for name in named)
    choices = [
        _choice(found, _alone(directory.spelled(found), prefix), prefix)
        for found in directory.complete(last.strip(), _MOST)
        if found.ticker not in (name.upper() for name in named)
    ]
    return [choice for choice in choices if len(choice.value) <= _LONGEST]


def moves(subscriptions: Subscriptions, typed: str) -> Choices:
    """What is typed, with what it would mean; then examples that go on from it."""
    wanted = typed.strip()
    choices = [_example(DEFAULT, subscriptions.default())] if DEFAULT.startswith(wanted) else []
    if wanted and (meant := subscriptions.preview(wanted)):
        choices.append(_example(wanted, meant))
    choices += [
        _example(each, subscriptions.preview(each))
        for each in EXAMPLES
        if wanted.casefold() in each and each != wanted
    ]
    return choices[:_MOST]


def watched(watches: Iterable[Watch], typed: str) -> Choices:
    """The tickers that are watched and start with what is typed."""
    wanted = typed.strip().upper()
    tickers = sorted({watch.ticker for watch in watches if watch.ticker.startswith(wanted)})
    return [app_commands.Choice(name=ticker, value=ticker) for ticker in tickers[:_MOST]]


def thresholds(subscriptions: Subscriptions, watches: Iterable[Watch], typed: str) -> Choices:
    """The thresholds that are set, by their figures."""
    wanted = typed.strip().casefold()
    named = [(subscriptions.name(watch), subscriptions.describe(watch)) for watch in watches]
    found = [short(text, name) for name, text in named if wanted in text.casefold()]
    return found[:_MOST]


def _alone(spelled: str, prefix: str) -> str:
    """A name of several words is told from a list without commas by a comma of its own."""
    return f"{spelled}," if " " in spelled and not prefix else spelled


def _example(typed: str, meant: str) -> app_commands.Choice[str]:
    return short(f"{typed} – {meant}", typed[:_LONGEST])


def short(name: str, value: str) -> app_commands.Choice[str]:
    """A choice whose name is cut to what Discord shows."""
    if len(name) > _LONGEST:
        name = f"{name[: _LONGEST - 1]}…"
    return app_commands.Choice(name=name, value=value)


def _choice(found: Instrument, spelled: str, prefix: str = "") -> app_commands.Choice[str]:
    name = f"{prefix}{found.ticker} — {found.name}, {found.exchange}"
    return short(name, f"{prefix}{spelled}")
