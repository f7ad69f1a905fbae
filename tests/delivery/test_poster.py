from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from bot.delivery.client import DeskClient
from bot.delivery.poster import DiscordPoster
from bot.errors import Transient
from bot.model.post import Posted, PostKind
from bot.sandbox.discord import Channel, DiscordServer
from tests.delivery.examples import PNG, post, rendered


def buttons_of(message: dict[str, Any]) -> list[str]:
    return [button["custom_id"] for row in message["components"] for button in row["components"]]


async def test_a_brief_is_one_request(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Content, embed, chart and buttons arrive together, and nobody is mentioned."""
    before = server.requests

    posted = await poster.create(post(int(channel.id)), rendered(), PNG)

    (message,) = server.messages(channel)
    assert Posted(int(message["id"]), 1) == posted
    assert server.requests - before == 1
    assert message["content"] == "▲ BABA +9.8% $165.68"
    assert message["embeds"][0]["title"] == "Alibaba ADRs rise 9.8%"
    assert message["embeds"][0]["image"]["url"] == message["attachments"][0]["url"]
    assert message["attachments"][0]["filename"] == "baba.png"
    assert message["attachments"][0]["description"] == "BABA up 9.8%"
    assert buttons_of(message) == [
        "desk:1:details:4711:1",
        "desk:1:why:4711:1",
        "desk:1:sources:4711:1",
    ]


async def test_nobody_is_pinged(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Words that look like a mention stay words."""
    await poster.create(post(int(channel.id)), rendered(content="@everyone BABA +9.8%"), None)

    (message,) = server.messages(channel)
    assert not message["mention_everyone"]


async def test_a_brief_without_a_chart_names_none(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """A chart that is not ready yet leaves no hole in the embed."""
    await poster.create(post(int(channel.id)), rendered(), None)

    (message,) = server.messages(channel)
    assert "image" not in message["embeds"][0]
    assert message["attachments"] == []


async def test_a_rung_is_one_line_in_reply(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """It answers the living message, with neither embed nor buttons."""
    living = await poster.create(post(int(channel.id)), rendered(), PNG)
    rung = post(
        int(channel.id),
        id=4712,
        part=1,
        kind=PostKind.RUNG,
        reply_to=living.message_id,
        desired_rev=2,
    )

    posted = await poster.create(rung, rendered(), None)

    message = server.messages(channel)[1]
    assert Posted(int(message["id"]), 2) == posted
    assert message["content"] == "▲ BABA extends to +12.4%, $169.68"
    assert message["message_reference"]["message_id"] == str(living.message_id)
    assert message["embeds"] == message["components"] == []


async def test_a_rung_outlives_its_message(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """When a moderator deleted the brief, the line still comes."""
    living = await poster.create(post(int(channel.id)), rendered(), None)
    server.delete_message(living.message_id)
    rung = post(int(channel.id), id=4712, part=1, kind=PostKind.RUNG, reply_to=living.message_id)

    await poster.create(rung, rendered(), None)

    (message,) = server.messages(channel)
    assert message["content"] == "▲ BABA extends to +12.4%, $169.68"


async def test_a_follow_up_is_a_brief_in_reply(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """It takes the place of a message that cannot be edited, and links to it."""
    living = await poster.create(post(int(channel.id)), rendered(), None)
    follow_up = post(
        int(channel.id), id=4713, part=2, kind=PostKind.FOLLOW_UP, reply_to=living.message_id
    )

    await poster.create(follow_up, rendered(), PNG)

    message = server.messages(channel)[1]
    assert message["message_reference"]["message_id"] == str(living.message_id)
    assert message["embeds"][0]["title"] == "Alibaba ADRs rise 9.8%"
    assert buttons_of(message)[0] == "desk:1:details:4713:1"


async def test_an_edit_replaces_words_chart_and_buttons(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """The message shows the desired revision; the old body stays in its edits."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), PNG)
    row = replace(row, message_id=first.message_id, desired_rev=2, posted_rev=1)

    posted = await poster.edit(row, rendered(title="Alibaba ADRs rise 12.4%", chart="two.png"), PNG)

    (message,) = server.messages(channel)
    assert Posted(first.message_id, 2) == posted
    assert message["embeds"][0]["title"] == "Alibaba ADRs rise 12.4%"
    assert [file["filename"] for file in message["attachments"]] == ["two.png"]
    assert message["embeds"][0]["image"]["url"] == message["attachments"][0]["url"]
    assert buttons_of(message)[0] == "desk:1:details:4711:2"
    assert len(message["edits"]) == 1


async def test_an_edit_without_a_chart_takes_it_away(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """The message shows what is given, also when the words still name a picture."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), PNG)

    await poster.edit(replace(row, message_id=first.message_id), rendered(), None)

    (message,) = server.messages(channel)
    assert message["attachments"] == []
    assert "image" not in message["embeds"][0]


async def test_the_line_layout_is_content_and_buttons(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Also when an edit turns a whole brief into one line."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), PNG)
    line = rendered(title="", description="", chart="")

    await poster.edit(replace(row, message_id=first.message_id), line, None)

    (message,) = server.messages(channel)
    assert (message["embeds"], message["attachments"]) == ([], [])
    assert len(buttons_of(message)) == 3


async def test_a_repeat_after_a_drop_returns_the_first_message(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Applied, then cut off: ambiguous, and the nonce makes the repeat harmless."""
    row = post(int(channel.id))
    server.faults.drop(applied=True, method="POST")

    with pytest.raises(Transient) as caught:
        await poster.create(row, rendered(), PNG)
    posted = await poster.create(row, rendered(), PNG)

    (message,) = server.messages(channel)
    assert caught.value.ambiguous
    assert Posted(int(message["id"]), 1) == posted


async def test_a_repeat_says_which_revision_stands_there(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """The body of the first attempt is older than what is desired by now."""
    row = post(int(channel.id))
    server.faults.fail(502, applied=True, method="POST")
    with pytest.raises(Transient):
        await poster.create(row, rendered(), None)

    posted = await poster.create(replace(row, desired_rev=3), rendered(title="Newer"), None)

    (message,) = server.messages(channel)
    assert Posted(int(message["id"]), 1) == posted
    assert message["embeds"][0]["title"] == "Alibaba ADRs rise 9.8%"


async def test_a_repeated_rung_with_other_words_is_due_for_an_edit(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """A line carries no revision, so other words count as the lowest."""
    rung = post(int(channel.id), kind=PostKind.RUNG, desired_rev=2)
    await poster.create(rung, rendered(), None)

    posted = await poster.create(rung, rendered(reply="▲ BABA extends to +15%"), None)
    edited = await poster.edit(
        replace(rung, message_id=posted.message_id), rendered(reply="▲ BABA extends to +15%"), None
    )

    (message,) = server.messages(channel)
    assert (posted.revision, edited.revision) == (0, 2)
    assert message["content"] == "▲ BABA extends to +15%"


async def test_failpoints_stand_around_the_request(
    server: DiscordServer, channel: Channel, client: DeskClient
) -> None:
    """Before: nothing was written yet. After: the message is there."""
    seen: list[tuple[str, int]] = []
    poster = DiscordPoster(client, lambda name: seen.append((name, len(server.messages()))))
    row = post(int(channel.id))

    first = await poster.create(row, rendered(), None)
    await poster.edit(replace(row, message_id=first.message_id), rendered(), None)

    assert seen == [
        ("discord.create.before", 0),
        ("discord.create.after", 1),
        ("discord.edit.before", 1),
        ("discord.edit.after", 1),
    ]


async def test_posts_leave_nothing_behind(
    server: DiscordServer, channel: Channel, client: DeskClient, poster: DiscordPoster
) -> None:
    """discord.py keeps no view of what was sent, however much that is."""
    row = post(int(channel.id))
    first = await poster.create(row, rendered(), None)
    await poster.edit(replace(row, message_id=first.message_id), rendered(), None)

    assert list(client.persistent_views) == []
