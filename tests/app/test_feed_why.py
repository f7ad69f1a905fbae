"""`bot feed why`: what the desk knows of a feed, and one more try."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.config import load
from bot.model.feed import FeedState
from bot.model.news import Feed
from bot.store import open_store

URL = "https://wire.example/feed"
GONE = "Wire is read no more: gone for good"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A desk that stopped reading a listed feed."""
    file = tmp_path / "config.toml"
    file.write_text(f'[desk]\ndata_dir = "{tmp_path / "data"}"\n')
    asyncio.run(remember(file, FeedState(Feed(URL, "Wire"), stopped="gone", told=GONE)))
    return file


async def remember(file: Path, state: FeedState) -> None:
    config = load(file, {})
    config.data_dir.mkdir()
    async with await open_store(config.database) as store, store.transaction("setup") as tx:
        await tx.wire.put_state(state)


def ask(config: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["feed", "why", *words, "--config", str(config)])


def test_it_says_what_is_known(config: Path) -> None:
    """However the address is spelled."""
    lines = ask(config, "HTTPS://Wire.Example:443/feed").output.splitlines()

    assert lines[:4] == [
        f"Wire · {URL}",
        "Wanted by the operator's list, for every server",
        "Read never, next never: it is stopped",
        f"Trouble: {GONE}",
    ]


def test_again_asks_a_stopped_feed_once_more(config: Path) -> None:
    """It is due at once."""
    lines = ask(config, URL, "--again").output.splitlines()

    assert "Wire is tried again since" in lines[3]
    assert "it is stopped" not in lines[2]


def test_an_unknown_feed_is_one_sentence(config: Path) -> None:
    """And the exit code says that nothing was found."""
    result = ask(config, "https://nowhere.example/")

    assert 1 == result.exit_code
    assert "the desk knows no feed https://nowhere.example/; it knows those of" in result.output
