from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.errors import Permanent, Transient
from bot.model.post import Gone, PostKind
from bot.sandbox.discord import Channel, DiscordServer, Fault, Kind, Limits, Permission
from tests.delivery.conftest import Clock
from tests.delivery.examples import PNG, post, rendered
from tests.delivery.rig import connected, logged_in


@pytest.mark.parametrize(
    "fault",
    [
        Fault(Kind.STATUS, status=500),
        Fault(Kind.STATUS, status=502),
        Fault(Kind.STATUS, status=503),
        Fault(Kind.STATUS, status=504),
        Fault(Kind.STATUS, status=524),
        Fault(Kind.RATE_LIMIT, seconds=2.0),
        Fault(Kind.RATE_LIMIT, seconds=2.0, scope="global"),
        Fault(Kind.RATE_LIMIT, seconds=2.0, scope="shared"),
        Fault(Kind.RATE_LIMIT, seconds=90.0),
        Fault(Kind.CLOUDFLARE),
        Fault(Kind.DROP),
    ],
    ids=lambda fault: f"{fault.kind}-{fault.status}-{fault.scope}-{fault.seconds:g}",
)
async def test_one_slot_is_one_request(
    server: DiscordServer, channel: Channel, poster: DiscordPoster, fault: Fault
) -> None:
    """discord.py would retry; we do not, and we do not sleep either."""
    server.faults.add(replace(fault, method="POST", times=5))
    before, start = server.requests, asyncio.get_running_loop().time()

    with pytest.raises(Transient):
        await poster.create(post(int(channel.id)), rendered(), PNG)

    assert server.requests - before == 1
    assert asyncio.get_running_loop().time() - start < 0.9


