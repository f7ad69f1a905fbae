"""Every request of the day is one that Discord takes: by its document, and by what that misses."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.running import DAY, ROOT, Day, bot
from tests.sandbox.test_discord_openapi import DOCUMENT, problems

Json = dict[str, Any]

WORDS = re.compile(r"\S")
COMMAND = re.compile(r"[-_\w]{1,32}")
ADDRESS = re.compile(r"https?://[^\s<>]+|attachment://\S+")
EMBED = {"title": 256, "description": 4096}
PARTS = {"author": ("name", 256), "footer": ("text", 2048)}
LIMITED = 8000
BIGGEST = 10 << 20
HIDDEN_AND_SILENT = (1 << 2) | (1 << 6) | (1 << 12) | (1 << 15)


def body_of(line: Json) -> Any:
    return line["multipart"]["payload_json"] if "multipart" in line else line.get("json")


def mistakes(line: Json) -> Iterator[str]:
    """What Discord would refuse in one line of the log, or silently not do."""
    path, body = line["path"].removeprefix("/api/v10"), body_of(line)
    yield from of_files(line)
    if path.endswith("/callback"):
        yield from of_answer(body)
    elif path.endswith("/commands") and line["method"] == "PUT":
        yield from of_commands(body)
    elif isinstance(body, dict):
        yield from of_message(body, line)
    if not 1 <= int(line["query"].get("limit", 1)) <= 100:
        yield f"limit {line['query']['limit']}"


def of_files(line: Json) -> Iterator[str]:
    files = line["multipart"]["files"] if "multipart" in line else []
    if len(files) > 10:
        yield f"{len(files)} files"
    for number, file in enumerate(files):
        if file["name"] != f"files[{number}]":
            yield f"file {number} is part {file['name']}"
        if not 0 < file["size"] <= BIGGEST:
            yield f"{file['filename']} has {file['size']} bytes"


def of_answer(body: Json) -> Iterator[str]:
    """An interaction's callback."""
    data = body.get("data") or {}
    if body["type"] not in (1, 4, 5, 6, 7, 8, 9):
        yield f"callback {body['type']}"
    if body["type"] == 8:
        if len(data["choices"]) > 25:
            yield f"{len(data['choices'])} choices"
        for choice in data["choices"]:
            yield from said("choice", choice["name"], 100)
            yield from said("value", str(choice["value"]), 100)
    if body["type"] in (4, 7):
        yield from of_message(data, {})


def of_message(body: Json, line: Json) -> Iterator[str]:
    """A message that is created or edited, by the bot or through an interaction's webhook."""
    names = [file["filename"] for file in line.get("multipart", {}).get("files", [])]
    shown = [body.get("content"), body.get("embeds"), body.get("components"), names]
    if line.get("method") == "POST" and not any(shown):
        yield "an empty message"
    if body.get("content"):
        yield from said("content", body["content"], 2000)
    if len(str(body.get("nonce", ""))) > 25:
        yield "a nonce longer than 25 characters"
    if body.get("enforce_nonce") and not body.get("nonce"):
        yield "enforce_nonce without a nonce"
    if (body.get("flags") or 0) & ~HIDDEN_AND_SILENT:
        yield f"flags {body['flags']}"
    mentions = body.get("allowed_mentions")
    if line.get("method") == "POST" and (mentions is None or mentions.get("parse")):
        yield "mentions are not switched off"
    yield from of_attachments(body, names)
    yield from of_embeds(body.get("embeds") or [])
    yield from of_components(body.get("components") or [])


def of_attachments(body: Json, names: list[str]) -> Iterator[str]:
    described = body.get("attachments") or []
    ids = [str(each["id"]) for each in described]
    if len(set(ids)) < len(ids):
        yield "two attachments of one id"
    for each in described:
        if int(each["id"]) < 10 and int(each["id"]) >= len(names):
            yield f"attachment {each['id']} has no part"
        if len(each.get("description") or "") > 1024:
            yield "a long description of an attachment"
    kept = [each["filename"] for each in described if "filename" in each]
    for address in re.findall(r"attachment://([^\"\s]+)", json.dumps(body.get("embeds") or [])):
        if address not in (*names, *kept):
            yield f"attachment://{address} names no part"


