"""What the brief had no room for stands under Details: every caveat, however many."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.brief.render import Templates
from bot.model.brief import Caveat, Layout, Variant
from tests.brief import facts

TEMPLATES = Templates(Path(__file__).parents[2] / "templates")
MANY = tuple(Caveat(f"code-{one}", f"Caveat number {one} of this brief.") for one in range(20))


def shown(layout: Layout) -> list[int]:
    """The numbers of the caveats that stand in a rendering."""
    text = TEMPLATES.render(replace(facts.baba(), caveats=MANY), Variant(layout)).description
    return [one for one in range(20) if f"Caveat number {one} of" in text]


def test_a_brief_has_room_for_three() -> None:
    """At most; the first always."""
    assert shown(Layout.BRIEF)[:1] == [0]
    assert len(shown(Layout.BRIEF)) <= 3


def test_details_show_them_all() -> None:
    """In the order of the record."""
    assert shown(Layout.FULL) == list(range(20))
