"""
12 January 2026, from headlines to the facts of the brief, on a pile built by hand.

The seeds link the headlines, so this is the whole desk: link, onset, catalyst, caveats.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.desk import catalyst
from bot.desk.compose import Edition, compose
from bot.desk.link import Linker
from bot.desk.register import instruments, outlets
from bot.model.brief import Brief
from bot.model.gathered import Gathered, Told
from bot.model.market import Phase
from bot.model.news import Grade, OutletKind
from bot.model.piece import PieceState, Update, UpdateKind
from tests.builders import at, gathered, hong_kong, minutes, other, quote, story
from tests.desk.weighing import WEIGHTS

SEEDS = Path(__file__).parents[2] / "seeds"
KNOWN = instruments(tomllib.loads((SEEDS / "instruments.toml").read_text()))
OUTLETS = outlets(tomllib.loads((SEEDS / "outlets.toml").read_text()))

PILE = (
    ("plan", "2026-01-09T04:10", "Xinhua", "China sets out plan to bring AI into manufacturing by 2027"),
    ("look", "2026-01-09T05:05", "Xinhua", "China's market regulator to investigate competition in food delivery"),
    ("probe", "2026-01-09T06:30", "Harbour Daily", "Food-delivery probe names Alibaba, Meituan and JD.com"),
    ("list", "2026-01-09T16:40", "Market Roundup", "5 China stocks to watch next week: Alibaba, Baidu"),
    ("home", "2026-01-12T03:25", "Harbour Daily", "Alibaba shares close 5.3% higher in Hong Kong"),
    ("street", "2026-01-12T05:50", "Courier", "Roadworks to close Alibaba Street until Thursday"),
    ("talk", "2026-01-12T06:40", "Market Roundup", "Is a cloud spin-off at Alibaba next?"),
    ("qwen", "2026-01-12T07:42", "South China Morning Post", "Alibaba's Qwen models pass 700 million Hugging Face downloads, AIBase data shows"),
    ("target", "2026-01-12T08:30", "Market Roundup", "Price-target round-up: Alibaba and a dozen more"),
    ("why", "2026-01-12T10:20", "Market Roundup", "Why Alibaba stock is up today"),
    ("cloud", "2026-01-12T11:31", "Alibaba Cloud", "Alibaba Cloud confirms the Qwen download figure"),
)  # fmt: skip
TAPE = """
    04:00 151.26
    06:30 150.40
    07:41 151.20
    07:43 151.23
    07:45 151.70
    07:47 152.60
    08:30 154.00
    09:30 156.10
    10:00 158.90
    11:08 165.68
