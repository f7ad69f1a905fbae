"""The recorded day says what it claims to say."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import pytest

from bot.tape import read_day
from bot.tape.yahoo.curve import cumulative_share
from tests.sandbox.recorded import FOLDER, at, close_of, move, moves, percent, recorded_day

US = ("BABA", "KWEB", "SPY", "JD", "PDD", "BIDU", "MU", "QQQ", "SMH", "WDC", "STX")


def closes(ticker: str) -> list[float]:
    return [float(bar.close) for bar in recorded_day().daily[ticker]]


def shares(ticker: str, since: str, until: str) -> int:
    ticks = recorded_day().minutes[ticker]
    return sum(tick.volume for tick in ticks if at(since) <= tick.at <= at(until))


def first(ticker: str, level: float, since: str = "04:00") -> str:
    """The time of the first print at least that far, in the direction of the level."""
    sign = math.copysign(1, level)
    found = moves(ticker, since, "20:00").items()
    return next(time for time, value in found if value * sign >= abs(level))


def test_every_anchor_is_a_print_or_a_close_to_the_cent() -> None:
    """Published facts are hit exactly."""
    day = recorded_day()
    prints = {(ticker, tick.at): tick.price for ticker in US for tick in day.minutes[ticker]}
    for ticker in US:
        bar = day.daily[ticker][-1]
        hours = day.hours[day.symbols[ticker].calendar]
        prints[ticker, hours.closing(bar.day)] = bar.close

    assert len(day.anchors) == 2
    for anchor in day.anchors:
        assert anchor.price == prints[anchor.symbol, anchor.at]
    assert f"{move('BABA', '11:08'):.1f}" == "9.8"


def test_note_says_that_it_is_a_reconstruction() -> None:
    """Nobody can take the day for market data."""
    note = recorded_day().note

    assert "reconstruction" in note
    assert "it is not market data" in note
    assert "Only the anchors below are published facts" in note


def test_new_york_is_flat_until_the_report_and_rises_after_it() -> None:
    """The rise starts after 07:42: nothing moved before the report was out."""
    before = moves("BABA", "04:00", "07:42")
    after = moves("BABA", "07:50", "09:29")

    assert max(abs(value) for value in before.values()) < 0.3
    assert min(after.values()) > 0.9
    assert max(after.values()) < 3.65
    assert move("BABA", "09:29") == pytest.approx(3.5, abs=0.01)
    assert move("BABA", "09:30") == pytest.approx(3.9, abs=0.01)


def test_baba_hovers_around_five_percent() -> None:
    """The first crossing falls back twice before it holds for a minute; none falls below 4 %."""
    hover = [round(value, 1) for value in moves("BABA", "09:48", "09:59").values()]

    assert hover == [4.8, 4.9, 5.1, 4.8, 5.2, 4.9, 5.2, 5.3, 5.1, 4.8, 5.0, 4.9]
    assert first("BABA", 5.0) == "09:50"
    assert min(moves("BABA", "09:50", "20:00").values()) > 4.0


def test_nine_and_a_half_percent_is_crossed_at_11_07_and_held_at_11_08() -> None:
    """A hold of one minute is satisfied exactly at the anchor."""
    assert first("BABA", 9.5) == "11:07"
    assert min(moves("BABA", "11:07", "11:31").values()) > 9.5


def test_baba_gains_further_to_its_peak_and_keeps_most_of_it() -> None:
    """One rung above 5 %, none above 9.5 %."""
    day = recorded_day()
    peak = max(day.minutes["BABA"], key=lambda tick: tick.price)

    assert first("BABA", 10.0) == "11:31"
    assert (str(peak.price), peak.at) == ("169.68", at("12:14"))
    assert f"{percent('BABA', peak):.1f}" == "12.4"
    assert f"{move('BABA', '16:00'):.1f}" == "10.2"
    assert min(moves("BABA", "11:31", "20:00").values()) >= 10.0
    after_hours = moves("BABA", "16:01", "20:00").values()
    assert max(after_hours) - min(after_hours) < 0.3


@pytest.mark.parametrize(
    ("ticker", "expected"),
    [("KWEB", "+3.1"), ("SPY", "+0.2"), ("JD", "+2.4"), ("PDD", "+1.9"), ("BIDU", "+3.3")],
)
def test_comparisons_at_11_08(ticker: str, expected: str) -> None:
    """Benchmarks and peers have the figures that the brief prints."""
    assert expected == f"{move(ticker, '11:08'):+.1f}"


def test_hong_kong_had_closed_5_3_percent_higher_before_the_report() -> None:
    """The session ended at 03:00 in New York, at a price that agrees with the ADR's."""
    ticks = recorded_day().minutes["9988.HK"]
    last = ticks[-1]
    adr = float(last.price) * 8 / 7.79

    assert (ticks[0].at, last.at) == (at("01-11 20:30"), at("03:00"))
    assert f"{percent('9988.HK', last):+.1f}" == "+5.3"
    assert abs(adr / float(close_of("BABA")) - 1) < 0.006
    lunch = [tick for tick in ticks if at("01-11 23:00") < tick.at < at("00:00")]
    assert lunch == []


