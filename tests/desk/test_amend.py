"""Amending: what the record says once a correction is made, and what it no longer says."""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.desk import caveats_cause
from bot.desk.amend import OF_THE_CAUSE, amended, carried, redraws, remedied, withdrawn
from bot.model.brief import Average, Brief, Caveat, Comparison, Context, Range52
from bot.model.news import Candidate, Grade, Points
from bot.model.piece import (
    Correction,
    CorrectionKind,
    Matter,
    Remedy,
    Update,
    UpdateKind,
)
from tests.builders import at, brief, catalyst, move, quote, story

REFERENCE = Remedy(Matter.REFERENCE, "150.96", "151.17")
PRICE = Remedy(Matter.PRICE, "165.68", "160.00")
HEADLINE = story().title
CAUSE = Remedy(Matter.CAUSE, HEADLINE)


def correction(
    remedy: Remedy | None = REFERENCE,
    clock: str = "12:02",
    kind: CorrectionKind = CorrectionKind.CORRECTED,
) -> Correction:
    return Correction(kind, "the rise", "9.8%", "9.6%", "restated", at(clock), remedy=remedy)


def rich() -> Brief:
    """The record with every figure that follows from the move."""
    context = Context(
        multiple=Decimal("3.5"),
        benchmarks=(Comparison("KWEB", "KWEB", Decimal("3.04"), at("11:08")),),
        residual=Decimal("6.8"),
        rarity=at("11:08").date(),
        rarity_sessions=90,
        average200=Average(Decimal("160.50"), 200, crossed=True),
        range52=Range52(Decimal(80), Decimal(192), Decimal("76.5")),
    )
    return brief(context=context, caveats=(Caveat("one-report", "One report."),))


def test_a_restated_reference_gives_the_published_price_another_percent() -> None:
    """165.68 from 151.17 is 9.6 %, and what is left over the benchmark follows."""
    found = remedied(rich(), REFERENCE)

    assert Decimal("9.6") == round(found.move.percent, 1)
    assert Decimal("165.68") == found.move.last == found.quote.last
    assert Decimal("151.17") == found.move.reference.price == found.quote.close
    assert Decimal("6.6") == found.context.residual
    assert Decimal("3.45") == round(found.context.multiple or Decimal(0), 2)


def test_what_cannot_be_measured_again_is_no_longer_said() -> None:
    """The last day as large, and whether an average was crossed, are not known any more."""
    context = remedied(rich(), PRICE).context

    assert (None, None) == (context.rarity, context.rarity_sessions)
    assert context.average200 is not None
    assert not context.average200.crossed
    assert context.range52 is not None
    assert Decimal("71.4") == round(context.range52.position, 1)


def test_a_wrong_price_does_not_stay_as_the_years_high() -> None:
    """Where the wrong print itself made the range, the range is not told."""
    made = replace(rich().context, range52=Range52(Decimal(80), Decimal("165.68"), Decimal(100)))

    assert remedied(replace(rich(), context=made), PRICE).context.range52 is None


def test_a_cause_taken_back_leaves_none_confirmed() -> None:
    """The cause goes with its rivals and its caveats; the trace says why it lost."""
    weighed = (Candidate(HEADLINE, (Points("names a product", 80),)),)
    before = brief(
        catalyst=catalyst(candidates=weighed),
        caveats=(Caveat("one-report", "One report."), Caveat("thin", "Trading is thin.")),
    )
    found = remedied(before, CAUSE)

    assert (Grade.NONE, None) == (found.catalyst.grade, found.catalyst.attribution)
    assert ["no-cause", "thin"] == [one.code for one in found.caveats]
    assert ["taken back by a correction"] == [one.lost for one in found.catalyst.candidates]


def test_the_same_event_by_another_outlet_does_not_come_back() -> None:
    """A later revision that chose the event again, in other words, is put right too."""
    other = story("Qwen downloads pass 700 million on Hugging Face, data shows")
    said = catalyst().attribution
    assert said is not None
    again = brief(catalyst=catalyst(attribution=replace(said, story=other)))

    assert Grade.NONE is carried(again, (correction(CAUSE),)).catalyst.grade


