"""What the desk logs: one line each on stderr, at its level, with secrets taken out."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

SCRIPT = """
import logging, structlog
from bot.log import configure
log = structlog.get_logger("bot.part")
configure("warning", {form!r}, ("my-secret-token",))
log.info("unheard")
log.warning("told", why="my-secret-token at https://me:word@host/x", n=3)
logging.getLogger("discord.client").info("unheard")
logging.getLogger("discord.shard").warning("limited by %s", "my-secret-token")
try:
    raise OSError("503 on the way")
except OSError:
    logging.getLogger("discord.shard").exception("Attempting a reconnect in %.1fs", 2.5)
    log.exception("stumbled")
"""


def said(form: str) -> list[str]:
    """The lines of stderr; nothing may be on stdout."""
    command = (sys.executable, "-c", SCRIPT.format(form=form))
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "" == ran.stdout
    return ran.stderr.splitlines()


@pytest.mark.parametrize("form", ["text", "json"])
def test_secrets_and_quieter_levels_are_left_out(form: str) -> None:
    """Of our own lines and of every library's, in their words and in their fields."""
    text = "\n".join(said(form))

    assert "unheard" not in text
    assert "my-secret-token" not in text
    assert "me:word" not in text
    assert "[secret] at https://[secret]@host/x" in text
    assert "limited by [secret]" in text


def test_json_is_one_object_a_line() -> None:
    """Ours and a library's alike, with level, logger and time."""
    told, limited, again, stumbled = (json.loads(line) for line in said("json"))

    assert ("told", "warning", "bot.part", 3) == tuple(
        told[key] for key in ("event", "level", "logger", "n")
    )
    assert ("warning", "discord.shard") == (limited["level"], limited["logger"])
    assert "Attempting a reconnect in 2.5s (503 on the way)" == again["event"]
    assert "OSError: 503 on the way" in stumbled["exception"]


def test_a_reconnect_is_no_traceback() -> None:
    """discord.py tries again by itself; a fault of our own keeps its traceback."""
    lines = said("text")
    (again,) = [line for line in lines if "Attempting a reconnect" in line]

    assert "Attempting a reconnect in 2.5s (503 on the way)" in again
    assert 1 == len([line for line in lines if line.startswith("Traceback")])