async def test_after_a_refusal_the_channel_is_free_at_once(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """A 429 leaves no lock inside discord.py: when to go on is the outbox's business."""
    server.faults.rate_limit("global", 20.0, method="POST")
    with pytest.raises(Transient):
        await poster.create(post(int(channel.id)), rendered(), None)

    await asyncio.wait_for(poster.create(post(int(channel.id)), rendered(), None), 1.0)

    assert len(server.messages(channel)) == 1


@pytest.mark.parametrize(
    ("fault", "ambiguous", "seconds", "everywhere"),
    [
        (Fault(Kind.STATUS, status=503), True, None, False),
        (Fault(Kind.STATUS, status=520), True, None, False),
        (Fault(Kind.DROP), True, None, False),
        (Fault(Kind.RATE_LIMIT, seconds=2.5), False, 2.5, False),
        (Fault(Kind.RATE_LIMIT, seconds=90.0), False, 90.0, False),
        (Fault(Kind.RATE_LIMIT, scope="global"), False, 1.0, True),
        (Fault(Kind.CLOUDFLARE), False, 900.0, True),
        (Fault(Kind.ERROR, status=403, code=40333), False, 900.0, True),
        (Fault(Kind.ERROR, status=429, code=20016), False, 60.0, False),
    ],
)
async def test_what_discord_answers_for_now(
    server: DiscordServer,
    poster: DiscordPoster,
    fault: Fault,
    ambiguous: bool,
    seconds: float | None,
    everywhere: bool,
) -> None:
    """The temporary half of the decision table, over the wire."""
    channel = server.add_guild("Another floor").add_channel("markets")
    server.faults.add(replace(fault, method="POST"))

    with pytest.raises(Transient) as caught:
        await poster.create(post(int(channel.id)), rendered(), None)

    wait = None if seconds is None else timedelta(seconds=seconds)
    assert (ambiguous, wait, everywhere) == (
        caught.value.ambiguous,
        caught.value.retry_after,
        caught.value.everywhere,
    )


@pytest.mark.parametrize(
    ("status", "code", "gone"),
    [
        (401, 0, Gone.TOKEN),
        (404, 10003, Gone.CHANNEL),
        (403, 50001, Gone.ACCESS),
        (403, 50013, Gone.PERMISSION),
        (403, 50007, Gone.ACCESS),
        (404, 10008, Gone.MESSAGE),
        (429, 30046, Gone.EDITS),
        (400, 50083, Gone.EDITS),
        (400, 50035, Gone.PAYLOAD),
        (413, 40005, Gone.PAYLOAD),
        (400, 240000, Gone.PAYLOAD),
    ],
)
async def test_what_discord_refuses_for_good(
    server: DiscordServer,
    channel: Channel,
    poster: DiscordPoster,
    status: int,
    code: int,
    gone: Gone,
) -> None:
    """The permanent half, on an edit."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), None)
    server.faults.error(code, status, "refused", method="PATCH")

    with pytest.raises(Permanent) as caught:
        await poster.edit(replace(row, message_id=first.message_id), rendered(), None)

    assert gone.value == caught.value.gone


async def test_an_edit_is_never_ambiguous(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """It may be repeated, so what became of it does not matter."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), None)
    server.faults.drop(applied=True, method="PATCH")

    with pytest.raises(Transient) as caught:
        await poster.edit(replace(row, message_id=first.message_id), rendered(), None)

    assert not caught.value.ambiguous


async def test_an_edit_of_a_deleted_message_says_so(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """A moderator removed it; the outbox follows up."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), None)
    server.delete_message(first.message_id)

    with pytest.raises(Permanent) as caught:
        await poster.edit(replace(row, message_id=first.message_id), rendered(), None)

    assert caught.value.gone == Gone.MESSAGE.value


async def test_a_vanished_channel_says_so(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Discord's own words for it become ours."""
    assert channel.guild is not None
    channel.guild.remove_channel(channel)

    with pytest.raises(Permanent) as caught:
        await poster.create(post(int(channel.id)), rendered(), None)

    assert str(caught.value) == "the channel no longer exists (404/10003 Unknown Channel)"


async def test_silence_is_given_up_in_time(server: DiscordServer, channel: Channel) -> None:
    """A slow Discord is ambiguous: the request was written."""
    server.faults.slow(5.0, applied=True, method="POST")
    async with logged_in(server) as client:
        poster = DiscordPoster(client, timeout=0.2)

        with pytest.raises(Transient) as caught:
            await poster.create(post(int(channel.id)), rendered(), None)

        assert caught.value.ambiguous
        assert str(caught.value) == "Discord did not answer (no answer in time)"
        await poster.close()


async def test_nobody_there_is_not_ambiguous(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Where no connection is made, nothing was sent."""
    await server.stop()

    with pytest.raises(Transient) as caught:
        await poster.create(post(int(channel.id)), rendered(), None)

    assert not caught.value.ambiguous


async def test_the_last_request_of_a_bucket_is_settled_at_once(clock: Clock) -> None:
    """discord.py sleeps until the bucket is full again; the outbox does not wait for that."""
    server = DiscordServer(now=clock, limits=Limits(per_route=2, window=3.0))
    await server.start()
    channel = int(server.add_guild("Floor").add_channel("markets").id)
    async with logged_in(server) as client:
        poster = DiscordPoster(client, timeout=0.5)
        start = asyncio.get_running_loop().time()

        for number in (1, 2):
            await poster.create(post(channel, id=number, nonce=f"n{number}"), rendered(), None)

        assert asyncio.get_running_loop().time() - start < 1.0
        with pytest.raises(Transient) as caught:
            await poster.create(post(channel, id=3, nonce="n3"), rendered(), None)
        assert not caught.value.ambiguous
        assert len(server.messages()) == 2
        await poster.close()
    await server.stop()


async def test_without_history_a_rung_comes_without_reference(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Discord refuses the reply once; the next try is a plain line, for that channel only."""
    living = await poster.create(post(int(channel.id)), rendered(), None)
    channel.set_overwrite(server.world.bot, deny=Permission.READ_MESSAGE_HISTORY)
    rung = post(int(channel.id), id=9, part=1, kind=PostKind.RUNG, reply_to=living.message_id)

    with pytest.raises(Transient) as caught:
        await poster.create(rung, rendered(), None)
    await poster.create(rung, rendered(), None)

    message = server.messages(channel)[1]
    assert (caught.value.ambiguous, caught.value.retry_after) == (False, timedelta(0))
    assert "message_reference" not in message


async def test_a_missing_permission_is_named(server: DiscordServer, channel: Channel) -> None:
    """The client knows the channel's permissions, and the person needs their names."""
    channel.set_overwrite(server.world.bot, deny=Permission.EMBED_LINKS | Permission.ATTACH_FILES)
    async with connected(server) as client:
        poster = DiscordPoster(client)

        with pytest.raises(Permanent) as caught:
            await poster.create(post(int(channel.id)), rendered(), PNG)

        assert caught.value.gone == Gone.PERMISSION.value
        assert caught.value.hint == "it lacks Embed Links, Attach Files"
        await poster.close()


async def test_a_cancelled_create_cancels_its_request(
    server: DiscordServer, channel: Channel, client: DeskClient
) -> None:
    """The publisher gives up first: nothing goes on in the background."""
    written = asyncio.Event()
    poster = DiscordPoster(client, lambda _: written.set())
    server.faults.slow(30.0, method="POST")
    attempt = asyncio.create_task(poster.create(post(int(channel.id)), rendered(), None))
    await written.wait()

    attempt.cancel()
    with pytest.raises(asyncio.CancelledError):
        await attempt
    await poster.close()

    assert server.messages(channel) == []
