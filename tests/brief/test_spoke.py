"""A brief says what a threshold measured, where the move alone does not show it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from bot.brief import stylebook
from bot.brief.render import Templates
from bot.model.alert import Measure, Said
from bot.model.brief import Brief, Layout, Variant
from tests.builders import brief

TEMPLATES = Templates(Path(__file__).parent.parent.parent / "templates")
LEVEL = Said(Measure.LEVEL, True, Decimal("0.4"), Decimal(165))
HOUR = Said(Measure.WINDOW, True, Decimal("4.25"), window=timedelta(hours=3))


@pytest.mark.parametrize("layout", [Layout.BRIEF, Layout.FULL])
def test_what_a_threshold_measured_stands_first_in_the_context(layout: Layout) -> None:
    variant = Variant(layout)
    spoke = brief(spoke=(LEVEL, HOUR))
    rendered = TEMPLATES.render(spoke, variant)

    assert "Crossed $165.00 on the way up · +4.3% within 3 hours" in rendered.description
    assert broken(spoke, variant) == broken(brief(), variant)


def broken(of: Brief, variant: Variant) -> list[str]:
    found = stylebook.check(of, TEMPLATES.render(of, variant), variant)
    return [violation.rule for violation in found]


def test_the_move_itself_is_not_said_twice() -> None:
    plain = brief(spoke=(Said(Measure.MOVE, True, Decimal("9.75")),))

    assert TEMPLATES.render(brief(), Variant()) == TEMPLATES.render(plain, Variant())
