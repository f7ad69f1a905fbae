"""
The recorded days, word for word, and their figures worked out again from the tape.

The words are in days/*.txt; `python -m tests.acceptance.golden_days` writes them anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from zoneinfo import ZoneInfo

import pytest

from bot.app.replay import DAYS
from bot.tape import Print, Tape, read_day
from tests.acceptance.golden_days import NAMES, golden, told

LEDE = re.compile(
    r"\((?P<ticker>[A-Z0-9.]+)\) (?P<verb>[a-z- ]+?) (?P<by>\d+\.\d%|unchanged)?(?: (?P<way>higher|lower))?"
    r" ?(?:to|at) (?P<price>[$\d.,]+p?)[^.]*? from \w+'s close \((?P<day>[A-Z][a-z]{2} \d+)\) of "
    r"(?P<close>[$\d,]+(?:\.\d+)?p?)"
)
QUOTED = re.compile(r"quote (?P<clock>\d\d:\d\d) [A-Z]+ · not advice")
DOWN = ("fell", "lower", "falls")


@pytest.mark.parametrize("day", NAMES)
async def test_day_reads_as_it_was_read_aloud(day: str) -> None:
    """Every message with its edits, every silence with its reason."""
    assert golden(day).read_text() == await told(day)


@dataclass(frozen=True)
class Said:
    """One body of one brief: what its lede says, and when its quote was."""

    day: str
    ticker: str
    percent: Decimal | None
    price: Decimal
    close: Decimal
    reference: str
    at: datetime


@cache
def tape(day: str) -> Tape:
    return read_day(DAYS / day)


def text(day: str) -> str:
    return golden(day).read_text()


def briefs(day: str) -> list[Said]:
    """Every brief about one ticker in the golden file, revision by revision."""
    found = []
    dated = tape(day).dates[0]
    for body in re.split(r"\n  > ", text(day))[1:]:
        lede, quoted = LEDE.search(body), QUOTED.search(body)
        if lede is None or quoted is None or "CORRECTED" in body:
            continue
        stamped = re.search(r", ([A-Z][a-z]{2} \d+, \d{4}), \d\d:\d\d", body)
        assert stamped is not None
        dated = datetime.strptime(stamped[1], "%b %d, %Y").date()  # noqa: DTZ007
        at = datetime.fromisoformat(f"{dated}T{quoted['clock']}")
        down = any(word in lede[0] for word in DOWN)
        by = Decimal((lede["by"] or "0%").rstrip("%")) if lede["by"] != "unchanged" else None
        found.append(
            Said(
                day,
                lede["ticker"],
                -by if by is not None and down else by,
                number(lede["price"]),
                number(lede["close"]),
                lede["day"],
                at.replace(tzinfo=ZoneInfo(tape(day).zone)),
            )
        )
    return found


def number(words: str) -> Decimal:
    return Decimal(words.strip("$p").replace(",", ""))


def known(of: Tape, ticker: str, at: datetime) -> Print:
    """The last print at or before that time, the busted ones left out."""
    gone = {bust.at for bust in of.busts if bust.symbol == ticker}
    return [tick for tick in of.minutes[ticker] if tick.at <= at and tick.at not in gone][-1]


def close_before(of: Tape, ticker: str, day: date, at: datetime) -> Decimal:
    """The close of `day`, as the provider has it at `at`."""
    for each in of.restated:
        if (each.symbol, each.day) == (ticker, day) and each.since <= at:
            return each.close
    for bar in of.daily[ticker]:
        if bar.day == day:
            return bar.close
    hours = of.hours[of.symbols[ticker].calendar]
    return known(of, ticker, hours.closing(day)).price


@pytest.mark.parametrize("day", NAMES)
def test_every_lede_is_true_to_the_tape(day: str) -> None:
    """Price, percent and reference of every revision, from prints and closes alone."""
    of = tape(day)
    for said in briefs(day):
        before = datetime.strptime(f"{said.reference} {said.at.year}", "%b %d %Y").date()  # noqa: DTZ007
        close = close_before(of, said.ticker, before, said.at)
        move = (said.price / close - 1) * 100

        assert said.price == known(of, said.ticker, said.at).price
        assert said.close == close
        if said.percent is not None:
            assert said.percent == move.quantize(Decimal("0.1"), ROUND_HALF_UP)
        else:
            assert said.price == close


def test_the_second_of_february_is_said_exactly_so() -> None:
    """Below the average while it was; afterwards "traded as low as", and where it last was."""
    words = text("2026-02-02")

    assert (
        "Traded as low as $81.34, below its 200-day average of $81.35, "
        "and last traded at $81.36, above it"
    ) in words
    assert "39% of the way up its 52-week range of $80.55–$82.61" in words
    prices = [tick.price for tick in tape("2026-02-02").minutes["SHY"]]
    closes = [bar.close for bar in tape("2026-02-02").daily["SHY"]]
    average = sum(closes[-200:]) / 200
    assert Decimal("81.34") == min(prices) < average < prices[-1] == Decimal("81.36")
    assert f"{average:.2f}" == "81.35"


@pytest.mark.parametrize("day", ["quiet", "bad-print", "no-trading"])
def test_nothing_is_said_and_every_silence_has_its_reason(day: str) -> None:
    """For every ticker that is watched."""
    head, _, silences = text(day).partition("Silences\n")
    watched = {ticker for channel in tape(day).channels for ticker in channel.tickers}

    assert "no messages" in head
    assert watched == {line.split()[0] for line in silences.splitlines() if line[:4].count(" ") < 4}


def test_the_bad_print_is_never_believed() -> None:
    """One print, one look, one reason; not a word of $36.08 or 38 %."""
    assert (
        "a single print so far: neither a second one nor more volume confirms it: 1 look"
        in text("bad-print")
    )
    assert "36.08" not in text("bad-print")
    assert "−38" not in text("bad-print")


def test_the_split_is_never_told_as_a_fall() -> None:
    """Before and after the provider adjusts, the move is from the adjusted close."""
    assert "split-adjusted (10-for-1) from $1,112.20" in text("split")
    assert "▼" not in text("split")


def test_while_trading_is_halted_nothing_is_said() -> None:
    """The silence is named, and the first word comes after trading resumed."""
    words = text("halt")

    assert "possibly halted: its time stands still while others trade" in words
    assert {clock for clock in re.findall(r"^#\w+, (\d\d:\d\d)", words, re.MULTILINE)} == {"13:06"}


def test_half_day_closes_at_one() -> None:
    """And the reference is Wednesday's close: Thursday was a holiday."""
    assert "edited 13:00 EST\n  > ▲ INTC closed" in text("half-day")
    assert "from Wednesday's close (Nov 26)" in text("half-day")


