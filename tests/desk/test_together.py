"""When many names move together, and which of them still speak for themselves."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.desk.together import Crowd, One, Together, beyond_alone, crowds
from bot.model.market import Instrument, InstrumentKind, Phase
from tests.builders import move, session

LIMITS = Together(names=3)


def one(
    ticker: str,
    percent: str,
    benchmarks: tuple[str, ...] = ("SPY",),
    kind: InstrumentKind = InstrumentKind.EQUITY,
    phase: Phase = Phase.LATE_MORNING,
) -> One:
    instrument = Instrument(
        ticker, ticker, ticker, "NYSE", "XNYS", "USD", kind=kind, benchmarks=benchmarks
    )
    last = 100 + Decimal(percent)
    moved = move(str(last), "100", ticker=ticker)
    return One(instrument, session(), replace(moved, phase=phase))


def found(ones: list[One], limits: Together = LIMITS, **indices: str) -> list[Crowd]:
    known = {
        ticker: one(ticker, percent, (), InstrumentKind.ETF) for ticker, percent in indices.items()
    }
    return list(crowds(ones, known.get, limits))


def test_names_that_fall_together_make_one_crowd_with_the_farthest_first() -> None:
    ones = [one("A", "-3.1"), one("B", "-8"), one("C", "-5"), one("D", "0.4"), one("E", "6")]

    (crowd,) = found(ones, SPY="-2.8")

    assert ["B", "C", "A"] == [mover.ticker for mover in crowd.movers]
    assert ("A", "B", "C", "D", "E") == crowd.watched
    assert (False, "Market-wide", Decimal("-2.8")) == (
        crowd.up,
        crowd.scope,
        crowd.index and crowd.index.percent,
    )


def test_too_few_names_are_no_crowd() -> None:
    assert [] == found([one("A", "-9"), one("B", "-9"), one("C", "-2.9")], SPY="-4")


def test_a_small_share_of_a_calm_market_is_no_crowd() -> None:
    calm = [one(f"C{n}", "0.1") for n in range(20)]

    assert [] == found([one("A", "-4"), one("B", "-4"), one("C", "-4"), *calm], SPY="-0.3")


def test_a_small_share_is_a_crowd_when_the_index_moves_with_it() -> None:
    calm = [one(f"C{n}", "0.1") for n in range(20)]
    falling = [one("A", "-4"), one("B", "-4"), one("C", "-4")]

    assert 1 == len(found([*falling, *calm], SPY="-2.0"))
    assert [] == found([*falling, *calm], SPY="2.0")


def test_an_index_that_is_not_known_leaves_the_share_to_decide() -> None:
    (crowd,) = found([one("A", "4"), one("B", "4"), one("C", "4")])

    assert crowd.up
    assert crowd.index is None


@pytest.mark.parametrize("phase", [Phase.PRE, Phase.AFTER_HOURS])
def test_extended_hours_do_not_count(phase: Phase) -> None:
    assert [] == found([one(name, "-5", phase=phase) for name in "ABCD"], SPY="-3")


def test_funds_and_names_without_a_benchmark_do_not_count() -> None:
    funds = [one(name, "-5", kind=InstrumentKind.ETF) for name in "ABC"]

    assert [] == found([*funds, *(one(name, "-5", ()) for name in "DEF")], SPY="-3")


def test_a_sector_speaks_where_the_market_does_not() -> None:
    sector = [one(name, "5", ("KWEB", "SPY")) for name in "ABC"]
    calm = [one(f"C{n}", "0.1") for n in range(9)]

    (crowd,) = found([*sector, *calm], KWEB="4", SPY="0.1")

    assert ("KWEB group", "KWEB", ("A", "B", "C")) == (
        crowd.scope,
        crowd.benchmark,
        crowd.watched,
    )


def test_a_market_speaks_for_its_sectors() -> None:
    sector = [one(name, "-5", ("KWEB", "SPY")) for name in "ABC"]

    assert ["SPY"] == [crowd.benchmark for crowd in found(sector, KWEB="-4", SPY="-3")]


def test_a_sector_that_rises_in_a_falling_market_speaks_too() -> None:
    sector = [one(name, "5", ("KWEB", "SPY")) for name in "ABC"]
    falling = [one(f"F{n}", "-4") for n in range(6)]

    assert ["SPY", "KWEB"] == [
        crowd.benchmark for crowd in found([*sector, *falling], KWEB="4", SPY="-3")
    ]


@pytest.mark.parametrize(
    ("percent", "index", "up", "alone"),
    [
        ("-8.1", "-3", False, True),
        ("-8", "-3", False, True),
        ("-7.9", "-3", False, False),
        ("8", "3", True, True),
        ("6", "-1", True, True),
        ("5", None, True, True),
        ("-4.9", None, False, False),
    ],
)
def test_beyond_alone_is_what_is_left_of_the_move_without_the_market(
    percent: str, index: str | None, up: bool, alone: bool
) -> None:
    known = one("SPY", index).comparison if index else None

    assert alone == beyond_alone(Decimal(percent), known, Decimal(5), up=up)
