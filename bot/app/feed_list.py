"""
The list of feeds: what is read for everybody, and what watched tickers have of their own.

An address with {ticker}, or {cik}, the number the SEC knows a company by, is a template: it
stands for one feed of every ticker that somebody watches.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from bot.app.files import SEEDS, read_feeds
from bot.app.universe import UNIVERSE
from bot.config import Config
from bot.model.feed import OwnFeeds
from bot.model.news import Feed
from bot.services.belt import Belt

MOST_A_HOST = 400  # at one request a second, half of what a quarter of an hour has room for
_TICKER, _CIK = "{ticker}", "{cik}"
_DIGITS = 10


async def learn_feeds(config: Config, belt: Belt) -> None:
    """The feeds of `feeds.opml` become rows, and those that watched tickers have of their own."""
    listed = [feed for feed in read_feeds(config) if not is_template(feed)]
    async with belt.store.transaction("feeds") as tx:
        watched = {one.ticker for one in await tx.watches.wanted()}
        await tx.wire.put([*listed, *belt.own_feeds(watched).feeds])


def filling(listed: Iterable[Feed], folder: Path) -> Callable[[Iterable[str]], OwnFeeds]:
    """What fills the templates of `listed` in; `folder` may hold a newer register."""
    templates = [feed for feed in listed if is_template(feed)]

    @cache
    def numbers() -> dict[str, str]:
        return read_numbers(folder)

    return lambda tickers: own_feeds(templates, tickers, numbers()) if templates else OwnFeeds()


def is_template(feed: Feed) -> bool:
    """Whether the address stands for one of every ticker."""
    return _TICKER in feed.url or _CIK in feed.url


def own_feeds(
    templates: Iterable[Feed], tickers: Iterable[str], numbers: dict[str, str]
) -> OwnFeeds:
    """A feed of every template for every ticker that it can be filled in for, by ticker."""
    patterns = list(templates)
    found: dict[str, Feed] = {}
    left_out, hosts = 0, Counter[str]()
    for ticker in sorted(tickers):
        for feed in (_filled(one, ticker, numbers.get(ticker, "")) for one in patterns):
            host = urlsplit(feed.url).netloc
            if is_template(feed) or feed.url in found:
                continue
            if hosts[host] == MOST_A_HOST:
                left_out += 1
                continue
            hosts[host] += 1
            found[feed.url] = feed
    return OwnFeeds(tuple(found.values()), left_out)


def read_numbers(folder: Path | None = None) -> dict[str, str]:
    """By ticker, the number that the SEC knows its company by; none where nothing can be read."""
    newer = folder / UNIVERSE if folder else None
    path = newer if newer and newer.exists() else SEEDS / UNIVERSE
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(line for line in lines if not line.startswith("#"))
            return {row["ticker"]: row["cik"] for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, csv.Error):
        return {}


def _filled(template: Feed, ticker: str, number: str) -> Feed:
    """A company without a number keeps the place for it, and so is left out."""
    url = template.url.replace(_TICKER, quote(ticker, safe=""))
    if number:
        url = url.replace(_CIK, number.zfill(_DIGITS))
    return replace(template, url=url, about=ticker)
