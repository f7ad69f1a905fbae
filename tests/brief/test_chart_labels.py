"""Words in the picture stand where they hide least; plain geometry."""

from __future__ import annotations

from bot.brief.chart_labels import Box, Side, beside, place

PANE = Box(0, 0, 700, 300)
SIZE = (100.0, 20.0)
RIGHT, LEFT, BELOW = Side(True, True), Side(False, True), Side(True, False)


def test_beside_a_point() -> None:
    """Fourteen pixels aside and eight above or below, whole words outside the point."""
    assert beside((50, 50), SIZE, Side(True, True)) == Box(64, 58, 164, 78)
    assert beside((150, 50), SIZE, Side(False, True)) == Box(36, 58, 136, 78)
    assert beside((50, 50), SIZE, Side(True, False)) == Box(64, 22, 164, 42)
    assert beside((150, 50), SIZE, Side(False, False)) == Box(36, 22, 136, 42)


def test_boxes_that_touch_do_not_meet() -> None:
    """Only what is covered counts, on both axes."""
    box = Box(10, 10, 20, 20)

    assert box.meets(Box(19, 19, 30, 30)) and Box(19, 19, 30, 30).meets(box)
    assert not box.meets(Box(20, 10, 30, 20))
    assert not box.meets(Box(10, 20, 20, 30))
    assert box.meets(Box(15, 0, 15, 300))
    assert box.holds((15, 15))
    assert not (box.holds((10, 15)) or box.holds((15, 20)) or box.holds((25, 15)))


def test_the_first_place_wanted_is_taken_where_nothing_is_lost() -> None:
    """And of equals the first."""
    wanted = [((300.0, 100.0), RIGHT), ((300.0, 100.0), LEFT)]

    assert place(wanted, SIZE, PANE, [], []) == (beside((300, 100), SIZE, RIGHT), RIGHT)


def test_words_give_way_to_words() -> None:
    """Rather than cover them they cover the line."""
    wanted = [((300.0, 100.0), RIGHT), ((300.0, 100.0), LEFT)]
    line = [(250.0, 115.0), (260.0, 116.0)]
    taken = [Box(390, 100, 400, 130)]

    assert place(wanted, SIZE, PANE, taken, line)[1] == LEFT


def test_words_stay_in_the_pane() -> None:
    """At its sides; above and below there is room for them."""
    at_the_end = [((650.0, 100.0), RIGHT), ((650.0, 100.0), LEFT)]
    at_the_start = [((50.0, 100.0), LEFT), ((50.0, 100.0), RIGHT)]

    assert place(at_the_end, SIZE, PANE, [], [])[1] == LEFT
    assert place(at_the_start, SIZE, PANE, [], [])[1] == RIGHT


def test_of_two_places_the_one_that_hides_less_of_the_line() -> None:
    """Point by point."""
    wanted = [((300.0, 100.0), RIGHT), ((300.0, 100.0), BELOW)]
    line = [(350.0, 115.0), (360.0, 115.0), (350.0, 85.0)]

    assert place(wanted, SIZE, PANE, [], line)[1] == BELOW
    assert place(wanted, SIZE, PANE, [], line[1:])[1] == RIGHT
