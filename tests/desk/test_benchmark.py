"""Comparisons stand on the same time basis, and what is left out says why."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.desk.benchmark import compare, home_move
from bot.model.gathered import Gathered, Other
from bot.model.home import HomeMove
from bot.model.market import HomeListing, Quote, Reference, ReferenceKind
from tests.builders import (
    DAY,
    at,
    gathered,
    hong_kong,
    instrument,
    move,
    other,
    quote,
    session,
)

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
        "BIDU: the reference belongs to another session",
    )


def test_five_minutes_apart_is_the_same_time() -> None:
    """The limit itself still counts."""
    assert compare(around(JD=other("2.4", ticker="JD", as_of=at("11:03")))).omitted == ()


def test_no_percent_from_a_close_of_zero() -> None:
    """A provider's zero is no reference."""
    zero = replace(AROUND["JD"], quote=quote(ticker="JD", close="0"))

    assert compare(around(JD=zero)).omitted == ("JD: the previous close is missing or zero",)


def test_what_did_not_pass_the_data_gate_is_not_compared() -> None:
    """A peer that seems to have halved may have split: it is left out with the gate's reason."""
    halved = replace(AROUND["JD"], quote=quote("50", "100", ticker="JD"))
    odd = replace(AROUND["PDD"], quote=quote("101", ticker="PDD", percent=Decimal(7)))

    assert compare(around(JD=halved, PDD=odd)).omitted == (
        "JD: the jump is too large to believe without a second source",
        "PDD: price, percent and reference contradict each other",
    )


def late(last: str, ticker: str, clock: str = "16:30", **changes: object) -> Other:
    """A listing that closed 2 % up at 102, and printed `last` after that."""
    told: dict[str, object] = {
        "state": "POST",
        "percent": None,
        "regular_last": Decimal(102),
        "regular_at": at("16:00:01"),
    }
    seen = quote(last, "100", ticker=ticker, as_of=at(clock), **(told | changes))
    return Other(instrument(ticker), seen, session())


def evening(**others: Other) -> Gathered:
    """BABA 5 % above its close of today, at 16:30."""
    reference = Reference(ReferenceKind.REGULAR_CLOSE, Decimal(160), DAY)
    ours = replace(move("168", as_of=at("16:30")), reference=reference)
    return gathered(move=ours, now=at("16:30:10"), others=others)


def test_in_the_evening_only_evening_moves_are_compared() -> None:
    """From their closes of today; one without a late print still tells the day's move."""
    none_yet = late("102", "JD", "16:00:01")
    found = compare(
        evening(KWEB=late("103.02", "KWEB"), PDD=late("101.49", "PDD", "16:27"), JD=none_yet)
    )

    assert [(one.ticker, one.percent) for one in found.benchmarks] == [("KWEB", Decimal(1))]
    assert [(one.ticker, one.percent) for one in found.peers] == [("PDD", Decimal("-0.5"))]
    assert found.residual == Decimal("4.0")
    assert "JD: its last print is more than 5 minutes apart" in found.omitted


def test_an_evening_print_beside_a_closing_one() -> None:
    """Minutes apart, but not from the same reference."""
    closing = late("102", "JD", "16:26", regular_at=at("16:26"))

    assert "JD: it is measured from its previous close" in compare(evening(JD=closing)).omitted


def test_at_the_close_the_others_are_at_theirs() -> None:
    """What they did in the evening since is another move."""
    ours = replace(move(as_of=at("16:00")), phase=session().phase(at("15:59")))
    found = compare(
        gathered(move=ours, now=at("20:30"), others={"KWEB": late("140", "KWEB", "19:00")})
    )

    assert [(one.ticker, one.percent) for one in found.benchmarks] == [("KWEB", Decimal(2))]


def early(last: str, ticker: str, clock: str) -> Other:
    state = "PRE" if clock < "09:30" else "REGULAR"
    seen = quote(last, "100", ticker=ticker, as_of=at(clock), state=state)
    return Other(instrument(ticker), seen, session())


