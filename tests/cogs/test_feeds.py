"""/desk feeds: previews before anything is added, private answers, one press to try again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import aiohttp
import pytest

from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.errors import Unreachable
from bot.model.feed import FeedState
from bot.model.news import Feed
from bot.sandbox.discord import ORDINARY, Channel, DiscordServer, Guild, Reply
from bot.services.noticed import AGAIN
from tests.cogs.fake_feeds import CHIPS
from tests.cogs.fakes import Desk
from tests.delivery.examples import post, rendered

EPHEMERAL = 64

pytestmark = pytest.mark.usefixtures("client")


def component(reply: Reply) -> tuple[str, dict[str, Any]]:
    """The message of an answer, and its one button or menu."""
    assert reply.message is not None
    (found,) = reply.message["components"][0]["components"]
    return reply.message["id"], found


async def feeds(server: DiscordServer, here: Channel, name: str, **options: Any) -> Reply:
    return await server.command(f"desk feeds {name}", options, channel=here)


async def test_a_feed_is_shown_before_it_is_added(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """In private, with its headlines, of which nothing acts; what the filter stops is marked."""
    reply = await feeds(server, channel, "add", address=CHIPS, deny="rumour")

    assert reply.message is not None
    assert reply.message["flags"] & EPHEMERAL
    assert "Nothing is added yet" in reply.text
    assert "• Qwen passes a mark ([news.example](<https://news.example/" in reply.text
    assert "Rumour: \\*Qwen\\* \\[moves\\](" in reply.text
    assert "](https://evil" not in reply.text
    assert "(the filter denies rumour)" in reply.text
    assert [] == desk.feeds.wishes


async def test_the_button_adds_it_and_posts_nothing(
    server: DiscordServer, channel: Channel, guild: Guild, desk: Desk
) -> None:
    """For the channel that was named, by the one who asked."""
    other = guild.add_channel("desk-talk")
    reply = await feeds(server, channel, "add", address=CHIPS, outlet="Chips", channel=other)
    message, button = component(reply)
    done = await server.press(message, button["custom_id"])
    (wish,) = desk.feeds.wishes
    told = (wish.feed, wish.outlet, wish.channel, wish.author)

    assert (CHIPS, "Chips", int(other.id), int(server.operator.id)) == told
    assert f"**Chips** is read from now on; <#{other.id}> hears if it fails" in done.text
    assert all(one["flags"] & EPHEMERAL for one in server.messages())


async def test_the_latest_is_posted_on_demand_only(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """For all to read, once."""
    message, button = component(await feeds(server, channel, "add", address=CHIPS, deny="rumour"))
    added, latest = component(await server.press(message, button["custom_id"]))
    posted = await server.press(added, latest["custom_id"])
    again = await server.press(added, latest["custom_id"])

    assert posted.message is not None
    assert not posted.message["flags"] & EPHEMERAL
    assert "a feed that this server added" in posted.text
    assert "Qwen passes a mark" in posted.text
    assert "Rumour" not in posted.text
    assert again.message is None


async def test_a_page_that_names_several_asks_which(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """The one that is picked is previewed."""
    message, menu = component(await feeds(server, channel, "add", address="chips.example"))
    picked = await server.press(message, menu["custom_id"], values=["1"])

    assert ["Chip Notes", "All of it"] == [option["label"] for option in menu["options"]]
    assert f"`{CHIPS}?all`" in picked.text
    assert "Nothing is added yet" in picked.text


async def test_a_page_that_names_one_is_that_feed(server: DiscordServer, channel: Channel) -> None:
    """There is nothing to pick."""
    reply = await feeds(server, channel, "add", address="one.example")

    assert f"`{CHIPS}`" in reply.text


async def test_a_preview_of_a_desk_that_was_restarted(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """It says to ask again."""
    message, button = component(await feeds(server, channel, "add", address=CHIPS))
    for number in range(100):
        await feeds(server, channel, "add", address=f"{CHIPS}?{number}")
    reply = await server.press(message, button["custom_id"])

    assert "Ask again with /desk feeds add" in reply.text
    assert [] == desk.feeds.wishes


async def test_what_cannot_be_read_is_one_sentence(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """As everywhere."""
    desk.mood.trouble = Unreachable("https://chips.example answered 404", hint="try it yourself")
    reply = await feeds(server, channel, "add", address=CHIPS)

    assert "https://chips.example answered 404. Try it yourself" == reply.text


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("add", {"address": CHIPS}),
        ("list", {}),
        ("remove", {"feed": CHIPS}),
        ("filter", {"deny": "rumour"}),
        ("why", {"feed": CHIPS}),
        ("export", {}),
    ],
)
async def test_it_needs_manage_server(
    server: DiscordServer, guild: Guild, channel: Channel, name: str, options: dict[str, str]
) -> None:
    """Also to look: an address may hold a secret."""
    member = guild.add_member("Mia", permissions=ORDINARY)
    reply = await server.command(f"desk feeds {name}", options, channel=channel, user=member)

    assert "Manage Server" in reply.text


async def test_the_list_is_told_page_by_page(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """Own feeds first, then filters, then what every server reads and which of it fails."""
    message, button = component(await feeds(server, channel, "add", address=CHIPS))
    await server.press(message, button["custom_id"])
    first = desk.feeds.wishes[0]
    desk.feeds.wishes += [replace(first, feed=f"{CHIPS}?{n}", outlet=f"N{n}") for n in range(9)]
    down = FeedState(Feed("https://wire.example/", "Wire"), told="Wire is read no more: gone")
    desk.feeds.troubled = [down]
    await feeds(server, channel, "filter", deny="rumour")
    one = await feeds(server, channel, "list")
    two = await feeds(server, channel, "list", page=2)

    assert "**10 of this server's own**, page 1 of 2" in one.text
    assert f"• **Chip Notes** `{CHIPS}` · not read yet, next at once" in one.text
    assert "everything it subscribes to: never rumour" in one.text
    assert "Every server reads 40 listed feeds." in one.text
    assert "• Wire is read no more: gone" in one.text
    assert "**N8**" not in one.text
    assert "**N8**" in two.text


async def test_remove_and_filter_name_what_they_changed(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """A feed of the server's own is picked from a list."""
    message, button = component(await feeds(server, channel, "add", address=CHIPS))
    await server.press(message, button["custom_id"])
    options = {"feed": "chip"}
    choices = await server.autocomplete("desk feeds remove", options, "feed", channel=channel)
    every = await server.autocomplete("desk feeds why", options, "feed", channel=channel)
    filtered = await feeds(server, channel, "filter", feed=CHIPS, allow="chips", deny="rumour")
    removed = await feeds(server, channel, "remove", feed=CHIPS)

    assert [("Chip Notes", CHIPS)] == [(one["name"], one["value"]) for one in choices]
    assert ["Chip Notes", "Wire"] == [one["name"] for one in every]
    assert "**Chip Notes**: only chips; never rumour" == filtered.text
    assert "**Chip Notes** is read for this server no more." == removed.text
    assert [] == desk.feeds.wishes


