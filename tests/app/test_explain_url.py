"""`bot explain url`: links in, verdicts out, and no network in between."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main

NAME = "it is a public name; where it points is checked when it is fetched"


def ask(*lines: str | bytes) -> list[dict[str, Any]]:
    text = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    done = CliRunner().invoke(main, ["explain", "url", "--jsonl"], input=text)

    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines()]


def test_a_verdict_a_line_in_order() -> None:
    """Each says the link as it was given, whether it may be fetched, and the rule."""
    links = ["https://example.com/a", "http://127.1/", "http://8.8.8.8/", "ftp://example.com/"]

    assert ask(*(json.dumps({"url": link}) for link in links)) == [
        {
            "url": "https://example.com/a",
            "allowed": True,
            "reason": NAME,
        },
        {"url": "http://127.1/", "allowed": False, "reason": "its address is not public"},
        {"url": "http://8.8.8.8/", "allowed": True, "reason": "it is a public address"},
        {
            "url": "ftp://example.com/",
            "allowed": False,
            "reason": "its scheme is neither http nor https",
        },
    ]


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", "{}", '{"url": 1}', "[" * 50_000, b'{"url": "\xff', "1" * 5000]
)
def test_a_line_that_is_no_question_gets_a_sentence(line: str | bytes) -> None:
    """The stream goes on, and nothing that could not be read is allowed."""
    odd, plain = ask(line, '{"url": "http://10.0.0.1/"}')

    assert odd["error"].startswith("a line is a JSON object with a text named url, was ")
    assert odd["error"].endswith('; try {"url": "https://example.com/feed"}')
    assert (odd["allowed"], plain["allowed"]) == (False, False)


def test_half_a_character_is_printed_as_it_came() -> None:
    """A link may hold what no text can; the answer is JSON still."""
    (answer,) = ask('{"url": "http://\\ud800.example/"}', "")

    assert (answer["url"], answer["allowed"]) == ("http://\ud800.example/", False)


def test_a_person_reads_yes_or_no() -> None:
    """Without --jsonl the links are arguments."""
    done = CliRunner().invoke(main, ["explain", "url", "http://router/", "https://example.com/"])

    assert done.output.splitlines() == [
        "no: 'http://router/', its name belongs to a private network",
        f"yes: 'https://example.com/', {NAME}",
    ]
