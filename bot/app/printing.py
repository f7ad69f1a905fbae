"""`bot brief TICKER`: a brief in the terminal, in the full layout."""

from __future__ import annotations

import asyncio
import sys

from bot import log as logs
from bot.app.compose import open_parts
from bot.config import Config
from bot.model.brief import Layout, Variant


def print_brief(config: Config, words: str) -> None:
    """Fetch, compose, render and print; errors are one sentence each."""
    logs.configure("error", "text", (config.token, config.database))
    asyncio.run(_print(config, words))


async def _print(config: Config, words: str) -> None:
    async with open_parts(config) as parts:
        answer = await parts.services.briefing.brief(words, Variant(Layout.FULL))
    rendered = answer.rendered
    blocks = (rendered.content, rendered.title, rendered.description, rendered.footer)
    sys.stdout.write("\n\n".join(block for block in blocks if block) + "\n")
