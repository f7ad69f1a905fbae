"""Rate limits: real headers, honoured by the real discord.py, by a clock of their own."""

from __future__ import annotations

import asyncio
import time

import pytest

from bot.sandbox.discord import DiscordServer, Limits
from bot.sandbox.discord.limits import Gatekeeper
from bot.sandbox.discord.wire import Refused
from tests.sandbox.discord_client import NOON, ask, floor, serving


class Clock:
    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


async def test_discord_py_waits_by_our_headers() -> None:
    """Twelve sends at five per window take two windows, and none is refused."""
    limits = Limits(per_route=5, window=0.25)
    async with floor(server=DiscordServer(now=lambda: NOON, limits=limits)) as on:
        started = time.monotonic()
        await asyncio.gather(*(on.text.send(str(n)) for n in range(12)))
        took = time.monotonic() - started

        assert 0.5 <= took < 2
        assert len(on.server.messages()) == 12
        assert on.server.requests == 3 + 12


async def test_a_bucket_counts_down_and_renews() -> None:
    """Every answer says what is left; the sixth request of a window is a 429 of scope user."""
    clock = Clock()
    server = DiscordServer(now=lambda: NOON, limits=True)
    server.clock = clock
    channel = server.add_guild("Floor").add_channel("desk")
    path = f"/channels/{channel.id}/messages"
    async with serving(server):
        passed = [await ask(server, "POST", path, json={"content": "x"}) for _ in range(5)]
        clock.seconds += 1.5
        status, headers, body = await ask(server, "POST", path, json={"content": "x"})
        clock.seconds += 3.5
        renewed, _, _ = await ask(server, "POST", path, json={"content": "x"})

    left = [headers["X-RateLimit-Remaining"] for _, headers, _ in passed]
    assert left == ["4", "3", "2", "1", "0"]
    assert {headers["X-RateLimit-Limit"] for _, headers, _ in passed} == {"5"}
    assert len({headers["X-RateLimit-Bucket"] for _, headers, _ in passed}) == 1
    assert (status, body["retry_after"], body["global"]) == (429, 3.5, False)
    assert headers["X-RateLimit-Reset-After"] == "3.500"
    assert (headers["Retry-After"], headers["X-RateLimit-Scope"]) == ("4", "user")
    assert headers["Via"]
    assert renewed == 200
    assert len(server.messages()) == 6


def test_channels_and_routes_have_buckets_of_their_own() -> None:
    """A full bucket of one channel is without effect on another, or on another route."""
    gate = Gatekeeper(Limits(per_route=1), Clock())
    gate.admit("POST messages", "1")

    gate.admit("POST messages", "2")
    gate.admit("PATCH message", "1")
    with pytest.raises(Refused):
        gate.admit("POST messages", "1")


def test_fifty_a_second_over_all() -> None:
    """The fifty-first is a global 429; a second after the first one it passes."""
    clock = Clock()
    gate = Gatekeeper(Limits(), clock)
    for _ in range(50):
        gate.admit_globally()
    clock.seconds += 0.4
    with pytest.raises(Refused) as refused:
        gate.admit_globally()
    clock.seconds += 0.6

    gate.admit_globally()
    assert refused.value.body["global"] is True
    assert refused.value.body["retry_after"] == 0.6
    assert refused.value.headers["X-RateLimit-Scope"] == "global"
    assert refused.value.headers["X-RateLimit-Global"] == "true"


async def test_interactions_are_outside_the_global_limit() -> None:
    """Routes without the bot's token never meet it."""
    server = DiscordServer(now=lambda: NOON, limits=Limits(per_second=1))
    async with serving(server):
        statuses = [
            (await ask(server, "POST", "/interactions/1/x/callback", json={}))[0] for _ in range(3)
        ]

    assert statuses == [404, 404, 404]


async def test_without_limits_there_are_no_headers() -> None:
    """Off by default: everything passes, unmarked."""
    server = DiscordServer(now=lambda: NOON)
    channel = server.add_guild("Floor").add_channel("desk")
    async with serving(server):
        answers = [
            await ask(server, "POST", f"/channels/{channel.id}/messages", json={"content": "x"})
            for _ in range(60)
        ]

    assert {status for status, _, _ in answers} == {200}
    assert not any(name.startswith("X-RateLimit") for name in answers[-1][1])
