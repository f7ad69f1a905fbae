"""The benchmarks run, and every line they print is a whole figure beside another."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bench.figure import Figure, quantile, rounds
from bench.table import rows
from bench.usage import of_session

ROOT = Path(__file__).parent.parent.parent
KEYS = ["figure", "value", "unit", "against", "against_value", "ratio", "goal", "holds"]


def bench(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "bench", *arguments)
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def printed() -> list[dict[str, Any]]:
    """What a quick run of three of them prints, each in a process of its own."""
    ran = bench("crossing", "publish", "start", "--quick")
    assert ran.returncode == 0, ran.stderr[-2000:]
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_every_line_is_a_figure_beside_another(printed: list[dict[str, Any]]) -> None:
    """Nothing but figures is printed; value, peer, ratio, goal and verdict agree."""
    for figure in printed:
        assert KEYS == list(figure)
        assert figure["value"] > 0
        assert figure["against_value"] > 0
        assert figure["against"]
        share = figure["value"] / figure["against_value"]
        assert pytest.approx(figure["ratio"], rel=0.01) == share
        assert (figure["goal"] is None) == (figure["holds"] is None)


def test_the_figures_that_were_asked_for_are_there(printed: list[dict[str, Any]]) -> None:
    """Crossing to post at both quantiles, and posts a second beside an aiohttp loop."""
    names = [figure["figure"] for figure in printed]

    assert ["crossing to post, p50", "crossing to post, p99"] == names[:2]
    assert "posts from the outbox" in names
    assert "start of bot --help, p50" == names[-1]


def test_a_crossing_is_told_in_its_parts(printed: list[dict[str, Any]]) -> None:
    """The parts of the middle crossing make up the most of it, and none is more than it."""
    parts = [each for each in printed if each["figure"].startswith("of a crossing")]

    assert 7 == len(parts)
    assert 0.5 < sum(part["ratio"] for part in parts) < 1.5


def test_the_page_tells_every_figure(printed: list[dict[str, Any]]) -> None:
    """docs/benchmarks.md has a row for whatever is printed."""
    page = (ROOT / "docs" / "benchmarks.md").read_text()

    assert [] == [each["figure"] for each in printed if f"| {each['figure']} |" not in page]


def test_an_unknown_benchmark_is_refused_with_those_there_are() -> None:
    """Said in a sentence, before anything runs."""
    ran = bench("speed")

    assert ran.returncode == 2
    assert "'speed' is not one of 'crossing', 'publish', 'pass', 'idle'" in ran.stderr


def test_a_goal_is_the_most_or_the_least() -> None:
    """A time may be at most its goal, a rate must be at least; without a goal nothing holds."""
    slow = Figure("time", 3.0, "ms", "floor", 2.0, 2.5)
    fast = Figure("rate", 3.0, "posts/s", "peer", 2.0, 2.5, at_least=True)

    assert (slow.holds, fast.holds) == (False, True)
    assert Figure("time", 3.0, "ms", "floor", 2.0).holds is None


def test_beside_nothing_there_is_no_ratio() -> None:
    """A peer that used nothing at all is no divisor."""
    figure = Figure("processor", 0.7, "% of a core", "nobody", 0.0)

    assert json.loads(figure.line())["ratio"] is None


def test_a_quantile_is_one_of_the_values() -> None:
    """p50 of two is the slower one: never better than it was."""
    assert 2.0 == quantile([2.0, 1.0], 0.5)
    assert 100.0 == quantile([float(n) for n in range(1, 101)], 0.99)


def test_a_quick_run_makes_two_rounds_at_least() -> None:
    """One round is no distribution."""
    assert (2, 60) == (rounds(20, 0.01), rounds(60, 1.0))


def test_the_table_says_which_way_a_goal_is_meant() -> None:
    """A missed goal stands out; most and least are told by their signs."""
    missed = Figure("time", 300.0, "ms", "floor", 2.0, 250.0).line()
    kept = Figure("rate", 80.0, "posts/s", "peer", 400.0, 50.0, at_least=True).line()

    assert [
        "| time | 300 ms | floor | 2 ms | 150 | ≤ 250 | **no** |",
        "| rate | 80 posts/s | peer | 400 posts/s | 0.2 | ≥ 50 | yes |",
    ] == list(rows([missed, kept]))[2:]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
async def test_usage_is_that_of_a_session_and_its_children() -> None:
    """A process in the session of another counts; its memory and processor time add up."""
    code = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-c', 'sum(range(10**6)); input()'])\n"
        "print(child.pid, flush=True)\n"
        "child.wait()\n"
    )
    parent = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", code),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        start_new_session=True,
    )
    assert parent.stdin is not None
    assert parent.stdout is not None
    child = int(await parent.stdout.readline())
    both = of_session(parent.pid)
    os.kill(child, 9)
    parent.stdin.close()
    await parent.wait()

    assert both.memory > 12
    assert both.cpu > 0
    assert 0 == of_session(parent.pid).memory
