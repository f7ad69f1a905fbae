"""The floors under a crossing: what discord.py alone and SQLite alone take for the same."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import discord

from bench.desk import OpenDesk, Witness
from bot import payload


class BareStore:
    """One table of one row in a file that is as durable as the desk's."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.execute("PRAGMA journal_mode=WAL")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("CREATE TABLE post (tries INTEGER)")
        self._connection.execute("INSERT INTO post VALUES (0)")

    def commit(self) -> float:
        """Milliseconds for one row written and committed."""
        began = now()
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute("UPDATE post SET tries = tries + 1")
        self._connection.execute("COMMIT")
        return now() - began

    def close(self) -> None:
        self._connection.close()


async def send(desk: OpenDesk, made: Witness, number: int) -> float:
    """Milliseconds for the message that the desk has just posted, in a channel of its own."""
    channel = desk.bare.get_partial_messageable(desk.place.channels[-1])
    view, files = payload.buttons(1, 1), payload.files(made.rendered, made.picture)
    embeds = payload.embeds(made.rendered, picture=True)
    began = now()
    await channel.send(
        made.rendered.content,
        embeds=embeds,
        view=view,
        files=files,
        allowed_mentions=discord.AllowedMentions.none(),
        nonce=f"bare-{number:020}",
    )
    return now() - began


def now() -> float:
    """Milliseconds, for differences only."""
    return time.perf_counter() * 1000
