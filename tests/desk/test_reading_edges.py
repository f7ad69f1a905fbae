"""A reading is kept whole: its time, its level and its floor, whatever is measured."""

from __future__ import annotations

from decimal import Decimal

from bot.desk.facts import Past
from bot.desk.reading import Reading, read
from bot.model.alert import Episode, Measure
from tests.builders import at, facts, move, quote, terms
from tests.desk.test_reading import CURVE


def test_a_crossing_is_read_from_the_line() -> None:
    """Percent beyond it, so the level and the floor are the line itself."""
    found = read(terms("160", measure=Measure.LEVEL), facts(move("164", "155")), Episode())

    assert found == Reading(Decimal("2.5"), None, at("11:08"), Decimal(0), Decimal(0))


def test_volume_has_one_way() -> None:
    """Its time is the quote's, its level and its floor are what was set."""
    here = facts(
        quote=quote(as_of=at("09:35"), volume=1_000_000), past=Past(usual=1_000_000, curve=CURVE)
    )
    found = read(terms("1.5", measure=Measure.VOLUME), here, Episode())

    assert found == Reading(Decimal(2), None, at("09:35"), Decimal("1.5"), Decimal("1.5"))


def test_an_average_is_compared_at_the_decimals_of_the_price() -> None:
    """A price without decimals cannot be what cuts those of an average: 100.4 is not 100."""
    here = facts(move("100", "101"), past=Past(average200=Decimal("100.4")))
    found = read(terms(measure=Measure.AVERAGE200), here, Episode())

    assert isinstance(found, Reading)
    assert found.down is not None and found.down > 0
