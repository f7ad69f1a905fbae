"""What would speak, but is not said by itself: each reason at its edge."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.desk.facts import Facts
from bot.desk.silence import silence, traded
from bot.model.alert import Hours, Reason
from tests.builders import at, facts, move, quote, terms

MILLION = 1_000_000


def here(clock: str = "11:08", **changes: Any) -> Facts:
    """A share at $100 of which a million traded today."""
    told = {"volume": MILLION, "market_cap": Decimal(10_000_000_000), **changes}
    return facts(move("100", "90", as_of=at(clock)), quote=replace(quote("100", "90"), **told))


def test_a_large_company_in_regular_hours_speaks() -> None:
    """Nothing is in its way."""
    assert silence(terms(), here(), None) is None


@pytest.mark.parametrize(
    ("hours", "clock", "reason"),
    [
        (Hours.REGULAR, "08:00", Reason.OUT_OF_HOURS),
        (Hours.REGULAR, "11:08", None),
        (Hours.REGULAR, "17:00", Reason.OUT_OF_HOURS),
        (Hours.EXTENDED, "08:00", None),
        (Hours.EXTENDED, "11:08", Reason.OUT_OF_HOURS),
        (Hours.ALL, "17:00", None),
    ],
)
def test_the_hours_it_may_speak_in(hours: Hours, clock: str, reason: Reason | None) -> None:
    """Also where anything may be said: hours are asked for, not a matter of size."""
    assert reason is silence(terms(hours=hours), here(clock), None)
    assert reason is silence(terms(hours=hours, anything=True), here(clock), None)


@pytest.mark.parametrize(
    ("extended", "reason"),
    [("4999999", Reason.THIN), ("5000000", None), (None, None)],
)
def test_extended_hours_want_five_million(extended: str | None, reason: Reason | None) -> None:
    """Where that is not known it speaks, with the caveat; the day's own volume does not count."""
    money = Decimal(extended) if extended else None

    assert reason is silence(terms(), here("17:00"), money)
    assert silence(terms(anything=True), here("17:00"), money) is None
    assert silence(terms(), here("11:08"), Decimal(1)) is None


def test_the_money_asked_for() -> None:
    """Today's, at the last price; in extended hours that of the phase, also for anything."""
    on = terms(dollars=Decimal(100_000_000))
    more = terms(dollars=Decimal(100_000_001))

    assert silence(on, here(), None) is None
    assert Reason.THIN is silence(more, here(), None)
    assert silence(more, here(volume=None), None) is None
    assert Reason.THIN is silence(on, here("17:00"), Decimal(99_999_999))
    assert Reason.THIN is silence(
        terms(dollars=Decimal(10), anything=True), here("17:00"), Decimal(9)
    )


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"exchange": "PNK"}, Reason.OVER_THE_COUNTER),
        ({"last": Decimal("0.9999")}, Reason.PENNY),
        ({"last": Decimal(1)}, None),
        ({"market_cap": Decimal(299_999_999)}, Reason.TINY),
        ({"market_cap": Decimal(300_000_000)}, None),
        ({"average_volume": 99_999}, Reason.TINY),
        ({"average_volume": 100_000}, None),
        ({"average_volume": None}, None),
        ({"market_cap": None}, None),
        ({"market_cap": None, "average_volume": None}, Reason.TINY),
        ({"last": Decimal("0.5"), "currency": "GBP"}, None),
        ({"market_cap": Decimal(1), "currency": "HKD"}, None),
        ({"average_volume": 99_999, "currency": "HKD"}, Reason.TINY),
        ({"last": Decimal("0.5"), "kind": "CRYPTOCURRENCY", "average_volume": None}, None),
        ({"kind": "INDEX", "market_cap": None, "average_volume": None}, None),
        ({"kind": "EQUITY", "average_volume": 99_999}, Reason.TINY),
    ],
)
def test_what_is_small(changes: dict[str, Any], reason: Reason | None) -> None:
    """Shares of companies only, money in dollars only; and anything for those who ask."""
    assert reason is silence(terms(), here(**changes), None)
    assert silence(terms(anything=True), here(**changes), None) is None


def test_pence_are_counted_in_pounds() -> None:
    """A million shares at 100 pence are a million pounds."""
    assert Decimal(MILLION) == traded(quote("100", "90", volume=MILLION, currency="GBp"))
