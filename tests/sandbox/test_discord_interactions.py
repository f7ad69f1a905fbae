"""Slash commands, buttons and modals through the real discord.py."""

from __future__ import annotations

import asyncio
import re
from typing import Any, Self

import discord
import pytest
from discord import app_commands, ui

from bot.sandbox.discord import ORDINARY, DiscordServer, Permission
from tests.sandbox.discord_client import NOON, Client, ask, floor, running

Interaction = discord.Interaction[Client]


class Mute(ui.DynamicItem[ui.Button[Any]], template=r"desk:1:mute:(?P<ticker>[A-Z.]+)"):
    """A button whose whole state is in its custom id."""

    def __init__(self, ticker: str) -> None:
        custom_id = f"desk:1:mute:{ticker}"
        super().__init__(ui.Button(label="Mute", custom_id=custom_id))
        self.ticker = ticker

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: re.Match[str], /) -> Self:
        return cls(match["ticker"])

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.edit_message(content=f"muted {self.ticker}")


class Level(ui.Modal, title="Level"):
    level: ui.TextInput[Any] = ui.TextInput(label="Percent", custom_id="level")

    async def on_submit(self, interaction: discord.Interaction[Any], /) -> None:
        await interaction.response.send_message(f"level {self.level.value}", ephemeral=True)


