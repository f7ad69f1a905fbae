"""Restated and retold: what turns out otherwise than published, and of which class that is."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from bot.desk.restated import Finding, Found, Known, restated, retold
from bot.model.brief import Brief
from bot.model.market import (
    ActionKind,
    CorporateAction,
    Move,
    Quote,
    Reference,
    ReferenceKind,
    Session,
)
from bot.model.news import Story
from bot.model.piece import CorrectionKind, Matter, PieceState, Remedy, Update, UpdateKind
from tests.builders import DAY, at, brief, move, quote, session, story

FIVE = Decimal(5)
TUESDAY = session("2026-01-13", previous=DAY)
HEADLINE = story().title


def known(close: str, last: str = "165.68", on: Session | None = None, **changes: object) -> Known:
    told: Quote = replace(quote(last, close), **changes)  # type: ignore[arg-type]
    return Known(told, on or session(), told.as_of)


def closed(last: str = "166.20") -> Brief:
    return brief(
        state=PieceState.CLOSED,
        quote=quote(last),
        move=move(last),
        updates=(
            Update(UpdateKind.CLOSED, at("16:00"), move(last).percent, Decimal(last)),
            *brief().updates,
        ),
    )


def morning(close: str, **changes: object) -> Known:
    """Before the open on Tuesday, when the provider tells Monday's close."""
    when = at("08:00", day="2026-01-13")
    early = replace(quote("165.68", close), close_date=DAY, state="PRE", as_of=when)
    return Known(replace(early, **changes), TUESDAY, when)  # type: ignore[arg-type]


def test_the_same_close_is_no_finding() -> None:
    """Nor is one that differs by less than a percent of one decimal can show."""
    assert restated(brief(), known("150.96"), FIVE) is None
    assert restated(brief(), known("151.03"), FIVE) is None


def test_a_restated_close_is_corrected() -> None:
    """9.8 % becomes 9.6 % at the price as published."""
    found = restated(brief(), known("151.17"), FIVE)

    assert found == Found(
        CorrectionKind.CORRECTED, Remedy(Matter.REFERENCE, "150.96", "151.17"), Finding.RESTATED
    )


@pytest.mark.parametrize(
    ("close", "kind"),
    [
        ("331.92", CorrectionKind.WITHDRAWN),  # it fell: the direction was false
        ("161.00", CorrectionKind.WITHDRAWN),  # +2.9 %: under the threshold, and less than half
        ("157.90", CorrectionKind.CORRECTED),  # +4.9 %: under it, but half of what was said
        ("151.17", CorrectionKind.CORRECTED),
    ],
)
def test_a_false_premise_is_withdrawn(close: str, kind: CorrectionKind) -> None:
    """A move that was never there should not have run; a smaller one is corrected."""
    found = restated(brief(), known(close), FIVE)

    assert found is not None
    assert kind is found.kind


def test_the_farthest_that_was_published_decides() -> None:
    """A piece that has faded since was no false premise for that."""
    faded = brief(
        state=PieceState.FADED,
        quote=quote("152.00"),
        move=move("152.00"),
        updates=(
            Update(UpdateKind.FADED, at("12:00"), Decimal("0.7"), Decimal("152.00")),
            *brief().updates,
        ),
    )
    found = restated(faded, known("151.17"), FIVE)

    assert found is not None
    assert CorrectionKind.CORRECTED is found.kind


def test_a_split_allowed_for_later_is_told_as_one() -> None:
    """ "Acme falls 48 %": it had split 2-for-1, and was up 4 %."""
    acme = brief(
        quote=quote("52.00", "100.00"),
        move=move("52.00", "100.00"),
        updates=(Update(UpdateKind.FIRST, at("09:38"), Decimal(-48), Decimal(52)),),
    )
    split = CorporateAction(ActionKind.SPLIT, DAY, Decimal(2))
    adjusted = Reference(
        ReferenceKind.PREVIOUS_CLOSE, Decimal(50), session().previous, split, Decimal(100)
    )
    now = Known(
        quote("52.00", "100.00"),
        session(),
        at("09:41"),
        replace(move("52.00"), reference=adjusted),
    )
    found = restated(acme, now, FIVE)

    assert found is not None
    assert (CorrectionKind.WITHDRAWN, Finding.ADJUSTED) == (found.kind, found.finding)


