"""
Figures as a table for people: `python -m bench | python -m bench.table`.

Reads lines of JSON from stdin and prints Markdown, as in docs/benchmarks.md.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

HOLDS = {True: "yes", False: "**no**", None: ""}


def rows(lines: Iterable[str]) -> Iterator[str]:
    yield "| Figure | Value | Against | | Ratio | Goal | Holds |"
    yield "|---|---:|---|---:|---:|---:|---|"
    for figure in map(json.loads, lines):
        cells = (
            figure["figure"],
            _said(figure["value"], figure["unit"]),
            figure["against"],
            _said(figure["against_value"], figure["unit"]),
            _number(figure["ratio"]),
            _goal(figure),
            HOLDS[figure["holds"]],
        )
        yield f"| {' | '.join(cells)} |"


def _goal(figure: dict[str, Any]) -> str:
    """A goal that is missed on one side was a limit on the other."""
    if figure["goal"] is None:
        return ""
    most = (figure["value"] <= figure["goal"]) == figure["holds"]
    return f"{'≤' if most else '≥'} {_number(figure['goal'])}"


def _said(number: float, unit: str) -> str:
    return f"{_number(number)} {unit}"


def _number(number: float | None) -> str:
    """Three digits, and none after the point from a hundred on."""
    if number is None:
        return ""
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.3g}"


if __name__ == "__main__":
    print("\n".join(rows(sys.stdin)))
