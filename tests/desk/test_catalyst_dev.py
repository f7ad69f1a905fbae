"""The shipped weights on the development cases, where these are at hand; they are never shipped."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from bot.app.explain import Desk, judged
from bot.app.files import read_outlets
from bot.sources.calendar import Calendars
from tests.desk.weighing import WEIGHTS

CASES = Path(__file__).parents[3] / "shared" / "data" / "catalyst_dev.jsonl.gz"

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the development data is not here")


@pytest.fixture(scope="module")
def judgements() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Cases labelled by people, each with what the desk says of it."""
    desk = Desk(Calendars().session, read_outlets(), WEIGHTS)
    with gzip.open(CASES) as lines:
        cases = [json.loads(line) for line in lines]
    trusted = [case for case in cases if case["label_quality"] != "auto"]
    return [(case, judged(case, desk.judge(case))) for case in trusted]


def test_the_weights_fit_the_cases_they_were_made_of(
    judgements: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    """A floor under what the fit reached: a changed pattern or a stale file shows here."""
    explained = [pair for pair in judgements if pair[0]["answer_ids"]]
    unexplained = [pair for pair in judgements if not pair[0]["answer_ids"]]
    chosen = [pair for pair in judgements if pair[1]["choice"]]
    worthy = [pair for pair in judgements if pair[1]["headline_worthy"]]
    right = [case for case, said in chosen if said["choice"] in case["answer_ids"]]
    none = [case for case, said in unexplained if said["choice"] is None]

    assert len(right) + len(none) >= 0.85 * len(judgements)
    assert len(right) >= 0.88 * len(chosen)
    assert len(none) >= 0.88 * len(unexplained)
    assert sum(said["forced"] in case["answer_ids"] for case, said in explained) >= 0.9 * len(
        explained
    )
    assert len(worthy) >= 30
    assert sum(said["choice"] in case["answer_ids"] for case, said in worthy) >= 0.97 * len(worthy)
