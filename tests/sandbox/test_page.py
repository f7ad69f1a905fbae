"""The page's server: its parts, its stream of events, its buttons."""

from __future__ import annotations

import asyncio
import re

import aiohttp
import pytest

from bot.sandbox.clock import VirtualClock
from bot.sandbox.discord import DiscordServer
from bot.sandbox.page import STATIC, Page
from tests.sandbox.page_rig import (
    EVENING,
    LATE_MORNING,
    NOTIFICATION,
    TITLE,
    listening,
    press,
    shown,
)

WHY, SOURCES, NOTHING = "desk:1:why:1:1", "desk:1:sources:1:1", "desk:1:nothing:1:1"
SMALL = 60_000


def plain_page(speed: float = 0.0) -> tuple[Page, VirtualClock]:
    """A page over a Discord that nobody is in."""
    clock = VirtualClock(LATE_MORNING, EVENING, speed=speed)
    return Page(DiscordServer(now=clock.now), clock), clock


async def test_the_page_and_every_part_it_names_are_served() -> None:
    """Whatever the page links to is there, with its type, and may talk to this machine only."""
    page, _ = plain_page()
    async with page, aiohttp.ClientSession() as session:
        async with session.get(page.url) as response:
            index, headers = await response.text(), response.headers
        types = {}
        for name in re.findall(r'(?:src|href)="(static/[^"]+)"', index):
            async with session.get(f"{page.url}/{name}") as response:
                types[name] = response.content_type if response.ok else response.status

    assert "Nothing leaves this machine" in index
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert types == {
        "static/desk.svg": "image/svg+xml",
        "static/style.css": "text/css",
        "static/app.js": "text/javascript",
    }


async def test_nothing_else_is_served() -> None:
    """A name that is not one of the page's parts is 404, however it is spelled."""
    page, _ = plain_page()
    names = ("missing.js", "..%2fpage.py", "%2e%2e%2fclock.py", "index.html")
    async with page, aiohttp.ClientSession() as session:
        statuses = []
        for name in names:
            async with session.get(f"{page.url}/static/{name}") as response:
                statuses.append(response.status)

    assert statuses == [404] * len(names)


def test_the_page_is_small() -> None:
    """All of it together is under 60 KB."""
    size = sum(path.stat().st_size for path in STATIC.iterdir())

    assert size < SMALL


async def test_hello_tells_all_that_stands() -> None:
    """The first event has the channels, the messages in them, the zone and the time."""
    async with shown(speed=20) as world:
        await world.post_brief()
        async with listening(world.page) as stream:
            hello = await stream.next("hello")

    places = [(each["name"], each["guild"]) for each in hello["channels"]]
    assert places == [("operator", None), ("desk", "Floor"), ("full", "Floor")]
    assert [each["content"] for each in hello["messages"]] == [NOTIFICATION]
    assert hello["messages"][0]["embeds"][0]["title"] == TITLE
    assert hello["zone"] == "America/New_York"
    assert hello["clock"]["pace"] == "20× speed"
    assert hello["clock"]["now"] >= LATE_MORNING.timestamp()


async def test_creations_edits_and_deletions_arrive() -> None:
    """Who listens hears of each change, with the message as it then stands."""
    async with shown() as world, listening(world.page) as stream:
        await stream.next("hello")
        message = await world.post_brief()
        created = await stream.next("create", "edit", "delete")
        await message.edit(content="▲ BABA +12.4% $169.68")
        edited = await stream.next("create", "edit", "delete")
        await message.delete()
        deleted = await stream.next("create", "edit", "delete")

    assert created["content"] == NOTIFICATION
    assert edited["content"] == "▲ BABA +12.4% $169.68"
    assert [each["content"] for each in edited["edits"]] == [NOTIFICATION]
    assert deleted["id"] == str(message.id)


async def test_the_clock_is_told_when_it_moves() -> None:
    """The time follows the market's clock, not the wall's."""
    page, clock = plain_page(speed=1)
    async with page, listening(page) as stream:
        await stream.next("hello")
        clock.jump(LATE_MORNING.timestamp() + 3600)
        told = await stream.next("clock")

    assert told["now"] == pytest.approx(LATE_MORNING.timestamp() + 3600, abs=30)


async def test_the_pace_is_told_in_words() -> None:
    """Speed, pause, lockstep and the end of the day each have their words."""
    page, clock = plain_page()
    paces = []
    async with page:
        for change in (
            clock.run,
            lambda: clock.set_speed(2.5),
            clock.pause,
            clock.resume,
            lambda: clock.jump(EVENING.timestamp()),
        ):
            change()
            async with listening(page) as stream:
                paces.append((await stream.next("hello"))["clock"]["pace"])

    assert paces == [
        "as fast as it goes",
        "2.5× speed",
        "paused",
        "2.5× speed",
        "end of the tape",
    ]


@pytest.mark.parametrize(
    ("button", "words"), [(WHY, "It **crossed** your 5%."), (SOURCES, "1. scmp.com")]
)
async def test_a_press_returns_what_only_the_presser_sees(button: str, words: str) -> None:
    """A button is answered to who pressed it, also after "is thinking…", and to nobody else."""
    async with shown() as world:
        message = await world.post_brief()
        async with listening(world.page) as stream:
            await stream.next("hello")
            status, told = await press(world.page, message.id, button)
            await world.floor.text.send("next")
            heard = await stream.next("create", "edit")

    assert status == 200
    assert not told["late"]
    assert [each["content"] for each in told["answers"]] == [words]
    assert heard["content"] == "next"


async def test_a_button_without_an_answer_is_late() -> None:
    """A bot that says nothing within three seconds has failed, and the page is told so."""
    async with shown() as world:
        message = await world.post_brief()
        status, told = await press(world.page, message.id, NOTHING)

    assert (status, told) == (200, {"late": True, "answers": []})


async def test_what_cannot_be_pressed_is_refused_in_a_sentence() -> None:
    """An unknown message or button is 404, and says which."""
    async with shown() as world:
        message = await world.post_brief()
        unknown = await press(world.page, 1, WHY)
        missing = await press(world.page, message.id, "desk:1:other:1:1")

    assert unknown == (404, f"no message 1 to press {WHY} on")
    assert missing == (
        404,
        f"no button desk:1:other:1:1 that could be pressed on {message.id}",
    )


async def test_another_site_cannot_press() -> None:
    """A form of another site cannot send JSON, and anything else is refused."""
    page, _ = plain_page()
    async with (
        page,
        aiohttp.ClientSession() as session,
        session.post(f"{page.url}/press", data='{"message": "1"}') as response,
    ):
        status = response.status

    assert status == 415


async def test_stopping_is_quick_with_an_open_stream() -> None:
    """The page ends its streams itself, instead of waiting for their readers."""
    loop = asyncio.get_running_loop()
    page, _ = plain_page()
    await page.start()
    async with listening(page) as stream:
        await stream.next("hello")
        before = loop.time()
        await page.stop()
        took = loop.time() - before
        rest = await stream.next("hello")

    assert took < 1
    assert rest is None


async def test_a_taken_port_is_left_to_its_owner() -> None:
    """Where the wanted port is taken, the page takes a free one."""
    first, _ = plain_page()
    second, _ = plain_page()
    async with first:
        port = int(first.url.rpartition(":")[2])
        await second.start(port)
        async with aiohttp.ClientSession() as session, session.get(second.url) as response:
            status = response.status
        await second.stop()

    assert status == 200
    assert second.url != first.url
