from __future__ import annotations

from typing import Any

import pytest

from bot.cogs import completion
from bot.errors import UserError
from bot.model.market import InstrumentKind
from bot.sandbox.discord import ORDINARY, Channel, DiscordServer, Guild, User
from tests.builders import instrument
from tests.cogs.fakes import Desk, FakeDirectory


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


def test_what_could_be_two_things_is_spelled_out() -> None:
    """A fund with a coin's ticker goes by its name, in a list with a comma behind it."""
    directory = FakeDirectory()
    fund = instrument("BTC", name="Bitcoin Mini Trust", kind=InstrumentKind.ETF)
    directory.companies = (fund, instrument("BABA"))
    (one,) = completion.tickers(directory, "btc")
    (alone,) = completion.ticker_list(directory, "btc")
    (second,) = completion.ticker_list(directory, "BABA, btc")

    assert ("BTC — Bitcoin Mini Trust, NYSE", "Bitcoin Mini Trust") == (one.name, one.value)
    assert "Bitcoin Mini Trust," == alone.value
    assert "BABA, Bitcoin Mini Trust" == second.value


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


def labels(choices: completion.Choices) -> list[str]:
    return [choice.name for choice in choices]


@pytest.mark.usefixtures("client")
async def test_a_threshold_is_said_back_while_it_is_typed(
    server: DiscordServer, channel: Channel
) -> None:
    """Over the wire: what is typed with what it means, then examples that go on from it."""
    for command, options in (
        ("subscribe", {"tickers": "BABA"}),
        ("alert set", {"ticker": "BABA"}),
    ):
        options["move"] = "3% in"
        choices = await server.autocomplete(command, options, "move", channel=channel)
        assert choices == [{"name": "3% in 1h – ±3% within 1 hour", "value": "3% in 1h"}]

        options["move"] = "3% in 2 days"
        choices = await server.autocomplete(command, options, "move", channel=channel)
        assert choices == [{"name": "3% in 2 days – ±3% within 2 days", "value": "3% in 2 days"}]


def test_nothing_typed_offers_every_kind(desk: Desk) -> None:
    """The default comes first, in words; then an example of each kind."""
    found = labels(completion.moves(desk.subscriptions, ""))

    assert found[:2] == [
        "default – three times its usual daily move, at least 3%",
        "5% – ±5%",
    ]
    assert "52-week low – a new 52-week low" in found
    assert len(found) == 1 + len(completion.EXAMPLES)


def test_what_cannot_be_read_offers_nothing(desk: Desk) -> None:
    """The answer to the command says why."""
    assert [] == completion.moves(desk.subscriptions, "lots and lots")


@pytest.mark.usefixtures("client")
async def test_what_is_watched_is_offered_for_removal(
    server: DiscordServer, channel: Channel, guild: Guild, desk: Desk
) -> None:
    """Tickers that are watched, and the thresholds of the one that was named, there."""
    other = guild.add_channel("alerts")
    for move in ("5%", "above 180"):
        await server.command("alert set", {"ticker": "BABA", "move": move}, channel=channel)
    away = {"ticker": "BABA", "move": "7%", "channel": other}
    await server.command("alert set", away, channel=channel)
    await server.command("alert set", {"ticker": "JD", "move": "4%"}, channel=channel)

    async def offered(focused: str, **options: object) -> list[str]:
        choices = await server.autocomplete("alert remove", options, focused, channel=channel)
        return [choice["value"] for choice in choices]

    assert ["BABA", "JD"] == await offered("ticker", ticker="")
    assert ["JD"] == await offered("ticker", ticker="j")
    assert ["±5%", "above 180"] == await offered("which", ticker="baba", which="")
    assert ["above 180"] == await offered("which", ticker="BABA", which="abo")
    assert ["±7%"] == await offered("which", ticker="BABA", which="", channel=other)


@pytest.mark.usefixtures("client")
async def test_nothing_is_offered_in_trouble(
    server: DiscordServer, channel: Channel, guild: Guild, desk: Desk
) -> None:
    """Nor to somebody who may not change anything."""
    await server.command("alert set", {"ticker": "BABA", "move": "5%"}, channel=channel)
    member = guild.add_member("reader", permissions=ORDINARY)
    server.commands.find("alert", None)["default_member_permissions"] = None

    async def offered(**who: User) -> list[dict[str, Any]]:
        options = {"ticker": ""}
        return await server.autocomplete("alert remove", options, "ticker", channel=channel, **who)

    assert [] == await offered(user=member)
    assert 1 == len(await offered())
    desk.mood.trouble = UserError("no")
    assert [] == await offered()
