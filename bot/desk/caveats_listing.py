"""
What is to be held against the listing: how small it is, where it trades, what its calendar holds.

Each rule returns a caveat, or None where its evidence is not there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from bot.desk.caveats_case import Case
from bot.desk.caveats_price import money, split
from bot.model.brief import Caveat
from bot.model.market import ActionKind, CorporateAction
from bot.model.units import whole_currency

SMALL = {
    "USD": 300,
    "EUR": 280,
    "GBP": 240,
    "CHF": 270,
    "CAD": 420,
    "AUD": 450,
    "HKD": 2_300,
    "JPY": 45_000,
    "CNY": 2_100,
}
"""Millions: about 300 of dollars. The rates move; a warning needs no more than that."""

ACTION_NEAR = timedelta(days=5)
RESULTS_NEAR = timedelta(days=7)
RARELY = 100_000  # shares on a usual day
HISTORY_AT_LEAST, HISTORY_WHOLE = 40, 200  # sessions
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def penny(case: Case) -> Caveat | None:
    currency, units = whole_currency(case.gathered.move.currency)
    cheap = case.gathered.move.last / units < 1
    if not (case.share and cheap and currency == "USD"):
        return None
    return Caveat("penny", "A share of less than a dollar: a cent more or less is a large move.")


def over_the_counter(case: Case) -> Caveat | None:
    if not case.gathered.quote.over_the_counter:
        return None
    return Caveat("otc", "It trades over the counter, where prices are less reliable.")


def small(case: Case) -> Caveat | None:
    currency, _ = whole_currency(case.gathered.quote.currency)
    value, floor = case.gathered.quote.market_cap, SMALL.get(currency)
    if not case.share or value is None or floor is None or not 0 < value < floor * 1_000_000:
        return None
    millions = int(value // 1_000_000)
    worth = f"{millions:,} million" if millions else "less than 1 million"
    return Caveat("small", f"A small company: all its shares are worth {worth} {currency}.")


def ex_dividend(case: Case) -> Caveat | None:
    today = case.gathered.session.day
    if case.gathered.move.reference.adjusted:
        return None
    for action in case.gathered.quote.actions:
        if action.kind is ActionKind.DIVIDEND and action.day == today:
            paid = money(action.amount, case.gathered.move.currency)
            return Caveat("ex-dividend", f"It trades without its dividend of {paid} today.")
    return None


def action_near(case: Case) -> Caveat | None:
    """A split or a dividend within five days, today's apart: prices around it are often wrong."""
    today = case.gathered.session.day
    near = [
        (abs(day - today), day, what)
        for day, what in _actions(case)
        if timedelta(0) < abs(day - today) <= ACTION_NEAR
    ]
    if not near:
        return None
    _, day, what = min(near)
    return Caveat("action-near", f"{what} {'was' if day < today else 'is'} on {_date(day)}.")


def results_near(case: Case) -> Caveat | None:
    out = case.said is not None and case.said.event == "results"
    if out or case.gathered.quote.earnings is None:
        return None
    today, (first, last) = case.gathered.session.day, case.gathered.quote.earnings
    if last < today or first > today + RESULTS_NEAR:
        return None
    if first == last:
        when = "today" if first == today else f"on {_date(first)}"
    else:
        when = f"between {_date(first)} and {_date(last)}"
    return Caveat("results-near", f"Its quarterly results are expected {when}.")


def rarely_traded(case: Case) -> Caveat | None:
    usual = case.context.average_volume
    if not case.share or not usual or usual >= RARELY:
        return None
    return Caveat("rarely-traded", f"Few of its shares trade: {usual:,} on a usual day.")


def short_history(case: Case) -> Caveat | None:
    known = len(case.gathered.daily)
    if "daily" in case.gathered.missing or not 0 < known < HISTORY_WHOLE:
        return None
    only = "session of its history is" if known == 1 else "sessions of its history are"
    unusual = ": how unusual the move is cannot be said" if known < HISTORY_AT_LEAST else ""
    return Caveat("short-history", f"Only {known} {only} known{unusual}.")


def _actions(case: Case) -> Iterator[tuple[date, str]]:
    told = {action.day for action in case.gathered.quote.actions}
    for action in case.gathered.quote.actions:
        yield action.day, _named(action)
    for day in case.gathered.quote.action_days:
        if day not in told:
            yield day, "A split or a dividend"


def _named(action: CorporateAction) -> str:
    if action.kind is ActionKind.SPLIT:
        return f"A {split(action.amount)} split"
    return "Its ex-dividend day"


def _date(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.day}"
