"""`bot check`: everything that could be wrong, tried at once, each with its way out."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

from bot import log as logs
from bot.app.check_feeds import ask, to_ask
from bot.app.check_registers import registers
from bot.app.compose import open_clock, open_quotes
from bot.app.files import data_folder, read_feeds
from bot.app.finding import Finding
from bot.app.readers import open_readers
from bot.brief.render import Templates
from bot.config import Config, load
from bot.delivery.client import DeskClient
from bot.delivery.session import invite_url, look_at, sign_in
from bot.errors import ConfigError, DeskError
from bot.services.ports import MarketClock, Quotes
from bot.sources.clock import SystemClock
from bot.sources.edgar import NO_CONTACT
from bot.sources.feeds import PoliteFeeds
from bot.store import open_store

TERMS = "Prices are Yahoo's, whose terms allow personal use only: do not redistribute them."


def check_everything(file: Path) -> int:
    """Print every finding and the invite link; returns 1 where anything is wrong."""
    try:
        config = load(file)
    except ConfigError as error:
        return _verdict([_print(Finding("settings", "", str(each))) for each in error.problems])
    logs.configure("error", "text", (config.token, config.database))
    return asyncio.run(_check(config))


async def _check(config: Config) -> int:
    findings = [_print(finding) async for finding in _findings(config)]
    return _verdict(findings)


def _verdict(findings: list[Finding]) -> int:
    wrong = len([finding for finding in findings if finding.problem])
    sys.stdout.write(f"\n{TERMS}\n")
    doubts = len([finding for finding in findings if finding.doubt])
    well = f"Everything works; {doubts} to look at.\n" if doubts else "Everything is well.\n"
    sys.stdout.write(f"{wrong} to mend.\n" if wrong else well)
    return int(wrong > 0)


async def _findings(config: Config) -> AsyncIterator[Finding]:
    yield Finding("settings", str(config.file))
    yield _tried("data folder", lambda: str(data_folder(config)))
    today = SystemClock().now().date()
    for finding in (*registers(config, today), *_templates(config)):
        yield finding
    yield await _store(config)
    async for finding in _sources(config):
        yield finding
    async for finding in _discord(config):
        yield finding


def _templates(config: Config) -> Iterator[Finding]:
    folder = config.path(config.settings.desk.templates)
    problems = Templates(folder).problems()
    for problem in problems:
        yield Finding("templates", "", str(problem))
    if not problems:
        yield Finding("templates", str(folder))


async def _store(config: Config) -> Finding:
    try:
        async with await open_store(config.database):
            return Finding("store", config.database.split("@")[-1])
    except DeskError as error:
        return Finding("store", "", str(error))


async def _sources(config: Config) -> AsyncIterator[Finding]:
    """The desk's own feeds and quotes, asked once, with nothing kept."""
    real = SystemClock()
    async with AsyncExitStack() as stack:
        try:
            clock = await open_clock(config, real, stack)
        except DeskError as error:
            yield Finding("clock", "", str(error))
            return
        cache = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="newsdesk-check-")))
        yield await _quotes(open_quotes(config, cache, clock, real, stack))
        for finding in await _feeds(config, open_readers(config, real, stack).feeds, clock, real):
            yield finding


async def _quotes(quotes: Quotes) -> Finding:
    try:
        quote = (await quotes.latest(["SPY"])).get("SPY")
    except DeskError as error:
        return Finding("quotes", "", f"{error}; quotes.url and the network decide")
    if quote is None:
        return Finding("quotes", "", "the provider answered, but without a quote for SPY")
    return Finding("quotes", f"SPY {quote.last} {quote.currency}")


async def _feeds(
    config: Config, reader: PoliteFeeds, clock: MarketClock, real: SystemClock
) -> list[Finding]:
    try:
        feeds = list(to_ask(read_feeds(config)))
    except DeskError as error:
        return [Finding("feeds", "", str(error))]
    every = await asyncio.gather(*(ask(reader, feed, clock, real) for feed in feeds))
    polls = [poll for poll in every if poll.asked]
    silent = [poll for poll in polls if poll.stories is None]
    said = f"{len(polls) - len(silent)} of {len(polls)} in {config.settings.feeds.opml} answer"
    return [
        Finding("feeds", said),
        *(
            Finding(f"feed {poll.state.feed.outlet}", poll.reason)
            for poll in polls
            if poll.stories and poll.reason
        ),
        *(Finding(f"feed {poll.state.feed.outlet}", "", poll.reason) for poll in silent),
        *_left_alone(len(every) - len(polls)),
    ]


def _left_alone(feeds: int) -> Iterator[Finding]:
    if feeds:
        yield Finding("feeds", "", doubt=f"{feeds} of the SEC's are left alone: {NO_CONTACT}")


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
    except DeskError as error:
        return Finding(what, "", str(error))


def _print(finding: Finding) -> Finding:
    sys.stdout.write(f"{finding.line()}\n")
    return finding
