"""What a price is measured from, and the quote at its last regular print."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from bot.desk.reference import like_a_split, phase_of, regular_print, with_actions
from bot.model.market import ActionKind, CorporateAction, Phase
from bot.model.units import whole_currency
from tests.builders import DAY, at, quote, session

FRIDAY = date(2026, 1, 9)


@pytest.mark.parametrize(
    ("ratio", "like"),
    [
        ("2", True),
        ("2.04", True),
        ("2.0401", False),
        ("1.96", True),
        ("1.9599", False),
        ("0.5", True),
        ("0.0999", True),
        ("1", False),
        ("1.5", False),
        ("1.01", False),
        ("50", True),
        ("51.1", False),
        ("0.0196", False),
    ],
)
def test_like_a_split(ratio: str, like: bool) -> None:
    """Within two percent of so many shares for one, or of one for so many; up to fifty."""
    assert like is like_a_split(Decimal(ratio))


def test_a_late_print_gives_way_to_the_regular_one() -> None:
    """Its time goes with it; what the provider does not tell stays."""
    late = quote(
        "170", state="POST", as_of=at("16:30"), regular_last=Decimal(165), regular_at=at("16:00")
    )
    found = regular_print(late)

    assert (found.last, found.as_of, found.state) == (Decimal(165), at("16:00"), "REGULAR")
    bare = regular_print(quote("170", state="CLOSED"))
    assert (bare.last, bare.as_of, bare.state) == (Decimal(170), at("11:08"), "REGULAR")


def test_an_early_print_stays() -> None:
    """What the close was measured from is not known any more."""
    early = quote("170", state="PRE", as_of=at("08:00"), regular_at=at("16:00", day=FRIDAY))
    friday = quote(
        "170", state="PRE", as_of=at("16:00", day=FRIDAY), regular_at=at("16:00", day=FRIDAY)
    )

    assert regular_print(early) is early
    assert regular_print(friday).state == "REGULAR"


@pytest.mark.parametrize(
    ("state", "clock", "phase"),
    [
        ("REGULAR", "15:59", Phase.AFTERNOON),
        ("REGULAR", "16:00", Phase.AFTERNOON),
        ("REGULAR", "16:05", Phase.AFTERNOON),
        ("POST", "16:00", Phase.AFTERNOON),
        ("POST", "16:00:01", Phase.AFTER_HOURS),
        ("PRE", "08:00", Phase.PRE),
    ],
)
def test_the_phase_of_a_print(state: str, clock: str, phase: Phase) -> None:
    """The closing print is the afternoon's, however late it is stamped."""
    assert phase is phase_of(quote(state=state, as_of=at(clock)), session())


def test_what_was_read_goes_before_hints_of_its_days() -> None:
    """Nothing read leaves the quote as it is."""
    hints = [CorporateAction(ActionKind.DIVIDEND, day, Decimal(1)) for day in (FRIDAY, DAY)]
    read = CorporateAction(ActionKind.SPLIT, DAY, Decimal(2))
    seen = quote(actions=tuple(hints))

    assert with_actions(seen, [read]).actions == (hints[0], read)
    assert with_actions(seen, []) is seen


@pytest.mark.parametrize(
    ("unit", "whole"),
    [
        ("USD", ("USD", 1)),
        ("GBp", ("GBP", 100)),
        ("GBX", ("GBP", 100)),
        ("ZAc", ("ZAR", 100)),
        ("ILA", ("ILS", 100)),
        ("GBP", ("GBP", 1)),
    ],
)
def test_units_and_their_currencies(unit: str, whole: tuple[str, int]) -> None:
    """A hundred pence make a pound."""
    assert whole == whole_currency(unit)
