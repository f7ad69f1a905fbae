"""Comparisons stand on the same time basis, and what is left out says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.desk.benchmark import compare, home_move
from bot.model.gathered import Gathered, Other
from tests.builders import at, gathered, hong_kong, instrument, other, quote, session

AROUND = {
    "KWEB": other("3.1", ticker="KWEB"),
    "SPY": other("0.2", ticker="SPY"),
    "JD": other("2.4", ticker="JD"),
    "PDD": other("1.9", ticker="PDD"),
    "BIDU": other("3.3", ticker="BIDU"),
}


def around(**changes: Other) -> Gathered:
    return gathered(others={**AROUND, **changes})


def home(as_of: str, *, day: str = "2026-01-12", **changes: object) -> Gathered:
    """BABA at 11:08 with its Hong Kong share, last printed at that time on its own wall."""
    when = at(as_of, day=day, zone="Asia/Hong_Kong")
    priced = quote("147.60", "140.20", ticker="9988.HK", as_of=when, currency="HKD", **changes)
    ordinary = instrument("9988.HK", calendar="XHKG")
    return gathered(others={"9988.HK": Other(ordinary, priced, hong_kong())})


def test_benchmarks_and_peers_in_the_instruments_order() -> None:
    """Whatever order the quotes came in."""
    found = compare(gathered(others=dict(reversed(AROUND.items()))))

    assert [one.ticker for one in found.benchmarks] == ["KWEB", "SPY"]
    assert [one.ticker for one in found.peers] == ["JD", "PDD", "BIDU"]
    assert found.omitted == ()


def test_residual_is_the_difference_of_the_printed_figures() -> None:
    """9.75 and 3.14 are printed as 9.8 and 3.1: 6.7 points, as a reader would subtract."""
    found = compare(around(KWEB=other("3.14", ticker="KWEB")))

    assert Decimal("6.7") == found.residual


def test_residual_is_against_the_first_benchmark_there_is() -> None:
    """Without KWEB the move is set against SPY."""
    others = {ticker: one for ticker, one in AROUND.items() if ticker != "KWEB"}
    found = compare(gathered(others=others))

    assert Decimal("9.6") == found.residual
    assert found.omitted == ("KWEB: no quote in time",)


def test_nothing_to_compare_with() -> None:
    """No benchmark, no residual; every name is accounted for."""
    found = compare(gathered())

    assert found.residual is None
    assert len(found.omitted) == 5


def test_another_time_basis_is_left_out() -> None:
    """A print more than five minutes apart, another session or another close is not the same."""
    tuesday = replace(AROUND["PDD"], session=session("2026-01-13", previous="2026-01-12"))
    old = replace(AROUND["BIDU"].quote, close_date=date(2026, 1, 8))
    found = compare(
        around(
            JD=other("2.4", ticker="JD", as_of=at("11:02:59")),
            PDD=tuesday,
            BIDU=replace(AROUND["BIDU"], quote=old),
        )
    )

    assert found.omitted == (
        "JD: its last print is more than 5 minutes apart",
        "PDD: its session is that of 2026-01-13",
        "BIDU: its close is that of another session",
    )


def test_five_minutes_apart_is_the_same_time() -> None:
    """The limit itself still counts."""
    assert compare(around(JD=other("2.4", ticker="JD", as_of=at("11:03")))).omitted == ()


def test_no_percent_from_a_close_of_zero() -> None:
    """A provider's zero is no reference."""
    zero = replace(AROUND["JD"], quote=quote(ticker="JD", close="0"))

    assert compare(around(JD=zero)).omitted == ("JD: its previous close is not known",)


def test_home_share_that_closed_before() -> None:
    """Hong Kong closed at 16:08 its time on the same date: dated, and closed."""
    found = home_move(home("16:08"))

    assert found is not None
    assert (found.ticker, found.city, found.currency) == ("9988.HK", "Hong Kong", "HKD")
    assert Decimal("5.3") == round(found.percent, 1)
    assert (date(2026, 1, 12), True) == (found.session, found.closed)


def test_home_share_keeps_the_date_of_its_own_print() -> None:
    """At 11:08 in New York it is past midnight in Hong Kong: the print is still Monday's."""
    monday = home("16:08")
    later = replace(
        monday,
        others={
            "9988.HK": replace(
                monday.others["9988.HK"],
                session=hong_kong("2026-01-13", previous="2026-01-12"),
            )
        },
    )
    found = home_move(later)

    assert found is not None
    assert (date(2026, 1, 12), True) == (found.session, found.closed)


def test_home_share_still_trading() -> None:
    """A session that goes on is not called closed."""
    trading = replace(home("11:00"), now=at("11:00:20", zone="Asia/Hong_Kong"))
    found = home_move(trading)

    assert found is not None
    assert not found.closed


def test_no_home_move() -> None:
    """No home listing, no quote of it, one of last week, or a close of the same day."""
    plain = gathered(instrument=instrument("MU"))

    assert home_move(plain) is None
    assert home_move(gathered()) is None
    assert home_move(home("16:08", day="2026-01-06")) is None
    assert home_move(home("16:08", close_date=date(2026, 1, 12))) is None
