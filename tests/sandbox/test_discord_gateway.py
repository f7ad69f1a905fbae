"""The gateway under the real discord.py: connect, resume, identify again, hear of changes."""

from __future__ import annotations

import asyncio
import json
import zlib
from collections.abc import Callable
from typing import Any

import aiohttp
import discord
import pytest

from bot.sandbox.discord import ORDINARY, DiscordServer, Permission
from tests.sandbox.discord_client import NOON, Client, floor, running, serving


async def heard(client: Client, event: str, change: Any) -> Any:
    """What the client's event handler is given after the change."""
    coming = asyncio.ensure_future(client.wait_for(event, timeout=5))
    await asyncio.sleep(0)
    change()
    return await coming


async def test_the_client_becomes_ready_and_knows_its_guild() -> None:
    """Login, identify and GUILD_CREATE give the client guild, channel and its own member."""
    async with floor() as on:
        guild = on.client.get_guild(int(on.guild.id))

        assert guild is not None
        assert [each.name for each in guild.text_channels] == ["desk"]
        assert guild.me.guild_permissions.attach_files
        assert not guild.me.guild_permissions.administrator


async def test_a_wrong_token_cannot_log_in() -> None:
    """REST answers 401 and the gateway closes with 4004."""
    async with serving(DiscordServer(now=lambda: NOON, token="right")) as server:
        async with Client() as client:
            with pytest.raises(discord.LoginFailure):
                await client.login("wrong")

        frames, code = await converse(server, identify(token="wrong"))

    assert [frame["op"] for frame in frames] == [10]
    assert code == 4004


async def test_privileged_intents_are_refused() -> None:
    """A bot with the guilds intent alone may have no more: 4014 is fatal in discord.py."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        client = Client(intents=discord.Intents(guilds=True, message_content=True))
        async with client:
            await client.login(server.token)
            with pytest.raises(discord.PrivilegedIntentsRequired):
                await client.connect()


@pytest.mark.parametrize("disturb", ["abort", "close", "reconnect"])
async def test_a_lost_socket_is_resumed_and_misses_nothing(disturb: str) -> None:
    """What happened while the socket was gone is replayed on resume."""
    async with floor() as on:
        coming = asyncio.ensure_future(on.client.wait_for("guild_channel_create", timeout=5))
        disturbances: dict[str, Callable[[], None]] = {
            "abort": on.server.gateway.abort,
            "close": lambda: on.server.gateway.close(4000),
            "reconnect": lambda: on.server.gateway.operation(7),
        }
        disturbances[disturb]()
        on.guild.add_channel("while-away")
        channel = await coming
        await on.server.resumed()

        assert channel.name == "while-away"
        assert (on.server.gateway.readied, on.server.gateway.resumed) == (1, 1)


async def test_a_forgotten_session_identifies_again() -> None:
    """A resume of what nobody remembers is answered op 9, and discord.py starts anew."""
    async with floor() as on:
        on.server.gateway.forget()
        on.server.gateway.abort()
        await on.server.ready(2)

        assert on.server.gateway.resumed == 0


async def test_heartbeats_are_acknowledged_until_told_otherwise() -> None:
    """Op 1 is answered with op 11, unless `acknowledges` is off."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        heartbeat = {"op": 1, "d": None}
        answered, _ = await converse(server, heartbeat, until=11)
        server.gateway.acknowledges = False
        silent, _ = await converse(server, heartbeat, {"op": 99}, until=None)

    assert [frame["op"] for frame in answered] == [10, 11]
    assert [frame["op"] for frame in silent] == [10]


async def test_a_bad_frame_closes_with_its_code() -> None:
    """4001 to 4013 say what was wrong with what the client sent."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        _, unreadable = await converse(server, "not json")
        _, early = await converse(server, {"op": 3, "d": {}})
        _, twice = await converse(server, identify(), identify())
        _, unknown = await converse(server, identify(), {"op": 99, "d": {}})
        _, shard = await converse(server, identify(shard=[2, 2]))
        _, intents = await converse(server, identify(intents=1 << 40))

    assert (unreadable, early, twice, unknown) == (4002, 4003, 4005, 4001)
    assert (shard, intents) == (4010, 4013)


async def test_an_orderly_close_ends_the_session() -> None:
    """After a close with 1000 the session cannot be resumed."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        frames, _ = await converse(server, identify(), until=0)
        session = frames[-1]["d"]["session_id"]
        resume = {"op": 6, "d": {"token": server.token, "session_id": session, "seq": 1}}
        answer, _ = await converse(server, resume, until=9)

    assert answer[-1] == {"op": 9, "d": False, "s": None, "t": None}