"""


def known(until: str = "11:08") -> Gathered:
    linker = Linker(KNOWN.values())
    told = []
    for id, when, by, title in PILE:
        day, clock = when.split("T")
        out = at(clock, day=day)
        one = story(title, outlet=by, published=out, first_seen=out, id=id)
        for mention in linker.link(one):
            if mention.ticker == "BABA" and out <= at(until):
                told.append(Told(one, OUTLETS.find(by), mention.words))
    home = quote("147.60", "140.20", ticker="9988.HK", currency="HKD", as_of=at("03:08"))
    peers = {"KWEB": "3.1", "SPY": "0.2", "JD": "2.4", "PDD": "1.9", "BIDU": "3.3"}
    others = {ticker: other(percent, ticker=ticker) for ticker, percent in peers.items()}
    others["9988.HK"] = replace(others["JD"], quote=home, session=hong_kong())
    return gathered(
        instrument=KNOWN["BABA"], told=told, others=others, minutes=minutes(TAPE), read=24
    )


@pytest.fixture(scope="module")
def brief() -> Brief:
    first = Update(UpdateKind.FIRST, at("11:08"), Decimal("9.75"), Decimal("165.68"))
    return compose(known(), Edition("BABA/2026-01-12/up/1", 1, PieceState.LIVE, (first,)), WEIGHTS)


def test_the_new_york_move_begins_after_the_report(brief: Brief) -> None:
    """Out at 07:42, drifting from 07:43: the onset is a few minutes later."""
    assert brief.onset == at("07:47")


def test_the_catalyst(brief: Brief) -> None:
    """The South China Morning Post, citing AIBase, on Qwen downloads: reported, headline-worthy."""
    found = brief.catalyst
    assert found.attribution is not None

    assert found.grade is Grade.REPORTED
    assert found.headline_worthy
    assert found.attribution.outlet.name == "South China Morning Post"
    assert found.attribution.outlet.owner == "Alibaba Group"
    assert found.attribution.citing == ("AIBase",)
    assert found.attribution.topic == "Qwen downloads"
    assert found.attribution.event == "popularity"
    assert (found.read, found.also_in) == (24, 0)


def test_the_rivals(brief: Brief) -> None:
    """The probe and the plan were out before the move too; the talk of forums is no rival."""
    rivals = [(rival.outlet.short, rival.topic) for rival in brief.catalyst.rivals]

    assert rivals == [
        ("Harbour Daily", "food-delivery probe"),
        ("Xinhua", "plan for AI in manufacturing"),
    ]


def test_why_the_others_lost(brief: Brief) -> None:
    """Every story that was weighed has its reason; Alibaba Street was never weighed."""
    assert {one.story_id: one.lost for one in brief.catalyst.candidates} == {
        "qwen": "",
        "probe": catalyst.RIVAL,
        "plan": catalyst.RIVAL,
        "look": catalyst.BEHIND,
        "home": catalyst.OPINION,
        "talk": catalyst.BEHIND,
        "list": catalyst.OPINION,
        "target": catalyst.LATE,
        "why": catalyst.LATE,
    }


def test_the_caveats(brief: Brief) -> None:
    """What downloads are worth, and whose outlet it is."""
    assert [(caveat.code, caveat.evidence) for caveat in brief.caveats] == [
        ("popularity", True),
        ("one-report", True),
    ]


def test_the_surroundings(brief: Brief) -> None:
    """Index, what is left, peers, and Hong Kong's earlier leg, each with its own time."""
    context = brief.context
    assert context.home is not None

    assert [one.ticker for one in context.benchmarks] == ["KWEB", "SPY"]
    assert context.residual == Decimal("6.7")
    assert [one.ticker for one in context.peers] == ["JD", "PDD", "BIDU"]
    assert context.omitted == ()
    assert (round(context.home.percent, 1), context.home.closed) == (Decimal("5.3"), True)
    assert [one.id for one in context.headlines] == ["home"]


def test_the_record(brief: Brief) -> None:
    """What was given is kept as given."""
    assert (brief.piece, brief.revision, brief.state) == (
        "BABA/2026-01-12/up/1",
        1,
        PieceState.LIVE,
    )
    assert brief.phase is Phase.LATE_MORNING
    assert brief.composed_at == at("11:08")
    assert len(brief.updates) == 1


def test_a_later_confirmation_does_not_explain_the_past() -> None:
    """At 12:14 the company's own words have come, after the move: they change no grade."""
    later = replace(known(until="12:14"), now=at("12:14"))
    found = compose(later, Edition("p", 2, PieceState.LIVE), WEIGHTS).catalyst

    assert found.grade is Grade.REPORTED
    assert {one.story_id: one.lost for one in found.candidates}["cloud"] == catalyst.LATE


def test_without_its_report_the_day_has_no_confirmed_catalyst() -> None:
    """Take the report away: the older probe and plan are too weak to be named as the cause."""
    pile = known()
    less = replace(pile, told=tuple(one for one in pile.told if one.story.id != "qwen"))
    found = compose(less, Edition("p", 1, PieceState.LIVE), WEIGHTS).catalyst

    assert found.grade is Grade.NONE
    assert {one.story_id: one.lost for one in found.candidates}["probe"] == catalyst.WEAK


def test_nothing_gathered_in_time_still_makes_a_brief() -> None:
    """The move alone: no cause is claimed, nothing is zero for want of data."""
    bare = compose(gathered(missing=("headlines",)), Edition("p", 1, PieceState.LIVE), WEIGHTS)

    assert bare.onset is None
    assert bare.catalyst.grade is Grade.NONE
    assert bare.context.multiple is None
    assert bare.context.residual is None
    assert [caveat.code for caveat in bare.caveats] == ["incomplete", "no-cause"]


def test_alibaba_cloud_is_the_company() -> None:
    """Its releases are the issuer's, by the register."""
    assert OUTLETS.find("Alibaba Cloud").kind is OutletKind.ISSUER
