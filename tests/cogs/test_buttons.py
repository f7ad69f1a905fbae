from __future__ import annotations

import asyncio

import discord
import pytest

from bot import payload
from bot.cogs.buttons import OLD_BUTTON
from bot.cogs.face import Face
from bot.cogs.replies import CALM
from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.errors import UserError
from bot.sandbox.discord import ORDINARY, Channel, DiscordServer, Guild, Reply
from tests.cogs.fakes import Desk
from tests.delivery.examples import PNG, post, rendered
from tests.delivery.rig import connected

EPHEMERAL = 64


def private(reply: Reply) -> bool:
    return bool(reply.message and reply.message["flags"] & EPHEMERAL)


@pytest.fixture
async def brief(client: DeskClient, channel: Channel) -> int:
    """The id of a posted brief: post 4711, revision 1."""
    poster = DiscordPoster(client)
    posted = await poster.create(post(int(channel.id)), rendered(), PNG)
    await poster.close()
    return posted.message_id


async def test_details_shows_the_full_brief(server: DiscordServer, brief: int) -> None:
    """In private, with its picture; the message itself stays as it is."""
    reply = await server.press(brief, "desk:1:details:4711:1")

    assert reply.message is not None
    assert private(reply)
    assert "Details" in reply.text
    assert reply.message["attachments"][0]["filename"] == "baba.png"


async def test_why_shows_the_trace(server: DiscordServer, brief: int) -> None:
    """Of the post and the revision that the button carries."""
    reply = await server.press(brief, "desk:1:why:4711:1")

    assert private(reply)
    assert reply.text == "post 4711, revision 1: the move passed the threshold"


async def test_sources_shows_who_reported(server: DiscordServer, brief: int) -> None:
    """Outlets and times."""
    reply = await server.press(brief, "desk:1:sources:4711:1")

    assert private(reply)
    assert reply.text == "South China Morning Post, 07:42 EST"


async def test_anybody_may_press(
    server: DiscordServer, guild: Guild, brief: int, desk: Desk
) -> None:
    """A button only shows: the presser needs no permission, and nothing is changed."""
    member = guild.add_member("reader", permissions=ORDINARY)
    before = server.messages()[0]

    reply = await server.press(brief, "desk:1:why:4711:1", user=member)

    assert private(reply)
    assert before == server.messages()[0]
    assert desk.subscriptions.watches == []


async def test_buttons_survive_a_restart(
    server: DiscordServer, client: DeskClient, brief: int, desk: Desk
) -> None:
    """A new process that never saw the message answers its buttons."""
    await client.close()

    async def prepare(fresh: DeskClient) -> None:
        await Face(fresh, desk.services).open()

    async with connected(server, prepare):
        reply = await server.press(brief, "desk:1:why:4711:1")

        assert reply.text == "post 4711, revision 1: the move passed the threshold"


@pytest.mark.parametrize("custom_id", ["desk:0:why:4711", "mute", "desk:1:mute:4711:1"])
async def test_an_older_desks_button_says_so(
    server: DiscordServer, client: DeskClient, channel: Channel, custom_id: str
) -> None:
    """Nobody is left with "This interaction failed"."""
    view = discord.ui.View(timeout=None)
    view.add_item(discord.ui.Button(label="Old", custom_id=custom_id))
    view.stop()
    message = await client.get_partial_messageable(int(channel.id)).send("old", view=view)

    reply = await server.press(message.id, custom_id)

    assert private(reply)
    assert reply.text == OLD_BUTTON


async def test_a_forgotten_brief_is_said(server: DiscordServer, brief: int, desk: Desk) -> None:
    """The service's sentence, in private."""
    desk.mood.trouble = UserError("the desk no longer keeps this brief", hint="try /brief BABA")

    reply = await server.press(brief, "desk:1:sources:4711:1")

    assert private(reply)
    assert reply.text == "The desk no longer keeps this brief. Try /brief BABA"


async def test_the_unexpected_is_one_calm_sentence(
    server: DiscordServer, brief: int, desk: Desk
) -> None:
    """discord.py would only log it."""
    desk.mood.trouble = KeyError("boom")

    reply = await server.press(brief, "desk:1:details:4711:1")

    assert private(reply)
    assert reply.text == CALM


@pytest.mark.parametrize("action", [payload.Action(a) for a in payload.UNDER_A_BRIEF])
async def test_a_press_is_answered_in_time_though_the_service_hangs(
    server: DiscordServer, brief: int, desk: Desk, action: payload.Action
) -> None:
    """Every button defers first."""
    desk.mood.hangs = True
    pressing = asyncio.create_task(server.press(brief, f"desk:1:{action.value}:4711:1"))
    await asyncio.wait_for(desk.mood.hanging.wait(), 5)

    pressing.cancel()
    assert server.messages()[1]["flags"] & 128, "the placeholder of a deferred reply"
