"""`bot check --feeds`: which of the listed feeds answer today? Each is asked once, side by side."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from datetime import datetime, timedelta
from pathlib import Path

from bot import log as logs
from bot.app.compose import open_clock
from bot.app.feed_list import is_template, own_feeds, read_numbers
from bot.app.files import read_feeds
from bot.app.finding import Finding
from bot.app.readers import open_readers
from bot.config import Config, load
from bot.model.feed import FeedState, Fetched
from bot.model.news import Feed
from bot.services.ports import Feeds, MarketClock, RealClock
from bot.sources.clock import SystemClock

EXAMPLE = "MSFT"  # a ticker that every template can be filled in for
_TURNS = 100
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def check_feeds(file: Path) -> int:
    """Print a line for each feed as soon as it is known; a feed that is silent is no failure."""
    config = load(file)
    logs.configure("error", "text", (config.token, config.database))
    return asyncio.run(_check(config))


async def _check(config: Config) -> int:
    real, listed = SystemClock(), list(to_ask(read_feeds(config)))
    answering = 0
    async with AsyncExitStack() as stack:
        clock = await open_clock(config, real, stack)
        feeds = open_readers(config, real, stack).feeds
        polls = [asyncio.create_task(ask(feeds, feed, clock, real)) for feed in listed]
        for poll in asyncio.as_completed(polls):
            finding = _finding(await poll, clock.now())
            answering += not finding.doubt
            sys.stdout.write(f"{finding.line()}\n")
            sys.stdout.flush()
    sys.stdout.write(f"\n{answering} of {len(listed)} in {config.settings.feeds.opml} answer.\n")
    return 0


def to_ask(listed: Iterable[Feed]) -> Iterator[Feed]:
    """The feeds to try: a template with one ticker."""
    numbers = read_numbers()
    for feed in listed:
        if is_template(feed):
            yield from own_feeds([feed], [EXAMPLE], numbers).feeds
        else:
            yield feed


async def ask(feeds: Feeds, feed: Feed, clock: MarketClock, real: RealClock) -> Fetched:
    """One poll; whoever finds a queue before the host comes back when it is told to."""
    state = FeedState(feed)
    for _ in range(_TURNS):
        fetched = await feeds.fetch(state, clock.now())
        wait = (fetched.state.next_poll_at or clock.now()) - clock.now()
        if fetched.asked or wait > _MINUTE:
            break
        await real.sleep(wait.total_seconds())
    return fetched


def _finding(fetched: Fetched, now: datetime) -> Finding:
    feed = fetched.state.feed
    what = f"{feed.outlet}, {feed.url}"
    if fetched.stories is None:
        return Finding(what, "", doubt=fetched.reason.removeprefix(f"{feed.url} "))
    items = len(fetched.stories) or len(fetched.halts)
    said = f"{items} item" + ("s" if items != 1 else "")
    times = [one.out_at for one in fetched.stories if one.published]
    times += [one.at for one in fetched.halts]
    if times:
        said += f", the newest {_ago(now - max(times))} ago"
    return Finding(what, "; ".join(filter(None, (said, fetched.reason))))


def _ago(span: timedelta) -> str:
    """The largest whole unit: "3 hours"."""
    for unit, name in ((_DAY, "day"), (_HOUR, "hour"), (_MINUTE, "minute")):
        if (many := span // unit) >= 1:
            return f"{many} {name}" + ("s" if many != 1 else "")
    return "less than a minute"
