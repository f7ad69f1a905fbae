"""`bot correct PIECE`: the operator corrects every copy, also while the desk runs."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable

from bot import log as logs
from bot.app.compose import open_parts
from bot.app.printing import plain
from bot.config import Config
from bot.errors import UserError
from bot.model.brief import Variant
from bot.services.faces import Mending


def correct(config: Config, mending: Mending, sure: Callable[[], bool]) -> int:
    """
    Show how it will read, and correct it where `sure` agrees; returns 1 where it does not.

    The store is told, and the running desk edits every copy.
    """
    logs.configure("error", "text", (config.token, config.database))
    try:
        return asyncio.run(_correct(config, mending, sure))
    except UserError as error:
        raise UserError(plain(error.message), hint=plain(error.hint)) from error


async def _correct(config: Config, mending: Mending, sure: Callable[[], bool]) -> int:
    async with open_parts(config) as parts:
        answer = await parts.services.corrections.preview(mending, Variant())
        words = answer.rendered
        blocks = (words.content, words.title, words.description)
        sys.stdout.write("\n\n".join(plain(block) for block in blocks if block) + "\n\n")
        if not sure():
            sys.stdout.write("Nothing was changed.\n")
            return 1
        made = await parts.services.corrections.correct(mending)
    change = f"was {made.was}, is {made.now}" if made.now else made.was
    sys.stdout.write(f"{made.kind.value}: {made.what} {change}. The desk edits every copy.\n")
    return 0
