"""
`bot universe refresh`: the register of listed companies, anew from the SEC.

It goes into the data folder; what ships with the program stays, and is used again once the
newer one is removed. Nothing is written unless the answer is whole.
"""

from __future__ import annotations

import asyncio
import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from bot import __version__
from bot.app.files import data_folder
from bot.app.universe import COLUMNS, UNIVERSE
from bot.config import Config
from bot.errors import Unreachable, Unreadable, UserError
from bot.sources.clock import SystemClock
from bot.sources.http import Http

SOURCE = "https://www.sec.gov/files/company_tickers_exchange.json"
AT_LEAST = 5_000  # listings; the SEC names some ten thousand


def refresh(config: Config, say: Callable[[str], None], source: str = SOURCE) -> None:
    """Fetch the register into the data folder. Raises `DeskError`, and then changes nothing."""
    contact = config.settings.feeds.contact
    if not contact:
        raise UserError(
            "the SEC answers only programs that name a contact, and feeds.contact is empty",
            hint="write an address or URL there, then try again",
        )
    agent = f"Newsdesk/{__version__} ({contact})"
    http = Http(agent, config.settings.feeds.allowed_origins)
    rows = asyncio.run(fetch(http, source))
    path = data_folder(config) / UNIVERSE
    write(path, rows, source, SystemClock().now().date())
    say(f"{len(rows)} listings of {len({row[0] for row in rows})} companies are in {path}")


async def fetch(http: Http, source: str, at_least: int = AT_LEAST) -> list[tuple[str, ...]]:
    """The rows of the SEC's file in its order. Raises `Unreachable` or `Unreadable`."""
    try:
        response = await http.get(source)
    finally:
        await http.close()
    if response.status != 200:
        raise Unreachable(f"{source} answered {response.status}", hint="try again later")
    rows = read(response.body, source)
    if len(rows) < at_least:
        raise Unreadable(
            f"{source} names {len(rows)} listings, fewer than the {at_least} that are believable"
        )
    return rows


def read(body: bytes, source: str) -> list[tuple[str, ...]]:
    """The rows of `body` in the order of `COLUMNS`. Raises `Unreadable`."""
    try:
        table = json.loads(body)
        order = [table["fields"].index(column) for column in COLUMNS]
        return [tuple(_plain(row[at]) for at in order) for row in table["data"]]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(
            f"{source} is not the SEC's list of companies ({type(error).__name__}: {error})"
        ) from error


def write(path: Path, rows: Sequence[tuple[str, ...]], source: str, today: date) -> None:
    """Put the register in place, whole or not at all."""
    text = io.StringIO()
    text.write(f"# Listed companies: {source}, fetched on {today}; in the SEC's order.\n")
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows(rows)
    beside = path.with_suffix(".new")
    beside.write_text(text.getvalue(), encoding="utf-8")
    beside.replace(path)


def _plain(value: object) -> str:
    return " ".join(str(value).split()) if value is not None else ""
