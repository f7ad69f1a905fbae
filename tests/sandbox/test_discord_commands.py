"""Which slash commands Discord takes, and what a sync leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.discord import DiscordServer
from bot.sandbox.discord.validate_commands import check_commands
from bot.sandbox.discord.wire import Refused
from tests.sandbox.discord_client import NOON, ask, serving
from tests.sandbox.test_discord_validate import mistakes

Json = dict[str, Any]


def command(**changed: Any) -> Json:
    return {"name": "brief", "description": "A brief"} | changed


def option(**changed: Any) -> Json:
    return {"type": 3, "name": "ticker", "description": "Which"} | changed


def sub(**changed: Any) -> Json:
    return {"type": 1, "name": "set", "description": "Set"} | changed


def options(*given: Json) -> Json:
    return command(options=list(given))


def numbered(count: int, **changed: Any) -> list[Json]:
    return [option(name=f"o{n}", **changed) for n in range(count)]


def choices(count: int) -> list[Json]:
    return [{"name": f"c{n}", "value": f"v{n}"} for n in range(count)]


LENGTH, LONG = "BASE_TYPE_BAD_LENGTH", "BASE_TYPE_MAX_LENGTH"
NAME = "APPLICATION_COMMAND_INVALID_NAME"
TYPE = "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID"
WORDY = [{"name": f"c{n}", "value": str(n) + "v" * 90} for n in range(25)]
BULKY = [option(name=f"o{n}", choices=WORDY) for n in range(4)]

# fmt: off
RULES: list[tuple[str, list[Json], list[Json], str]] = [
    ("name", [command(name="b" * 32)], [command(name="b" * 33)], f"0.name: {NAME}"),
    ("lower case", [command(name="brief-1")], [command(name="Brief")], f"0.name: {NAME}"),
    ("no spaces", [command(name="brief_1")], [command(name="a b")], f"0.name: {NAME}"),
    ("description", [command(description="x" * 100)], [command(description="x" * 101)],
     f"0.description: {LENGTH}"),
    ("description needed", [command()], [command(description="")],
     "0.description: BASE_TYPE_REQUIRED"),
    ("unique", [command(), command(name="why")], [command(), command()],
     "1: APPLICATION_COMMANDS_DUPLICATE_NAME"),
    ("options", [options(*numbered(25))], [options(*numbered(26))], f"0.options: {LONG}"),
    ("option name", [options(option())], [options(option(name="Ticker"))],
     f"0.options.0.name: {NAME}"),
    ("option names", [options(option(), option(name="level"))], [options(option(), option())],
     "0.options.1.name: APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS"),
    ("required first", [options(option(required=True), option(name="level"))],
     [options(option(), option(name="level", required=True))],
     "0.options.1: APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID"),
    ("option type", [options(option(type=10))], [options(option(type=12))],
     "0.options.0.type: BASE_TYPE_CHOICES"),
    ("choices", [options(option(choices=choices(25)))], [options(option(choices=choices(26)))],
     f"0.options.0.choices: {LONG}"),
    ("choice value", [options(option(type=10, choices=[{"name": "a", "value": 1.5}]))],
     [options(option(choices=[{"name": "a", "value": 1.5}]))],
     "0.options.0.choices.0.value: APPLICATION_COMMAND_OPTIONS_CHOICE_VALUE_INVALID"),
    ("choice names", [options(option(choices=choices(2)))],
     [options(option(choices=choices(1) * 2))],
     "0.options.0.choices.1.name: APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_EXISTS"),
    ("choices or autocomplete", [options(option(autocomplete=True))],
     [options(option(autocomplete=True, choices=choices(1)))],
     "0.options.0.autocomplete: APPLICATION_COMMAND_AUTOCOMPLETE_CHOICES"),
    ("autocomplete of words and numbers", [options(option(type=4, autocomplete=True))],
     [options(option(type=7, autocomplete=True))],
     "0.options.0.autocomplete: APPLICATION_COMMAND_OPTIONS_CHOICES_INVALID"),
    ("bounds of numbers", [options(option(type=4, min_value=1))], [options(option(min_value=1))],
     "0.options.0.min_value: APPLICATION_COMMAND_OPTIONS_BOUND_INVALID"),
    ("length", [options(option(min_length=1, max_length=6000))],
     [options(option(max_length=6001))], "0.options.0.max_length: NUMBER_TYPE_MAX"),
    ("bounds in order", [options(option(type=10, min_value=1, max_value=2))],
     [options(option(type=10, min_value=2, max_value=1))],
     "0.options.0.max_value: NUMBER_TYPE_MIN"),
    ("sub-commands alone", [options(sub())], [options(sub(), option())], f"0.options: {TYPE}"),
    ("nesting", [options(sub(type=2, name="group", options=[sub()]))],
     [options(sub(options=[sub(name="deeper")]))], f"0.options.0.options.0.type: {TYPE}"),
    ("permissions", [command(default_member_permissions="32")],
     [command(default_member_permissions="manage")],
     "0.default_member_permissions: NUMBER_TYPE_COERCE"),
    ("8,000 characters", [options(*BULKY[:3])], [options(*BULKY)],
     "0: APPLICATION_COMMAND_TOO_LARGE"),
    ("context menu", [command(type=3, name="Explain this", description="")],
     [command(type=3, name="x" * 33)], f"0.name: {LENGTH}"),
]
# fmt: on


@pytest.mark.parametrize(("rule", "allowed", "beyond", "mistake"), RULES, ids=[r[0] for r in RULES])
def test_a_command_within_the_rules_passes(
    rule: str, allowed: list[Json], beyond: list[Json], mistake: str
) -> None:
    """The most that is allowed passes; one step further is refused where it is wrong."""
    check_commands(allowed)
    with pytest.raises(Refused) as refused:
        check_commands(beyond)

    assert mistake in list(mistakes(refused.value.body["errors"]))


def test_a_hundred_commands_are_the_most() -> None:
    """One more answers 30032."""
    check_commands([command(name=f"c{n}") for n in range(100)])
    with pytest.raises(Refused) as refused:
        check_commands([command(name=f"c{n}") for n in range(101)])

    assert refused.value.body["code"] == 30032


async def test_a_sync_replaces_the_list_and_keeps_ids() -> None:
    """PUT overwrites: known commands keep their id, what is not listed is gone."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        path = f"/applications/{server.world.bot.id}/commands"
        _, _, first = await ask(server, "PUT", path, json=[command(), command(name="why")])
        _, _, second = await ask(server, "PUT", path, json=[command(description="Better")])
        _, _, read = await ask(server, "GET", path)

    assert [each["name"] for each in first] == ["brief", "why"]
    assert second == read
    assert (second[0]["id"], second[0]["description"]) == (first[0]["id"], "Better")
    assert second[0]["version"] != first[0]["version"]
    assert server.commands.syncs == 2


