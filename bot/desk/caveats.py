"""
What must the reader hold against this brief?

Each caveat is a small function tied to a piece of evidence: those about the cause in
`caveats_cause`, those about the price in `caveats_price`, those about the listing, its calendar
and its history in `caveats_listing`. Their order here is their order in the brief, which has
room for three; the rest stand under Details.
"""

from __future__ import annotations

from bot.desk import caveats_cause as cause
from bot.desk import caveats_listing as listing
from bot.desk import caveats_price as price
from bot.desk.caveats_case import Case, Rule
from bot.desk.onset import onset
from bot.model.brief import Caveat, Context
from bot.model.gathered import Gathered
from bot.model.news import Catalyst

RULES: tuple[Rule, ...] = (
    cause.incomplete,
    cause.nothing,
    price.adjusted,
    cause.added_here,
    cause.not_named,
    cause.anonymous,
    cause.popularity,
    cause.own_account,
    cause.one_report,
    cause.interest,
    cause.clock,
    price.shared,
    price.thin,
    price.disagreement,
    listing.penny,
    listing.over_the_counter,
    listing.small,
    listing.ex_dividend,
    listing.action_near,
    listing.results_near,
    listing.rarely_traded,
    price.little_volume,
    price.delayed,
    cause.seen_late,
    listing.short_history,
)


def warn(gathered: Gathered, catalyst: Catalyst, context: Context) -> tuple[Caveat, ...]:
    """Return every caveat that applies; at least one is about the evidence of this brief."""
    began = onset(gathered.minutes, gathered.move, gathered.session)
    case = Case(gathered, catalyst, context, began)
    found = tuple(caveat for rule in RULES if (caveat := rule(case)))
    return found or (cause.timing(),)