def test_an_adjusted_reference_is_not_held_against_a_raw_close() -> None:
    """The quote still tells the close of the old shares."""
    split = CorporateAction(ActionKind.SPLIT, DAY, Decimal(2))
    reference = replace(move("52.00", "50.00").reference, adjusted=split, unadjusted=Decimal(100))
    published = brief(
        quote=quote("52.00", "100.00"), move=replace(move("52.00", "50.00"), reference=reference)
    )

    assert restated(published, known("100.00", "52.00"), FIVE) is None


@pytest.mark.parametrize(
    "now",
    [
        known("160.00", close_date=at("11:08", day="2026-01-08").date()),
        known("160.00", close_date=None, state="PRE"),
        known("NaN"),
        known("0"),
        Known(quote("165.68", None), session(), at("11:08")),
        known("160.00", on=TUESDAY, close_date=DAY),
    ],
)
def test_a_close_of_another_day_says_nothing(now: Known) -> None:
    """Only the very close that the move was measured from can be restated."""
    assert restated(brief(), now, FIVE) is None


def test_the_official_close_corrects_the_closing_line() -> None:
    """The next morning the provider's close of Monday is not the one that was printed."""
    found = restated(closed(), morning("165.90"), FIVE)

    assert found == Found(
        CorrectionKind.CORRECTED, Remedy(Matter.PRICE, "166.20", "165.90"), Finding.OFFICIAL
    )
    assert restated(closed(), morning("166.25"), FIVE) is None


def test_the_official_close_may_come_that_evening() -> None:
    """Not while the closing auction still prints."""
    late = known("150.96", state="POST", regular_last=Decimal("165.90"), as_of=at("17:00"))
    early = replace(late, at=at("16:10"))

    assert restated(closed(), late, FIVE) == Found(
        CorrectionKind.CORRECTED, Remedy(Matter.PRICE, "166.20", "165.90"), Finding.OFFICIAL
    )
    assert restated(closed(), early, FIVE) is None


def test_a_close_halved_overnight_is_a_split() -> None:
    """What happened since is no correction: not a split on record, nor what looks like one."""
    split = CorporateAction(ActionKind.SPLIT, TUESDAY.day, Decimal("1.02"))

    assert restated(closed(), morning("83.10"), FIVE) is None
    assert restated(closed(), morning("163.00", actions=(split,)), FIVE) is None


def test_a_piece_that_is_not_closed_has_no_closing_line() -> None:
    """It will be closed without another word."""
    assert restated(brief(), morning("160.00"), FIVE) is None


def test_the_evenings_move_is_held_against_the_close_it_was_measured_from() -> None:
    """The last regular print of the day, once the session is over."""
    reference = Reference(ReferenceKind.REGULAR_CLOSE, Decimal("160.00"), DAY)
    evening: Move = replace(move("170.00"), reference=reference)
    published = brief(quote=quote("170.00", state="POST"), move=evening)
    told: Quote = quote("170.00", state="POST", regular_last=Decimal("160.80"))
    found = restated(published, Known(told, session(), at("17:00")), FIVE)

    assert found is not None
    assert Remedy(Matter.REFERENCE, "160.00", "160.80") == found.remedy


def now_reads(title: str, **changes: object) -> Story:
    return replace(story(), title=title, **changes)  # type: ignore[arg-type]


def kind_of(*stories: Story, dropped: tuple[str, ...] = ()) -> tuple[str, str] | None:
    found = retold(brief(), stories, dropped)
    return None if found is None else (found.kind.value, found.remedy.matter.name)


