"""
What each feature is worth, and from how many points on what may be claimed.

Read once from `seeds/catalyst/weights.toml`, which `fit.py` beside it writes; pure, and every
mistake of the file is reported together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.errors import ConfigError, Problem

FILE = "weights.toml"
_BANDS = ("possible", "reported", "headline", "clear", "rival")


@dataclass(frozen=True, slots=True)
class Weights:
    """
    `points` by the name of a feature; a feature that is not listed is worth nothing.

    The bands are scores: `possible` is the least for a cause at all, `reported` the least for
    a report, `headline` was right at least 95 % of the time, `clear` is by how much it must
    beat the strongest rival there, `rival` the least for a rival explanation.
    """

    points: Mapping[str, int]
    possible: int
    reported: int
    headline: int
    clear: int
    rival: int


def weights(data: Mapping[str, object]) -> Weights:
    """The tables `bands` and `points` as weights; raises `ConfigError` with every mistake."""
    problems: list[Problem] = []
    bands = _numbers(data, "bands", problems)
    points = _numbers(data, "points", problems)
    for band in _BANDS:
        if band not in bands and not problems:
            text = "is missing; run seeds/catalyst/fit.py or take the file that ships"
            problems.append(Problem(FILE, 0, f"bands.{band}", text))
    if problems:
        raise ConfigError(problems)
    return Weights(points, *(bands[band] for band in _BANDS))


def _numbers(data: Mapping[str, object], table: str, problems: list[Problem]) -> dict[str, int]:
    rows = data.get(table)
    if not isinstance(rows, Mapping):
        text = "is missing; run seeds/catalyst/fit.py or take the file that ships"
        problems.append(Problem(FILE, 0, table, text))
        return {}
    found: dict[str, int] = {}
    for name, value in rows.items():
        if isinstance(value, int) and not isinstance(value, bool):
            found[name] = value
        else:
            text = f"must be whole points, was {value!r}"
            problems.append(Problem(FILE, 0, f"{table}.{name}", text))
    return found
