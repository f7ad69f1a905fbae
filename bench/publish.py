"""How fast does the outbox empty itself, against a bare aiohttp loop and Discord's own limit?"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import discord
from discord.http import handle_message_parameters

from bench.desk import Newsroom, OpenDesk, open_desk
from bench.figure import Figure, rounds
from bench.stand_in import TOKEN
from bot import payload
from bot.delivery.poster import DiscordPoster
from bot.services.publish import BATCH, Publisher

POSTS = 400
UNPACED = 1_000_000.0
DISCORD = 50.0
SHARE = 0.2


async def figures(share: float) -> AsyncIterator[Figure]:
    """One brief to that many channels, chart and buttons included, as fast as it goes."""
    posts = rounds(POSTS, share)
    async with open_desk(channels=posts) as desk, desk.newsroom(rate=UNPACED) as room:
        await room.watch(desk.place.channels)
        await room.cross(desk.place.now)
        ours = posts / await _emptied(desk, room)
        bare = posts / await _bare(desk, room)
    peer = f"an aiohttp loop posting the same bodies, {BATCH} at once"
    yield Figure("posts from the outbox", ours, "posts/s", peer, bare, SHARE * bare, at_least=True)
    yield Figure(
        "posts from the outbox, beside the limit",
        ours,
        "posts/s",
        "what Discord allows one token",
        DISCORD,
        DISCORD,
        at_least=True,
    )


async def _emptied(desk: OpenDesk, room: Newsroom) -> float:
    """Seconds until nothing is owed, by the loop that `python -m bot run` has."""
    poster = DiscordPoster(desk.client)
    publisher = Publisher(room.store, poster, room.witness, desk.parts.real, desk.parts.owner)
    began = time.perf_counter()
    while not await publisher.publish_once():
        pass
    took = time.perf_counter() - began
    await poster.close()
    async with room.store.transaction("owed") as tx:
        if owed := await tx.outbox.pending():
            raise RuntimeError(f"{owed} posts were not sent, so their speed means nothing")
    return took


async def _bare(desk: OpenDesk, room: Newsroom) -> float:
    """Seconds for one POST a channel, by as many loops as the publisher has posts in flight."""
    bodies = iter(list(_bodies(desk, room)))
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        began = time.perf_counter()
        async with asyncio.TaskGroup() as group:
            for _ in range(BATCH):
                group.create_task(_loop(session, bodies))
        return time.perf_counter() - began


async def _loop(session: aiohttp.ClientSession, bodies: Iterator[tuple[str, Any]]) -> None:
    for url, body in bodies:
        async with session.post(url, data=body) as response:
            response.raise_for_status()
            await response.read()


def _bodies(desk: OpenDesk, room: Newsroom) -> Iterator[tuple[str, aiohttp.FormData]]:
    """What discord.py would send, with a nonce of its own for each channel."""
    rendered, picture = room.witness.rendered, room.witness.picture
    parts = handle_message_parameters(
        content=rendered.content,
        embeds=payload.embeds(rendered, picture=True),
        view=payload.buttons(1, 1),
        files=payload.files(rendered, picture),
        allowed_mentions=discord.AllowedMentions.none(),
        nonce="bare",
    ).multipart
    words = json.loads(next(part["value"] for part in parts or () if "filename" not in part))
    for channel in desk.place.channels:
        form = aiohttp.FormData()
        body = json.dumps({**words, "nonce": f"bare-{channel}", "enforce_nonce": True})
        form.add_field("payload_json", body, content_type="application/json")
        form.add_field("files[0]", picture, filename=rendered.chart, content_type="image/png")
        yield f"{desk.place.api_url}/channels/{channel}/messages", form