def face(client: Client) -> None:
    """A command of each kind of answer."""
    tree = client.tree
    client.add_dynamic_items(Mute)

    @tree.command(description="Answer at once")
    async def brief(interaction: Interaction, ticker: app_commands.Range[str, 1, 12]) -> None:
        view = ui.View(timeout=None)
        view.add_item(Mute(ticker))
        await interaction.response.send_message(f"brief {ticker}", view=view)

    @tree.command(description="Think first")
    async def slow(interaction: Interaction, hidden: bool = False) -> None:
        await interaction.response.defer(thinking=True, ephemeral=hidden)
        await interaction.edit_original_response(content="thought")
        await interaction.followup.send("and more", ephemeral=True)

    @tree.command(description="Think, then follow up")
    async def followed(interaction: Interaction) -> None:
        await interaction.response.defer(ephemeral=True)
        await interaction.followup.send("first")
        await interaction.followup.send("second")

    @tree.command(description="Say nothing")
    async def silent(interaction: Interaction) -> None:
        await asyncio.sleep(0)

    @tree.command(description="Ask back")
    async def ask_back(interaction: Interaction) -> None:
        await interaction.response.send_modal(Level())

    @tree.command(description="Say and take back")
    async def regret(interaction: Interaction) -> None:
        await interaction.response.send_message("wrong")
        await interaction.delete_original_response()

    alert = app_commands.Group(
        name="alert",
        description="Thresholds",
        default_permissions=discord.Permissions(manage_guild=True),
    )

    @alert.command(name="set", description="Set a threshold")
    async def set_alert(
        interaction: Interaction,
        ticker: str,
        percent: app_commands.Range[float, 0.5, 50.0] = 5.0,
        channel: discord.TextChannel | None = None,
    ) -> None:
        where = channel.name if channel else "here"
        await interaction.response.send_message(f"{ticker} {percent:g} {where}")

    @set_alert.autocomplete("ticker")
    async def offer(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        tickers = ["BABA", "BIDU", "JD"]
        starting = [each for each in tickers if each.startswith(typed)]
        return [app_commands.Choice(name=each, value=each) for each in starting]

    tree.add_command(alert)


async def test_a_command_is_answered_at_once() -> None:
    """The callback's body, the message it made and the time it took are in the reply."""
    async with floor(face) as on:
        reply = await on.server.command("brief", {"ticker": "BABA"}, channel=on.channel)

    assert reply.response is not None and reply.response["type"] == 4
    assert reply.text == "brief BABA"
    assert reply.latency is not None and 0 < reply.latency < 3
    assert not reply.late


async def test_a_sub_command_with_a_channel() -> None:
    """Names of several words find their way down the tree; a channel is resolved."""
    async with floor(face) as on:
        options = {"ticker": "BABA", "percent": 7.5, "channel": on.channel}
        reply = await on.server.command("alert set", options, channel=on.channel)

    assert reply.text == "BABA 7.5 desk"


async def test_choices_while_typing() -> None:
    """Autocomplete gives what the bot offers for the text so far."""
    async with floor(face) as on:
        choices = await on.server.autocomplete(
            "alert set", {"ticker": "B"}, "ticker", channel=on.channel
        )

    assert [each["value"] for each in choices] == ["BABA", "BIDU"]


async def test_a_deferred_reply_is_its_first_edit() -> None:
    """The placeholder leaves no trace; a follow-up after the edit is a message of its own."""
    async with floor(face) as on:
        reply = await on.server.command("slow", channel=on.channel)
        await on.server.wait_for(lambda each: each["content"] == "and more")
        [record] = on.server.export()["messages"]

    assert reply.response is not None and reply.response["type"] == 5
    assert reply.text == "thought"
    assert [each["content"] for each in reply.followups] == ["and more"]
    assert (record["content"], record["edits"], record["edited_at"]) == ("thought", [], None)


async def test_the_first_follow_up_fills_a_deferred_reply() -> None:
    """As at Discord: the first becomes the reply, ephemeral as the deferral was."""
    async with floor(face) as on:
        reply = await on.server.command("followed", channel=on.channel)
        await on.server.wait_for(lambda each: each["content"] == "second")

    assert reply.text == "first"
    assert reply.message is not None and reply.message["flags"] == 64
    assert on.server.export()["messages"][0]["content"] == "second"


async def test_an_ephemeral_reply_is_not_in_the_channel() -> None:
    """Neither history nor the export shows it, and it cannot be fetched by its id."""
    async with floor(face) as on:
        reply = await on.server.command("slow", {"hidden": True}, channel=on.channel)
        history = [each async for each in on.text.history()]
        assert reply.message is not None
        status, _, body = await ask(
            on.server, "GET", f"/channels/{on.channel.id}/messages/{reply.message['id']}"
        )

    assert reply.text == "thought"
    assert (status, body["code"]) == (404, 10008)
    assert history == []
    assert on.server.export()["messages"] == []


async def test_a_button_survives_a_restart() -> None:
    """A new client answers the button of an old message from its custom id alone."""
    async with floor(face) as on:
        reply = await on.server.command("brief", {"ticker": "BABA"}, channel=on.channel)
        assert reply.message is not None
        message_id = reply.message["id"]
        await on.client.close()
        async with running(Client(face), on.server):
            pressed = await on.server.press(message_id, "desk:1:mute:BABA")

    assert pressed.response is not None and pressed.response["type"] == 7
    assert pressed.text == "muted BABA"
    [record] = on.server.export()["messages"]
    assert [each["content"] for each in record["edits"]] == ["brief BABA"]


async def test_a_button_that_is_not_there_cannot_be_pressed() -> None:
    """The stand-in does not press what no person could."""
    async with floor(face) as on:
        reply = await on.server.command("brief", {"ticker": "BABA"}, channel=on.channel)
        assert reply.message is not None

        with pytest.raises(ValueError, match="no button desk:1:mute:JD"):
            await on.server.press(reply.message["id"], "desk:1:mute:JD")


async def test_a_modal_is_filled_in_and_sent() -> None:
    """Type 9 opens a modal; its submission is an interaction of its own."""
    async with floor(face) as on:
        asked = await on.server.command("ask_back", channel=on.channel)
        reply = await on.server.submit(asked, {"level": "7"})

    assert asked.response is not None and asked.response["type"] == 9
    assert reply.text == "level 7"


async def test_a_reply_may_be_taken_back() -> None:
    """DELETE @original removes the message."""
    async with floor(face) as on:
        with on.server.events() as events:
            reply = await on.server.command("regret", channel=on.channel)
            kinds = [(await anext(events)).kind, (await anext(events)).kind]

    assert kinds == ["create", "delete"]
    assert reply.message is None


async def test_silence_is_late() -> None:
    """Nobody answers: the reply says so when the time is over."""
    async with floor(face) as on:
        reply = await on.server.command("silent", channel=on.channel, timeout=0.05)

    assert reply.late
    assert (reply.response, reply.latency, reply.message) == (None, None, None)


async def test_after_three_seconds_an_interaction_is_unknown() -> None:
    """A callback that comes too late is answered 10062, on the real clock."""
    server = DiscordServer(now=lambda: NOON)
    codes: list[int] = []

    def late(client: Client) -> None:
        @client.tree.command(description="Too late")
        async def sleepy(interaction: Interaction) -> None:
            server.clock = lambda: started + 3.01
            try:
                await interaction.response.send_message("here")
            except discord.NotFound as error:
                codes.append(error.code)

    async with floor(late, server=server) as on:
        started = server.clock()
        server.clock = lambda: started
        reply = await server.command("sleepy", channel=on.channel)

    assert codes == [10062]
    assert reply.late and server.messages() == []


async def test_a_second_callback_is_refused() -> None:
    """40060 after the first answer, 10015 for a follow-up before it, 50027 for no such token."""
    server = DiscordServer(now=lambda: NOON)
    answers: list[tuple[int, int]] = []
    done = asyncio.Event()

    def raw(client: Client) -> None:
        @client.tree.command(description="Answer by hand")
        async def twice(interaction: Interaction) -> None:
            callback = f"/interactions/{interaction.id}/{interaction.token}/callback"
            webhook = f"/webhooks/{interaction.application_id}/{interaction.token}"
            for path, body in (
                (webhook, {"content": "early"}),
                (callback, {"type": 8, "data": {"choices": []}}),
                (callback, {"type": 4, "data": {"content": "one"}}),
                (callback, {"type": 4, "data": {"content": "two"}}),
                (webhook + "x", {"content": "whose"}),
            ):
                status, _, answer = await ask(server, "POST", path, json=body)
                answers.append((status, answer["code"] if answer else 0))
            done.set()

    async with floor(raw, server=server) as on:
        reply = await server.command("twice", channel=on.channel)
        await asyncio.wait_for(done.wait(), 5)

    expected = [(404, 10015), (400, 50035), (204, 0), (400, 40060), (401, 50027)]
    assert answers == expected
    assert reply.text == "one"


async def test_a_command_during_a_reconnect_is_answered() -> None:
    """An interaction that fell into a gap is replayed on resume."""
    async with floor(face) as on:
        on.server.gateway.abort()
        reply = await on.server.command("brief", {"ticker": "BABA"}, channel=on.channel)

        assert on.server.gateway.resumed == 1
        assert reply.text == "brief BABA"


async def test_a_layout_is_shown_numbered_and_pressed() -> None:
    """Components get ids, text displays are the reply's words, nested buttons can be pressed."""
    pressed: list[str] = []

    def panel(client: Client) -> None:
        @client.tree.command(description="Settings")
        async def settings(interaction: Interaction) -> None:
            view = ui.LayoutView(timeout=None)
            row: ui.ActionRow[Any] = ui.ActionRow(ui.Button(label="Close", custom_id="close"))
            view.add_item(ui.Container(ui.TextDisplay("### Settings"), row, id=1))
            await interaction.response.send_message(view=view)

        @client.listen()
        async def on_interaction(interaction: Interaction) -> None:
            if interaction.type is discord.InteractionType.component:
                pressed.append(str(interaction.data and interaction.data["id"]))  # type: ignore[typeddict-item]
                await interaction.response.defer()

    async with floor(panel) as on:
        reply = await on.server.command("settings", channel=on.channel)
        assert reply.message is not None
        await on.server.press(reply.message["id"], "close", timeout=0.1)
        [box] = reply.message["components"]

    assert reply.text == "### Settings"
    assert [box["id"], *(each["id"] for each in box["components"])] == [1, 2, 3]
    assert pressed == ["4"]


async def test_permissions_of_the_person_are_told() -> None:
    """Commands behind Manage Server are not seen by a plain member, and the bot is told who."""
    seen: list[tuple[str, bool]] = []

    def curious(client: Client) -> None:
        face(client)

        @client.tree.command(description="Who am I")
        async def me(interaction: Interaction) -> None:
            seen.append((interaction.user.name, interaction.permissions.manage_guild))
            await interaction.response.send_message("ok", ephemeral=True)

    async with floor(curious) as on:
        ada = on.guild.add_member("ada")
        chief = on.guild.add_member("chief", permissions=ORDINARY | Permission.MANAGE_GUILD)
        for person in (ada, chief, None):
            await on.server.command("me", channel=on.channel, user=person)
        allowed = await on.server.command(
            "alert set", {"ticker": "JD"}, channel=on.channel, user=chief
        )

        with pytest.raises(PermissionError, match="ada does not see /alert"):
            await on.server.command("alert set", {"ticker": "JD"}, channel=on.channel, user=ada)

    assert seen == [("ada", False), ("chief", True), ("operator", True)]
    assert allowed.text == "JD 5 here"


@pytest.mark.parametrize(
    ("name", "options", "problem"),
    [
        ("nothing", {}, "no command /nothing"),
        ("alert", {}, "has sub-commands"),
        ("alert drop", {}, "no sub-command drop"),
        ("alert set", {}, "needs ticker"),
        ("alert set", {"ticker": "JD", "colour": "red"}, "no option colour"),
        ("alert set", {"ticker": "JD", "percent": 99.0}, "between 0.5 and 50"),
        ("alert set", {"ticker": "JD", "percent": "5"}, "another type"),
        ("brief", {"ticker": "X" * 13}, "between 1 and 12"),
    ],
)
async def test_what_no_client_would_send_is_an_error(
    name: str, options: dict[str, Any], problem: str
) -> None:
    """A test that types what Discord's clients refuse is told so."""
    async with floor(face) as on:
        with pytest.raises((ValueError, LookupError), match=problem):
            await on.server.command(name, options, channel=on.channel)
