"""The picture: small, the same every time, and safe to draw in any thread."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from subprocess import run

import pytest
from PIL import Image

from bot.brief.chart import alt_text, draw
from bot.brief.chart_scene import scene_of
from bot.model.brief import Brief, ChartData, Colours
from tests import builders as b
from tests.brief import facts

MORNING = facts.minute_bars(b.at("11:08"))
GREEN, RED, AMBER = (0x3B, 0xA5, 0x5D), (0xED, 0x42, 0x45), (0xFA, 0xA6, 0x1A)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def shows(png: bytes, colour: tuple[int, int, int]) -> bool:
    """Whether some pixels are nearly of that colour (the palette may be off by a little)."""
    found = opened(png).convert("RGB").getcolors(800 * 450) or []
    near = (count for count, seen in found if _near(seen, colour))
    return sum(near) > 40


def _near(seen: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(seen, tuple)
    return all(abs(one - other) < 12 for one, other in zip(seen, colour, strict=True))


@pytest.fixture(scope="module")
def picture() -> bytes:
    return draw(facts.baba(), MORNING, Colours.GREEN_UP)


def test_it_is_a_small_palette_png_of_800_by_450(picture: bytes) -> None:
    image = opened(picture)

    assert (image.format, image.mode, image.size) == ("PNG", "P", (800, 450))
    assert len(picture) < 16_000
    assert image.info.get("text", {}) == {} and "Software" not in image.info


def test_the_same_facts_make_the_same_bytes_in_every_thread(picture: bytes) -> None:
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: draw(facts.baba(), MORNING, Colours.GREEN_UP), range(6)))

    assert {picture} == set(drawn)


def test_a_rise_is_green_here_and_red_in_east_asia(picture: bytes) -> None:
    east = draw(facts.baba(), MORNING, Colours.RED_UP)

    assert (shows(picture, GREEN), shows(picture, RED)) == (True, False)
    assert (shows(east, GREEN), shows(east, RED)) == (False, True)


def test_the_catalyst_is_marked_only_where_there_was_one(picture: bytes) -> None:
    without = draw(facts.baba(), replace(MORNING, catalyst_at=None), Colours.GREEN_UP)

    assert (shows(picture, AMBER), shows(without, AMBER)) == (True, False)


def test_the_scene_ends_with_the_quote() -> None:
    """Bars after the quote were not known when it was said."""
    later = facts.minute_bars(b.at("15:00"))
    scene = scene_of(facts.baba(), later, Colours.GREEN_UP)

    assert (scene.prices[-1], scene.now) == (165.68, "11:08")
    assert len(MORNING.bars) + 1 == len(scene.prices)
    assert scene.close == 150.96


def test_the_catalyst_is_named_with_its_time_and_its_day_where_that_is_another() -> None:
    def label(data: ChartData) -> str | None:
        found = scene_of(facts.baba(), data, Colours.GREEN_UP).catalyst
        return found[1] if found else None

    friday = b.at("21:10", day="2026-01-09")

    assert label(MORNING) == "SCMP 07:42"
    assert label(replace(MORNING, catalyst_at=friday)) == "SCMP Jan 9, 21:10"
    assert (
        label(replace(MORNING, catalyst_label="An outlet with a name\u202e of some length"))
        == "An outlet with a… 07:42"
    )
    assert label(replace(MORNING, catalyst_at=b.at("11:09"))) is None


@pytest.mark.parametrize(
    ("brief", "data"),
    [
        (facts.pdd(), ChartData(())),
        (facts.ocado(), ChartData((), facts.ocado().onset, "$x and $y^2$ {")),
        (facts.closed(), facts.minute_bars(b.at("16:00"))),
        (facts.at_move(facts.baba(), b.move("150.96")), ChartData(())),
        (facts.at_move(facts.baba(), b.move("0.0042", "0.0040")), ChartData(())),
        (facts.intel(), ChartData((), b.at("16:01", day="2026-01-22"), "Intel")),
        (facts.evening(), ChartData(())),
    ],
)
def test_odd_facts_still_make_a_picture(brief: Brief, data: ChartData) -> None:
    assert opened(draw(brief, data, Colours.GREEN_UP)).size == (800, 450)


def test_the_time_axis_keeps_to_the_exchanges_wall() -> None:
    hours = [label for _, label in scene_of(facts.ocado(), ChartData(()), Colours.RED_UP).hours]

    assert hours == ["08:00", "10:00", "12:00", "14:00", "16:00"]


def test_the_alternative_text_says_how_far_in_a_few_words() -> None:
    texts = [
        alt_text(brief)
        for brief in (facts.baba(), facts.pdd(), facts.at_move(facts.baba(), b.move("150.97")))
    ]

    assert texts == [
        (
            "Minute chart of BABA on Jan 12: nearly 10% above Friday's close of $150.96 "
            "at 11:08 EST, with volume below."
        ),
        (
            "Minute chart of PDD on Jan 12: about 5% below Friday's close of $109.19 "
            "at 10:41 EST, with volume below."
        ),
        (
            "Minute chart of BABA on Jan 12: level with Friday's close of $150.96 "
            "at 11:08 EST, with volume below."
        ),
    ]


def test_matplotlib_is_loaded_only_when_something_is_drawn() -> None:
    """Start-up stays lean."""
    program = "import sys, bot.brief.renderer; sys.exit('matplotlib' in sys.modules)"

    assert run([sys.executable, "-c", program], check=False).returncode == 0


def test_a_gap_in_the_bars_is_no_fault() -> None:
    bars = tuple(bar for bar in MORNING.bars if bar.at.minute % 20 == 0)
    late = replace(MORNING, bars=bars, catalyst_at=b.at("11:08") - timedelta(minutes=1))

    assert draw(facts.baba(), late, Colours.GREEN_UP)
