"""The docs are true: every rule, command and setting they name exists, and the other way round."""

from __future__ import annotations

import re
from pathlib import Path

from bot.brief.stylebook import RULES
from bot.cli import main

ROOT = Path(__file__).parent.parent.parent


def test_the_stylebook_page_lists_every_rule() -> None:
    """docs/stylebook.md has a row for every rule of the table, in its words."""
    page = (ROOT / "docs" / "stylebook.md").read_text()

    assert [] == [rule.id for rule in RULES if f"| {rule.id} | {rule.asks} |" not in page]


def test_the_readme_names_real_commands() -> None:
    """Every `python -m bot …` and `make …` of the README and docs exists."""
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    text = "\n".join(page.read_text() for page in pages)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set() == set(re.findall(r"python -m bot ([a-z]+)", text)) - set(main.commands)
    assert set() == set(re.findall(r"`make ([a-z-]+)`", text)) - targets


def test_linked_pages_exist() -> None:
    """No relative link of README, CONTRIBUTING or docs leads nowhere."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
    missing = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text())
        if not (page.parent / link).exists()
    ]

    assert [] == missing