def test_another_cause_may_come_later() -> None:
    """What was taken back is that event, not every cause."""
    other = story("China ends its probe of Alibaba's food delivery", id="other")
    said = catalyst().attribution
    assert said is not None
    later = brief(catalyst=catalyst(attribution=replace(said, story=other)))

    assert later.catalyst == carried(later, (correction(CAUSE),)).catalyst


def test_a_headline_is_read_again() -> None:
    """The quote is the outlet's new one; the topic is that of the new words."""
    new = "Qwen passes 70 million downloads on Hugging Face, AIBase data shows"
    said = remedied(brief(), Remedy(Matter.HEADLINE, HEADLINE, new)).catalyst.attribution

    assert said is not None
    assert (new, "Qwen downloads", ("AIBase",)) == (said.story.title, said.topic, said.citing)


def test_words_are_ours_alone() -> None:
    """Names, topic and caveats are mended; a quoted headline stays as its outlet wrote it."""
    found = remedied(brief(), Remedy(Matter.WORDS, "Qwen", "Qwen 3"))
    said = found.catalyst.attribution

    assert said is not None
    assert ("Qwen 3 downloads", HEADLINE) == (said.topic, said.story.title)


def test_a_correction_is_stamped_with_the_figures_of_its_time() -> None:
    """Made right in a later revision, the line still tells what was newest when it was made."""
    later = brief(
        quote=quote("170.00"),
        move=move("170.00"),
        updates=(
            Update(UpdateKind.EXTENDED, at("12:30"), Decimal("12.6"), Decimal(170)),
            Update(UpdateKind.FIRST, at("11:08"), move().percent, Decimal("165.68")),
        ),
    )
    found = amended(later, correction())
    kinds = [one.kind for one in found.updates]

    assert [UpdateKind.EXTENDED, UpdateKind.CORRECTED, UpdateKind.FIRST] == kinds
    assert "9.60" == f"{found.updates[1].percent:.2f}"
    assert found.updates[2].percent == move().percent


def test_later_revisions_are_put_right_and_keep_the_history() -> None:
    """The operator's close holds as long as the provider goes on telling the wrong one."""
    history = (correction(CAUSE, "12:10"), correction(REFERENCE, "12:02"))
    found = carried(brief(quote=quote("170.00"), move=move("170.00")), history)

    assert Decimal("151.17") == found.move.reference.price
    assert Grade.NONE is found.catalyst.grade
    assert history == found.corrections


def test_the_picture_is_drawn_again_for_what_it_shows() -> None:
    """Figures and the mark of the cause are in it; words are not."""
    assert redraws([correction(CAUSE)])
    assert redraws([correction(PRICE)])
    assert not redraws([correction(Remedy(Matter.WORDS, "a", "b")), correction(None)])


def test_withdrawn_is_for_ever() -> None:
    """Whatever is corrected besides."""
    gone = correction(Remedy(Matter.PIECE, ""), kind=CorrectionKind.WITHDRAWN)

    assert withdrawn(amended(amended(brief(), gone), correction(clock="12:30")))
    assert not withdrawn(amended(brief(), correction()))


def test_every_caveat_about_a_cause_is_known() -> None:
    """Those that stay when the cause goes are about the price or the listing, or say there is none."""
    codes = re.findall(r'Caveat\(\s*"([a-z-]+)"', inspect.getsource(caveats_cause))

    assert {"incomplete", "no-cause"} == set(codes) - OF_THE_CAUSE


PRICES = st.decimals("0.01", "9999", places=2)


@given(last=PRICES, close=PRICES, right=PRICES, matter=st.sampled_from(list(Matter)))
def test_a_correction_is_made_once(
    last: Decimal, close: Decimal, right: Decimal, matter: Matter
) -> None:
    """Price and reference always agree with the quote, and a second time changes nothing."""
    wrong = {Matter.PRICE: last, Matter.REFERENCE: close}.get(matter, HEADLINE)
    remedy = Remedy(matter, str(wrong), str(right))
    before = brief(quote=quote(str(last), str(close)), move=move(str(last), str(close)))
    once = remedied(before, remedy)

    assert (once.move.last, once.move.currency) == (once.quote.last, once.quote.currency)
    assert once == remedied(once, remedy)
