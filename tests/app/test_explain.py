"""`bot explain catalyst`: cases in, causes out, through the desk that runs."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import main

AS_OF = "2026-01-12T16:08:00+00:00"


def row(id: str, title: str, clock: str, source: str = "Reuters") -> dict[str, str]:
    return {"id": id, "title": title, "published": f"2026-01-12T{clock}:00+00:00", "source": source}


def case(*candidates: dict[str, str], **changes: object) -> dict[str, Any]:
    plain = {
        "id": "one",
        "ticker": "ACME",
        "company": "Acme Rockets, Inc.",
        "direction": "up",
        "move_pct": 7.5,
        "as_of": AS_OF,
        "candidates": list(candidates),
    }
    return plain | changes


RESULTS = row("r", "Acme Rockets Q4 EPS $1.20 Beats $1.10 Estimate, Sales $2B Beat $1.9B", "14:30")
LIST = row("l", "12 Biggest Movers From Yesterday", "15:00")
LATE = row("x", "Acme Rockets to merge with Widget Works", "16:08")


def ask(*cases: dict[str, Any]) -> list[dict[str, Any]]:
    text = "\n".join(json.dumps(one) for one in cases)
    done = CliRunner().invoke(main, ["explain", "catalyst", "--jsonl"], input=text)

    assert done.exit_code == 0, done.output
    return [json.loads(line) for line in done.output.splitlines()]


def test_a_case_a_line() -> None:
    """One result for each, in order, with every field of the form."""
    first, second = ask(case(RESULTS, LIST), case(LIST, id="two"))

    assert first["id"] == "one"
    assert first["choice"] == first["forced"] == "r"
    assert first["grade"] == "possible"
    assert first["headline_worthy"] is True
    assert set(first["scores"]) == {"r", "l"}
    assert first["scores"]["r"] > first["scores"]["l"]
    assert second == {
        "id": "two",
        "choice": None,
        "grade": "none",
        "forced": "l",
        "headline_worthy": False,
        "scores": {"l": second["scores"]["l"]},
    }


def test_time_is_a_hard_test() -> None:
    """What is out at `as_of` or later is neither chosen nor forced; an empty pile has no cause."""
    late, nothing = ask(case(LATE), case())

    assert (late["choice"], late["forced"]) == (None, None)
    assert (nothing["choice"], nothing["forced"], nothing["scores"]) == (None, None, {})


def test_a_case_may_leave_out_what_it_does_not_know() -> None:
    """No percent, no link, no zone: the case is judged all the same."""
    bare = case({**RESULTS, "published": "2026-01-12T14:30:00"}, move_pct=None)

    assert ask(bare)[0]["choice"] == "r"


def test_the_same_outlet_however_it_is_spelt() -> None:
    """SeekingAlpha is Seeking Alpha."""
    spelt, joined = ask(
        case({**RESULTS, "source": "Seeking Alpha"}), case({**RESULTS, "source": "SeekingAlpha"})
    )

    assert spelt["scores"] == joined["scores"]


def test_one_case_for_a_person(tmp_path: Path) -> None:
    """Every candidate with its points, and why it lost."""
    file = tmp_path / "case.json"
    file.write_text(json.dumps(case(RESULTS, LIST, LATE)))
    done = CliRunner().invoke(main, ["explain", "catalyst", str(file)])
    lines = [line.strip() for line in done.output.splitlines()]

    assert done.exit_code == 0
    assert lines[0] == f"ACME (Acme Rockets, Inc.), up, at {AS_OF}"
    assert lines[1] == f"Possible: {RESULTS['title']} · may enter the headline"
    assert any(line.endswith("· chosen") for line in lines)
    assert any(line.endswith("· about the price itself, not about an event") for line in lines)
    assert any(line.endswith("· came after this brief") for line in lines)
    assert any(line.endswith("the company leads the headline") for line in lines)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "a case is one JSON object, was '{'"),
        ("[]", "a case is one JSON object, was '[]'"),
        ('{"id": "one"}', "the case 'one' cannot be read: KeyError at 'as_of'"),
        (json.dumps(case(as_of="noon")), "the case 'one' cannot be read: ValueError"),
        (json.dumps(case(direction="sideways")), "the case 'one' cannot be read: KeyError"),
        (json.dumps(case(candidates=None)), "the case 'one' cannot be read: TypeError"),
    ],
)
def test_a_case_that_cannot_be_read(text: str, said: str) -> None:
    """One sentence that names it, and no traceback."""
    done = CliRunner().invoke(main, ["explain", "catalyst", "--jsonl"], input=text)

    assert done.exit_code == 1
    assert said in done.output


def test_a_pile_of_a_hundred_is_judged_quickly() -> None:
    """Scoring must not hold up a brief: well under what a person notices."""
    from bot.app.explain import Desk
    from bot.app.files import read_outlets, read_weights
    from bot.sources.calendar import Calendars

    desk = Desk(Calendars().session, read_outlets(), read_weights())
    words = ("merger", "rocket", "probe", "buyback", "results", "tariffs", "launch", "outlook")
    rows = [
        row(f"{n}", f"Acme Rockets {words[n % 8]} and {words[n // 8 % 8]} note {n}", "14:30")
        for n in range(100)
    ]
    desk.judge(case(*rows))
    began = time.process_time()
    desk.judge(case(*rows))

    assert time.process_time() - began < 0.25