async def test_guilds_are_spread_over_shards() -> None:
    """A shard is told of the guilds whose id shifted by 22, modulo the shards, is its number."""
    server = DiscordServer(now=lambda: NOON)
    guilds = [server.add_guild(f"Floor {n}") for n in range(4)]
    async with serving(server):
        frames, _ = await converse(server, identify(shard=[1, 2]), until=0)

    told = [each["id"] for each in frames[-1]["d"]["guilds"]]
    assert told == [each.id for each in guilds if (int(each.id) >> 22) % 2 == 1]
    assert len(told) == 2
    assert frames[-1]["d"]["shard"] == [1, 2]


async def test_frames_are_compressed_when_asked() -> None:
    """zlib-stream is one context for the life of the socket; what cannot be had is refused."""
    async with serving(DiscordServer(now=lambda: NOON)) as server:
        url = server.gateway_url
        async with aiohttp.ClientSession() as session:
            async with session.ws_connect(f"{url}?compress=zlib-stream") as socket:
                inflate = zlib.decompressobj()
                hello = json.loads(inflate.decompress(await socket.receive_bytes()))
                await socket.send_json(identify())
                ready = json.loads(inflate.decompress(await socket.receive_bytes()))
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(f"{url}?compress=brotli")

    assert hello == {"op": 10, "d": {"heartbeat_interval": 41250}, "s": None, "t": None}
    assert (ready["t"], ready["s"]) == ("READY", 1)


async def test_changes_of_permissions_reach_the_client() -> None:
    """A role and an overwrite change what permissions_for says, without a member cache."""
    async with floor() as on:
        role = await heard(
            on.client,
            "guild_role_update",
            lambda: on.guild.set_permissions(Permission.VIEW_CHANNEL),
        )
        before = on.text.permissions_for(on.text.guild.me)
        bot = on.server.world.bot
        await heard(
            on.client,
            "guild_channel_update",
            lambda: on.channel.set_overwrite(bot, allow=Permission.SEND_MESSAGES),
        )
        after = on.text.permissions_for(on.text.guild.me)
        await heard(on.client, "guild_channel_update", on.channel.clear_overwrites)

        assert role[1].permissions.value == Permission.VIEW_CHANNEL
        assert (before.send_messages, after.send_messages) == (False, True)
        assert not on.text.permissions_for(on.text.guild.me).send_messages


async def test_joining_and_leaving_reach_the_client() -> None:
    """A new guild, a removed channel and a removed guild are told as they happen."""
    async with floor() as on:
        joined = await heard(on.client, "guild_join", lambda: on.server.add_guild("Second"))
        channel = await heard(
            on.client,
            "guild_channel_delete",
            lambda: on.guild.remove_channel(on.channel),
        )
        left = await heard(on.client, "guild_remove", lambda: on.server.remove_guild(on.guild))

    assert (joined.name, channel.name, left.name) == ("Second", "desk", "Floor")


async def test_message_events_need_their_intent() -> None:
    """A client with guild_messages hears of messages; with guilds alone it does not."""
    async with floor(intents=discord.Intents(guilds=True, guild_messages=True)) as on:
        coming = asyncio.ensure_future(on.client.wait_for("message", timeout=5))
        edited = asyncio.ensure_future(on.client.wait_for("raw_message_edit", timeout=5))
        deleted = asyncio.ensure_future(on.client.wait_for("raw_message_delete", timeout=5))
        await asyncio.sleep(0)
        sent = await on.text.send("one")
        await sent.edit(content="two")
        on.server.delete_message(sent.id)

        assert (await coming).content == "one"
        assert (await edited).data["content"] == "two"
        assert (await deleted).message_id == sent.id


async def test_a_restarted_client_finds_its_guilds_again() -> None:
    """A second client on the same stand-in is ready as the first one was."""
    async with floor() as on:
        on.guild.add_member("ada", permissions=ORDINARY)
        async with running(Client(), on.server) as second:
            names = [each.name for each in second.guilds]

    assert names == ["Floor"]


def identify(**changed: Any) -> dict[str, Any]:
    properties = {"os": "linux", "browser": "test", "device": "test"}
    data = {"token": "sandbox", "intents": 1, "properties": properties}
    return {"op": 2, "d": data | changed}


async def converse(
    server: DiscordServer, *frames: Any, until: int | None = None
) -> tuple[list[dict[str, Any]], int | None]:
    """Send the frames; return what came, up to that op or the close, and the close code."""
    answers: list[dict[str, Any]] = []
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(server.gateway_url) as socket,
    ):
        for frame in frames:
            await socket.send_str(frame if isinstance(frame, str) else json.dumps(frame))
        async for message in socket:
            answers.append(json.loads(message.data))
            if answers[-1]["op"] == until:
                break
    return answers, socket.close_code
