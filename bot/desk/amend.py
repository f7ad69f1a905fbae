"""
What does the record say once a correction is made?

The change is small and exact (`Remedy`): what does not say the wrong thing is left as it is. So
the same correction is made again in every later revision, whatever that one was composed from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import log

from bot.desk.attribute import attribution
from bot.desk.cluster import same_story
from bot.desk.events import event_of
from bot.model.brief import AnyBrief, Average, Brief, Caveat, Context, Range52
from bot.model.gathered import Told
from bot.model.news import Attribution, Candidate, Catalyst, Grade, Story
from bot.model.piece import (
    Correction,
    CorrectionKind,
    Matter,
    Remedy,
    Update,
    UpdateKind,
)

OF_THE_CAUSE = frozenset(
    {"ours", "popularity", "unnamed", "unconfirmed", "own-claim", "one-report", "owned"}
    | {"interest", "seen-late", "timing", "added", "clock"}
)
"""Caveats that fall with the cause they were about."""

LOST = "taken back by a correction"
_NO_CAUSE = Caveat("no-cause", "The cause first named was taken back; no other is confirmed.")
_PRINTED = Decimal("0.1")


def withdrawn(brief: AnyBrief) -> bool:
    """Whether the piece should not have run, and says so."""
    return any(one.kind is CorrectionKind.WITHDRAWN for one in brief.corrections)


def amended(brief: AnyBrief, correction: Correction) -> AnyBrief:
    """
    The brief with the correction made and said: newest first, with a stamped line.

    The line has the figures that were newest at that time, made right.
    """
    remedy = correction.remedy
    changed = remedied(brief, remedy) if isinstance(brief, Brief) else brief
    newer = [one for one in changed.updates if one.at > correction.at]
    older = changed.updates[len(newer) :]
    line = _line(brief, older[0], correction) if older else None
    updates = (*newer, line, *older) if line else changed.updates
    return replace(changed, corrections=(correction, *changed.corrections), updates=updates)


def carried(brief: Brief, corrections: tuple[Correction, ...]) -> Brief:
    """A brief composed anew, with what was corrected before put right in it too."""
    for correction in reversed(corrections):
        brief = remedied(brief, correction.remedy)
    return replace(brief, corrections=corrections)


def remedied(brief: Brief, remedy: Remedy | None) -> Brief:
    """The record with that change; as it is where it does not say what was wrong."""
    if remedy is None:
        return brief
    match remedy.matter:
        case Matter.CAUSE:
            return _without_cause(brief, remedy.wrong)
        case Matter.HEADLINE:
            return _with_headline(brief, remedy)
        case Matter.PRICE:
            return _with_price(brief, Decimal(remedy.wrong), Decimal(remedy.right))
        case Matter.REFERENCE:
            return _with_reference(brief, Decimal(remedy.wrong), Decimal(remedy.right))
        case Matter.WORDS:
            return _with_words(brief, remedy)
        case Matter.PIECE:
            return brief


def own_words(brief: Brief) -> tuple[str, ...]:
    """What is ours to word: names, the topic, caveats. A quoted headline is its outlet's."""
    said = brief.catalyst.attribution
    texts = [brief.instrument.name, brief.instrument.short, *((said.topic,) if said else ())]
    return tuple(text for text in (*texts, *(one.text for one in brief.caveats)) if text)


def redraws(corrections: Iterable[Correction]) -> bool:
    """Whether the picture shows something of what was wrong."""
    seen = (Matter.CAUSE, Matter.PRICE, Matter.REFERENCE, Matter.PIECE)
    return any(one.remedy is not None and one.remedy.matter in seen for one in corrections)


def _line(brief: AnyBrief, newest: Update, correction: Correction) -> Update:
    percent, last, remedy = newest.percent, newest.last, correction.remedy
    if remedy and isinstance(brief, Brief):
        reference = brief.move.reference.price
        if remedy.matter is Matter.PRICE and last == Decimal(remedy.wrong):
            last = Decimal(remedy.right)
            percent = (last / reference - 1) * 100
        elif remedy.matter is Matter.REFERENCE and reference == Decimal(remedy.wrong):
            percent = (last / Decimal(remedy.right) - 1) * 100
    return replace(
        newest,
        kind=UpdateKind.CORRECTED,
        at=correction.at,
        percent=percent,
        last=last,
        text=correction.what,
    )


