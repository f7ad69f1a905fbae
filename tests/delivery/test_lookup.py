from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.delivery.poster import DiscordPoster
from bot.model.post import PostKind
from bot.sandbox.discord import Channel, DiscordServer, Permission
from tests.delivery.conftest import Clock
from tests.delivery.examples import NOW, post, rendered


@pytest.mark.parametrize("kind", [PostKind.BRIEF, PostKind.RUNG])
async def test_a_post_is_found_in_the_history(
    server: DiscordServer,
    channel: Channel,
    poster: DiscordPoster,
    clock: Clock,
    kind: PostKind,
) -> None:
    """By its button or its nonce, among others of ours."""
    other = post(int(channel.id), id=1, nonce="other", kind=kind)
    row = post(int(channel.id), kind=kind)
    await poster.create(other, rendered(reply="something else"), None)
    posted = await poster.create(row, rendered(), None)
    clock.now += timedelta(minutes=10)

    assert posted == await poster.find(row, NOW, rendered())


async def test_a_line_is_found_by_its_words(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """When Discord does not tell the nonce: author, reply reference and exact content."""
    living = await poster.create(post(int(channel.id)), rendered(), None)
    rung = post(
        int(channel.id), id=9, part=1, kind=PostKind.RUNG, reply_to=living.message_id, desired_rev=2
    )
    posted = await poster.create(rung, rendered(), None)
    untold = replace(rung, nonce="another")

    assert posted == await poster.find(untold, NOW, rendered())
    assert await poster.find(untold, NOW, rendered(reply="other words")) is None
    assert await poster.find(replace(untold, reply_to=None), NOW, rendered()) is None


async def test_absence_is_proved_by_a_readable_history(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Others spoke since; ours is not among them."""
    await poster.create(post(int(channel.id), id=1, nonce="other"), rendered(), None)

    assert await poster.find(post(int(channel.id)), NOW, rendered()) is None


async def test_a_clock_that_is_not_ours_hides_nothing(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Discord's clock is months behind: the newest messages are read whatever their ids say."""
    row = post(int(channel.id))
    posted = await poster.create(row, rendered(), None)

    assert posted == await poster.find(row, NOW + timedelta(days=300), rendered())


async def test_an_empty_channel_proves_absence(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Nothing was ever said there."""
    assert await poster.find(post(int(channel.id)), NOW, rendered()) is None


async def test_an_older_last_message_proves_absence(
    server: DiscordServer, channel: Channel, poster: DiscordPoster, clock: Clock
) -> None:
    """Without Read Message History the channel still tells its last message."""
    await poster.create(post(int(channel.id), id=1, nonce="other"), rendered(), None)
    channel.set_overwrite(server.world.bot, deny=Permission.READ_MESSAGE_HISTORY)

    assert await poster.find(post(int(channel.id)), NOW + timedelta(hours=1), rendered()) is None


async def test_without_history_nothing_can_be_said(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """Somebody spoke since the attempt, and we may not read what."""
    row = post(int(channel.id))
    await poster.create(row, rendered(), None)
    channel.set_overwrite(server.world.bot, deny=Permission.READ_MESSAGE_HISTORY)

    assert await poster.find(row, NOW, rendered()) is False


async def test_a_long_history_is_read_page_by_page(
    server: DiscordServer, channel: Channel, poster: DiscordPoster
) -> None:
    """More than a page was said since the attempt."""
    for number in range(101):
        filler = post(int(channel.id), id=number, nonce=f"n{number}", kind=PostKind.RUNG)
        await poster.create(filler, rendered(reply=f"line {number}"), None)
    row = post(int(channel.id), id=7777)
    posted = await poster.create(row, rendered(), None)

    assert posted == await poster.find(row, NOW, rendered())
