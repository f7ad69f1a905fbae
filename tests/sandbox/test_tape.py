"""A recorded day is read as it stands, and every mistake in it is one sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from pathlib import Path

import pytest

from bot.tape import (
    Bust,
    Channel,
    Daily,
    Dividend,
    FeedSource,
    Item,
    Print,
    Restated,
    Split,
    Symbol,
    TapeError,
    read_day,
)
from tests.sandbox.recorded import FOLDER, at, recorded_day

DAY = """
format = 1
date = 2026-01-12
zone = "America/New_York"
calendar = "XNYS"
note = "Invented."
starts = 2026-01-12T09:27:00-05:00
ends = 2026-01-12T17:00:00-05:00

[[anchors]]
symbol = "ACME"
at = 2026-01-12T09:30:00-05:00
price = "10.50"
fact = "opened there"

[[exchanges]]
calendar = "XNYS"
zone = "America/New_York"
early = 04:00:00
opens = 09:30:00
closes = 16:00:00
late = 20:00:00
half_days = { 2025-12-24 = 13:00:00 }

[[feeds]]
name = "wire"
outlet = "Example Wire"
domain = "wire.example"
kind = "newswire"
format = "atom"

[[channels]]
name = "alerts"
layout = "brief"
tickers = ["ACME"]
move = "2.5%"
"""
SYMBOLS = """[
{"symbol": "ACME", "name": "Acme", "calendar": "XNYS", "currency": "USD", "quote": {}}
]
"""
DAILY = """symbol,date,open,high,low,close,volume
ACME,2026-01-08,9.80,10.10,9.70,10.00,900
ACME,2026-01-09,10.00,10.20,9.90,10.10,1000
"""
MINUTES = "symbol,time,price,volume\nACME,2026-01-12T09:30-05:00,10.50,200\n"
FEED = (
    '{"id": "a", "feed": "wire", "published": "2026-01-12T08:00:00-05:00", '
    '"seen": "2026-01-12T08:01:00-05:00", "source": "Example Wire", "title": "T", '
    '"summary": "S", "link": "https://wire.example/#a", "symbols": ["ACME"]}\n'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The smallest day there is."""
    files = {
        "day.toml": DAY,
        "symbols.json": SYMBOLS,
        "daily.csv": DAILY,
        "minutes.csv": MINUTES,
        "feed.jsonl": FEED,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def test_day_is_read_whole(folder: Path) -> None:
    """Every row of every file, as a frozen value."""
    day = read_day(folder)

    assert (day.day, day.zone, day.calendar) == (date(2026, 1, 12), "America/New_York", "XNYS")
    assert (day.note, day.starts, day.ends) == ("Invented.", at("09:27"), at("17:00"))
    assert [(one.symbol, one.at, one.price) for one in day.anchors] == [
        ("ACME", at("09:30"), Decimal("10.50"))
    ]
    assert day.symbols == {"ACME": Symbol("ACME", "Acme", "XNYS", "USD", {})}
    assert day.feeds == (FeedSource("wire", "Example Wire", "wire.example", "newswire", "atom"),)
    assert day.channels == (Channel("alerts", "brief", ("ACME",), "2.5%"),)
    numbers = (Decimal("10.00"), Decimal("10.20"), Decimal("9.90"), Decimal("10.10"))
    assert day.daily["ACME"][-1] == Daily(date(2026, 1, 9), *numbers, volume=1000)
    assert [bar.day.day for bar in day.daily["ACME"]] == [8, 9]
    assert day.minutes == {"ACME": (Print(at("09:30"), Decimal("10.50"), 200),)}
    assert day.items == (
        Item(
            id="a",
            feed="wire",
            published=at("08:00"),
            seen=at("08:01"),
            source="Example Wire",
            title="T",
            summary="S",
            link="https://wire.example/#a",
            symbols=("ACME",),
        ),
    )


def test_hours_know_half_days_and_the_exchanges_zone(folder: Path) -> None:
    """Closing is earlier on a half day; times are the exchange's own."""
    hours = read_day(folder).hours["XNYS"]

    assert (hours.early, hours.late, hours.lunch) == (time(4), time(20), None)
    assert hours.opening(date(2026, 1, 12)) == at("09:30")
    assert hours.closing(date(2026, 1, 12)) == at("16:00")
    assert hours.closing(date(2025, 12, 24)).time() == time(13)
    assert recorded_day().hours["XHKG"].closing(date(2026, 1, 12)) == at("03:00")


def test_items_come_in_the_order_in_which_they_were_seen() -> None:
    """Whatever order the file has."""
    seen = [item.seen for item in recorded_day().items]

    assert seen == sorted(seen)
    assert len(seen) > 20


def test_splits_of_a_listing_are_read(folder: Path) -> None:
    """They are optional."""
    row = SYMBOLS.replace(
        '"quote": {}',
        '"quote": {}, "splits": [{"date": "2025-06-02", "numerator": 3, "denominator": 2}]',
    )
    (folder / "symbols.json").write_text(row)

    assert read_day(folder).symbols["ACME"].splits == (Split(date(2025, 6, 2), 3, 2),)


Change = Callable[[str], str]


def test_splits_and_dividends_say_what_the_provider_knew(folder: Path) -> None:
    """When it listed the split, and when it adjusted its closes."""
    row = SYMBOLS.replace(
        '"quote": {}',
        '"quote": {}, "dividends": [{"date": "2026-01-12", "amount": "0.25"}], "splits": [{'
        '"date": "2026-01-12", "numerator": 2, "denominator": 1, '
        '"listed": "2026-01-12T04:00-05:00", "adjusted": "2026-01-12T10:15-05:00"}]',
    )
    (folder / "symbols.json").write_text(row)
    acme = read_day(folder).symbols["ACME"]

    assert acme.splits == (Split(date(2026, 1, 12), 2, 1, at("04:00"), at("10:15")),)
    assert acme.dividends == (Dividend(date(2026, 1, 12), Decimal("0.25")),)


def test_what_the_provider_took_back_is_read(folder: Path) -> None:
    """A print, and a close; both with the time from which it says so."""
    (folder / "day.toml").write_text(
        DAY
        + """
[[busts]]
symbol = "ACME"
at = 2026-01-12T09:30:00-05:00
since = 2026-01-12T09:40:00-05:00

[[restated]]
symbol = "ACME"
day = 2026-01-09
close = "10.20"
since = 2026-01-12T09:45:00-05:00
"""
    )
    day = read_day(folder)

    assert day.busts == (Bust("ACME", at("09:30"), at("09:40")),)
    assert day.restated == (Restated("ACME", date(2026, 1, 9), Decimal("10.20"), at("09:45")),)


def test_a_day_may_go_on_the_day_after(folder: Path) -> None:
    """`more` are further dates; `begins` is 03:30 of the first unless it is said."""
    text = DAY.replace("date = 2026-01-12", "date = 2026-01-12\nmore = [2026-01-13]")
    (folder / "day.toml").write_text(text)
    day = read_day(folder)

    assert day.dates == (date(2026, 1, 12), date(2026, 1, 13))
    assert day.begins == at("03:30")


def test_an_item_changes_and_goes(folder: Path) -> None:
    """Each is what the feed shows at a time."""
    row = FEED.replace(
        '"symbols"',
        '"until": "2026-01-12T10:00-05:00", "changes": '
        '[{"at": "2026-01-12T09:00-05:00", "title": "U", "summary": "V"}], "symbols"',
    )
    (folder / "feed.jsonl").write_text(row)
    (item,) = read_day(folder).items
    shown = [item.at(at(clock)) for clock in ("08:00", "08:01", "09:00", "10:00")]

    assert ["", "T", "U", ""] == [each.title if each else "" for each in shown]
    assert item.turns == (at("08:01"), at("09:00"), at("10:00"))


def test_companies_of_its_own_come_with_the_day(folder: Path) -> None:
    """As a table of seeds/instruments.toml."""
    (folder / "instruments.toml").write_text('[ACME]\nname = "Acme"\n')

    assert read_day(folder).instruments == '[ACME]\nname = "Acme"\n'


def test_half_days_shorten_the_evening_and_closures_have_no_session(folder: Path) -> None:
    """As the exchange does it."""
    text = DAY.replace("half_days", "closures = [2026-01-12]\nhalf_days")
    (folder / "day.toml").write_text(text)
    hours = read_day(folder).hours["XNYS"]

    assert hours.ending(date(2025, 12, 24)).time() == time(17)
    assert hours.ending(date(2026, 1, 12)).time() == time(20)
    assert hours.closures == {date(2026, 1, 12)}


def swap(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        ("day.toml", swap('zone = "', "zone = "), "day.toml is not TOML: Invalid value (at line 4"),
        ("day.toml", swap("starts", "begins"), "day.toml: starts is missing; add it"),
        (
            "day.toml",
            swap("date = 2026-01-12", 'date = "Monday"'),
            "day.toml: date must be a date, was 'Monday'; correct it",
        ),
        (
            "day.toml",
            swap("09:27:00-05:00", "09:27:00"),
            "day.toml: starts names no zone, was 2026-01-12 09:27:00; end it with -05:00",
        ),
        (
            "day.toml",
            swap("format = 1", "format = 2"),
            "day.toml: format must be 1, was 2; record the day anew",
        ),
        (
            "day.toml",
            swap("04:00:00", '"early"'),
            "day.toml, exchanges 1: early must be a time, was 'early'; correct it",
        ),
        (
            "day.toml",
            swap("2025-12-24", "christmas"),
            "day.toml, exchanges 1: half_days cannot be 'christmas'; correct it",
        ),
        (
            "day.toml",
            swap("America/New_York", "America/Gotham"),
            "day.toml: zone cannot be 'America/Gotham'; correct it",
        ),
        (
            "day.toml",
            swap("date = 2026-01-12", "date = 2026-01-12\nmore = [2026-01-11]"),
            "day.toml: more must name later days than date, in order; sort them",
        ),
        (
            "daily.csv",
            swap("ACME,2026-01-08,9.80,10.10,9.70,10.00,900\n", ""),
            "daily.csv: ACME needs 2 sessions or more, has 1; add them",
        ),
        (
            "day.toml",
            swap('"10.50"', '"-1"'),
            "day.toml, anchors 1: price cannot be '-1'; correct it",
        ),
        (
            "day.toml",
            swap('["ACME"]', '["ACNE"]'),
            "day.toml, channels 1: 'ACNE' is not among those of symbols.json; add it or correct it",
        ),
        (
            "day.toml",
            swap('"2.5%"', "2.5"),
            "day.toml, channels 1: move must be a str, was 2.5; correct it",
        ),
        (
            "day.toml",
            swap('"atom"', '"cdf"'),
            "day.toml, feeds 1: 'cdf' is not among those of rss2, rdf and atom; add it or",
        ),
        (
            "symbols.json",
            swap('"name": ', '"name" '),
            "symbols.json, line 2 is not JSON; correct it",
        ),
        (
            "symbols.json",
            swap("XNYS", "XLON"),
            "symbols.json, entry 1: 'XLON' is not among those of day.toml; add it or correct it",
        ),
        (
            "daily.csv",
            swap("10.20", "high"),
            "daily.csv, line 3: high cannot be 'high'; correct it",
        ),
        (
            "daily.csv",
            swap(",1000", ""),
            "daily.csv, line 3: volume must be a str, was None; correct it",
        ),
        (
            "daily.csv",
            lambda text: text + text.splitlines()[2] + "\n",
            "daily.csv, line 4: 2026-01-09 is not after the row before; sort the rows",
        ),
        (
            "minutes.csv",
            swap("09:30-05:00", "09:30"),
            "minutes.csv, line 2: time cannot be '2026-01-12T09:30'; correct it",
        ),
        (
            "minutes.csv",
            swap("10.50", "NaN"),
            "minutes.csv, line 2: price cannot be 'NaN'; correct it",
        ),
        (
            "minutes.csv",
            swap(",200", ",-200"),
            "minutes.csv, line 2: volume cannot be '-200'; correct it",
        ),
        (
            "minutes.csv",
            swap("ACME", "ACNE"),
            "minutes.csv, line 2: 'ACNE' is not among those of symbols.json; add it or correct it",
        ),
        (
            "feed.jsonl",
            swap("}", ""),
            "feed.jsonl, line 1 is not JSON; write one object a line",
        ),
        ("feed.jsonl", swap('"title"', '"head"'), "feed.jsonl, line 1: title is missing; add it"),
        (
            "feed.jsonl",
            swap('"feed": "wire"', '"feed": "radio"'),
            "feed.jsonl, line 1: 'radio' is not among those of day.toml; add it or correct it",
        ),
    ],
)
def test_mistake_is_one_sentence_that_says_where(
    folder: Path, file: str, change: Change, message: str
) -> None:
    """File, place, what was found, the way out."""
    path = folder / file
    path.write_text(change(path.read_text()))

    with pytest.raises(TapeError) as caught:
        read_day(folder)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("name", ["day.toml", "symbols.json", "minutes.csv", "feed.jsonl"])
def test_missing_file_is_named(folder: Path, name: str) -> None:
    """With what a day consists of."""
    (folder / name).unlink()

    with pytest.raises(TapeError, match=rf"^{name} cannot be read in .* a recorded day needs"):
        read_day(folder)


def test_recorded_day_can_be_copied_anywhere(tmp_path: Path) -> None:
    """A day is its folder: nothing else is read."""
    shutil.copytree(FOLDER, tmp_path / "day")

    assert read_day(tmp_path / "day") == recorded_day()