def _without_cause(brief: Brief, headline: str) -> Brief:
    said = brief.catalyst.attribution
    if said is None or not _tells(said.story, headline):
        return brief
    kept = tuple(one for one in brief.caveats if one.code not in OF_THE_CAUSE)
    lost = tuple(_lost(one, said) for one in brief.catalyst.candidates)
    return replace(
        brief,
        catalyst=Catalyst(Grade.NONE, candidates=lost, read=brief.catalyst.read),
        caveats=(_NO_CAUSE, *(one for one in kept if one.code != _NO_CAUSE.code)),
    )


def _tells(story: Story, headline: str) -> bool:
    """That headline, or another outlet's words for the same event."""
    if story.title == headline:
        return True
    return len(same_story((story, replace(story, title=headline)))) == 1


def _lost(candidate: Candidate, said: Attribution) -> Candidate:
    return replace(candidate, lost=LOST) if candidate.story_id == said.story.id else candidate


def _with_headline(brief: Brief, remedy: Remedy) -> Brief:
    """What the headline is read for is read again; a new event is not shouted from the title."""
    said = brief.catalyst.attribution
    if said is None or said.story.title != remedy.wrong:
        return brief
    story = replace(said.story, title=remedy.right)
    again = attribution(Told(story, said.outlet, said.words), brief.instrument)
    same = event_of(remedy.right).kind == said.event
    again = again if same else replace(again, topic="")
    worthy = brief.catalyst.headline_worthy and same
    return replace(
        brief, catalyst=replace(brief.catalyst, attribution=again, headline_worthy=worthy)
    )


def _with_price(brief: Brief, wrong: Decimal, right: Decimal) -> Brief:
    if brief.move.last != wrong:
        return brief
    regular = right if brief.quote.regular_last == wrong else brief.quote.regular_last
    quote = replace(brief.quote, last=right, regular_last=regular, percent=None)
    return _measured(replace(brief, quote=quote, move=replace(brief.move, last=right)), brief)


def _with_reference(brief: Brief, wrong: Decimal, right: Decimal) -> Brief:
    if brief.move.reference.price != wrong:
        return brief
    reference = replace(brief.move.reference, price=right)
    close = right if brief.quote.close == wrong else brief.quote.close
    quote = replace(brief.quote, close=close, percent=None)
    return _measured(
        replace(brief, quote=quote, move=replace(brief.move, reference=reference)), brief
    )


def _measured(brief: Brief, before: Brief) -> Brief:
    """What follows from the figures is measured again; what cannot be is no longer said."""
    context, move, old = brief.context, brief.move, before.move
    return replace(
        brief,
        context=replace(
            context,
            multiple=_multiple(
                context, old.last / old.reference.price, move.last / move.reference.price
            ),
            residual=_residual(context, move.percent),
            rarity=None,
            rarity_sessions=None,
            average200=_average(context.average200),
            range52=_range(context.range52, old.last, move.last),
        ),
    )


def _multiple(context: Context, was: Decimal, now: Decimal) -> Decimal | None:
    before = abs(log(was))
    if context.multiple is None or not before:
        return None
    return context.multiple * Decimal(abs(log(now)) / before).quantize(Decimal("0.000001"))


def _average(known: Average | None) -> Average | None:
    """Where the price stands is told from the record; that it crossed is not known any more."""
    return None if known is None else replace(known, crossed=False, touched=None)


def _residual(context: Context, percent: Decimal) -> Decimal | None:
    if context.residual is None or not context.benchmarks:
        return None
    against = context.benchmarks[0].percent
    return percent.quantize(_PRINTED, ROUND_HALF_UP) - against.quantize(_PRINTED, ROUND_HALF_UP)


def _range(known: Range52 | None, was: Decimal, now: Decimal) -> Range52 | None:
    """None where the wrong price had itself made the range."""
    if known is None or was == now:
        return known
    if was in (known.low, known.high):
        return None
    low, high = min(known.low, now), max(known.high, now)
    return Range52(low, high, (now - low) / (high - low) * 100)


def _with_words(brief: Brief, remedy: Remedy) -> Brief:
    def mend(text: str) -> str:
        return text.replace(remedy.wrong, remedy.right)

    instrument = replace(
        brief.instrument,
        name=mend(brief.instrument.name),
        short=mend(brief.instrument.short),
    )
    catalyst, said = brief.catalyst, brief.catalyst.attribution
    if said is not None:
        catalyst = replace(catalyst, attribution=replace(said, topic=mend(said.topic)))
    caveats = tuple(replace(one, text=mend(one.text)) for one in brief.caveats)
    return replace(brief, instrument=instrument, catalyst=catalyst, caveats=caveats)
