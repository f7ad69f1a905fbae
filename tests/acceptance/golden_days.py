"""
The recorded days as they read, one text file a day: python -m tests.acceptance.golden_days [DAY …]

Writes tests/acceptance/days/DAY.txt anew. Read each aloud before it is committed.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from bot import log as logs
from bot.app.replay import DAYS, play
from bot.app.telling import tell
from bot.tape import read_day

GOLDEN = Path(__file__).parent / "days"
NAMES = sorted(path.parent.name for path in DAYS.glob("*/day.toml"))


def golden(day: str) -> Path:
    return GOLDEN / f"{day}.txt"


async def told(day: str) -> str:
    """The whole day through the desk, as `bot replay` prints it."""
    tape = read_day(DAYS / day)
    done = await play(tape)
    return tell(tape, done.exported, done.names)


def main() -> None:
    logs.configure("error", "text", ())
    for day in sys.argv[1:] or NAMES:
        golden(day).write_text(asyncio.run(told(day)))


if __name__ == "__main__":
    main()
