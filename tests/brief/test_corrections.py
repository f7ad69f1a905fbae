"""CORRECTED, REFILE and WITHDRAWN: what is said, to whom, and what may not be left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.brief.fallback import plain
from bot.brief.faults import Fault, correction_kind, faults_between
from bot.brief.stylebook import check
from bot.model.brief import AnyBrief, Brief, Layout, Rendered, Variant
from bot.model.piece import CorrectionKind, Update, UpdateKind
from tests import builders as b
from tests.brief import facts
from tests.brief.spoiling import SHIPPED, SPOILT, broken, content, footed, said, titled

FIRST = " First published 11:08 EST at +9.8%."


def rendered(brief: AnyBrief, layout: Layout = Layout.BRIEF, guild: int | None = None) -> Rendered:
    return SHIPPED.render(brief, Variant(layout, guild=guild))


def test_a_corrected_brief_says_what_was_wrong_above_the_right_figures() -> None:
    told = rendered(facts.corrected())

    assert told.title == "CORRECTED: Alibaba ADRs rise 9.6% after report on Qwen downloads"
    assert told.content == "CORRECTED ▲ BABA +9.6% $165.68 · the rise is 9.6%, not 9.8%"
    assert told.description.startswith(
        "Corrects the rise to 9.6% (not 9.8%): the data provider restated Friday's close to "
        "$151.17 (from $150.96). Corrected 12:02 EST. First published 11:08 EST at +9.8%.\n\n"
    )
    assert "rose **9.6% to $165.68**" in told.description


def test_a_correction_replies_in_one_line() -> None:
    """Also where the layout is a line; the next rung has the word again."""
    later = b.move("171.00", "151.17", as_of=b.at("12:40"))
    stamp = Update(UpdateKind.EXTENDED, b.at("12:40"), later.percent, later.last)
    brief = facts.corrected()
    rung = facts.at_move(brief, later, updates=(stamp, *brief.updates))
    replies = [
        rendered(one, layout).reply
        for one in (brief, facts.withdrawn(), rung)
        for layout in (Layout.LINE, Layout.BRIEF)
    ]

    assert replies[:2] == ["CORRECTED BABA: the rise is 9.6%, not 9.8%"] * 2
    assert replies[2].startswith("WITHDRAWN ACME: Acme split 2-for-1 today and")
    assert replies[4:] == ["▲ BABA extends to +13.1%, $171.00"] * 2


def test_a_withdrawal_says_nothing_else() -> None:
    told = rendered(facts.withdrawn(), Layout.FULL)

    assert told.title == "WITHDRAWN: “Acme (ACME) falls 48.0%”"
    assert told.description == (
        "Acme split 2-for-1 today and the price provider had not adjusted the previous close; "
        "adjusted, it was up 4.0%. Withdrawn 09:41 EST, 3 minutes after publication. "
        "First published 09:38 EST at −48.0%.\n\n"
        "-# 09:41 EST withdrawn (this brief) · 09:38 EST first published at −48.0%"
    )
    assert (told.chart, told.alt, told.colour) == ("", "", 0x949BA4)


def test_every_earlier_correction_stays_findable() -> None:
    told = rendered(facts.refiled(), Layout.FULL).description

    assert "Mends the company's name to “Alibaba Group” (not “Alibba Group”)" in told
    assert "Corrected before: 12:02 EST the rise to 9.6% (not 9.8%)." in told
    assert "12:20 EST refiled (the company's name) · 12:02 EST corrected to +9.6%" in told
    assert "first published at +9.8%" in told


def test_a_servers_own_correction_is_shown_there_only() -> None:
    own = replace(facts.corrected().corrections[0], guild=7)
    brief = replace(facts.corrected(), corrections=(own,))

    assert (
        "Corrected 12:02 EST by an editor of this server." in rendered(brief, guild=7).description
    )
    assert rendered(brief, guild=8).title.startswith("Alibaba ADRs rise 9.6%")
    assert rendered(brief).title.startswith("Alibaba ADRs rise 9.6%")


def test_a_figure_that_the_record_cannot_mend_leaves_headline_and_notification() -> None:
    """An editor corrected it in words; the figures below are called the desk's own."""
    brief = replace(facts.baba(), corrections=facts.corrected().corrections)
    told = rendered(brief)

    assert told.title == "CORRECTED: Alibaba ADRs – the rise is 9.6%, not 9.8%"
    assert told.content == "CORRECTED BABA: the rise is 9.6%, not 9.8%"
    assert "The figures below are the desk's own." in told.description
    assert check(brief, told, Variant()) == []


def test_what_people_write_into_a_correction_cannot_act_and_is_not_our_word() -> None:
    """Mentions, links and markdown are disarmed; their "should" is not held against us."""
    one = replace(
        facts.corrected().corrections[0],
        what="the @everyone",
        was="[x](http://evil.example)",
        now="**you should BUY** <@1>",
        why="it will soar! discord.gg/x",
    )
    brief = replace(facts.corrected(), corrections=(one,))
    for layout in Layout:
        told = rendered(brief, layout)
        text = f"{told.content}{told.title}{told.description}{told.reply}"

        assert check(brief, told, Variant(layout)) == []
        assert "http://evil" not in text
        assert "@everyone" not in text.replace("\\@everyone", "")


def test_the_plain_fallback_never_repeats_what_was_withdrawn() -> None:
    told = plain(facts.withdrawn(), Variant())

    assert told.content == "WITHDRAWN ACME · 09:41 EST, details withheld"
    assert told.title == "WITHDRAWN: ACME"
    assert "48" not in told.description
    assert plain(facts.corrected(), Variant()).title == "CORRECTED: BABA +9.6%"


