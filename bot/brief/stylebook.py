"""
Is a rendered brief fit to print? Newsroom practice as a table of small rules.

Each rule reads the words and the record and answers "" or what breaks it. It belongs to
layouts and to kinds of brief; a brief that breaks one is held, and the plain fallback goes out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.brief import stylebook_correction as correction
from bot.brief import stylebook_market as market
from bot.brief import stylebook_record as record
from bot.brief import stylebook_setting as setting
from bot.brief import stylebook_words as words
from bot.brief.stylebook_page import Kind, Page, read
from bot.model.brief import AnyBrief, Layout, Rendered, Variant, Violation

EMBED = frozenset({Layout.BRIEF, Layout.FULL})
FULL = frozenset({Layout.FULL})
EVERY = frozenset(Layout)
CAUSE = frozenset({Kind.CAUSE})
NO_CAUSE = frozenset({Kind.NO_CAUSE})
BOTH = CAUSE | NO_CAUSE


@dataclass(frozen=True, slots=True)
class Rule:
    """
    One line of the stylebook: what it asks, of which layouts, and how each kind is judged.

    `single` judges briefs about one instrument, of those `causes`; None asks nothing of a kind.
    `block` is the only one it reads, where that may be left to the details.
    """

    id: str
    asks: str
    layouts: frozenset[Layout] = EMBED
    single: Callable[[Page], str] | None = None
    market: Callable[[Page], str] | None = None
    withdrawn: Callable[[Page], str] | None = None
    causes: frozenset[Kind] = BOTH
    block: str = ""

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of brief it asks something of."""
        return tuple(kind for kind in Kind if self.judge(kind))

    def judge(self, kind: Kind) -> Callable[[Page], str] | None:
        """What judges a brief of that kind, None for nothing."""
        if kind is Kind.MARKET:
            return self.market
        if kind is Kind.WITHDRAWN:
            return self.withdrawn
        return self.single if kind in self.causes else None

    def broken(self, page: Page) -> str:
        """What of this page breaks it, "" for nothing."""
        asked = page.variant.layout in self.layouts and not (self.block and page.short)
        judge = self.judge(page.kind) if asked else None
        return judge(page) if judge else ""


RULES = (
    Rule(
        "N1",
        "the headline names company and direction, plainly",
        EVERY,
        words.headline,
        market.headline,
        correction.headline,
    ),
    Rule("N2", "dateline and lede say who, how far, to what, when", EMBED, words.lede, market.lede),
    Rule("N3", "verb, arrow and colour agree with the sign", EVERY, words.sign, market.sign),
    Rule("N4", "every printed percent is the record's", EVERY, record.figures, market.figures),
    Rule(
        "N5",
        "an approximation is honest and has no decimal",
        EVERY,
        words.approximations,
        market.approximations,
    ),
    Rule("N6", "the reference is told with its date", EMBED, record.reference, market.reference),
    Rule(
        "N7",
        "the time is absolute, relative, and fresh or called delayed",
        EMBED,
        record.fresh,
        market.fresh,
    ),
    Rule(
        "N8",
        "the phase is the calendar's, thin trading told",
        EMBED,
        record.phase,
        market.phase,
    ),
    Rule("N9", "the unit is known and named", EVERY, words.units),
    Rule(
        "N10", "a split or a dividend of the day is told, with both figures", EVERY, record.action
    ),
    Rule(
        "N11",
        "sequence words, no claim of cause",
        EMBED,
        words.sequence,
        causes=CAUSE,
        block="catalyst",
    ),
    Rule(
        "N12",
        "outlet, link, time, headline verbatim",
        EMBED,
        words.attributed,
        causes=CAUSE,
        block="catalyst",
    ),
    Rule(
        "N13",
        "out before the onset, or only also reported",
        EMBED,
        record.out_first,
        causes=CAUSE,
        block="catalyst",
    ),
    Rule(
        "N14",
        "no cause is said plainly, with no link",
        EMBED,
        words.no_cause,
        causes=NO_CAUSE,
        block="catalyst",
    ),
    Rule(
        "N15", "the second-hand chain is kept", EMBED, words.chain, causes=CAUSE, block="catalyst"
    ),
    Rule("N16", "a rumour is called unconfirmed", EVERY, words.rumour, causes=CAUSE),
    Rule(
        "N17",
        "no plural of sources without several",
        EMBED,
        words.plural,
        causes=CAUSE,
        block="catalyst",
    ),
    Rule(
        "N18",
        "a company's release is called one",
        EMBED,
        words.release,
        causes=CAUSE,
        block="catalyst",
    ),
    Rule(
        "N19",
        "an interested owner is named, the operator's disclosure printed",
        EMBED,
        words.owners,
        words.disclosed,
        words.disclosed,
    ),
    Rule("N20", "a caveat about this very brief", EMBED, record.caveats, record.caveats),
    Rule("N21", "benchmark and volume, or why not", EMBED, setting.benchmark, block="context"),
    Rule("N21", "what is left beyond the benchmark", FULL, setting.remainder),
    Rule("N22", "two peers, or a reason in the record", FULL, setting.peers),
    Rule("N23", "above or below its average is true now", EMBED, setting.average),
    Rule("N24", "the place in the range follows its number", EMBED, setting.range52),
    Rule("N25", "a short average says so", EMBED, setting.short_average),
    Rule("N26", "no advice and no prediction", EVERY, words.advice, words.advice, words.advice),
    Rule("N27", "the footer is whole", EMBED, words.footer, words.footer, words.footer),
    Rule(
        "N28",
        "a correction says what was wrong, what is right, why and when, in its class",
        EVERY,
        correction.told,
        correction.told,
        correction.told,
    ),
    Rule("N29", "what was published stays findable", EMBED, record.updates, market.updates),
    Rule(
        "N30",
        "safe for Discord and within its limits",
        EVERY,
        words.discord,
        words.discord,
        words.discord,
    ),
)


def check(brief: AnyBrief, rendered: Rendered, variant: Variant) -> list[Violation]:
    """Every rule that this rendering breaks, in the order of the stylebook."""
    page = read(brief, rendered, variant)
    return [
        Violation(rule.id, f"{rule.asks}: {broken}")
        for rule in RULES
        if (broken := rule.broken(page))
    ]
