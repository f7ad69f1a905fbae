"""The picture: small, the same every time, and safe to draw in any thread."""

from __future__ import annotations

import io
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from subprocess import run

import pytest
from PIL import Image

from bot.brief.chart import alt_text, draw
from bot.brief.chart_scene import scene_of
from bot.model.brief import Brief, ChartData, Colours
from bot.model.market import (
    ActionKind,
    Bar,
    CorporateAction,
    Instrument,
    InstrumentKind,
    Move,
    Reference,
    ReferenceKind,
    Session,
)
from tests import builders as b
from tests.brief import facts

MORNING = facts.minute_bars(b.at("11:08"))
DAY = timedelta(days=1)
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
    assert label(replace(MORNING, catalyst_at=friday)) == "SCMP out before the open Jan 9, 21:10"
    assert (
        label(replace(MORNING, catalyst_label="An outlet with a name\u202e of some length"))
        == "An outlet with a… 07:42"
    )
    assert label(replace(MORNING, catalyst_at=b.at("11:09"))) is None


def test_a_catalyst_from_before_the_picture_stands_at_its_left_edge() -> None:
    """Its words say that it was out earlier; one of the picture's first minute does not."""
    bars = tuple(bar for bar in MORNING.bars if bar.at >= b.at("09:30"))

    def catalyst(clock: str) -> tuple[float, str] | None:
        data = replace(MORNING, bars=bars, catalyst_at=b.at(clock))
        return scene_of(facts.baba(), data, Colours.GREEN_UP).catalyst

    first, before = catalyst("09:30"), catalyst("07:12")

    assert first is not None
    assert first[1] == "SCMP 09:30"
    assert before == (first[0], "SCMP out before the open 07:12")


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


def crypto() -> Brief:
    """A pair that trades around the clock, measured from midnight UTC, without volume."""
    day = date(2026, 1, 11)
    opens = datetime(2026, 1, 11, tzinfo=UTC)
    session = Session("24/7", day, date(2026, 1, 10), opens, opens + DAY, None, None, "UTC")
    as_of = opens + timedelta(hours=14, minutes=12)
    reference = Reference(ReferenceKind.UTC_MIDNIGHT, Decimal("90812.11"), day)
    pair = Instrument("BTC-USD", "Bitcoin", "Bitcoin", "", "24/7", "USD", InstrumentKind.CRYPTO)
    move = Move("BTC-USD", "USD", reference, Decimal("96440.52"), as_of, session.phase(as_of))
    return facts.measured(pair, move, session)


def drawn_out(brief: Brief, first: datetime) -> ChartData:
    """A bar every ten minutes from `first` to the quote, in a straight line from the reference."""
    start, end = brief.move.reference.price, brief.move.last
    steps = (brief.quote.as_of - first) // timedelta(minutes=10)
    bars = [
        b.bar(first + timedelta(minutes=10 * step), start + (end - start) * step / steps, volume=0)
        for step in range(steps)
    ]
    return ChartData(tuple(bars), first + timedelta(hours=2), "CoinDesk")


def test_the_reference_is_named_for_what_it_is() -> None:
    """The close of a day, one in the shares of today, or a price at midnight UTC."""
    split = CorporateAction(ActionKind.SPLIT, b.DAY, Decimal(2))
    reference = replace(b.move().reference, adjusted=split, unadjusted=Decimal("301.92"))
    halved = replace(facts.baba(), move=replace(b.move(), reference=reference))

    def label(brief: Brief) -> str:
        return scene_of(brief, ChartData(()), Colours.GREEN_UP).close_label

    assert label(facts.baba()) == "Fri close $150.96"
    assert label(facts.evening()) == "Mon close $109.19"
    assert label(halved) == "Fri close adjusted $150.96"
    assert label(crypto()) == "00:00 UTC $90,812.11"


def test_what_the_evening_is_measured_from_lies_in_its_past() -> None:
    """The day before the close is there, but it is no part of the move."""
    evening, morning = facts.evening(), facts.intel()
    bars = tuple(b.bar(b.at(clock), "108") for clock in ("09:30", "15:59", "16:00", "17:00"))
    scene = scene_of(evening, ChartData(bars), Colours.GREEN_UP)
    before_open = scene_of(morning, ChartData(()), Colours.GREEN_UP)

    assert scene.since == scene.regular[1]
    assert before_open.since == before_open.span[0]
    assert len(draw(evening, ChartData(bars), Colours.GREEN_UP)) > 0


