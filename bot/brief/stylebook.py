"""
Is a rendered brief fit to print? Newsroom practice as a table of small rules.

Each rule reads the words and the record and answers "" or what breaks it. A brief that
breaks one is held: the plain fallback goes out instead. Corrections (N28) and market-wide
briefs bring their own kinds and rules to this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.brief import stylebook_record as record
from bot.brief import stylebook_words as words
from bot.brief.stylebook_page import Kind, Page, read
from bot.model.brief import Brief, Layout, Rendered, Variant, Violation

EMBED = frozenset({Layout.BRIEF, Layout.FULL})
FULL = frozenset({Layout.FULL})
EVERY = frozenset(Layout)
SINGLE = frozenset({Kind.SINGLE})
NO_CAUSE = frozenset({Kind.NO_CAUSE})
ANY = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the stylebook: what it asks, and of which layouts and kinds."""

    id: str
    asks: str
    broken: Callable[[Page], str]
    layouts: frozenset[Layout] = EMBED
    kinds: frozenset[Kind] = ANY

    def applies(self, page: Page) -> bool:
        return page.variant.layout in self.layouts and page.kind in self.kinds


RULES = (
    Rule("N1", "the headline names company and direction, plainly", words.headline, EVERY),
    Rule("N2", "dateline and lede say who, how far, to what, when", words.lede),
    Rule("N3", "verb, arrow and colour agree with the sign", words.sign, EVERY),
    Rule("N4", "every printed percent is the move's", record.figures, EVERY),
    Rule("N5", "an approximation is honest and has no decimal", words.approximations, EVERY),
    Rule("N6", "the reference is told with its date", record.reference),
    Rule("N7", "the time is absolute, relative, and fresh or called delayed", record.fresh),
    Rule("N8", "the phase is the calendar's, thin trading told", record.phase),
    Rule("N9", "the unit is known and named", words.units, EVERY),
    Rule("N10", "a split day is told", words.split_day, EVERY),
    Rule("N11", "sequence words, no claim of cause", words.sequence, EMBED, SINGLE),
    Rule("N12", "outlet, link, time, headline verbatim", words.attributed, EMBED, SINGLE),
    Rule("N13", "out before the onset, or only also reported", record.out_first, EMBED, SINGLE),
    Rule("N14", "no cause is said plainly, with no link", words.no_cause, EMBED, NO_CAUSE),
    Rule("N15", "the second-hand chain is kept", words.chain, EMBED, SINGLE),
    Rule("N16", "a rumour is called unconfirmed", words.rumour, EVERY, SINGLE),
    Rule("N17", "no plural of sources without several", words.plural, EMBED, SINGLE),
    Rule("N18", "a company's release is called one", words.release, EMBED, SINGLE),
    Rule("N19", "an interested owner is named, the operator's disclosure printed", words.owners),
    Rule("N20", "a caveat about this very brief", record.caveats),
    Rule("N21", "benchmark and volume, or why not", record.benchmark),
    Rule("N21", "what is left beyond the benchmark", record.remainder, FULL),
    Rule("N22", "two peers, or a reason in the record", record.peers, FULL),
    Rule("N23", "above or below its average is true now", record.average, FULL),
    Rule("N24", "the place in the range follows its number", record.range52, FULL),
    Rule("N25", "a short average says so", record.short_average, FULL),
    Rule("N26", "no advice and no prediction", words.advice, EVERY),
    Rule("N27", "the footer is whole", words.footer),
    Rule("N29", "what was published stays findable", record.updates),
    Rule("N30", "safe for Discord and within its limits", words.discord, EVERY),
)


def check(brief: Brief, rendered: Rendered, variant: Variant) -> list[Violation]:
    """Every rule that this rendering breaks, in the order of the stylebook."""
    page = read(brief, rendered, variant)
    return [
        Violation(rule.id, f"{rule.asks}: {broken}")
        for rule in RULES
        if rule.applies(page) and (broken := rule.broken(page))
    ]
