"""
A desk that can be killed and started again in a fraction of a second.

Imports everything once, then forks one real desk for every line of JSON on stdin:
{"config": path, "die_at": edge or null, "edges": path or null}. The child runs
`bot.app.run.run` with an `edge` that ends the process there (`os._exit`), as a power cut
would. Every line is answered with the exit code.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import alembic.command  # noqa: F401 - imported for the children
import psycopg  # noqa: F401
import yfinance  # noqa: F401

from bot.app.run import run
from bot.brief.chart import draw
from bot.config import load
from bot.log import configure
from bot.model.brief import ChartData, Colours
from bot.services.publish import Timing
from bot.sources.calendar import Calendars
from tests.builders import at, brief, minutes

DIED = 86
QUICK = Timing(timedelta(seconds=1), timedelta(seconds=0.7), timedelta(seconds=8))


def main() -> None:
    warm_up()
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if not child:
            os._exit(desk(order))
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)}\n")
        sys.stdout.flush()


def warm_up() -> None:
    """What is slow the first time: fonts, holidays."""
    draw(brief(), ChartData(minutes("09:30 151.00\n10:00 158.60")), Colours.GREEN_UP)
    for calendar in ("XNYS", "XHKG"):
        Calendars().session(calendar, at("11:08"))


def desk(order: dict[str, str | None]) -> int:
    os.setsid()
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    passed: set[str] = set()

    def edge(name: str) -> None:
        if name == order["die_at"]:
            os._exit(DIED)
        if order["edges"] and name not in passed:
            passed.add(name)
            Path(order["edges"]).write_text("\n".join(sorted(passed)))

    configure("warning", "text", ())
    config = load(Path(str(order["config"])), {"DISCORD_TOKEN": "sandbox"})
    return asyncio.run(run(config, edge, QUICK))


if __name__ == "__main__":
    main()
