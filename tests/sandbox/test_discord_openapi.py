"""Requests the stand-in takes are requests that Discord's own OpenAPI document takes."""

from __future__ import annotations

import io
import json
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import discord
import pytest
from discord import app_commands, ui
from jsonschema import Draft202012Validator

from bot.sandbox.discord import DiscordServer
from bot.sandbox.discord.validate import check_create
from bot.sandbox.discord.validate_commands import check_commands
from bot.sandbox.discord.wire import Refused
from tests.sandbox.discord_client import NOON, Client, floor
from tests.sandbox.test_discord_commands import RULES as command_rules
from tests.sandbox.test_discord_validate import RULES as message_rules

DOCUMENT = Path(__file__).parents[3] / "shared" / "data" / "discord-openapi.json"

pytestmark = pytest.mark.skipif(not DOCUMENT.exists(), reason="Discord's document is not here")

Json = dict[str, Any]

ODD: list[Any] = [None, -1, 1.5, True, "", "5", "x", [], {}, [1], {"a": 1}, 1 << 70, "x" * 5000]
MESSAGES = [allowed for _, allowed, _, _ in message_rules]
# a string of digits is how discord.py's peers write permissions; the document knows numbers only
COMMANDS = [allowed for rule, allowed, _, _ in command_rules if rule != "permissions"]


@cache
def document() -> Json:
    loose: Json = _with_loose_ids(json.loads(DOCUMENT.read_text()))
    return loose


def _with_loose_ids(value: Any) -> Any:
    """Discord takes ids as numbers and as strings; its document knows strings only."""
    if isinstance(value, list):
        return [_with_loose_ids(each) for each in value]
    if not isinstance(value, dict):
        return value
    loose = {key: _with_loose_ids(each) for key, each in value.items()}
    if loose.get("title") == "SnowflakeType" or loose.get("format") == "snowflake":
        return {"type": ["string", "integer"]}
    return loose


@cache
def operations() -> list[tuple[re.Pattern[str], Json]]:
    templates = sorted(document()["paths"].items(), key=lambda item: item[0].count("{"))
    return [
        (re.compile(re.sub(r"\{\w+\}", "[^/]+", template)), operation)
        for template, operation in templates
    ]


def problems(line: Json) -> Iterator[str]:
    """What the document has against one line of the log."""
    path = line["path"].removeprefix("/api/v10")
    for pattern, operation in operations():
        if pattern.fullmatch(path) and line["method"].lower() in operation:
            schema = _schema(operation[line["method"].lower()])
            body = line["multipart"]["payload_json"] if "multipart" in line else line["json"]
            if schema is None or body is None:
                return
            whole = schema | {"components": document()["components"]}
            for error in Draft202012Validator(whole).iter_errors(body):
                yield f"{path}: {error.message}"
            return
    yield f"no operation {line['method']} {path}"


def _schema(operation: Json) -> Json | None:
    content = operation.get("requestBody", {}).get("content", {})
    schema: Json | None = content.get("application/json", {}).get("schema")
    return schema


def face(client: Client) -> None:
    """Commands with every kind of answer."""

    @client.tree.command(description="A brief")
    @app_commands.describe(ticker="Which one")
    async def brief(
        interaction: discord.Interaction[Any], ticker: app_commands.Range[str, 1, 12]
    ) -> None:
        await interaction.response.defer(thinking=True)
        file = discord.File(io.BytesIO(b"x"), "chart.png")
        await interaction.edit_original_response(content=ticker, attachments=[file])
        await interaction.followup.send("more", ephemeral=True)

    @brief.autocomplete("ticker")
    async def offer(
        interaction: discord.Interaction[Any], typed: str
    ) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name="Alibaba (BABA)", value="BABA")]


def panel() -> ui.LayoutView:
    view = ui.LayoutView(timeout=None)
    source: ui.Button[Any] = ui.Button(label="Source", url="https://example.com/a")
    view.add_item(
        ui.Container(
            ui.TextDisplay("### Settings"),
            ui.Separator(),
            ui.Section(ui.TextDisplay("BABA 5%"), accessory=source),
            ui.MediaGallery(discord.MediaGalleryItem("attachment://chart.png")),
            accent_colour=0xAA2222,
        )
    )
    return view


async def test_what_was_taken_is_valid(tmp_path: Path) -> None:
    """A session with messages, edits, files, commands and layouts, against the document."""
    log = tmp_path / "requests.jsonl"
    async with floor(face, server=DiscordServer(now=lambda: NOON, log=log)) as on:
        chart = discord.Embed(title="BABA", colour=0x228844, timestamp=NOON)
        chart.set_image(url="attachment://chart.png").add_field(name="Last", value="$165.68")
        buttons = ui.View(timeout=None)
        buttons.add_item(ui.Button(label="Mute", custom_id="desk:1:mute:BABA"))
        file = discord.File(io.BytesIO(b"x"), "chart.png")
        sent = await on.text.send("BABA", embed=chart, file=file, view=buttons, nonce="n1")
        await on.text.send("rung", reference=sent)
        await sent.edit(content="BABA again", attachments=sent.attachments)
        layout = discord.File(io.BytesIO(b"x"), "chart.png")
        await on.text.send(view=panel(), file=layout)
        await on.server.command("brief", {"ticker": "BABA"}, channel=on.channel)
        await on.server.autocomplete("brief", {"ticker": "B"}, "ticker", channel=on.channel)
        await on.server.wait_for(lambda each: each["content"] == "more")
        on.client.tree.copy_global_to(guild=discord.Object(int(on.guild.id)))
        await on.client.tree.sync(guild=discord.Object(int(on.guild.id)))
        await sent.delete()
    lines = [json.loads(line) for line in log.read_text().splitlines()]

    assert [each for line in lines for each in problems(line)] == []
    assert {line["status"] for line in lines} <= {200, 204}
    assert len(lines) >= 14


def test_what_the_document_refuses_is_refused() -> None:
    """Spoiled bodies: none makes the stand-in stumble, none passes that the document refuses."""
    dice = random.Random(20260112)
    passed = []
    for _ in range(300):
        payload = spoiled(dice.choice(MESSAGES), dice)
        with suppress(Refused):
            check_create(payload, [])
            passed.append(("POST", "/api/v10/channels/1/messages", payload))
        commands = spoiled(dice.choice(COMMANDS), dice)
        with suppress(Refused):
            check_commands(commands)
            passed.append(("PUT", "/api/v10/applications/1/commands", commands))

    assert 20 < len(passed) < 300
    for method, path, body in passed:
        assert list(problems({"method": method, "path": path, "json": body})) == [], body


def spoiled(body: Any, dice: random.Random) -> Any:
    """The body with one value replaced, removed or repeated."""
    body = deepcopy(body)
    place, key = dice.choice(list(_places(body)))
    change = dice.choice(["replace", "remove", "repeat"])
    if change == "remove":
        del place[key]
    elif change == "repeat" and isinstance(place, list):
        place.extend(deepcopy(place) * 6)
    else:
        place[key] = deepcopy(dice.choice(ODD))
    return body


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    keys: Any = range(len(value)) if isinstance(value, list) else value
    for key in keys:
        yield value, key
        if isinstance(value[key], dict | list):
            yield from _places(value[key])


def test_the_check_would_notice() -> None:
    """A body that the document does not know is a problem."""
    path = "/api/v10/channels/1/messages"
    line = {"method": "POST", "path": path, "json": {"content": 5}}

    assert list(problems(line))
    assert list(problems({**line, "path": "/api/v10/nowhere"}))
