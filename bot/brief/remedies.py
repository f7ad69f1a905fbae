"""
How is a correction told? What was wrong and what is right, in the words of the brief.

A figure is named by what a reader saw: the percent, where that changes, else the price itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from bot.brief import phrases, wording
from bot.brief.context_move import company, headline_move
from bot.brief.faults import correction_kind, faults_between
from bot.brief.standing import rising
from bot.model.brief import AnyBrief, Brief
from bot.model.piece import CorrectionKind, Matter, PieceState, Remedy


@dataclass(frozen=True, slots=True)
class Told:
    """`what` was wrong, how it stood, how it stands: "the rise", "9.8%", "9.6%"."""

    what: str
    was: str
    now: str


def told(brief: Brief, remedy: Remedy) -> Told:
    """The words for a change of that brief, before it is made."""
    match remedy.matter:
        case Matter.REFERENCE:
            return _move(brief, Decimal(remedy.right)) or _close(brief, remedy)
        case Matter.PRICE:
            return _price(brief, remedy)
        case Matter.CAUSE:
            return Told("the cause", quoted(brief, remedy.wrong), "unknown")
        case Matter.HEADLINE:
            return Told("the headline quoted", f"“{remedy.wrong}”", f"“{remedy.right}”")
        case Matter.WORDS:
            return Told("the wording", f"“{remedy.wrong}”", f"“{remedy.right}”")
        case Matter.PIECE:
            return Told("this brief", headline(brief), "")


def kind_of(remedy: Remedy) -> CorrectionKind:
    """The class by rule: a price or a cause is a fact, words are of what they say (N28)."""
    if remedy.matter is Matter.PIECE:
        return CorrectionKind.WITHDRAWN
    if remedy.matter in (Matter.WORDS, Matter.HEADLINE):
        return correction_kind(*faults_between(remedy.wrong, remedy.right))
    return CorrectionKind.CORRECTED


def headline(brief: AnyBrief) -> str:
    """What a brief that is withdrawn had said: "Acme falls 48%"."""
    if isinstance(brief, Brief):
        return f"{company(brief)} {headline_move(brief)}"
    way = "rise" if brief.up else "fall"
    return f"{brief.scope}: {len(brief.movers)} of {len(brief.watched)} watched names {way}"


def restated(brief: Brief, remedy: Remedy) -> str:
    """ "Friday's close to $151.17 (from $150.96)"."""
    was, now = _both(brief, remedy)
    return f"{close_of(brief)} to {now} (from {was})"


def corrected_close(brief: Brief, remedy: Remedy) -> str:
    """ "Friday's close was $151.17, not $150.96"."""
    was, now = _both(brief, remedy)
    return f"{close_of(brief)} was {now}, not {was}"


def measured_again(brief: Brief, remedy: Remedy) -> str:
    """ "measured from it, it was up 4.0%": what is left of a false premise."""
    percent = (brief.move.last / Decimal(remedy.right) - 1) * 100
    words = phrases.verbs(percent)
    size = "" if wording.flat(percent) else f" {wording.size(percent)}"
    return f"measured from that, it was {words.up}{size}"


def close_of(brief: Brief) -> str:
    """ "Friday's close"."""
    return f"{wording.weekday(brief.move.reference.day)}'s close"


def quoted(brief: Brief, title: str) -> str:
    """The headline with its outlet."""
    said = brief.catalyst.attribution
    return f"“{title}”" + (f", {said.outlet.name}" if said else "")


def _move(brief: Brief, reference: Decimal) -> Told | None:
    """None where the percent reads the same."""
    before, after = brief.move.percent, (brief.move.last / reference - 1) * 100
    if wording.percent(before) == wording.percent(after):
        return None
    noun = (phrases.UP if rising(brief) else phrases.DOWN).noun
    if before * after > 0:
        return Told(f"the {noun}", wording.size(before), wording.size(after))
    return Told("the move", wording.percent(before), wording.percent(after))


def _close(brief: Brief, remedy: Remedy) -> Told:
    return Told(close_of(brief), *_both(brief, remedy))


def _price(brief: Brief, remedy: Remedy) -> Told:
    what = f"{wording.weekday(brief.session.day)}'s close"
    what = what if brief.state is PieceState.CLOSED else "the price"
    return Told(what, *_both(brief, remedy))


def _both(brief: Brief, remedy: Remedy) -> tuple[str, str]:
    """The two prices; with all their decimals where two would read the same."""
    currency = brief.move.currency
    was, now = (wording.money(Decimal(one), currency) for one in (remedy.wrong, remedy.right))
    return (was, now) if was != now else (remedy.wrong, remedy.right)
