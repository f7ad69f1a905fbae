"""What the desk hands to the picture."""

from __future__ import annotations

from bot.model.news import Catalyst, Grade
from bot.services.picturing import chart_data
from tests.builders import at, brief, catalyst, gathered, minutes

MORNING = minutes("09:30 151.10\n09:31 152.00")


def test_the_cause_is_marked_though_it_was_out_before_the_first_bar() -> None:
    """SCMP at 07:42, the first bar at 09:30: the picture shows that it came before."""
    data = chart_data(brief(catalyst=catalyst()), gathered(minutes=MORNING))

    assert (at("07:42"), "SCMP") == (data.catalyst_at, data.catalyst_label)
    assert MORNING == data.bars


def test_without_a_cause_nothing_is_marked() -> None:
    data = chart_data(brief(catalyst=Catalyst(Grade.NONE)), gathered(minutes=MORNING))

    assert (None, "") == (data.catalyst_at, data.catalyst_label)
