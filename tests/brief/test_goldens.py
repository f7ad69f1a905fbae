"""What a brief looks like, word for word."""

from __future__ import annotations

import pytest

from bot.brief import stylebook
from bot.brief.render import Templates
from tests.brief.goldens import CASES, FOLDER, TEMPLATES, printed, told


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(TEMPLATES)


@pytest.mark.parametrize(("situation", "layout"), CASES)
def test_a_brief_reads_like_its_golden_page(
    templates: Templates, situation: str, layout: str
) -> None:
    """Change a word on purpose: python -m tests.brief.goldens, and read the difference."""
    rendered = templates.render(*told(situation, layout))

    expected = (FOLDER / f"{situation}.{layout}.txt").read_text("utf-8")
    assert expected == printed(rendered)


@pytest.mark.parametrize(("situation", "layout"), CASES)
def test_every_golden_page_passes_the_stylebook(
    templates: Templates, situation: str, layout: str
) -> None:
    brief, variant = told(situation, layout)

    assert stylebook.check(brief, templates.render(brief, variant), variant) == []


@pytest.mark.parametrize(("situation", "layout"), CASES)
def test_the_notification_and_the_brief_layout_stay_short(
    templates: Templates, situation: str, layout: str
) -> None:
    """A phone shows 90 characters of a notification; the brief layout holds 900 of text."""
    rendered = templates.render(*told(situation, layout))

    assert len(rendered.content) <= (240 if layout == "line" else 90)
    assert len(rendered.description) <= (900 if layout == "brief" else 4096)


def test_there_is_no_golden_page_without_its_situation() -> None:
    assert sorted(f"{name}.{layout}.txt" for name, layout in CASES) == sorted(
        path.name for path in FOLDER.iterdir()
    )
