"""
Makes docs/brief.png, the picture in the README: a brief of the recorded day on the sandbox's page.

    python -m docs.make_picture [--channel alerts] [--until 11:09] [--to docs/brief.png]

The day plays in lockstep with the real desk, to its end or to a time of the market; then a
headless Chromium looks at the first brief of the channel.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
from datetime import datetime, time
from pathlib import Path
from typing import Any

from bot.sandbox.demo import start_desk, stop_desk, write_config
from bot.sandbox.page import Page
from bot.sandbox.world import World
from bot.tape import Tape, read_day
from tests.browser import Tab, browser

ROOT = Path(__file__).resolve().parent.parent
DAY = ROOT / "seeds/days/2026-01-12"
WIDTH, MARGIN, SCALE = 760, 24, 2
PATIENCE = 300.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else None)
    parser.add_argument("--channel", default="alerts", help="its name in the recorded day")
    parser.add_argument("--until", type=time.fromisoformat, help="market time, such as 11:09")
    parser.add_argument("--to", type=Path, default=ROOT / "docs/brief.png")
    options = parser.parse_args()
    picture = asyncio.run(taken(read_day(DAY), options.channel, options.until))
    options.to.write_bytes(picture)


async def taken(tape: Tape, channel: str, until: time | None) -> bytes:
    """The picture of the channel's first brief after the day has played, as a PNG."""
    ends = datetime.combine(tape.day, until, tape.starts.tzinfo) if until else None
    async with World(tape, port=0, ends=ends) as world, browser() as tab:
        assert world.page is not None
        with tempfile.TemporaryDirectory(prefix="newsdesk-picture-") as folder:
            await played(world, tape, Path(folder))
        return await looked_at(tab, world.page, channel, first_brief(world, channel))


async def played(world: World, tape: Tape, folder: Path) -> None:
    """Run the desk until the clock has reached its end."""
    with (folder / "desk.log").open("w") as diary:
        desk = await start_desk(write_config(world, tape, folder), diary)
        try:
            async with asyncio.timeout(PATIENCE):
                await world.clock.finished.wait()
        finally:
            await stop_desk(desk)


def first_brief(world: World, channel: str) -> str:
    """The id of the first message of the channel that has an embed."""
    ids = {name: id for id, name in world.names.items()}
    for message in world.discord.messages():
        if message["channel_id"] == ids[channel] and message["embeds"]:
            return str(message["id"])
    raise SystemExit(f"no brief was posted in #{channel}")


async def looked_at(tab: Tab, page: Page, channel: str, message: str) -> bytes:
    """A window exactly as high as the message needs."""
    still: list[dict[str, Any]] = [{"name": "prefers-reduced-motion", "value": "reduce"}]
    brief = f"document.querySelector({json.dumps('#m' + message)})"
    await tab.call("Emulation.setEmulatedMedia", features=still)
    await tab.call("Emulation.setScrollbarsHidden", hidden=True)
    await tab.size(WIDTH, 900, scale=SCALE)
    await tab.open(f"{page.url}/#{channel}/{message}")
    await tab.until(f"[...{brief}?.querySelectorAll('img') ?? [0]].every(each => each.complete)")
    above = await tab.run("document.querySelector('#messages').getBoundingClientRect().top")
    height = await tab.run(f"{brief}.offsetHeight")
    await tab.size(WIDTH, round(above + height + MARGIN), scale=SCALE)
    await tab.run(f"{brief}.scrollIntoView({{block: 'start'}})")
    return await tab.picture()


if __name__ == "__main__":
    main()
