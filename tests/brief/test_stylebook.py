"""Every rule of the stylebook catches what it is there for, in the words and in the record."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.brief.render import Templates
from bot.brief.stylebook import RULES, check
from bot.model.brief import Average, Brief, Caveat, Layout, Range52, Variant
from bot.model.market import Phase
from tests import builders as b
from tests.brief import facts
from tests.brief.goldens import TEMPLATES
from tests.brief.spoiling import SPOILT, alt, broken, content, footed, said, titled


@pytest.fixture(scope="module")
def templates() -> Templates:
    return Templates(TEMPLATES)


BAD_WORDS: list[tuple[str, Callable[[], Brief], SPOILT]] = [
    ("N1", facts.baba, titled("ADRs rise 9.8%")),
    ("N1", facts.baba, titled("Alibaba ADRs 9.8%")),
    ("N1", facts.baba, titled("Alibaba ADRs rise 9.8%!")),
    ("N1", facts.baba, titled("Alibaba ADRs rise 9.8% after HISTORIC report")),
    ("N1", facts.baba, titled("Alibaba ADRs rise 9.8% as price soars")),
    ("N1", facts.baba, titled("Alibaba ADRs rise 9.8% after report" + " on" * 100)),
    ("N2", facts.baba, said("Alibaba Group (BABA)", "The company (BABA)")),
    ("N2", facts.baba, said("(BABA)", "")),
    ("N2", facts.baba, said("to $165.68", "to 165.68")),
    ("N2", facts.baba, said(" Monday", "")),
    ("N3", facts.baba, said("rose **", "fell **")),
    ("N3", facts.baba, titled("Alibaba ADRs fall 9.8%")),
    ("N3", facts.pdd, titled("PDD rises 5.3%; no confirmed catalyst")),
    ("N3", facts.baba, content("▲", "▼")),
    ("N3", facts.baba, lambda rendered: replace(rendered, colour=0xED4245)),
    ("N4", facts.baba, titled("Alibaba ADRs rise 9.7%")),
    ("N4", facts.baba, content("+9.8%", "+9.6%")),
    ("N4", facts.baba, said("**9.8% to", "**9.9% to")),
    ("N5", facts.baba, said("rose **9.8% to", "rose nearly 9.8%, **9.8% to")),
    ("N5", facts.baba, said("rose **9.8% to", "rose more than 10%, **9.8% to")),
    ("N5", facts.baba, alt("Chart: nearly 9% above the close")),
    ("N6", facts.baba, said("(Jan 9) of", "of")),
    ("N6", facts.baba, said("Friday's close", "the close")),
    ("N6", facts.baba, said("$150.96", "$150.90")),
    ("N7", facts.baba, said(" 11:08 EST · <t", " 11:08 · <t")),
    ("N7", facts.baba, said("Jan 12, 2026", "today")),
    ("N7", facts.baba, said("<t:1768234080:R>", "2 minutes ago")),
    ("N7", facts.ocado, footed(" delayed 15 minutes", "")),
    ("N8", facts.baba, said("late-morning trading", "trading")),
    ("N8", facts.intel, said("before the open Friday", "Friday")),
    ("N8", facts.intel, said("• Trading before the open is thin.", "• Trading is slow.")),
    ("N8", facts.closed, said("closed **", "traded **")),
    ("N8", facts.half_day, said(" half day", "")),
    ("N9", facts.baba, titled("Alibaba rises 9.8%")),
    ("N10", facts.split_day, said("split-adjusted (2-for-1)", "(2-for-1)")),
    ("N10", facts.split_day, said(" from $100.00", "")),
    ("N10", facts.split_day, content(" split-adjusted", "")),
    ("N10", facts.dividend_day, said("ex-dividend today", "today")),
    ("N8", facts.crypto, said("Monday", "in afternoon trading Monday")),
    ("N6", facts.crypto, said("00:00 UTC (Jan 12)", "midnight (Jan 12)")),
    ("N6", facts.evening, said("(Jan 12) of", "(Jan 9) of")),
    ("N5", facts.baba, said("**9.8% to", "nearly **9.8% to")),
    ("N5", facts.baba, said("**9.8% to", "more than ten, over 10 percent, **9.8% to")),
    ("N9", facts.ocado, said("308.8p", "308.8p (£3.09)")),
    ("N11", facts.baba, said("rise came after", "rise was driven by word that")),
    ("N11", facts.baba, said("rise came after", "rise: ")),
    ("N11", facts.baba, titled("Alibaba ADRs rise 9.8% due to report on Qwen downloads")),
    ("N12", facts.baba, said("the South China Morning Post", "a paper")),
    ("N12", facts.baba, said("07:42 EST", "earlier")),
    ("N12", facts.baba, said(facts.LINK, "https://www.scmp.com/")),
    ("N12", facts.baba, said("Qwen models pass", "Models by Qwen passed")),
    ("N13", facts.after_the_move, said("Also reported, but only after", "Reported after")),
    ("N13", facts.nothing_known, said("is not known", "is clear")),
    ("N13", facts.after_the_move, titled("Alibaba ADRs rise 9.8% after report on Qwen downloads")),
    ("N14", facts.pdd, said("**No confirmed catalyst**", "**No catalyst**")),
    (
        "N14",
        facts.pdd,
        said("The desk read", "[Perhaps this](https://a.example/) and the desk read"),
    ),
    ("N15", facts.baba, said(", citing AIBase", "")),
    ("N16", facts.ocado, said("**Reported, unconfirmed**", "**Reported**")),
    ("N17", facts.baba, said("The New York rise", "Reports say the New York rise")),
    ("N18", facts.intel, said(" in a company release", "")),
    ("N19", facts.baba, said(" Alibaba Group owns the outlet.", "")),
    ("N19", facts.hostile, footed("The operator holds BABA.", "")),
    (
        "N20",
        facts.baba,
        said("Downloads are a rough gauge", "Note", "One report, second-hand", "Also"),
    ),
    ("N21", facts.baba, said("KWEB +3.1%, SPY +0.2%", "")),
    ("N21", facts.baba, said("18.4m shares", "some shares")),
    ("N26", facts.baba, said("came after", "should go on after")),
    ("N26", facts.baba, titled("Alibaba ADRs rise 9.8%, a buy, after report")),
    ("N27", facts.baba, footed("Automated, no AI", "By the desk")),
    ("N27", facts.baba, footed("Yahoo", "Our")),
    ("N27", facts.baba, footed("not advice", "enjoy")),
    ("N27", facts.baba, footed("quote 11:08 EST", "live")),
    ("N29", facts.extended, said(" · 11:08 EST first published at +9.8%", "")),
    ("N29", facts.extended, said("12:14 EST extended to +12.4%, $169.68 · ", "")),
    ("N30", facts.baba, said("3.5 times", "@everyone 3.5 times")),
    ("N30", facts.baba, said("3.5 times", "<@123> 3.5 times")),
    ("N30", facts.baba, said("3.5 times", "[x](javascript:1) 3.5 times")),
    ("N30", facts.baba, said("3.5 times", "discord.gg/abc 3.5 times")),
    ("N30", facts.baba, said("3.5 times", "<t:1:F> 3.5 times")),
    ("N30", facts.baba, said("<t:1768234080:R>", "<t:1768234081:R>")),
    ("N30", facts.baba, said("3.5 times", "x" * 900)),
    ("N30", facts.baba, lambda rendered: replace(rendered, footer="x" * 2049)),
    ("N30", facts.baba, lambda rendered: replace(rendered, content="▲ BABA +9.8%" + "x" * 2000)),
]
BAD_FULL_WORDS: list[tuple[str, Callable[[], Brief], SPOILT]] = [
    ("N21", facts.baba, said("6.7 points above KWEB", "Far above KWEB")),
    ("N22", facts.baba, said("JD +2.4%", "JD up")),
    ("N23", facts.baba, said("9.8% above its 200", "9.8% below its 200")),
    ("N23", facts.shy, said("Traded as low as $81.34, below", "0.1% below")),
    ("N23", facts.shy, said(", and last traded at $81.36, above it", "")),
    ("N23", facts.shy, titled("SHY drops below its 200-day average; no confirmed catalyst")),
    ("N24", facts.baba, said("71% of the way", "72% of the way")),
    ("N24", facts.baba, said("71% of the way", "Near the middle, 71% of the way")),
    ("N24", facts.year_low, said("At the low of its", "At the high of its")),
    ("N25", facts.half_day, said(" (fewer than 200 sessions are known)", "")),
]


@pytest.mark.parametrize(("rule", "brief", "spoil"), BAD_WORDS)
def test_words_that_break_a_rule_are_caught(
    rule: str, brief: Callable[[], Brief], spoil: SPOILT
) -> None:
    assert rule in broken(brief(), spoil, Layout.BRIEF)


@pytest.mark.parametrize(("rule", "brief", "spoil"), BAD_FULL_WORDS)
def test_words_of_the_full_layout_that_break_a_rule_are_caught(
    rule: str, brief: Callable[[], Brief], spoil: SPOILT
) -> None:
    assert rule in broken(brief(), spoil, Layout.FULL)


def _full(**changes: object) -> Callable[[], Brief]:
    return lambda: replace(
        facts.baba(),
        context=replace(facts.baba().context, **changes),  # type: ignore[arg-type]
    )


def _changed(brief: Callable[[], Brief], **changes: object) -> Callable[[], Brief]:
    return lambda: replace(brief(), **changes)  # type: ignore[arg-type]


BAD_RECORDS: list[tuple[str, Callable[[], Brief]]] = [
    ("N4", _changed(facts.baba, quote=b.quote("165.70"))),
    ("N4", _changed(facts.baba, quote=b.quote(currency="HKD"))),
    (
        "N6",
        _changed(facts.baba, session=b.session(previous="2026-01-08")),
    ),
    ("N8", _changed(facts.baba, phase=Phase.MIDDAY)),
    ("N8", _changed(facts.intel, caveats=(facts.DOWNLOADS,))),
    ("N9", _changed(facts.baba, move=replace(b.move(), currency=""), quote=b.quote(currency=""))),
    ("N10", _changed(facts.split_day, move=b.move("53.10", "50.00", ticker="ACME"))),
    ("N13", _changed(facts.baba, onset=b.at("07:30"), quote=b.quote(as_of=b.at("07:41")))),
    ("N20", _changed(facts.baba, caveats=())),
    ("N20", _changed(facts.baba, caveats=(Caveat("x", "Markets move.", evidence=False),))),
    ("N22", _full(peers=())),
    (
        "N22",
        _full(
            peers=(
                replace(facts.baba().context.peers[0], as_of=b.at("08:00")),
                *facts.baba().context.peers[1:],
            )
        ),
    ),
]


@pytest.mark.parametrize(("rule", "brief"), BAD_RECORDS)
def test_a_record_that_breaks_a_rule_is_caught(
    templates: Templates, rule: str, brief: Callable[[], Brief]
) -> None:
    """Faithful words about a record that is wrong."""
    found, variant = brief(), Variant(Layout.FULL)
    rules = {v.rule for v in check(found, templates.render(found, variant), variant)}

    assert rule in rules


@pytest.mark.parametrize("layout", [Layout.BRIEF, Layout.FULL])
def test_every_rule_of_the_table_is_broken_by_some_case_here(layout: Layout) -> None:
    """No rule without a case that proves it can fail."""
    proved = {rule for rule, *_ in (*BAD_WORDS, *BAD_FULL_WORDS, *BAD_RECORDS)}

    assert {rule.id for rule in RULES if layout in rule.layouts} <= proved | {"N28"}


@pytest.mark.parametrize(
    ("rule", "spoil"),
    [
        ("N1", content("BABA", "It")),
        ("N1", content("report on", "HISTORIC report on")),
        ("N3", content("▲", "▼")),
        ("N4", content("+9.8%", "+9.6%")),
        ("N5", content("+9.8%", "+9.8%, nearly 9.8%,")),
        ("N26", content("report on", "buy: report on")),
        ("N30", content("report on", "@everyone report on")),
    ],
)
def test_the_line_layout_answers_to_its_own_rules(rule: str, spoil: SPOILT) -> None:
    assert rule in broken(facts.baba(), spoil, Layout.LINE)


def test_the_line_layout_does_not_answer_to_the_others() -> None:
    """A line has no dateline, no caveats and no footer."""
    ids = {rule.id for rule in RULES if Layout.LINE in rule.layouts}

    assert {"N1", "N3", "N4", "N5", "N9", "N10", "N16", "N26", "N28", "N30"} == ids


def test_names_and_quotations_are_masked_before_words_are_judged(templates: Templates) -> None:
    """Target, Best Buy and NVIDIA may be named; a headline may say “buy”; we may not."""
    for name in ("Target", "Best Buy", "NVIDIA"):
        brief = facts.named("TGT", name, name)
        for layout in Layout:
            rendered = templates.render(brief, Variant(layout))
            assert check(brief, rendered, Variant(layout)) == []

    spoilt = said("The rise came after", "A target: the rise came after")
    assert "N26" in broken(facts.named("TGT", "Target", "Target"), spoilt, Layout.BRIEF)


def test_a_quote_older_than_the_limit_is_called_delayed(templates: Templates) -> None:
    brief = replace(facts.baba(), composed_at=b.at("11:08") + timedelta(minutes=7))
    rendered = templates.render(brief, Variant())

    assert "Yahoo prices delayed 7 minutes, quote 11:08 EST" in rendered.footer
    assert check(brief, rendered, Variant()) == []


def test_a_figure_in_an_average_or_a_range_that_the_record_lacks_is_caught(
    templates: Templates,
) -> None:
    whole = facts.baba()
    rendered = templates.render(whole, Variant(Layout.FULL))
    without = replace(whole, context=replace(whole.context, average200=None, range52=None))

    rules = {v.rule for v in check(without, rendered, Variant(Layout.FULL))}
    assert {"N23", "N24"} <= rules


def test_a_stale_claim_about_the_average_is_caught(templates: Templates) -> None:
    """The words were made at another price than the record's."""
    whole = facts.baba()
    rendered = templates.render(whole, Variant(Layout.FULL))
    above = replace(whole.context, average200=Average(Decimal(170), 200, crossed=False))
    moved = replace(above, range52=Range52(Decimal(150), Decimal(166), Decimal(98)))

    rules = {v.rule for v in check(replace(whole, context=moved), rendered, Variant(Layout.FULL))}
    assert {"N23", "N24"} <= rules