async def test_a_channel_filters_one_share(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """Named as a person does."""
    reply = await feeds(server, channel, "filter", ticker="BABA", deny="rumour")

    assert f"<#{channel.id}>, BABA: never rumour" == reply.text
    assert "BABA" == desk.feeds.filters[0].ticker


async def test_why_is_shown_as_it_is(server: DiscordServer, channel: Channel) -> None:
    """In a block, where nothing acts and nothing breaks out."""
    reply = await feeds(server, channel, "why", feed=CHIPS)
    lines = reply.text.split("\n")

    assert ("```", "```") == (lines[0], lines[-1])
    assert "Jan 12 16:00:00 304 'x'" == lines[-2]


async def test_a_list_is_brought_and_taken_away(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """As a file both ways; what was left out is said with its reason."""
    desk.feeds.left_out = (("http://10.0.0.1/", "is a private address"),)
    file = server.upload(channel, "mine.opml", b"<opml>mine</opml>")
    reply = await feeds(server, channel, "import", file=file)
    export = await feeds(server, channel, "export")
    assert export.message is not None
    (attached,) = export.message["attachments"]
    async with aiohttp.ClientSession() as session, session.get(attached["url"]) as response:
        document = await response.read()

    assert [b"<opml>mine</opml>"] == desk.feeds.brought
    assert "**1 added, 1 left out**:\n• `http://10.0.0.1/`: is a private address" == reply.text
    assert ("feeds.opml", b"<opml/>") == (attached["filename"], document)


async def test_a_list_that_is_too_large_is_not_even_fetched(
    server: DiscordServer, channel: Channel, desk: Desk
) -> None:
    """With the size and the limit."""
    file = server.upload(channel, "mine.opml", b" " * 5_000_001)
    reply = await feeds(server, channel, "import", file=file)

    assert "mine.opml has 5.0 MB, more than the limit of 5 MB. Hand in a part of it" == reply.text
    assert [] == desk.feeds.brought


async def test_a_notices_button_tries_again(
    server: DiscordServer, guild: Guild, channel: Channel, client: DeskClient, desk: Desk
) -> None:
    """For those who may change what the server hears of; also after a restart."""
    poster = DiscordPoster(client)
    words = rendered(content="gone", title="", description="", buttons=(AGAIN,))
    notice = await poster.create(post(int(channel.id)), words, None)
    member = guild.add_member("Mia", permissions=ORDINARY)
    refused = await server.press(notice.message_id, "desk:1:again:4711:1", user=member)
    tried = await server.press(notice.message_id, "desk:1:again:4711:1")
    over = replace(post(int(channel.id)), message_id=notice.message_id)
    await poster.edit(over, replace(words, buttons=()), None)
    await poster.close()
    (shown,) = [one for one in server.messages() if one["id"] == str(notice.message_id)]

    assert "Manage Server" in refused.text
    assert "Chip Notes is asked again now." == tried.text
    assert [4711] == desk.feeds.tried
    assert [] == shown["components"]