def test_babas_year_gives_the_figures_of_the_sidebar() -> None:
    """200-day average, 52-week position, usual move and volume at 11:08 are as designed."""
    bars = recorded_day().daily["BABA"]
    prices = closes("BABA")
    low, high = min(bar.low for bar in bars[-252:]), max(bar.high for bar in bars[-252:])
    returns = [math.log(b / a) for a, b in pairwise(prices[-61:])]
    usual = statistics.fmean(bar.volume for bar in bars[-63:])
    traded = shares("BABA", "09:30", "11:08")

    assert (str(low), str(high)) == ("99.60", "192.67")
    assert 165.68 / statistics.fmean(prices[-200:]) - 1 == pytest.approx(0.098, abs=0.0005)
    assert (165.68 - float(low)) / float(high - low) == pytest.approx(0.71, abs=0.005)
    assert statistics.stdev(returns) == pytest.approx(0.028, abs=0.0002)
    assert traded == pytest.approx(18_400_000, abs=1000)
    assert traded / (usual * cumulative_share(98 / 390)) == pytest.approx(2.9, abs=0.03)


def test_last_rise_as_large_was_in_september_2025() -> None:
    """The brief's "largest daily rise since" has one date, and a larger rise an earlier one."""
    bars = recorded_day().daily["BABA"]
    rises = {b.day.isoformat(): float(b.close / a.close - 1) * 100 for a, b in pairwise(bars)}
    large = {day: f"{rise:.1f}" for day, rise in rises.items() if rise > 7}

    assert large == {"2025-08-29": "12.9", "2025-09-24": "10.4"}


def test_fridays_own_percent_is_a_trap() -> None:
    """Who takes it for today's before the open would speak about BABA and Micron."""
    baba, micron = closes("BABA"), closes("MU")

    assert baba[-1] / baba[-2] - 1 > 0.05
    assert micron[-1] / micron[-2] - 1 > 0.03


def test_micron_crosses_three_percent_once_and_stays() -> None:
    """The third channel hears once: no rung, no re-arm, and nothing before 13:20."""
    before, after = moves("MU", "04:00", "13:19"), moves("MU", "13:20", "20:00")

    assert max(abs(value) for value in before.values()) < 2.95
    assert all(-5.5 < value < -3.0 for value in after.values())
    assert f"{move('MU', '13:21'):.1f}" == "-3.4"
    assert max(abs(value) for value in moves("MU", "04:00", "12:49").values()) < 0.5
    for ticker in ("QQQ", "SMH", "WDC", "STX"):
        assert -3 < move(ticker, "13:21") < 0


@pytest.mark.parametrize("ticker", US)
def test_every_minute_of_the_regular_session_prints(ticker: str) -> None:
    """No quote is stale in regular hours; outside them prints are sparse but there."""
    ticks = recorded_day().minutes[ticker]
    regular = [tick for tick in ticks if at("09:30") <= tick.at <= at("16:00")]

    assert len(regular) == 391
    assert (ticks[0].at, ticks[-1].at) == (at("04:00"), at("20:00"))
    assert 50 < len(ticks) - len(regular) < 570
    assert all(tick.at.second == 0 for tick in ticks)


@pytest.mark.parametrize("ticker", [*US, "9988.HK"])
def test_daily_bars_are_sound(ticker: str) -> None:
    """A year and more of sessions that end on Friday, each within its own high and low."""
    bars = recorded_day().daily[ticker]
    days = {bar.day.isoformat() for bar in bars}

    assert len(bars) >= 260
    assert bars[-1].day.isoformat() == "2026-01-09"
    assert all(bar.low <= min(bar.open, bar.close) for bar in bars)
    assert all(bar.high >= max(bar.open, bar.close) for bar in bars)
    assert {"2025-07-04", "2025-12-25", "2025-01-09"}.isdisjoint(days) == (ticker in US)
    assert ("2025-10-01" in days) == (ticker in US)


