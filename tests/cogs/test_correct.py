"""/desk correct: a private preview, a button, and a server's own copies corrected once."""

from __future__ import annotations

import pytest

from bot.errors import UserError
from bot.model.piece import Matter
from bot.sandbox.discord import ORDINARY, Channel, DiscordServer, Guild, Reply
from bot.services.faces import Mending
from tests.cogs.fakes import Desk

EPHEMERAL = 64
PIECE = "BABA/2026-01-12/up/1"
WHY = "the exchange corrected its close"
ASKED = {"brief": PIECE, "what": "REFERENCE", "why": WHY, "right": "151.17"}

pytestmark = pytest.mark.usefixtures("client")


async def preview(server: DiscordServer, channel: Channel, **changes: str) -> Reply:
    return await server.command("desk correct", {**ASKED, **changes}, channel=channel)


def button(reply: Reply) -> tuple[str, str]:
    assert reply.message is not None
    (found,) = reply.message["components"][0]["components"]
    return reply.message["id"], found["custom_id"]


async def test_it_shows_what_it_will_read_first(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """To the person alone; nothing is changed by it."""
    reply = await preview(server, channel)

    assert reply.message is not None
    assert reply.message["flags"] & EPHEMERAL
    assert "Nothing is changed yet" in reply.text
    assert "Alibaba ADRs rise 9.8%" in reply.text
    assert [] == desk.corrections.mendings


async def test_confirmed_it_is_made_in_this_server(
    server: DiscordServer, guild: Guild, channel: Channel, desk: Desk
) -> None:
    """By the person who asked, for the copies of the server they asked in, and once."""
    message, confirm = button(await preview(server, channel))
    first = await server.press(message, confirm)
    second = await server.press(message, confirm)
    who = int(server.operator.id)

    assert [
        Mending(PIECE, Matter.REFERENCE, WHY, "151.17", "", int(guild.id), who)
    ] == desk.corrections.mendings
    assert first.text.startswith("**CORRECTED** the previous close")
    assert "confirmed already" in second.text


async def test_a_button_of_a_desk_that_was_restarted(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """It says to ask again; it is not taken for the button of an older desk."""
    message, confirm = button(await preview(server, channel))
    for number in range(100):
        await preview(server, channel, why=f"another reason, number {number}")
    reply = await server.press(message, confirm)

    assert (
        "This preview was confirmed already, or is no longer kept. Ask again with /desk correct"
        == reply.text
    )
    assert [] == desk.corrections.mendings


async def test_what_cannot_be_corrected_is_one_sentence(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """Said in private, without a button."""
    desk.mood.trouble = UserError(
        "Friday's close is $150.96 in the brief already", hint="name another"
    )
    reply = await preview(server, channel)

    assert "Friday's close is $150.96 in the brief already. Name another" == reply.text
    assert reply.message is not None
    assert not reply.message["components"]


async def test_it_needs_manage_server(
    server: DiscordServer, guild: Guild, channel: Channel
) -> None:
    """As everything that changes what a server reads."""
    member = guild.add_member("Mia", permissions=ORDINARY)
    reply = await server.command("desk correct", ASKED, channel=channel, user=member)

    assert "Manage Server" in reply.text


async def test_the_briefs_of_this_server_are_offered(
    server: DiscordServer, channel: Channel
) -> None:
    """By what a person calls them."""
    choices = await server.autocomplete(
        "desk correct", {**ASKED, "brief": "BA"}, "brief", channel=channel
    )

    assert [("BABA up 9.8% on Jan 12", PIECE)] == [(c["name"], c["value"]) for c in choices]


async def test_help_names_it(server: DiscordServer, channel: Channel) -> None:
    """And is one message still."""
    reply = await server.command("desk help", {}, channel=channel)

    assert "/desk correct" in reply.text
    assert len(reply.text) <= 2000
