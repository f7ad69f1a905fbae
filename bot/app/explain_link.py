"""
Headlines in, companies out: `bot explain link`, through the linker that the desk runs.

A line is one JSON object: `{"id", "title", "summary"?, "published"?}`. The answer names the
companies of the title: `{"id", "tickers", "mentions": [{"ticker", "words", "reason"}]}`.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any, TextIO

from bot.app.files import SEEDS
from bot.app.universe import open_linker
from bot.desk.link import Linker
from bot.desk.linking.forms import Form
from bot.desk.linking.read import Said
from bot.desk.register import instruments

_SHOWN = 6  # features of a candidate that a person sees


def explain(title: str, source: TextIO, say: Callable[[str], None], *, jsonl: bool) -> None:
    """Print whom headlines name: a JSON line for each of `source`, or `title` for a person."""
    known = instruments(tomllib.loads((SEEDS / "instruments.toml").read_text()))
    linker = open_linker(known.values())
    for line in answers(linker, source) if jsonl else table(linker, title or source.read()):
        say(line)


def answers(linker: Linker, lines: Iterable[str]) -> Iterator[str]:
    """One JSON line for each that is not empty; what cannot be read is answered by an error."""
    for line in lines:
        if line.strip():
            yield json.dumps(_answer(linker, line), ensure_ascii=False)


def table(linker: Linker, title: str) -> Iterator[str]:
    """One headline for a person: whom it names and why, and whom it only seems to name."""
    title = title.strip()
    yield title
    for hit in linker.named(title):
        yield f'{hit.ticker}, by "{hit.words}": {hit.reason}'
    for one, points in linker.weighed(Said(title)):
        verdict = "named" if linker.counts(one, points) else "not named"
        yield ""
        if one.form is Form.TICKER:
            yield f'{one.ticker} "{one.words}": {verdict}, its ticker is printed'
            continue
        yield f'{one.ticker} "{one.words}": {verdict}, {points} points of {linker.least}'
        told = sorted(one.features, key=lambda feature: -abs(linker.worth(feature)))
        yield from (f"  {linker.worth(feature):+4d}  {feature}" for feature in told[:_SHOWN])


def _answer(linker: Linker, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return {"error": f"a headline is one JSON object a line, was {line.strip()[:60]!r}"}
    if not isinstance(row, dict):
        return {"error": f"a headline is one JSON object a line, was {line.strip()[:60]!r}"}
    given = {"id": row["id"]} if "id" in row else {}
    title, summary = row.get("title"), row.get("summary")
    if not isinstance(title, str):
        return given | {"error": f'"title" must be a text, was {title!r:.60}'}
    at = _time(row.get("published"))
    hits = linker.named(title, summary if isinstance(summary, str) else "", at)
    mentions = [{"ticker": one.ticker, "words": one.words, "reason": one.reason} for one in hits]
    return given | {"tickers": [one.ticker for one in hits], "mentions": mentions}


def _time(published: object) -> datetime | None:
    """When a headline was out; None where that is not told or no time."""
    try:
        return datetime.fromisoformat(published) if isinstance(published, str) else None
    except ValueError:
        return None
