"""
How the desk answers a person: within three seconds, and never with a stack trace.

Discord forgets an interaction that nobody acknowledges within 3 seconds, so a command or a
button defers first and works after; whatever goes wrong then is one sentence for that person.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager

import aiohttp
import discord
import structlog
from discord import app_commands

from bot import payload
from bot.errors import DeskError
from bot.services.faces import Answer

log = structlog.get_logger(__name__)

Interaction = discord.Interaction[discord.Client]

PATIENCE = 60.0
"""Seconds that an answer may take before the person is told to try again."""

CALM = "Something went wrong on the desk's side, and it is logged. Please try again in a minute."
SLOW = "That took longer than a minute, so the desk gave up. Please try again in a minute."
OLD_COMMAND = "This command is from an older desk; restart Discord, then try /desk help"

_MOST = 1_900
_LATE = (10062, 40060)  # unknown interaction, acknowledged already


@asynccontextmanager
async def answering(interaction: Interaction, *, public: bool = False) -> AsyncIterator[None]:
    """
    Defer at once, then run the body, which answers with `say` or `show`.

    Errors of the body are said to the person alone, also where the answer is `public`.
    """
    await interaction.response.defer(ephemeral=not public, thinking=True)
    try:
        async with asyncio.timeout(PATIENCE):
            yield
    except TimeoutError:
        log.warning("an answer took too long", command=_name(interaction))
        await _apologise(interaction, SLOW, public)
    except DeskError as error:
        await _apologise(interaction, sentence(error), public)
    except Exception as error:
        if _late(error):
            log.warning("an answer came too late", command=_name(interaction))
            return
        log.exception("a command failed", command=_name(interaction))
        await _apologise(interaction, CALM, public)


async def say(interaction: Interaction, lines: Iterable[str]) -> None:
    """Answer in words: as many whole lines as a message holds."""
    await interaction.edit_original_response(content=fit(list(lines)))


async def show(interaction: Interaction, answer: Answer) -> None:
    """Answer with a brief and its picture."""
    await interaction.edit_original_response(
        content=answer.rendered.content or None,
        embeds=payload.embeds(answer.rendered, picture=answer.chart is not None),
        attachments=payload.files(answer.rendered, answer.chart),
    )


def sentence(error: DeskError) -> str:
    """An error as a person reads it: what is the matter, then the way out."""
    message, hint = (_begun(part) for part in (error.message, error.hint))
    return f"{message}. {hint}" if hint else f"{message}."


def _begun(text: str) -> str:
    """With a capital, unless it begins with an address or a file's name."""
    named = {".", ":", "/"}.intersection(text.partition(" ")[0])
    return text if named else text[:1].upper() + text[1:]


def fit(lines: list[str]) -> str:
    """Join whole lines up to what a message holds, and say how many are left out."""
    kept = list(lines)
    while len("\n".join(kept)) > _MOST and len(kept) > 1:
        kept.pop()
    left = len(lines) - len(kept)
    return "\n".join(kept)[:_MOST] + (f"\n… and {left} more" if left else "")


async def on_command_error(interaction: Interaction, error: app_commands.AppCommandError) -> None:
    """What goes wrong before a command's own body runs, or before it could defer."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if _late(cause):
        log.warning("an answer came too late", command=_name(interaction))
        return
    if isinstance(error, (app_commands.CommandNotFound, app_commands.CommandSignatureMismatch)):
        text = OLD_COMMAND
    elif isinstance(error, app_commands.TransformerError):
        text = f"I cannot use {error.value}; name a text channel or thread that I can see"
    else:
        log.error("a command failed", command=_name(interaction), exc_info=cause)
        text = CALM
    if not interaction.response.is_done():
        await interaction.response.send_message(text, ephemeral=True)


def custom_id_of(interaction: Interaction) -> str:
    """The custom id of the button that was pressed, "" for anything else."""
    data = interaction.data
    return str(data.get("custom_id", "")) if data else ""


def values_of(interaction: Interaction) -> list[str]:
    """What was chosen of a menu."""
    data = interaction.data
    chosen = data.get("values") if data else None
    return [str(one) for one in chosen] if isinstance(chosen, list) else []


async def _apologise(interaction: Interaction, text: str, public: bool) -> None:
    """A public "thinking…" cannot become a private answer, so it goes first."""
    try:
        if public:
            await interaction.delete_original_response()
            await interaction.followup.send(text, ephemeral=True)
        else:
            await interaction.edit_original_response(content=text)
    except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
        log.warning("an apology was not taken", command=_name(interaction), why=str(error))


def _late(error: Exception) -> bool:
    return isinstance(error, discord.HTTPException) and error.code in _LATE


def _name(interaction: Interaction) -> str:
    command = interaction.command
    return command.qualified_name if command else custom_id_of(interaction)