def test_an_auction_does_not_flatten_the_other_minutes() -> None:
    """The pane of the volume ends at what all but a few minutes traded."""
    bars = [*(b.bar(b.at("10:00") + timedelta(minutes=one), "160") for one in range(60))]
    opening = b.bar(b.at("09:30"), "160", volume=900_000)

    def tallest(bars: list[Bar]) -> float:
        return scene_of(facts.baba(), ChartData(tuple(bars)), Colours.GREEN_UP).tallest

    assert tallest([opening, *bars]) == 1_250
    assert tallest([replace(bar, volume=0) for bar in bars]) == 0
    assert tallest([]) == 0


def test_without_volume_the_price_has_the_whole_picture() -> None:
    """A grey bar would promise what is not there."""
    bars = tuple(replace(bar, volume=0) for bar in MORNING.bars)
    grey = (0x6D, 0x6F, 0x78)

    assert shows(draw(facts.baba(), MORNING, Colours.GREEN_UP), grey)
    assert not shows(draw(facts.baba(), replace(MORNING, bars=bars), Colours.GREEN_UP), grey)
    assert "volume" not in alt_text(crypto())


def test_a_pair_around_the_clock() -> None:
    """Twenty-four hours of ticks have room, and so has a title with seven letters and figures."""
    data = drawn_out(crypto(), datetime(2026, 1, 11, tzinfo=UTC))
    hours = [label for _, label in scene_of(crypto(), data, Colours.RED_UP).hours]

    assert hours == ["00:00", "04:00", "08:00", "12:00", "16:00", "20:00", "00:00"]
    assert alt_text(crypto()) == (
        "Minute chart of BTC-USD on Jan 11: about 6% above the price at 00:00 UTC of $90,812.11 "
        "at 14:12 UTC."
    )
    assert len(draw(crypto(), data, Colours.GREEN_UP)) < 12_000


def test_a_long_title_leaves_out_the_day_and_then_grows_smaller() -> None:
    """Every figure stays inside the picture, beside the clock."""
    dear = facts.at_move(facts.named("ABCDEFG-H", "Dear", "Dear"), b.move("1234567.89", "1100000"))
    image = opened(draw(dear, ChartData(()), Colours.GREEN_UP)).convert("RGB")
    gaps = [x for x in range(500, 780) if _empty(image, x)]

    assert any(later - x > 12 for x, later in zip(gaps, gaps[14:], strict=False))


def _empty(image: Image.Image, x: int) -> bool:
    return len({image.getpixel((x, y)) for y in range(12, 46)}) == 1


def test_the_time_axis_keeps_to_the_exchanges_wall() -> None:
    hours = [label for _, label in scene_of(facts.ocado(), ChartData(()), Colours.RED_UP).hours]

    assert hours == ["08:00", "10:00", "12:00", "14:00", "16:00"]


@pytest.mark.parametrize(
    ("last", "close", "words"),
    [
        ("165.68", "150.96", "165"),
        ("152.10", "150.96", "165.25"),
        ("0.44", "0.40", "165.2500"),
        ("1250000", "1100000", "0.00m"),
    ],
)
def test_the_price_axis_is_as_short_as_keeps_its_figures_apart(
    last: str, close: str, words: str
) -> None:
    """By the range of the picture, not by the figure."""
    brief = facts.at_move(facts.baba(), b.move(last, close))

    assert scene_of(brief, ChartData(()), Colours.GREEN_UP).tick(165.25) == words


@pytest.mark.parametrize(
    ("first", "until", "labels"),
    [
        ("04:00", "11:08", "04 06 08 10 12 14 16"),
        ("04:00", "19:40", "06 09 12 15 18"),
        ("09:30", "11:08", "10 11 12 13 14 15 16"),
    ],
)
def test_ticks_are_as_many_as_there_is_room_for(first: str, until: str, labels: str) -> None:
    """At most seven, on hours that a reader counts in."""
    brief = facts.at_move(facts.baba(), b.move(as_of=b.at(until)))
    scene = scene_of(brief, ChartData((b.bar(b.at(first), "151"),)), Colours.GREEN_UP)

    assert [label for _, label in scene.hours] == [f"{hour}:00" for hour in labels.split()]


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