BAD: list[tuple[str, Callable[[], Brief], SPOILT]] = [
    ("N28", facts.corrected, titled("Alibaba ADRs rise 9.6%")),
    ("N28", facts.corrected, titled("REFILE: Alibaba ADRs rise 9.6%")),
    ("N28", facts.corrected, content("CORRECTED ", "")),
    ("N28", facts.corrected, said(" (not 9.8%)", "")),
    ("N28", facts.corrected, said("to 9.6% (", "(")),
    ("N28", facts.corrected, said("the data provider restated", "somebody changed")),
    ("N28", facts.corrected, said("Corrected 12:02 EST.", "Corrected.")),
    ("N28", facts.corrected, said(FIRST, "")),
    ("N28", facts.corrected, said(" at +9.8%.", ".")),
    ("N28", facts.withdrawn, lambda one: replace(one, chart="chart.png")),
    ("N28", facts.withdrawn, said("Withdrawn 09:41 EST, ", "")),
    ("N1", facts.withdrawn, titled("WITHDRAWN: “It falls 48.0%”")),
    ("N1", facts.withdrawn, titled("WITHDRAWN: “Acme (ACME) falls 48.0%”!")),
    ("N27", facts.withdrawn, footed("not advice", "")),
    ("N30", facts.withdrawn, said("Withdrawn 09", "@everyone Withdrawn 09")),
    ("N26", facts.withdrawn, said("Withdrawn 09", "Buy. Withdrawn 09")),
    ("N1", facts.corrected, titled("CORRECTED: ADRs rise 9.6%")),
    ("N3", facts.corrected, titled("CORRECTED: Alibaba ADRs fall 9.6%")),
    ("N4", facts.corrected, titled("CORRECTED: Alibaba ADRs rise 9.8%")),
    ("N4", facts.corrected, content("+9.6%", "+9.8%")),
    ("N29", facts.refiled, said("12:20 EST", "earlier")),
]


@pytest.mark.parametrize(("rule", "brief", "spoil"), BAD)
def test_a_correction_that_breaks_a_rule_is_caught(
    rule: str, brief: Callable[[], Brief], spoil: SPOILT
) -> None:
    assert rule in broken(brief(), spoil)


def test_earlier_corrections_may_not_vanish_from_the_full_layout() -> None:
    spoilt = said("Corrected before: 12:02 EST the rise to 9.6% (not 9.8%).", "")

    assert {"N28"} == broken(facts.refiled(), spoilt, Layout.FULL)


@pytest.mark.parametrize(
    ("kind", "was", "now", "why"),
    [
        (CorrectionKind.REFILE, "9.8%", "9.6%", "x"),
        (CorrectionKind.REFILE, "it rose", "it fell", "x"),
        (CorrectionKind.CORRECTED, "9.8%", "", "x"),
        (CorrectionKind.WITHDRAWN, "9.8%", "", " "),
    ],
)
def test_the_wrong_class_is_caught_in_every_layout(
    kind: CorrectionKind, was: str, now: str, why: str
) -> None:
    one = replace(facts.corrected().corrections[0], kind=kind, was=was, now=now, why=why)
    brief = replace(facts.corrected(), corrections=(one,))
    sound = rendered(facts.corrected())

    assert "N28" in {found.rule for found in check(brief, sound, Variant())}


@pytest.mark.parametrize(
    ("was", "now", "faults", "kind"),
    [
        ("9.8%", "9.6%", {Fault.FIGURE}, CorrectionKind.CORRECTED),
        ("$150.96", "$151.17", {Fault.FIGURE}, CorrectionKind.CORRECTED),
        ("BABAF", "BABA", {Fault.TICKER}, CorrectionKind.CORRECTED),
        ("rises", "falls", {Fault.DIRECTION}, CorrectionKind.CORRECTED),
        ("+2.0%", "−2.0%", {Fault.DIRECTION}, CorrectionKind.CORRECTED),
        ("up 4%", "down 5%", {Fault.FIGURE, Fault.DIRECTION}, CorrectionKind.CORRECTED),
        ("Alibba", "Alibaba", {Fault.WORDS}, CorrectionKind.REFILE),
        ("7 cats", "7 dogs", {Fault.WORDS}, CorrectionKind.REFILE),
        ("Acme falls 48%", "", {Fault.PREMISE}, CorrectionKind.WITHDRAWN),
    ],
)
def test_the_class_of_a_correction_follows_from_what_changed(
    was: str, now: str, faults: set[Fault], kind: CorrectionKind
) -> None:
    assert faults == set(faults_between(was, now))
    assert kind is correction_kind(*faults_between(was, now))


def test_the_gravest_fault_decides() -> None:
    assert [
        correction_kind(Fault.WORDS, Fault.FIGURE),
        correction_kind(Fault.FIGURE, Fault.INSTRUMENT),
        correction_kind(Fault.PREMISE),
        correction_kind(),
    ] == [
        CorrectionKind.CORRECTED,
        CorrectionKind.WITHDRAWN,
        CorrectionKind.WITHDRAWN,
        CorrectionKind.REFILE,
    ]


def test_many_corrections_still_fit_on_a_phone() -> None:
    """The brief layout keeps its 900 characters; the full one keeps them all."""
    first = facts.corrected().corrections[0]
    many = tuple(replace(first, at=first.at + timedelta(minutes=n)) for n in range(12, 0, -1))
    brief = replace(facts.corrected(), corrections=many)
    told = [rendered(brief, layout).description for layout in (Layout.BRIEF, Layout.FULL)]

    assert len(told[0]) <= 900
    assert all(f"12:{n:02} EST the rise to 9.6%" in told[1] for n in range(3, 13))