def test_a_headline_after_the_move_is_no_cause() -> None:
    """The recall was reported at 11:48, the fall began at 11:05."""
    causes = re.findall(
        r"^    (?:Stated|Reported|Possible) .*", text("late-headline"), re.MULTILINE
    )

    assert [] == causes
    assert "no confirmed catalyst" in text("late-headline")


def test_market_wide_counts_are_those_of_the_tape() -> None:
    """Of the watched names with a print by then, those that fell over 3 %."""
    of, checked = tape("market-wide"), 0
    lists = {channel.name: channel.tickers for channel in of.channels}
    channel = ""
    for line in text("market-wide").splitlines():
        if found := re.match(r"#(\w+), ", line):
            channel = found[1]
        if found := re.search(r"(\d+) of (\d+) watched names (?:fall|close)", line):
            told_of = (int(found[1]), int(found[2]))
        if found := QUOTED.search(line):
            at = datetime.fromisoformat(f"{of.day}T{found['clock']}").replace(
                tzinfo=ZoneInfo(of.zone)
            )
            moves = [
                known(of, ticker, at).price / of.daily[ticker][-1].close - 1
                for ticker in lists[channel]
            ]
            fallen = [move for move in moves if move <= Decimal("-0.03")]
            if "told_of" in locals():
                assert told_of == (len(fallen), len(moves))
                checked += 1
                del told_of
    assert checked >= 4


def test_pence_are_never_pounds() -> None:
    """308.8p is a price in pence; the sign of the pound is nowhere."""
    assert "£" not in text("pence")
    assert {tick.at.utcoffset() for tick in tape("pence").minutes["CRRN.L"]} == {timedelta(0)}


def test_the_restated_close_corrects_every_copy() -> None:
    """The old figure stays findable, and the morning is measured from the new one."""
    words = text("restated-close")

    assert words.count("> CORRECTED ▼ PELD closed −4.6% $41.46") == 2
    assert words.count("41.46 (not $41.02)") == 2
    assert "after hours" not in words


def test_a_headline_taken_back_corrects_the_cause() -> None:
    """The outlet says another thing now, which was not out before the move."""
    words = text("retracted")

    assert "the outlet changed its headline. Corrected 11:2" in words
    assert words.index("Reported The fall") < words.index("Corrects the cause to unknown")
