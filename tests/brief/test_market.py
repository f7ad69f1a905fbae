"""Many names in one brief: counted for each destination, and held to the same stylebook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from bot.brief.fallback import plain
from bot.brief.situations import many
from bot.brief.stylebook import RULES, check
from bot.brief.stylebook_page import Kind
from bot.model.brief import Layout, MarketBrief, Rendered, Variant
from bot.model.market import Phase
from bot.model.piece import PieceState
from tests.brief import facts
from tests.brief.spoiling import SHIPPED, SPOILT, broken, content, footed, said, titled

HERE = ("AMD", "KO", "MSTR", "NVDA")
TITLE = "Market-wide: 23 of 31 watched names fall over 3%"


def rendered(brief: MarketBrief, layout: Layout = Layout.BRIEF, *watched: str) -> Rendered:
    return SHIPPED.render(brief, Variant(layout, watched=watched))


def test_one_brief_tells_how_many_went_how_far() -> None:
    told = rendered(facts.market_wide())

    assert told.title == TITLE
    assert told.content == f"▼ {TITLE} · SPY −2.8%"
    assert "SPY −2.8% · the most on their own: SMCI −11.2% · MSTR −9.7%" in told.description
    assert "**The most** SMCI −11.2% · MSTR −9.7% · " in told.description
    assert (told.chart, told.alt) == ("", "")


def test_it_is_counted_again_for_the_names_watched_there_and_names_no_other() -> None:
    told = rendered(facts.market_wide(), Layout.FULL, *HERE)

    assert told.title == "Market-wide: 3 of 4 watched names fall over 3%"
    assert "**The most** MSTR −9.7% · AMD −7.9% · NVDA −6.4%\n" in told.description
    assert "on their own: MSTR −9.7%" in told.description
    assert "SMCI" not in f"{told.content}{told.title}{told.description}{told.reply}"


def test_growth_is_told_in_one_line_and_the_first_count_stays() -> None:
    told = rendered(many.grown(), Layout.BRIEF, *HERE, "PEP")

    assert told.reply == "▼ Market-wide: 4 of 5 watched names fall 3% or more"
    assert "11:20 EST grown to 4 names · 10:41 EST first published at 3 names" in told.description


def test_where_nothing_grew_it_says_so() -> None:
    """Of the names watched there, as many had moved before: the figures alone are new."""
    told = rendered(many.grown(), Layout.BRIEF, *HERE)

    assert "11:20 EST updated, still 3 names · 10:41 EST first" in told.description


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (many.apart_again, "Market-wide: 23 of 31 watched names had fallen over 3%"),
        (many.at_the_close, "Market-wide: 12 of 31 watched names close over 3% lower"),
        (many.sector, "KWEB group: 5 of 7 watched names rise 3% or more"),
    ],
)
def test_later_states_and_sectors_have_their_words(
    make: Callable[[], MarketBrief], expected: str
) -> None:
    assert rendered(make()).title == expected


def test_one_name_and_none_read_like_english() -> None:
    titles = [
        rendered(facts.market_wide(), Layout.BRIEF, *watched).title
        for watched in (("NVDA",), ("KO", "PEP"))
    ]

    assert titles == [
        "Market-wide: 1 of 1 watched name falls over 3%",
        "Market-wide: 0 of 2 watched names fall 3% or more",
    ]


def test_the_line_layout_is_one_line() -> None:
    told = rendered(many.at_the_close(), Layout.LINE)

    assert told.content == (
        "▼ Market-wide: 12 of 31 watched names close over 3% lower · SPY −1.4% · "
        "16:00 EST, 10:41 EST first published at 23 names"
    )
    assert (told.title, told.description, told.footer) == ("", "", "")


def test_names_from_outside_cannot_act() -> None:
    evil = replace(facts.market_wide().movers[0], ticker="[x](http://a.example)")
    brief = facts.market_wide()
    hostile = replace(
        brief,
        scope="@everyone **x**",
        movers=(evil, *brief.movers[1:]),
        watched=(evil.ticker, *brief.watched[1:]),
    )
    told = rendered(hostile)

    assert "](http" not in told.description
    assert "@everyone" not in f"{told.title}{told.content}"


def test_the_plain_fallback_counts_too() -> None:
    told = plain(facts.market_wide(), Variant(watched=HERE))

    assert told.content == (
        "▼ Market-wide: 3 of 4 watched names fall over 3% · 10:41 EST, details withheld"
    )


BAD: list[tuple[str, SPOILT]] = [
    ("N1", titled("Market-wide: watched names fall over 3%")),
    ("N1", titled("Market-wide: 23 of 31 watched names move over 3%")),
    ("N1", titled("23 of 31 watched names fall over 3%")),
    ("N1", titled(f"{TITLE}!")),
    ("N1", titled(TITLE + " and on" * 50)),
    ("N2", said("23 of the 31", "Many of the")),
    ("N2", said(" Monday,", ",")),
    ("N3", said("**fell over", "**rose over")),
    ("N3", titled("Market-wide: 23 of 31 watched names rise over 3%")),
    ("N3", content("▼", "▲")),
    ("N3", lambda rendered: replace(rendered, colour=0x3BA55D)),
    ("N4", said("SMCI −11.2%", "SMCI −11.3%")),
    ("N4", said("SPY −2.8%", "SPY −2.9%")),
    ("N5", said("fell over 3%", "fell nearly 3%")),
    ("N5", said("fell over 3%", "fell over 4%, 3%")),
    ("N5", titled("Market-wide: 23 of 31 watched names fall over 3.0%")),
    ("N6", said("Friday's close (Jan 9)", "the close")),
    ("N7", said("10:41 EST · <t", "10:41 · <t")),
    ("N7", said("<t:1768232460:R>", "just now")),
    ("N8", said("late-morning trading", "trading")),
    ("N20", said("• Many names moved together; no cause was looked for in any one of them.", "•")),
    ("N26", said("**The most**", "You should sell. **The most**")),
    ("N27", footed("Automated, no AI", "")),
    ("N30", said("**The most**", "@here **The most**")),
    ("N30", said("**The most**", "x" * 900)),
]


@pytest.mark.parametrize(("rule", "spoil"), BAD)
def test_words_about_many_names_that_break_a_rule_are_caught(rule: str, spoil: SPOILT) -> None:
    assert rule in broken(facts.market_wide(), spoil)


def test_the_first_count_may_not_vanish() -> None:
    spoilt = said(" at 23 names", "")

    assert {"N29"} == broken(many.grown(), spoilt)


def test_a_disclosure_may_not_vanish() -> None:
    brief = replace(facts.market_wide(), disclosure="The operator holds SPY.")

    assert {"N19"} == broken(brief, footed("The operator holds SPY.", ""))


def test_a_half_day_and_the_close_are_told() -> None:
    brief = facts.market_wide()
    half = replace(brief, session=replace(brief.session, half_day=True))

    assert {"N8"} == broken(half, said(" half day", ""))
    assert {"N8"} == broken(many.at_the_close(), said("closed **", "stood **"))
    assert {"N8"} == broken(many.apart_again(), said("by 10:41 Monday", "Monday"))


def test_a_close_without_closing_figures_says_when_they_were_true() -> None:
    """The crowd had dissolved before; nothing is claimed of the close."""
    late = replace(many.apart_again(), state=PieceState.CLOSED)

    assert "had **fallen over 3%** by 10:41 Monday" in rendered(late).description
    assert rendered(late).title == "Market-wide: 23 of 31 watched names had fallen over 3%"


def test_a_name_that_did_not_go_that_far_is_not_counted() -> None:
    brief = facts.market_wide()
    near = replace(brief.movers[-1], percent=Decimal("-2.9"))
    wrong = replace(brief, movers=(*brief.movers[:-1], near))
    found = check(wrong, rendered(wrong), Variant())

    assert "N4" in {one.rule for one in found}
    assert any("QCOM at −2.9% is counted" in one.text for one in found)


def test_every_rule_of_briefs_about_many_names_is_broken_by_some_case_here() -> None:
    proved = {rule for rule, _ in BAD} | {"N19", "N28", "N29"}

    assert {rule.id for rule in RULES if Kind.MARKET in rule.kinds} == proved


def test_before_the_open_is_told() -> None:
    brief = replace(facts.market_wide(), phase=Phase.PRE, state=PieceState.LIVE)

    assert "before the open Monday" in rendered(brief).description
