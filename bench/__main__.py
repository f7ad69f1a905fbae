"""`python -m bench [NAME]…`: a line of JSON a figure."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import redirect_stdout

import click

from bench import chart, crossing, feeds, idle, parse, publish, start, watching, words
from bench.figure import Figure

BENCHMARKS: Mapping[str, Callable[[float], AsyncIterator[Figure]]] = {
    "crossing": crossing.figures,
    "publish": publish.figures,
    "pass": watching.figures,
    "idle": idle.figures,
    "words": words.figures,
    "chart": chart.figures,
    "start": start.figures,
    "feeds": feeds.figures,
    "parse": parse.figures,
}
QUICK = 0.05


@click.command(epilog=f"Names: {', '.join(BENCHMARKS)}. Without one, all of them in this order.")
@click.argument("names", nargs=-1, type=click.Choice(list(BENCHMARKS)), metavar="[NAME]...")
@click.option("--quick", is_flag=True, help="A twentieth of the rounds: does it run at all?")
def main(names: tuple[str, ...], quick: bool) -> None:
    """Print every figure beside a peer or a floor of the same run, a line of JSON each."""
    if len(names) == 1:
        with redirect_stdout(sys.stderr):
            asyncio.run(_print(BENCHMARKS[names[0]](QUICK if quick else 1.0)))
        return
    options = ["--quick"] if quick else []
    runs = [_run_alone(name, options) for name in names or BENCHMARKS]
    sys.exit(max(runs))


def _run_alone(name: str, options: list[str]) -> int:
    """A process for each, as for a desk: the first crossing is the first, no cache is warm."""
    command = (sys.executable, "-m", "bench", name, *options)
    return subprocess.run(command, check=False).returncode


async def _print(figures: AsyncIterator[Figure]) -> None:
    """Figures go to stdout, and nothing else does, whatever a library prints."""
    async for figure in figures:
        print(figure.line(), file=sys.__stdout__, flush=True)


if __name__ == "__main__":
    main()
