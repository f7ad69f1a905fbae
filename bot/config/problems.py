"""From pydantic's findings to sentences with a file and a line."""

from __future__ import annotations

import difflib
import re
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from bot.config.settings import Settings, WatchSection
from bot.errors import Problem, UserError
from bot.services import thresholds


def explain(file: Path, text: str, errors: ValidationError) -> list[Problem]:
    """One `Problem` a mistake, in the order of the lines where they stand."""
    lines = _lines(text)
    found = [_problem(file, lines, error) for error in errors.errors()]
    return sorted(found, key=lambda problem: problem.line)


def absurd_moves(file: Path, text: str, settings: Settings) -> list[Problem]:
    """One `Problem` a watch whose move cannot be read, or lies outside the thresholds."""
    lines, defaults = _lines(text), settings.thresholds.defaults()
    found = []
    for number, watch in enumerate(settings.watch):
        try:
            thresholds.parse(watch.tickers[0], watch.move, defaults)
        except UserError as error:
            line = lines.get(("watch", number, "move"), 1)
            way_out = f'write "{thresholds.figure(defaults.move)}%"'
            said = f"{error.message}; {way_out}"
            found.append(Problem(str(file), line, f"watch.{number}.move", said))
    return found


def _problem(file: Path, lines: dict[tuple[int | str, ...], int], error: ErrorDetails) -> Problem:
    path = tuple(error["loc"])
    known = path
    while known and known not in lines:
        known = known[:-1]
    key = ".".join(str(part) for part in path)
    return Problem(str(file), lines.get(known, 1), key, _sentence(error))


def _sentence(error: ErrorDetails) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if kind == "extra_forbidden":
        return f"is not a setting{_did_you_mean(tuple(error['loc']))}"
    if kind == "missing":
        return "is missing; add it"
    way_out = {
        "greater_than_equal": f"must be {context.get('ge')} or more",
        "greater_than": f"must be more than {context.get('gt')}",
        "less_than_equal": f"must be {context.get('le')} or less",
        "literal_error": f"must be {context.get('expected')}",
        "too_short": "must name at least one",
        "string_too_long": f"must be {context.get('max_length')} characters or shorter",
        "string_pattern_mismatch": 'must be "", "sqlite+aiosqlite:///…" or "postgresql+psycopg://…"',
        "value_error": str(context.get("error", "")),
    }.get(kind) or f"must be {_kind(kind)}"
    if isinstance(error["input"], dict):
        return way_out
    return f"{way_out}, was {error['input']!r}"


def _kind(kind: str) -> str:
    words = {"int": "a whole number", "float": "a number", "string": "text in quotes"}
    words |= {"bool": "true or false", "tuple": "a list", "model": "a table"}
    return words.get(kind.split("_")[0], "of another kind")


def _did_you_mean(path: tuple[int | str, ...]) -> str:
    model: Any = Settings
    for part in path[:-1]:
        field = model.model_fields.get(part) if isinstance(part, str) else None
        model = field.annotation if field else (WatchSection if path[0] == "watch" else model)
    near = difflib.get_close_matches(str(path[-1]), list(model.model_fields), n=1, cutoff=0.5)
    return f"; did you mean {near[0]}?" if near else "; remove it"


def _lines(text: str) -> dict[tuple[int | str, ...], int]:
    """Where every `key =`, `[table]` and `[[table]]` of a TOML text stands."""
    found: dict[tuple[int | str, ...], int] = {}
    table: tuple[int | str, ...] = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if array := re.match(r"\s*\[\[([^\]]+)\]\]", line):
            name = array[1].strip()
            counts[name] = counts.get(name, -1) + 1
            table = (name, counts[name])
            found[table] = number
        elif header := re.match(r"\s*\[([^\]]+)\]", line):
            table = tuple(part.strip() for part in header[1].split("."))
            found[table] = number
        elif key := re.match(r'\s*"?([\w-]+)"?\s*=', line):
            found[(*table, key[1])] = number
    return found