def of_embeds(embeds: list[Json]) -> Iterator[str]:
    if len(embeds) > 10:
        yield f"{len(embeds)} embeds"
    total = 0
    for embed in embeds:
        texts = [(key, embed[key], most) for key, most in EMBED.items() if key in embed]
        texts += [(k, embed[k][inner], most) for k, (inner, most) in PARTS.items() if k in embed]
        fields = embed.get("fields", [])
        texts += [("name", field["name"], 256) for field in fields]
        texts += [("value", field["value"], 1024) for field in fields]
        total += sum(len(text) for _, text, _ in texts)
        for what, text, most in texts:
            yield from said(what, text, most)
        if len(fields) > 25:
            yield f"{len(fields)} fields"
        if not 0 <= embed.get("color", 0) <= 0xFFFFFF:
            yield f"color {embed['color']}"
        for key in ("url", "image", "thumbnail"):
            value = embed.get(key)
            address = value["url"] if isinstance(value, dict) else value
            if address is not None and not ADDRESS.fullmatch(address):
                yield f"{key} {address}"
    if total > 6000:
        yield f"embeds of {total} characters"


def of_components(rows: list[Json]) -> Iterator[str]:
    buttons = [button for row in rows for button in row["components"]]
    ids = [button["custom_id"] for button in buttons if "custom_id" in button]
    if len(rows) > 5 or any(not 1 <= len(row["components"]) <= 5 for row in rows):
        yield "rows of buttons beyond 5 of 5"
    if len(set(ids)) < len(ids):
        yield "two buttons of one custom id"
    for button in buttons:
        yield from said("custom id", button.get("custom_id", "-"), 100)
        yield from said("label", button.get("label", "-"), 80)
        if ("url" in button) is not (button["style"] == 5):
            yield f"style {button['style']} and its address disagree"


def of_commands(commands: list[Json]) -> Iterator[str]:
    names = [(command.get("type", 1), command["name"]) for command in commands]
    if len(commands) > 100 or len(set(names)) < len(names):
        yield "too many commands, or two of one name"
    for command in commands:
        yield from of_options(command, depth=0)
        if (length := sum(lengths(command))) > LIMITED:
            yield f"/{command['name']} has {length} characters"


def of_options(command: Json, depth: int) -> Iterator[str]:
    """A command, a group or an option, and what is below it."""
    options = command.get("options") or []
    if not COMMAND.fullmatch(command["name"]) or command["name"] != command["name"].lower():
        yield f"the name {command['name']}"
    yield from said("description", command["description"], 100)
    required = [bool(option.get("required")) for option in options]
    if required != sorted(required, reverse=True):
        yield f"{command['name']} requires an option after one it does not"
    if len({option["name"] for option in options}) < len(options) or len(options) > 25:
        yield f"options of {command['name']}"
    if command.get("choices") and command.get("autocomplete"):
        yield f"{command['name']} has both choices and autocomplete"
    if (command.get("max_length") or 1) > 6000 or depth > 3:
        yield f"{command['name']} is too long or too deep"
    for option in options:
        yield from of_options(option, depth + 1)


def lengths(command: Json) -> Iterator[int]:
    yield len(command["name"]) + len(command["description"])
    for choice in command.get("choices") or []:
        yield len(choice["name"]) + len(str(choice["value"]))
    for option in command.get("options") or []:
        yield from lengths(option)


def said(what: str, text: str, most: int) -> Iterator[str]:
    if not WORDS.search(text):
        yield f"a {what} without a word"
    if len(text) > most:
        yield f"a {what} of {len(text)} characters"


def kind(line: Json) -> str:
    """Method and path, with ids and tokens taken out."""
    path = re.sub(r"/\d{10,}", "/*", line["path"].removeprefix("/api/v10"))
    path = re.sub(r"/(webhooks|interactions)/\*/[^/]+", r"/\1/*/*", path)
    return f"{line['method']} {path}" + (" with files" if "multipart" in line else "")


def test_the_day_asks_for_all_there_is(day: Day) -> None:
    """The log holds a request of every kind that the desk makes, and each was taken."""
    kinds = Counter(kind(line) for line in day.requests)

    assert {line["status"] for line in day.requests} <= {200, 201, 204}
    assert {
        "GET /users/@me",
        "GET /oauth2/applications/@me",
        "GET /gateway/bot",
        "PUT /applications/*/commands",
        "POST /channels/*/messages",
        "POST /channels/*/messages with files",
        "PATCH /channels/*/messages/* with files",
        "PATCH /channels/*/messages/*",
        "POST /interactions/*/*/callback",
        "PATCH /webhooks/*/*/messages/@original",
        "PATCH /webhooks/*/*/messages/@original with files",
        "DELETE /webhooks/*/*/messages/@original",
        "POST /webhooks/*/*",
    } == set(kinds)


