"""docs/thresholds.md is true: what it says may be typed is read as it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.cogs.completion import EXAMPLES
from bot.services.thresholds import Defaults, describe, name, parse
from bot.services.thresholds.clauses import CLAUSES

PAGE = (Path(__file__).parent.parent.parent / "docs" / "thresholds.md").read_text()
THRESHOLDS = re.findall(r"^\| `([^`]+)` \| ([^`|]+) \|$", PAGE, re.MULTILINE)
OPTIONS = re.findall(r"^\| `([^`]+)` \| `([a-z]+)` \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("typed", "meant"), THRESHOLDS)
def test_a_threshold_of_the_page(typed: str, meant: str) -> None:
    """Typed as in the left column it means the right one."""
    assert meant == name(parse("BABA", typed, Defaults()))


def test_the_page_has_every_option() -> None:
    """Each by the name of its field, in words that change something."""
    plain = describe(parse("BABA", "5%", Defaults()))

    assert set(CLAUSES) == {option for _, option in OPTIONS}
    for typed, _ in OPTIONS:
        assert plain != describe(parse("BABA", f"5%, {typed}", Defaults()))


@pytest.mark.parametrize("typed", EXAMPLES)
def test_what_is_offered_can_be_read(typed: str) -> None:
    """Autocomplete offers no nonsense."""
    assert parse("BABA", typed, Defaults())
