"""docs/feeds.md is true: a row for each of F1-F34, and the tests that it names are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "feeds.md"
ROWS = {
    row[0]: row
    for row in re.findall(r"^\| (F\d+) \| (.+) \| (.*)\|$", PAGE.read_text(), re.MULTILINE)
}


def test_every_row_is_there() -> None:
    """In order, each once."""
    assert list(ROWS) == [f"F{number}" for number in range(1, 35)]


@pytest.mark.parametrize("row", ROWS.values(), ids=list(ROWS))
def test_a_row_names_tests_that_exist(row: tuple[str, str, str]) -> None:
    """Each after the file that it is in; only what is not built has none."""
    _, does, shown = row
    named = re.findall(r"\]\(([^)]+)\)|`(test_\w+)`", shown)
    missing, text = [], ""
    for file, test in named:
        text = (PAGE.parent / file).read_text() if file else text
        if test and f"def {test}(" not in text:
            missing.append(test)

    assert missing == []
    assert bool(named) == ("not built" not in does)