@pytest.mark.skipif(not DOCUMENT.exists(), reason="Discord's document is not here")
def test_requests_are_valid_by_the_document(day: Day) -> None:
    """Discord's own OpenAPI document takes every one."""
    assert [] == [problem for line in day.requests for problem in problems(line)]


def test_requests_keep_the_rules_that_the_document_misses(day: Day) -> None:
    """Lengths, totals, unique ids, attachments that are there, words that are more than space."""
    assert [] == [(kind(line), each) for line in day.requests for each in mistakes(line)]


def test_requests_say_who_asks(day: Day) -> None:
    """Under the bot's token with the User-Agent that Discord wants; the token is not in the log."""
    ours = [line["headers"] for line in day.requests if "Authorization" in line["headers"]]

    assert 15 < len(ours)
    assert {"DiscordBot"} == {headers["User-Agent"].split(" (")[0] for headers in ours}
    assert "Bot sandbox" not in json.dumps(day.requests)


SPOILED: list[tuple[Json, str]] = [
    ({"content": " \n "}, "a content without a word"),
    ({"content": "x" * 2001}, "a content of 2001 characters"),
    ({"content": ""}, "an empty message"),
    ({"content": "x", "nonce": "n" * 26}, "a nonce longer than 25 characters"),
    ({"content": "x", "enforce_nonce": True}, "enforce_nonce without a nonce"),
    ({"content": "x", "allowed_mentions": {"parse": ["users"]}}, "mentions are not switched off"),
    ({"embeds": [{"title": "\t"}]}, "a title without a word"),
    ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 4000}]}, "embeds of 8000"),
    ({"embeds": [{"image": {"url": "attachment://a.png"}}]}, "attachment://a.png names no part"),
    ({"embeds": [{"url": "javascript:x"}]}, "url javascript:x"),
    ({"content": "x", "attachments": [{"id": 0}]}, "attachment 0 has no part"),
    (
        {"components": [{"components": [{"custom_id": "a", "style": 1}] * 2}]},
        "two buttons of one custom id",
    ),
    ({"components": [{"components": [{"custom_id": "a", "style": 5}]}]}, "style 5 and its address"),
    ({"components": [{"components": []}]}, "rows of buttons beyond 5 of 5"),
]


@pytest.mark.parametrize(("body", "words"), SPOILED)
def test_a_spoiled_message_is_noticed(body: Json, words: str) -> None:
    """The rules above notice what they are for."""
    line = {
        "method": "POST",
        "path": "/api/v10/channels/1/messages",
        "query": {},
        "json": {"allowed_mentions": {"parse": []}, **body},
    }

    assert any(found.startswith(words) for found in mistakes(line))


def test_spoiled_commands_are_noticed() -> None:
    """Names, descriptions, the order of options, the total."""
    option = {"name": "a", "description": "A", "type": 3}
    late = [option, {"name": "b", "description": "B", "type": 3, "required": True}]
    spoiled: list[Json] = [
        {"name": "Upper", "description": "x"},
        {"name": "blank", "description": " "},
        {"name": "late", "description": "x", "options": late},
        {"name": "twice", "description": "x", "options": [option, option]},
    ]

    assert 4 == len([each for one in spoiled for each in of_commands([one])])


async def test_the_demos_own_log(tmp_path: Path) -> None:
    """`demo --once --json --log` writes the same lines, and they are as valid."""
    short, log = tmp_path / "day", tmp_path / "requests.jsonl"
    shutil.copytree(ROOT / "seeds" / "days" / "2026-01-12", short)
    text = (short / "day.toml").read_text()
    for old, new in (
        (f"ends = {DAY.ends.isoformat()}", "ends = 2026-01-12T05:28:00-05:00"),
        ('tickers = ["BABA"]\nmove = "5%"', 'tickers = ["BIDU"]\nmove = "0.5%, at once, anything"'),
    ):
        assert old in text
        text = text.replace(old, new)
    (short / "day.toml").write_text(text)
    ran = await bot("demo", "--day", str(short), "--once", "--json", "--log", str(log))
    lines = [json.loads(line) for line in log.read_text().splitlines()]

    assert (0, "") == (ran.code, ran.err)
    assert json.loads(ran.out)["requests"] == len(lines)
    assert 1 == len(json.loads(ran.out)["messages"])
    assert ["method", "path", "query", "headers", "status"] == [
        key for key in lines[-1] if key not in ("json", "multipart")
    ]
    assert [] == [each for line in lines for each in mistakes(line)]
    if DOCUMENT.exists():
        assert [] == [each for line in lines for each in problems(line)]
