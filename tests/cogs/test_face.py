from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from discord import app_commands

from bot.cogs.face import Face, fingerprint
from bot.delivery.client import DeskClient
from bot.sandbox.discord import Channel, DiscordServer
from bot.services.thresholds import Defaults
from tests.cogs.conftest import Memory
from tests.cogs.fakes import Desk
from tests.delivery.rig import logged_in

SUB_COMMAND = 1


async def test_commands_are_synced_only_when_they_changed(
    server: DiscordServer, desk: Desk
) -> None:
    """Discord allows 200 new commands a day, and a desk may restart more often."""
    memory = Memory()
    for least, sent in ((3, True), (3, False), (4, True)):
        async with logged_in(server) as client:
            desk.subscriptions.defaults = Defaults(at_least=Decimal(least))
            face = Face(client, desk.services)
            await face.open()
            assert sent == await face.sync(memory.remembered, memory.remember)

    assert server.commands.syncs == 2


async def test_another_application_is_synced(server: DiscordServer, desk: Desk) -> None:
    """With another token the same commands are new."""
    async with logged_in(server) as client:
        await Face(client, desk.services).open()
        one = fingerprint(client)
        client._connection.application_id = 7

        assert one != fingerprint(client)


async def test_a_refused_sync_is_tried_again_next_time(server: DiscordServer, desk: Desk) -> None:
    """The desk runs on with the commands that Discord knows."""
    memory = Memory()
    server.faults.error(30034, 400, method="PUT")
    async with logged_in(server) as client:
        face = Face(client, desk.services)
        await face.open()

        assert not await face.sync(memory.remembered, memory.remember)
        assert memory.value is None
        assert await face.sync(memory.remembered, memory.remember)


async def test_ready_again_starts_nothing(
    server: DiscordServer, client: DeskClient, channel: Channel
) -> None:
    """After a lost session Discord says ready once more; nothing is sent because of it."""
    before = server.requests

    client.dispatch("ready")
    reply = await server.command("desk help", channel=channel)

    assert not reply.late
    assert server.requests - before == 1, "the answer alone"


@pytest.fixture
async def forms(server: DiscordServer, desk: Desk) -> list[dict[str, Any]]:
    """The commands as they are sent to Discord."""
    async with logged_in(server) as client:
        await Face(client, desk.services).open()
        return [command.to_dict(client.tree) for command in client.tree.get_commands()]


def walk(forms: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for form in forms:
        yield form
        yield from walk(form.get("options", []))


def test_every_word_of_the_tree_fits(forms: list[dict[str, Any]]) -> None:
    """Names are lower-case words, descriptions are there and short, 8,000 characters in all."""
    for node in walk(forms):
        assert re.fullmatch(r"[a-z]{1,32}", node["name"]), node
        assert 1 <= len(node["description"]) <= 100, node
        assert node["description"] != "…", node
        assert len(node.get("options", [])) <= 25, node
    for form in forms:
        nodes = list(walk([form]))
        assert sum(len(n["name"]) + len(n["description"]) for n in nodes) <= 8000


def test_no_two_commands_share_a_name(forms: list[dict[str, Any]]) -> None:
    """Nor two options of one command; and the tree is the one that the README shows."""
    paths = []
    for form in forms:
        below = [o["name"] for o in form.get("options", []) if o["type"] == SUB_COMMAND]
        paths += [f"{form['name']} {name}" for name in below] or [form["name"]]

    assert sorted(paths) == [
        "alert list",
        "alert remove",
        "alert set",
        "brief",
        "desk correct",
        "desk help",
        "subscribe",
        "unsubscribe",
    ]
    for node in walk(forms):
        names = [option["name"] for option in node.get("options", [])]
        assert len(names) == len(set(names))


def test_required_options_come_first(forms: list[dict[str, Any]]) -> None:
    """Discord refuses them in any other order."""
    for node in walk(forms):
        needed = [option.get("required", False) for option in node.get("options", [])]
        assert sorted(needed, reverse=True) == needed


def test_settings_are_for_managers_in_servers(forms: list[dict[str, Any]]) -> None:
    """
    Manage Server, in a server; thresholds also for oneself, in direct messages; asking is for
    everybody, everywhere.
    """
    manage_server = 1 << 5
    settings = {form["name"]: form for form in forms if form["name"] not in ("brief", "desk")}
    asking = [form for form in forms if form["name"] in ("brief", "desk")]

    assert set(settings) == {"subscribe", "unsubscribe", "alert"}
    for form in settings.values():
        assert manage_server == form["default_member_permissions"]
        contexts = [0, 1] if form["name"] == "alert" else [0]
        assert (form["contexts"], form["integration_types"]) == (contexts, [0])
    for form in asking:
        assert form["default_member_permissions"] is None
        assert (form["contexts"], form["integration_types"]) == ([0, 1, 2], [0, 1])


def test_the_default_threshold_is_shown_as_a_number(forms: list[dict[str, Any]]) -> None:
    """Where the command is chosen, not only in the help."""
    (subscribe,) = (form for form in forms if form["name"] == "subscribe")

    assert "usual daily move, at least 3%" in subscribe["description"]


def test_every_ticker_option_offers_choices(forms: list[dict[str, Any]]) -> None:
    """From memory, as people type."""
    for node in walk(forms):
        if node["name"] in ("ticker", "tickers"):
            assert node["autocomplete"] is True


async def test_every_command_explains_its_options(server: DiscordServer, desk: Desk) -> None:
    """No option is left with discord.py's placeholder for a description."""
    async with logged_in(server) as client:
        await Face(client, desk.services).open()
        for command in client.tree.walk_commands():
            if isinstance(command, app_commands.Command):
                for parameter in command.parameters:
                    assert len(str(parameter.description)) > 3, command.qualified_name
