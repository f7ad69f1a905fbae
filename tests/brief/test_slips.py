"""The three slips of the model story, each by name: the stylebook lets none of them pass."""

from __future__ import annotations

from decimal import Decimal

from bot.brief.phrases import around
from bot.model.brief import Layout, Variant
from tests.brief import facts
from tests.brief.spoiling import SHIPPED, broken, said, titled


def test_nearly_nine_point_eight_percent() -> None:
    """An exact figure is not approximate: "nearly 10%" may be said of it, "nearly 9.8%" not."""
    spoilt = said("rose **9.8% to", "rose **nearly 9.8%, 9.8% to")

    assert "N5" in broken(facts.baba(), spoilt)
    assert "N5" in broken(facts.baba(), said("rose **9.8% to", "rose nearly **9.8% to"))
    assert "nearly 10%" == around(facts.baba().move.percent)


def test_drops_below_the_200_day_average_while_above_it() -> None:
    """SHY last traded at $81.36, above $81.35; it was below it only in the day."""
    headline = titled("SHY drops below its 200-day average; falls 1.0%")
    background = said(
        "Traded as low as $81.34, below its 200-day average of $81.35, and last traded at "
        "$81.36, above it",
        "Below its 200-day average of $81.35",
    )

    assert {"N23"} == broken(facts.shy(), headline)
    assert {"N23"} == broken(facts.shy(), background, Layout.FULL)


def test_39_percent_called_near_the_middle() -> None:
    """39 % of the way up $80.55–$82.61 is 39 %, and no middle."""
    way = "39% of the way up its 52-week range"
    right = (Decimal("81.36") - Decimal("80.55")) / (Decimal("82.61") - Decimal("80.55"))

    assert {"N24"} == broken(facts.shy(), said(way, f"Near the middle, {way}"), Layout.FULL)
    assert {"N24"} == broken(facts.shy(), said(way, "Near the middle of its range"), Layout.FULL)
    assert 39 == round(right * 100)


def test_what_the_desk_says_instead() -> None:
    """All three said exactly so."""
    description = [
        SHIPPED.render(brief, Variant(Layout.FULL)).description
        for brief in (facts.baba(), facts.shy())
    ]

    assert "rose **9.8% to $165.68** in late-morning trading" in description[0]
    assert (
        "• Traded as low as $81.34, below its 200-day average of $81.35, "
        "and last traded at $81.36, above it\n"
        "• 39% of the way up its 52-week range of $80.55–$82.61"
    ) in description[1]
