"""`bot feed why URL`: what the desk knows of a feed, read back from its store."""

from __future__ import annotations

import asyncio
import sys
from contextlib import AsyncExitStack

from bot import log as logs
from bot.app.compose import open_clock
from bot.app.files import data_folder
from bot.config import Config
from bot.desk.address import same_feed
from bot.desk.trouble import tried_again
from bot.errors import UserError
from bot.services.feed_lines import why_lines
from bot.sources.clock import SystemClock
from bot.store import open_store


def why_feed(config: Config, address: str, *, again: bool) -> int:
    """Print it; with `again` a feed that is in trouble is asked again at once."""
    logs.configure("error", "text", (config.token, config.database))
    return asyncio.run(_why(config, same_feed(address), again=again))


async def _why(config: Config, url: str, *, again: bool) -> int:
    data_folder(config)
    async with AsyncExitStack() as stack:
        clock = await open_clock(config, SystemClock(), stack)
        store = await stack.enter_async_context(await open_store(config.database))
        async with store.transaction("why a feed") as tx:
            state = await tx.wire.feed(url)
            if state is None:
                raise UserError(
                    f"the desk knows no feed {url}",
                    hint="it knows those of feeds.opml once it has run, and those servers added",
                )
            if again and (state.told or state.stopped or state.failures):
                after = tried_again(state, clock.now())
                await tx.wire.put_state(after)
                await tx.notices.say(url, after.told, clock.now())
            lines = await why_lines(tx, url, None)
    sys.stdout.write("\n".join(lines) + "\n")
    return 0
