"""What is made by the thousand is not frozen, and nobody writes to it all the same."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from bot.model.market import Move, Quote, Reference

BOT = Path(__file__).parents[2] / "bot"
NAMES = {field.name for noun in (Move, Quote, Reference) for field in fields(noun)}


def written(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Fields that are assigned to (or deleted), other than those of `self`, with their lines."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            own = isinstance(node.value, ast.Name) and node.value.id == "self"
            if node.attr in NAMES and not own:
                yield node.lineno, node.attr


def test_no_field_of_a_quote_a_reference_or_a_move_is_written_to() -> None:
    found = [
        f"{path.relative_to(BOT)}:{line} writes to `{name}`"
        for path in sorted(BOT.rglob("*.py"))
        for line, name in written(ast.parse(path.read_text("utf-8")))
    ]

    assert [] == found


def test_such_a_write_would_be_found() -> None:
    lines = "quote.last = 1\nself.last = 1\nprint(quote.last)\nmove.up = 2\ndel one.as_of"

    assert [(1, "last"), (5, "as_of")] == list(written(ast.parse(lines)))
