"""`bot explain cluster`: a line in, a line out, whatever the line."""

from __future__ import annotations

import io
import json

import pytest
from click.testing import CliRunner

from bot.app.explain_cluster import answers, explain
from bot.cli import main

TITLE = "Tesla to buy battery firm Voltaro for $1.2 billion"


def line(id: object = "a", title: object = TITLE, published: object = "2026-03-02T10:00:00") -> str:
    return json.dumps({"id": id, "title": title, "source": "Wire", "published": published})


def test_a_stream() -> None:
    """Each headline is answered by its cluster, in order; empty lines are passed over."""
    told = [line(), "\n", line("b", "Nike opens a shop in Oslo"), line("c", f"UPDATE 1-{TITLE}")]

    assert [
        {"id": "a", "cluster": "a"},
        {"id": "b", "cluster": "b"},
        {"id": "c", "cluster": "a"},
    ] == list(answers(told))


def test_ids_that_are_numbers() -> None:
    """An id is answered as it came; a cluster is a text."""
    assert [{"id": 7, "cluster": "7"}] == list(answers([line(7)]))


def test_a_time_without_a_zone_is_utc() -> None:
    """Both forms of one moment meet."""
    told = [line(), line("b", published="2026-03-02T11:00:00+01:00")]

    assert ["a", "a"] == [answer["cluster"] for answer in answers(told)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", {"error": "a headline is one JSON object a line, was '{'"}),
        ("[1]", {"error": "a headline is one JSON object a line, was '[1]'"}),
        ("[" * 100_000, {"error": "a headline is one JSON object a line, was " + repr("[" * 60)}),
        (line(title=None), {"id": "a", "error": '"title" must be a text, was None'}),
        (line(published=5), {"id": "a", "error": '"published" must be a text, was 5'}),
        (line(id=None), {"id": None, "error": '"id" must be a text, was None'}),
        (line(published="now"), {"id": "a", "error": "\"published\" must be a time, was 'now'"}),
    ],
)
def test_lines_that_cannot_be_read(text: str, expected: dict[str, object]) -> None:
    """They are answered by a sentence, and the next line is read."""
    assert [expected, {"id": "b", "cluster": "b"}] == list(answers([text, line("b")]))


def test_for_a_person() -> None:
    """Without --jsonl an answer is a sentence."""
    said: list[str] = []
    explain(io.StringIO(f"{line()}\n{line('b')}\n{{"), said.append, jsonl=False)

    assert "a: a story of its own" == said[0]
    assert "b: as a" == said[1]
    assert said[2].startswith("a headline is one JSON object")


def test_the_command() -> None:
    """The command reads stdin and answers in JSON."""
    result = CliRunner().invoke(main, ["explain", "cluster", "--jsonl"], input=line() + "\n")

    assert 0 == result.exit_code
    assert {"id": "a", "cluster": "a"} == json.loads(result.output)


def test_only_two_days_are_kept() -> None:
    """Memory is bounded: what is older than the window is dropped as the stream goes on."""
    days = [line(str(n), published=f"2026-03-{n + 1:02}T10:00:00") for n in range(0, 27, 3)]

    assert [str(n) for n in range(0, 27, 3)] == [answer["cluster"] for answer in answers(days)]