def test_before_the_open_only_early_moves_are_compared() -> None:
    """Two minutes apart across the open are not the same hours."""
    ours = move(as_of=at("09:29"))
    found = compare(
        gathered(
            move=ours,
            now=at("09:30:30"),
            others={"KWEB": early("101", "KWEB", "09:28"), "JD": early("102", "JD", "09:30:10")},
        )
    )

    assert [one.ticker for one in found.benchmarks] == ["KWEB"]
    assert "JD: its last print is of early trading" in found.omitted


def test_a_pair_is_no_peer_of_a_share() -> None:
    """It is measured from another reference, and says so."""
    day = replace(session(), calendar="24/7")
    coin = replace(AROUND["JD"], session=day)

    assert compare(around(JD=coin)).omitted == ("JD: it is measured from its 00:00 UTC",)


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


def with_rate(known: Gathered, last: str = "7.80", currency: str = "HKD") -> HomeMove:
    rate = quote(last, ticker=f"{currency}=X", currency=currency)
    found = home_move(replace(known, rate=rate))
    assert found is not None
    return found


def test_the_leg_that_went_before() -> None:
    """147.60 Hong Kong dollars times 8 at 7.80 are $151.38 an ADR: 0.3 % of the rise were done."""
    found = with_rate(home("16:08"))

    assert found.implied is not None
    assert found.leg is not None
    assert (Decimal("151.38"), Decimal("7.80")) == (round(found.implied, 2), found.rate)
    assert Decimal("0.28") == round(found.leg, 2)


def london(currency: str, last: str) -> Gathered:
    """An ADR of six ordinary shares that are quoted in London."""
    adr = instrument("BP", home=HomeListing("BP.L", "XLON", "London", Decimal(6)))
    day = replace(session(), calendar="XLON", zone="Europe/London")
    seen = quote(last, "420", ticker="BP.L", currency=currency, as_of=at("11:05"))
    return gathered(
        instrument=adr,
        move=move("34.00", "33.00"),
        others={"BP.L": Other(instrument("BP.L"), seen, day)},
    )


@pytest.mark.parametrize(("currency", "last"), [("GBp", "430"), ("GBP", "4.30")])
def test_pence_are_not_pounds(currency: str, last: str) -> None:
    """430 pence times six at 0.75 pounds to the dollar are $34.40."""
    found = with_rate(london(currency, last), "0.75", "GBP")

    assert Decimal("34.40") == found.implied
    assert (Decimal(last), currency) == (found.last, found.currency)


def test_a_share_at_home_in_the_same_currency_needs_no_rate() -> None:
    """Then one is one."""
    found = home_move(london("USD", "5.70"))

    assert found is not None
    assert (Decimal("34.20"), Decimal(1)) == (found.implied, found.rate)


NO_RATE: Quote | None = None


@pytest.mark.parametrize(
    "rate",
    [
        NO_RATE,
        quote("7.80", currency="CNY"),
        quote("7.80", currency=""),
        quote("0", currency="HKD"),
        quote("-7.80", currency="HKD"),
    ],
)
def test_no_claim_without_the_rate(rate: Quote | None) -> None:
    """What Hong Kong did is said all the same."""
    found = home_move(replace(home("16:08"), rate=rate))

    assert found is not None
    assert (None, None, None) == (found.implied, found.rate, found.leg)


def test_no_claim_about_another_day() -> None:
    """A Hong Kong session before New York's last close is in that close already."""
    friday = home("16:08", day="2026-01-09", close_date=date(2026, 1, 8))
    old = replace(
        friday,
        others={
            "9988.HK": replace(
                friday.others["9988.HK"], session=hong_kong("2026-01-09", previous="2026-01-08")
            )
        },
    )

    assert with_rate(old).leg is None


def test_no_claim_about_what_came_later() -> None:
    """A print at home after ours is no earlier leg."""
    tokyo = home("16:08")
    assert with_rate(replace(tokyo, move=move(as_of=at("03:07")))).leg is None
    assert with_rate(replace(tokyo, move=move(as_of=at("03:08")))).leg is not None


def test_a_holiday_between_two_exchanges() -> None:
    """The same day, but measured from another one: not the same basis."""
    after_holiday = replace(
        AROUND["JD"],
        session=session(previous="2026-01-08"),
        quote=replace(AROUND["JD"].quote, close_date=None),
    )

    assert compare(around(JD=after_holiday)).omitted == (
        "JD: its close is that of another session",
    )
