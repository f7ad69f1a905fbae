"""`bot brief TICKER`: a brief in the terminal, in the full layout."""

from __future__ import annotations

import asyncio
import re
import sys

from bot import log as logs
from bot.app.compose import open_parts
from bot.app.feed_list import learn_feeds
from bot.config import Config
from bot.errors import UserError
from bot.model.brief import Layout, Variant

_STAMP = re.compile(r"(?: · )?<t:\d+(?::\w)?>")
_LINK = re.compile(r"\[([^\]]+)\]\(<?([^)>]+)>?\)")
_MARKS = re.compile(r"(?m)^-# |\*\*|__|(?<!\\)[*_`]")


def print_brief(config: Config, words: str) -> None:
    """Read the feeds that are due, compose, render and print; errors are one sentence each."""
    logs.configure("error", "text", (config.token, config.database))
    try:
        asyncio.run(_print(config, words))
    except UserError as error:
        raise UserError(plain(error.message), hint=plain(error.hint)) from error


async def _print(config: Config, words: str) -> None:
    async with open_parts(config) as parts:
        await learn_feeds(parts.config, parts.belt)
        await parts.reading.read_due(parts.clock.now())
        answer = await parts.services.briefing.brief(words, Variant(Layout.FULL))
    rendered = answer.rendered
    blocks = (rendered.content, rendered.title, rendered.description, rendered.footer)
    sys.stdout.write("\n\n".join(plain(block) for block in blocks if block) + "\n")


def plain(markdown: str) -> str:
    """Discord's markdown as it reads; a link keeps its address."""
    text = _LINK.sub(r"\1 (\2)", _STAMP.sub("", markdown))
    return re.sub(r"\\(.)", r"\1", _MARKS.sub("", text))
