"""`bot universe refresh`: the register anew, against a local server in the SEC's place."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.app.refresh import fetch, read, write
from bot.app.universe import UNIVERSE, read_companies
from bot.cli import main
from bot.errors import Unreachable, Unreadable
from bot.sources.http import Http
from tests.sources.fakes import Names, OddServer, say

FIELDS = ["cik", "name", "ticker", "exchange"]
ROWS = [
    [1, "Zanzibar  Quartz Corp", "ZZZQ", "NYSE"],
    [1, "Zanzibar  Quartz Corp", "ZZZQ-WT", "NYSE"],
    [2, "Yonder Yachts plc", "YYYF", None],
]
LIST = json.dumps({"fields": FIELDS, "data": ROWS})


@pytest.fixture
async def server() -> AsyncIterator[OddServer]:
    async with OddServer() as server:
        yield server


async def ask(server: OddServer, at_least: int = 3) -> list[tuple[str, ...]]:
    http = Http("Newsdesk/0 (ops@example.com)", [server.url], resolver=Names())
    return await fetch(http, f"{server.url}/list.json", at_least)


async def test_the_register_is_renewed(server: OddServer, tmp_path: Path) -> None:
    """What is fetched is written in the form that the linker reads, and dated."""
    server.answers["/list.json"] = say(LIST)
    path = tmp_path / UNIVERSE

    write(path, await ask(server), "https://list.example", date(2026, 11, 24))

    first, second = read_companies(path)
    assert "# Listed companies: https://list.example, fetched on 2026-11-24;" in path.read_text()
    assert (first.ticker, first.name, first.listings) == (
        "ZZZQ",
        "Zanzibar Quartz Corp",
        ("ZZZQ", "ZZZQ-WT"),
    )
    assert (second.ticker, second.rank) == ("YYYF", 1)
    assert server.requests[0].headers["User-Agent"] == "Newsdesk/0 (ops@example.com)"
    assert not path.with_suffix(".new").exists()


async def test_an_answer_that_is_none(server: OddServer) -> None:
    """A refusal may pass; a list that is too short or no list is not believed."""
    url = f"{server.url}/list.json"
    with pytest.raises(Unreachable, match="answered 404"):
        await ask(server)
    server.answers["/list.json"] = say(LIST)
    with pytest.raises(Unreadable) as short:
        await ask(server, at_least=5_000)

    assert short.value.message == (
        f"{url} names 3 listings, fewer than the 5000 that are believable"
    )


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"fields": ["cik"]}', b'{"fields": 1, "data": []}']
)
def test_a_body_that_is_no_list(body: bytes) -> None:
    """Named as what it should be."""
    with pytest.raises(Unreadable, match="is not the SEC's list of companies"):
        read(body, "https://list.example")


def test_the_sec_wants_a_contact(tmp_path: Path) -> None:
    """Without one nothing is fetched, and the setting is named."""
    config = tmp_path / "config.toml"
    config.write_text("")
    done = CliRunner().invoke(main, ["universe", "refresh", "--config", str(config)])

    assert done.exit_code == 1
    assert "feeds.contact is empty; write an address or URL there" in done.output
