"""What the stand-in keeps: messages, earlier bodies, requests, and the news of them."""

from __future__ import annotations

import asyncio
import io
import json
from datetime import timedelta
from pathlib import Path

import aiohttp
import discord
import pytest

from bot.sandbox.discord import DiscordServer
from bot.sandbox.discord.snowflake import Snowflakes
from tests.sandbox.discord_client import NOON, ask, floor, serving


async def test_every_request_is_a_line(tmp_path: Path) -> None:
    """JSON and multipart bodies, query, status; the token is not written down."""
    log = tmp_path / "requests.jsonl"
    async with floor(server=DiscordServer(now=lambda: NOON, log=log)) as on:
        file = discord.File(io.BytesIO(b"12345"), "chart.png")
        await on.text.send("x", file=file, nonce="n1")
        with pytest.raises(discord.HTTPException):
            await on.text.send("x" * 2001)
        on.server.faults.drop()
        with pytest.raises(aiohttp.ClientError):
            await on.text.send("dropped")
        assert [each async for each in on.text.history(limit=3)]
        lines = [json.loads(line) for line in log.read_text().splitlines()]

    path = f"/api/v10/channels/{on.channel.id}/messages"
    assert len(lines) == on.server.requests
    assert "sandbox" not in log.read_text()
    multipart, refused, dropped, history = lines[-4:]
    assert list(multipart) == ["method", "path", "query", "headers", "multipart", "status"]
    assert (multipart["method"], multipart["path"], multipart["status"]) == ("POST", path, 200)
    assert multipart["headers"]["Authorization"] == "[redacted]"
    assert multipart["multipart"]["payload_json"]["nonce"] == "n1"
    expected = {"name": "files[0]", "filename": "chart.png", "size": 5}
    assert multipart["multipart"]["files"] == [expected]
    assert (refused["json"]["content"], refused["status"]) == ("x" * 2001, 400)
    assert dropped["status"] == 0
    assert (history["query"], history["json"]) == ({"limit": "3"}, None)


async def test_the_export_is_the_same_every_run() -> None:
    """Two runs of the same sends give the same bytes, whatever the port."""
    runs = []
    for _ in range(2):
        moment = NOON
        server = DiscordServer(now=lambda: moment)  # noqa: B023
        async with floor(server=server) as on:
            picture = discord.Embed(title="x").set_image(url="attachment://chart.png")
            file = discord.File(io.BytesIO(b"x"), "chart.png")
            first = await on.text.send("first", embed=picture, file=file)
            moment = NOON + timedelta(seconds=1)
            await on.text.send("rung", reference=first)
            await first.edit(content="second")
        runs.append(json.dumps(server.export()))

    [message, reply] = json.loads(runs[0])["messages"]
    assert runs[0] == runs[1]
    assert (message["content"], message["edits"][0]["content"]) == ("second", "first")
    assert message["created_at"] == "2026-01-12T17:00:00.000000+00:00"
    assert message["edited_at"] == "2026-01-12T17:00:01.000000+00:00"
    assert reply["reply_to"] == message["id"]
    assert set(message) == {
        "id", "channel", "content", "embeds", "components", "attachments",
        "reply_to", "created_at", "edited_at", "edits",
    }  # fmt: skip


async def test_subscribers_hear_of_every_change() -> None:
    """Creation, edit and deletion come in order, from the subscription on."""
    async with floor() as on:
        await on.text.send("before")
        with on.server.events() as events:
            sent = await on.text.send("one")
            await sent.edit(content="two")
            await sent.delete()
            heard = [await anext(events) for _ in range(3)]

    assert [(each.kind, each.message["content"]) for each in heard] == [
        ("create", "one"),
        ("edit", "two"),
        ("delete", "two"),
    ]
    assert [each["content"] for each in heard[1].message["edits"]] == ["one"]


async def test_a_subscription_ends_with_the_server() -> None:
    """Who iterates is not left waiting."""
    server = DiscordServer(now=lambda: NOON)
    await server.start()
    events = server.events()
    reading = asyncio.ensure_future(anext(events, None))
    await server.stop()

    assert await asyncio.wait_for(reading, 5) is None


async def test_waiting_for_a_message() -> None:
    """One that is there counts, one that comes by edit counts, and patience ends."""
    async with floor() as on:
        sent = await on.text.send("one")
        there = await on.server.wait_for(lambda each: each["content"] == "one")
        coming = asyncio.ensure_future(on.server.wait_for(lambda each: each["content"] == "two"))
        await asyncio.sleep(0)
        await sent.edit(content="two")

        assert there["id"] == (await coming)["id"] == str(sent.id)
        with pytest.raises(TimeoutError):
            await on.server.wait_for(lambda each: each["content"] == "three", timeout=0.01)


async def test_earlier_files_are_still_served() -> None:
    """A replaced attachment stays at its address, for whoever shows the earlier body."""
    async with floor() as on, aiohttp.ClientSession() as session:
        sent = await on.text.send(file=discord.File(io.BytesIO(b"first"), "a.txt"))
        await sent.edit(attachments=[discord.File(io.BytesIO(b"second"), "a.txt")])
        [message] = on.server.messages()
        [before] = message["edits"]
        contents = []
        for body in (before, message):
            async with session.get(body["attachments"][0]["url"]) as response:
                contents.append((await response.read(), response.content_type))
        async with session.get(f"{message['attachments'][0]['url']}x") as response:
            missing = response.status

    assert contents == [(b"first", "text/plain"), (b"second", "text/plain")]
    assert missing == 404


async def test_broken_requests_are_answered() -> None:
    """No JSON is 50109, no such route is 404, no token is 401, an odd limit is 50035."""
    server = DiscordServer(now=lambda: NOON)
    channel = server.add_guild("Floor").add_channel("desk")
    path = f"/channels/{channel.id}/messages"
    async with serving(server), aiohttp.ClientSession() as session:
        broken = await ask(server, "POST", path, data=b"{", headers={})
        nowhere = await ask(server, "GET", "/nowhere")
        limit = await ask(server, "GET", path, params={"limit": "101"})
        async with session.get(server.api_url + "/users/@me") as response:
            anonymous = response.status, response.headers["Content-Type"]

    assert (broken[0], broken[2]["code"]) == (400, 50109)
    assert (nowhere[0], nowhere[2]["code"]) == (404, 0)
    assert (limit[0], limit[2]["code"]) == (400, 50035)
    assert anonymous == (401, "application/json")


def test_ids_rise_though_the_clock_stands_still() -> None:
    """Three hundred in one millisecond, and one after the clock stepped back, are in order."""
    ids = Snowflakes(3)
    given = [int(ids.next(NOON)) for _ in range(300)]
    given.append(int(ids.next(NOON - timedelta(hours=1))))

    assert given == sorted(set(given))
    assert {each & 0x3FFF for each in given} == {3}
