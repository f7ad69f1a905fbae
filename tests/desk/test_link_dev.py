"""The linker that ships on the development headlines, where these are at hand."""

from __future__ import annotations

import gzip
import json
import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.app.universe import open_linker
from bot.desk.link import Linker

ROWS = Path(__file__).parents[3] / "shared" / "data" / "linking_dev.jsonl.gz"

pytestmark = pytest.mark.skipif(not ROWS.exists(), reason="the development data is not here")


@pytest.fixture(scope="module")
def linker() -> Linker:
    return open_linker([])


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Every third headline whose labels are whole."""
    with gzip.open(ROWS) as lines:
        read = [json.loads(line) for line in lines]
    return [row for row in read if not row.get("scope") and not row.get("labels_partial")][::3]


def test_the_points_fit_the_headlines_they_were_made_of(
    linker: Linker, rows: list[dict[str, Any]]
) -> None:
    """A floor under what the fit reached: a changed feature or a stale file shows here."""
    right = wrong = missed = tagged = 0
    started = time.process_time()
    for row in rows:
        at = datetime.fromisoformat(row["published"]) if row.get("published") else None
        hits = linker.named(row["title"], row.get("summary") or "", at)
        named = {hit.ticker for hit in hits}
        wanted = set(row["tickers"])
        false = named - wanted - set(row.get("optional") or ())
        right, missed = right + len(wanted & named), missed + len(wanted - named)
        wrong, tagged = wrong + len(false), tagged + (row["negative"] and bool(false))
    took = time.process_time() - started

    assert right >= 0.985 * (right + wrong)
    assert right >= 0.94 * (right + missed)
    assert tagged <= 0.015 * sum(row["negative"] for row in rows)
    assert took < 0.003 * len(rows)
