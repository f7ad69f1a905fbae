"""
May a threshold that would speak do so by itself, or why is it silent?

Nothing is lost by it: the episode waits as it stands, and speaks once nothing is in its way.
Whoever asks for a brief gets one all the same.
"""

from __future__ import annotations

from decimal import Decimal

from bot.desk.facts import Facts
from bot.model.alert import Hours, Reason, Terms
from bot.model.market import Quote
from bot.model.units import whole_currency

LEAST_EXTENDED = Decimal(5_000_000)  # dollars, in an extended phase
LEAST_PRICE = Decimal(1)
LEAST_SIZE = Decimal(300_000_000)
LEAST_SHARES = 100_000  # a day
_SHARES_OF_COMPANIES = frozenset({"EQUITY", ""})


def silence(terms: Terms, facts: Facts, extended: Decimal | None) -> Reason | None:
    """
    The reason to be silent, None to speak.

    `extended` is the money traded in the extended phase under way, None where that is not
    known: then it speaks, and the brief says how thin such trading is.
    """
    phase = facts.move.phase
    if terms.hours is Hours.REGULAR and phase.extended:
        return Reason.OUT_OF_HOURS
    if terms.hours is Hours.EXTENDED and not phase.extended:
        return Reason.OUT_OF_HOURS
    least = terms.dollars
    if phase.extended and not terms.anything:
        least = max(least, LEAST_EXTENDED)
    money = extended if phase.extended else traded(facts.quote)
    if money is not None and money < least:
        return Reason.THIN
    return None if terms.anything else _small(facts.quote)


def traded(quote: Quote) -> Decimal | None:
    """Money traded this session so far at the last price, in the whole currency (pounds)."""
    if quote.volume is None:
        return None
    return quote.last * quote.volume / whole_currency(quote.currency)[1]


def _small(quote: Quote) -> Reason | None:
    """Prices and sizes are judged in dollars only: what they are elsewhere, no rate says here."""
    if quote.kind not in _SHARES_OF_COMPANIES:
        return None
    if quote.over_the_counter:
        return Reason.OVER_THE_COUNTER
    dollars = quote.currency == "USD"
    if dollars and quote.last < LEAST_PRICE:
        return Reason.PENNY
    if quote.market_cap is None and quote.average_volume is None:
        return Reason.TINY
    if dollars and quote.market_cap is not None and quote.market_cap < LEAST_SIZE:
        return Reason.TINY
    few = quote.average_volume is not None and quote.average_volume < LEAST_SHARES
    return Reason.TINY if few else None
