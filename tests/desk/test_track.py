"""The lowest and the highest since any moment, against the whole list of prints."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.desk.track import Track
from tests.builders import at

START = at("10:00")
_PRINTS = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 20)), max_size=200)


@given(_PRINTS, st.integers(-10, 320), st.integers(0, 300))
def test_it_answers_as_the_whole_list_would(
    prints: list[tuple[int, int]], since: int, today: int
) -> None:
    """Older prints are left out as they come in; earlier sessions have a track of their own."""
    track, kept = Track(), list[tuple[int, int]]()
    track.earlier = Track()
    for minute, price in prints:
        part = track if minute >= today else track.earlier
        part.add(START + timedelta(minutes=minute), Decimal(price))
        same = [one for one in kept if (one[0] >= today) is (minute >= today)]
        if not same or minute > max(same)[0]:
            kept.append((minute, price))
    after = [price for minute, price in kept if minute >= since]
    low, high = (
        track.low(START + timedelta(minutes=since)),
        track.high(START + timedelta(minutes=since)),
    )

    assert (low and low[1]) == (min(after) if after else None)
    assert (high and high[1]) == (max(after) if after else None)
    for found in (low, high):
        assert found is None or (minute_of(found), int(found[1])) in kept


def minute_of(found: tuple[datetime, Decimal]) -> int:
    return (found[0] - START) // timedelta(minutes=1)
