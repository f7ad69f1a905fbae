"""What goes wrong on demand, and what the real discord.py makes of it."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from bot.sandbox.discord import DiscordServer, Fault, Kind
from tests.sandbox.discord_client import NOON, ask, floor, serving

SENDING = "/messages$"


@pytest.mark.parametrize("applied", [False, True])
async def test_a_dropped_socket_before_or_after(applied: bool) -> None:
    """Dropped before, nothing was sent; dropped after, the nonce finds the message."""
    async with floor() as on:
        on.server.faults.drop(applied=applied, path=SENDING)
        with pytest.raises(aiohttp.ClientError):
            await on.text.send("x", nonce="n1")
        stood = len(on.server.messages())
        await on.text.send("x", nonce="n1")

        assert stood == int(applied)
        assert len(on.server.messages()) == 1
        assert on.server.faults.struck == 1


async def test_an_error_page_after_applying_is_retried_by_discord_py() -> None:
    """500 after applying: discord.py repeats with its own nonce, and one message stands."""
    async with floor() as on:
        on.server.faults.fail(500, applied=True, path=SENDING)
        sent = await on.text.send("x")

        assert [each["id"] for each in on.server.messages()] == [str(sent.id)]


async def test_503_is_not_retried() -> None:
    """What discord.py does not repeat reaches the caller."""
    async with floor() as on:
        on.server.faults.fail(503, path=SENDING)
        with pytest.raises(discord.DiscordServerError) as error:
            await on.text.send("x")

        assert error.value.status == 503
        assert on.server.messages() == []


async def test_a_rate_limit_of_each_scope() -> None:
    """The answer says whose limit it was; discord.py waits and sends."""
    async with floor() as on:
        path = f"/channels/{on.channel.id}/messages"
        answers = []
        for scope in ("user", "global", "shared"):
            on.server.faults.rate_limit(scope, 0.05, path=SENDING)
            answers.append(await ask(on.server, "POST", path, json={"content": "x"}))
        on.server.faults.rate_limit("shared", 0.05, path=SENDING)
        sent = await on.text.send("x")

    assert [status for status, _, _ in answers] == [429, 429, 429]
    assert [each["X-RateLimit-Scope"] for _, each, _ in answers] == ["user", "global", "shared"]
    assert [body["global"] for _, _, body in answers] == [False, True, False]
    assert [body["retry_after"] for _, _, body in answers] == [0.05] * 3
    assert [each["id"] for each in on.server.messages()] == [str(sent.id)]


async def test_cloudflares_page_has_no_via() -> None:
    """discord.py raises at once on a 429 that is not Discord's own."""
    async with floor() as on:
        on.server.faults.cloudflare(path=SENDING)
        with pytest.raises(discord.HTTPException) as error:
            await on.text.send("x")

        assert (error.value.status, error.value.code) == (429, 0)
        assert "1015" in error.value.text
        assert error.value.response.headers["Retry-After"] == "900"
        assert "Via" not in error.value.response.headers


async def test_an_error_code_of_choice() -> None:
    """Any JSON error may be ordered, for as many requests as wanted."""
    async with floor() as on:
        on.server.faults.add(
            Fault(Kind.ERROR, times=2, method="POST", status=403, code=40333, message="no")
        )
        codes = []
        for _ in range(2):
            with pytest.raises(discord.Forbidden) as error:
                await on.text.send("x")
            codes.append(error.value.code)

        assert codes == [40333, 40333]
        await on.text.send("x")


@pytest.mark.parametrize("applied", [False, True])
async def test_a_slow_answer(applied: bool) -> None:
    """Given up before the answer, the message stands or not, as the fault says."""
    async with floor() as on:
        on.server.faults.slow(60, applied=applied, path=SENDING)
        sending = asyncio.ensure_future(on.text.send("x", nonce="n1"))
        if applied:
            await on.server.wait_for(lambda message: message["content"] == "x")
        else:
            await on.server.faults.strike.wait()
        sending.cancel()

        assert len(on.server.messages()) == int(applied)


async def test_while_discord_is_down_nothing_is_answered() -> None:
    """REST answers 503 and sockets are cut; up again, both serve."""
    async with floor() as on:
        on.server.faults.down = True
        with pytest.raises(discord.DiscordServerError):
            await on.text.send("x")
        async with aiohttp.ClientSession() as session:
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(on.server.gateway_url)
        on.server.faults.down = False
        await on.text.send("y")
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(on.server.gateway_url) as socket,
        ):
            hello = await socket.receive_json()

        assert hello["op"] == 10
        assert [each["content"] for each in on.server.messages()] == ["y"]


async def test_faults_over_http() -> None:
    """The control routes add, list and clear, and say what they did not understand."""
    server = DiscordServer(now=lambda: NOON)
    async with serving(server), aiohttp.ClientSession() as session:
        url = f"{server.control_url}/faults"
        wanted = [{"kind": "status", "status": 502, "times": 2}, {"kind": "drop", "applied": True}]
        async with session.post(url, json=wanted) as response:
            added = response.status, len(await response.json())
        async with session.get(url) as response:
            listed = await response.json()
        mistakes = []
        for bad in ({"kind": "explode"}, {"kind": "drop", "colour": 1}, "drop"):
            async with session.post(url, json=bad) as response:
                mistakes.append((response.status, (await response.json())["error"]))
        async with session.delete(url) as response:
            left = await response.json()
        async with session.post(f"{server.control_url}/down", json={"down": True}) as response:
            down = await response.json()

    assert added == (201, 2)
    assert [(each["kind"], each["times"]) for each in listed] == [("status", 2), ("drop", 1)]
    assert [status for status, _ in mistakes] == [400, 400, 400]
    assert "explode" in mistakes[0][1] and "no colour" in mistakes[1][1]
    assert left == []
    assert down == {"down": True} and server.faults.down


async def test_the_gateway_over_http() -> None:
    """Close, abort, op and forget are there for other processes too."""
    async with floor() as on, aiohttp.ClientSession() as session:
        url = f"{on.server.control_url}/gateway"
        for number, wanted in enumerate([{"close": 4000}, {"abort": True}, {"op": 7}], 1):
            async with session.post(url, json=wanted) as response:
                assert response.status == 200
            await on.server.resumed(number)
        async with session.post(url, json={"dance": True}) as response:
            assert response.status == 400