def test_channels_are_the_three_of_the_demo() -> None:
    """Default layout at 5 %, full layout at 9.5 %, another ticker at 3 %."""
    channels = [
        (channel.name, channel.layout, channel.tickers, channel.move)
        for channel in recorded_day().channels
    ]

    assert channels == [
        ("alerts", "brief", ("BABA",), "5%"),
        ("full", "full", ("BABA",), "9.5%"),
        ("chips", "brief", ("MU",), "3%"),
    ]
    assert recorded_day().starts == at("09:27")


def test_report_is_out_before_the_rise_with_its_chain() -> None:
    """The South China Morning Post cites AIBase, at 07:42."""
    (report,) = [item for item in recorded_day().items if item.feed == "scmp"]

    assert (report.published, report.seen) == (at("07:42"), at("07:43"))
    assert "700 million" in report.title
    assert "AIBase" in report.title
    assert "citing AIBase" in report.summary
    assert report.link.startswith("https://www.scmp.com/")


def test_rival_explanations_are_two_days_old() -> None:
    """The AI plan and the food-delivery probe were out on Friday."""
    friday = [item for item in recorded_day().items if item.published < at("01-10 00:00")]
    titles = " ".join(item.title for item in friday)

    assert "AI into manufacturing" in titles
    assert "food delivery" in titles
    assert "names Alibaba, Meituan and JD.com" in titles


def test_real_outlets_carry_published_facts_only() -> None:
    """Whatever is invented comes from a fictional outlet, or says that it is invented."""
    day = recorded_day()
    fictional = {feed.name for feed in day.feeds if feed.domain.endswith(".example")}
    real = [item for item in day.items if item.feed not in fictional]
    invented = [item for item in real if "not a real release" in item.summary]

    assert {item.feed for item in real} == {"scmp", "xinhua", "alibaba-cloud"}
    assert [item.feed for item in invented] == ["alibaba-cloud"]
    domains = {feed.name: feed.domain for feed in day.feeds}
    assert all(f"{domains[item.feed]}/" in item.link for item in day.items)


def test_misleading_headlines_are_among_them() -> None:
    """A fruit, a street, a rumour, a list, a recap after the fact, dust in microns."""
    by_title = {item.title: item for item in recorded_day().items}
    recap = by_title["Why Alibaba stock is up today"]
    micron = [item for item in by_title.values() if "MU" in item.symbols and item.feed != "roundup"]

    assert "Apple harvest beats last year's by a tenth" in by_title
    assert "Roadworks to close Alibaba Street until Thursday" in by_title
    assert "5 China stocks to watch next week" in by_title
    assert "Study finds two-micron dust at school gates" in by_title
    assert recap.published > at("09:55")
    assert all(item.published > at("13:21") for item in micron)
    assert any(item.seen - item.published > at("01:30") - at("00:00") for item in by_title.values())
    assert any(item.published > item.seen for item in by_title.values())


def test_day_is_small() -> None:
    """The folder stays under 1.5 MB."""
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 1_500_000


MAKERS = sorted(path.stem for path in FOLDER.parent.glob("make_*.py"))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # exchange_calendars and a later pandas
@pytest.mark.parametrize("maker", MAKERS)
def test_generator_makes_the_committed_files(tmp_path: Path, maker: str) -> None:
    """Run again, it writes the same bytes."""
    make: Callable[[Path], None] = import_module(f"seeds.days.{maker}").main
    make(tmp_path)
    name = maker.removeprefix("make_").replace("_", "-")

    for file in ("daily.csv", "minutes.csv"):
        assert (tmp_path / file).read_bytes() == (FOLDER.parent / name / file).read_bytes()


def test_every_day_has_a_maker_and_says_what_is_invented() -> None:
    """A note that nobody can take for market data; a year and more of sessions a listing."""
    days = sorted(path.parent for path in FOLDER.parent.glob("*/day.toml"))

    assert MAKERS == sorted(f"make_{day.name.replace('-', '_')}" for day in days)
    for folder in days:
        day = read_day(folder)
        assert "it is not market data" in day.note
        assert "invented" in day.note
        assert all(len(bars) >= 260 for bars in day.daily.values())
        assert sum(path.stat().st_size for path in folder.iterdir()) < 800_000
        for anchor in day.anchors[1 if day.day.day == 12 else 0 :]:
            known = [tick.price for tick in day.minutes[anchor.symbol] if tick.at <= anchor.at]
            assert known[-1] == anchor.price
