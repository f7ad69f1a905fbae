"""
Headlines in, clusters out: `bot explain cluster`, through the clustering that the desk runs.

A line is one JSON object `{"id", "title", "source", "published"}`, in the order of time; the
answer `{"id", "cluster"}` names the cluster by the id of the headline that leads it. Any number
of lines: only the headlines of the last two days are kept.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, TextIO

from bot.desk.cluster import WITHIN, Stream

SHOWN = 60  # characters of what cannot be read


def explain(source: TextIO, say: Callable[[str], None], *, jsonl: bool) -> None:
    """Print the cluster of each headline in `source`: a JSON line, or one for a person."""
    for answer in answers(source):
        say(json.dumps(answer, ensure_ascii=False) if jsonl else _line(answer))


def answers(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not empty; what cannot be read is answered by an error."""
    stream = Stream()
    for line in lines:
        if line.strip():
            yield _answer(stream, line)


def _answer(stream: Stream, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        row = None
    if not isinstance(row, dict):
        return {"error": f"a headline is one JSON object a line, was {line.strip()[:SHOWN]!r}"}
    given = {"id": row["id"]} if "id" in row else {}
    for field in ("title", "published"):
        if not isinstance(row.get(field), str):
            return given | {"error": f'"{field}" must be a text, was {row.get(field)!r:.{SHOWN}}'}
    if not isinstance(row.get("id"), str | int):
        return given | {"error": f'"id" must be a text, was {row.get("id")!r:.{SHOWN}}'}
    at = _time(row["published"])
    if at is None:
        return given | {"error": f'"published" must be a time, was {row["published"][:SHOWN]!r}'}
    stream.forget(at - WITHIN)
    return given | {"cluster": stream.add(str(row["id"]), row["title"], at)}


def _line(answer: dict[str, Any]) -> str:
    if "error" in answer:
        return str(answer["error"])
    same = answer["cluster"] == str(answer["id"])
    return f"{answer['id']}: " + ("a story of its own" if same else f"as {answer['cluster']}")


def _time(text: str) -> datetime | None:
    """Without a zone it is UTC; None where the text names no moment."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
