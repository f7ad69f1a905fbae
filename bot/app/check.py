"""`bot check`: everything that could be wrong, tried at once, each with its way out."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

from bot import log as logs
from bot.app.compose import Parts, open_parts, read_feeds
from bot.config import Config, load
from bot.delivery.client import DeskClient
from bot.delivery.session import invite_url, look_at, sign_in
from bot.errors import ConfigError, DeskError

TERMS = "Prices are Yahoo's, whose terms allow personal use only: do not redistribute them."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried; `problem` is "" where it is well."""

    what: str
    said: str
    problem: str = ""


def check_everything(file: Path) -> int:
    """Print every finding and the invite link; returns 1 where anything is wrong."""
    try:
        config = load(file)
    except ConfigError as error:
        for problem in error.problems:
            _print(Finding("settings", "", str(problem)))
        return 1
    logs.configure("error", "text", (config.token, config.database))
    return asyncio.run(_check(config))


async def _check(config: Config) -> int:
    wrong = 0
    async for finding in _findings(config):
        _print(finding)
        wrong += bool(finding.problem)
    sys.stdout.write(f"\n{TERMS}\n")
    verdict = "Everything is well." if not wrong else f"{wrong} to mend."
    sys.stdout.write(f"{verdict}\n")
    return int(wrong > 0)


async def _findings(config: Config) -> AsyncIterator[Finding]:
    yield Finding("settings", str(config.file))
    yield _tried("data folder", lambda: _writable(config.data_dir))
    yield _tried("feeds", lambda: f"{len(read_feeds(config))} in {config.settings.feeds.opml}")
    try:
        async with open_parts(config) as parts:
            yield Finding("store", config.database.split("@")[-1])
            for problem in parts.template_problems():
                yield Finding("templates", "", str(problem))
            yield Finding("templates", str(config.path(config.settings.desk.templates)))
            yield await _quotes(parts)
    except ConfigError as error:
        for mistake in error.problems:
            yield Finding("settings", "", str(mistake))
    except DeskError as error:
        yield Finding("store", "", str(error))
    async for finding in _discord(config):
        yield finding


async def _quotes(parts: Parts) -> Finding:
    try:
        quotes = await parts.belt.quotes.latest(["SPY"])
    except DeskError as error:
        return Finding("quotes", "", str(error))
    if "SPY" not in quotes:
        return Finding("quotes", "", "the provider answered, but without a quote for SPY")
    return Finding("quotes", f"SPY {quotes['SPY'].last} {quotes['SPY'].currency}")


async def _discord(config: Config) -> AsyncIterator[Finding]:
    if not config.token:
        yield Finding("token", "", "DISCORD_TOKEN is not set; set it, or DISCORD_TOKEN_FILE")
        return
    links = config.settings.discord
    client = DeskClient(api_url=links.api_url, gateway_url=links.gateway_url)
    try:
        async with client:
            await sign_in(client, config.token)
            yield Finding("token", f"signed in as {client.user}")
            yield Finding("invite", invite_url(client))
            channels = [watch.channel for watch in config.settings.watch]
            for channel, problem in await look_at(client, channels):
                yield Finding(f"channel {channel}", "the desk may post there", problem)
    except DeskError as error:
        yield Finding("discord", "", str(error))


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, look())
    except (DeskError, OSError) as error:
        return Finding(what, "", str(error))


def _writable(folder: Path) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise DeskError(f"{folder} cannot be written", hint="choose another desk.data_dir")
    return str(folder.resolve())


def _print(finding: Finding) -> None:
    mark = "WRONG" if finding.problem else "ok   "
    sys.stdout.write(f"{mark}  {finding.what}: {finding.problem or finding.said}\n")