def test_an_unchanged_headline_is_no_finding() -> None:
    """Nor is one with a word or two edited, nor a story that is not at hand."""
    edited = HEADLINE.replace("passes", "tops")

    assert kind_of(story()) is None
    assert kind_of(now_reads(edited)) is None
    assert kind_of() is None


@pytest.mark.parametrize(
    ("title", "found"),
    [
        (HEADLINE.replace("700", "70"), ("CORRECTED", "HEADLINE")),
        (f"CORRECTED: {HEADLINE.replace('700', '70')}", ("CORRECTED", "HEADLINE")),
        (
            "Qwen tops 700 million downloads at Hugging Face, figures of AIBase say",
            ("REFILE", "HEADLINE"),
        ),
        ("Weather: snow expected across the region", ("CORRECTED", "CAUSE")),
        (f"WITHDRAWN: {HEADLINE}", ("CORRECTED", "CAUSE")),
        ("Retraction: Qwen downloads story", ("CORRECTED", "CAUSE")),
        ("STORY REMOVED: Qwen downloads", ("CORRECTED", "CAUSE")),
    ],
)
def test_a_changed_item_has_its_class_by_rule(title: str, found: tuple[str, str]) -> None:
    """A figure is corrected, other words are refiled, what is taken back takes the cause away."""
    assert found == kind_of(now_reads(title))


def test_a_correction_that_says_another_thing_takes_the_cause_away() -> None:
    """What it says now was not out before the move, though no figure in it is another."""
    said = brief().catalyst.attribution
    assert said is not None
    printed = replace(said.story, title="Orrin Shipping loses its largest charter, people say")
    corrected = "Correction: Orrin Shipping keeps its largest charter, loses a smaller one"
    catalyst = replace(brief().catalyst, attribution=replace(said, story=printed))
    found = retold(brief(catalyst=catalyst), (replace(printed, title=corrected),), ())

    assert found is not None
    assert (CorrectionKind.CORRECTED, Matter.CAUSE) == (found.kind, found.remedy.matter)


def test_a_retraction_may_be_an_item_of_its_own() -> None:
    """The same outlet takes it back in mostly the same words."""
    later = now_reads(f"RETRACTED – {HEADLINE}", id="2", first_seen=at("12:00"))
    elsewhere = replace(later, outlet="Example Times")
    other = now_reads("RETRACTED – Profile of a chip maker", id="3", first_seen=at("12:00"))

    assert ("CORRECTED", "CAUSE") == kind_of(story(), later)
    assert kind_of(story(), elsewhere) is None
    assert kind_of(story(), other) is None


def test_a_correction_of_its_own_is_quoted_and_then_stands() -> None:
    """The old item goes on in the feed; that does not turn it back."""
    new = f"CORRECTED-{HEADLINE.replace('700', '70')}"
    later = now_reads(new, id="2", first_seen=at("12:00"))
    said = brief().catalyst.attribution
    assert said is not None
    after = brief(
        catalyst=replace(
            brief().catalyst, attribution=replace(said, story=replace(said.story, title=new))
        )
    )

    assert ("CORRECTED", "HEADLINE") == kind_of(story(), later)
    assert retold(after, (story(), later), ()) is None


def test_a_story_that_its_feed_dropped_is_taken_back() -> None:
    """It is told as what it is: the feed no longer carries it."""
    found = retold(brief(), (story(),), {story().id})

    assert found is not None
    assert (Matter.CAUSE, Finding.DROPPED) == (found.remedy.matter, found.finding)


def test_without_a_cause_there_is_nothing_to_take_back() -> None:
    """No confirmed catalyst stays so."""
    none = replace(brief().catalyst, attribution=None)

    assert retold(brief(catalyst=none), (now_reads("WITHDRAWN: all of it"),), ()) is None