async def test_commands_of_a_guild_come_before_global_ones() -> None:
    """A guild sees its own command of a name; another guild the global one."""
    server = DiscordServer(now=lambda: NOON)
    guild, other = server.add_guild("Floor"), server.add_guild("Other")
    async with serving(server):
        path = f"/applications/{server.world.bot.id}"
        await ask(server, "PUT", f"{path}/commands", json=[command()])
        local = [command(description="Local")]
        await ask(server, "PUT", f"{path}/guilds/{guild.id}/commands", json=local)
        status, _, body = await ask(server, "PUT", f"{path}/guilds/5/commands", json=local)

    assert server.commands.find("brief", guild)["description"] == "Local"
    assert server.commands.find("brief", other)["description"] == "A brief"
    assert (status, body["code"]) == (403, 50001)


async def test_two_hundred_new_commands_a_day() -> None:
    """Creating more answers 30034; syncing what is known already does not count."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        path = f"/applications/{server.world.bot.id}/commands"
        same = [command(name=f"c{n}") for n in range(99)]
        for _ in range(3):
            status, _, _ = await ask(server, "PUT", path, json=same)
        others = [command(name=f"d{n}") for n in range(99)]
        renewed, _, _ = await ask(server, "PUT", path, json=others)
        refused, _, body = await ask(server, "PUT", path, json=same)

    assert (status, renewed, refused, body["code"]) == (200, 200, 400, 30034)
