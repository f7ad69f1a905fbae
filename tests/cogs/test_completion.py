from __future__ import annotations

import pytest

from bot.cogs import completion
from bot.sandbox.discord import Channel, DiscordServer
from tests.builders import instrument
from tests.cogs.fakes import FakeDirectory


def names(typed: str) -> list[str]:
    return [choice.name for choice in completion.ticker_list(FakeDirectory(), typed)]


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("brief", "ticker"),
        ("subscribe", "tickers"),
        ("unsubscribe", "tickers"),
        ("alert set", "ticker"),
        ("alert remove", "ticker"),
    ],
)
async def test_every_ticker_option_completes(
    server: DiscordServer, channel: Channel, command: str, option: str
) -> None:
    """Over the wire: tickers and names, with what they stand for."""
    choices = await server.autocomplete(command, {option: "ali"}, option, channel=channel)

    assert choices == [{"name": "BABA — Alibaba Group, NYSE", "value": "BABA"}]


def test_a_name_finds_its_ticker() -> None:
    """Also in the middle of it."""
    (choice,) = completion.tickers(FakeDirectory(), "hold")

    assert (choice.name, choice.value) == ("PDD — PDD Holdings, NASDAQ", "PDD")


def test_nothing_typed_offers_everything() -> None:
    """Up to Discord's 25."""
    directory = FakeDirectory()
    directory.companies = tuple(instrument(f"T{number}") for number in range(40))

    assert len(completion.tickers(directory, "")) == 25


def test_a_list_keeps_what_stands_before() -> None:
    """Only the last name is completed, and what is named already is not offered again."""
    assert names("BABA, j") == ["BABA, JD — JD.com, NASDAQ"]
    assert names("baba,pdd, ") == ["baba, pdd, JD — JD.com, NASDAQ"]
    assert names("j") == ["JD — JD.com, NASDAQ"]
    assert names("BABA, ba") == []


def test_a_choice_fits_discord() -> None:
    """100 characters for its name, and none whose value would be longer."""
    directory = FakeDirectory()
    directory.companies = (instrument("LONG", name="x" * 200),)

    (choice,) = completion.tickers(directory, "")
    assert len(choice.name) == 100
    assert choice.name.endswith("…")
    assert completion.ticker_list(directory, f"{'A' * 99}, ") == []
