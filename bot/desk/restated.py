"""
Is what was published still what its sources say? If not: what is wrong, and of which class?

A figure counts as restated beyond half of the last digit that a percent is printed with. A
headline counts as changed when its words are no longer the same; an outlet that takes a
story back takes the cause away.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum

from bot.desk.events import event_of
from bot.model.brief import Brief
from bot.model.market import Move, Quote, Reference, ReferenceKind, Session
from bot.model.news import Story
from bot.model.piece import CorrectionKind, Matter, PieceState, Remedy

ROUNDING = Decimal("0.05")
"""Percent by which a price may differ: less cannot be seen in a percent of one decimal."""

CLOSE_AT_MOST = Decimal(5)
"""Percent by which an official close may differ from the last print; beyond it is a split."""

SETTLES = timedelta(minutes=15)
"""After the close prints still come in; what the auction makes of it is no restatement."""

SAME, ALIKE, AKIN = Decimal("0.8"), Decimal("0.6"), Decimal("0.5")

_LABEL = r"(?:story|report|article|headline)?\s*(?:update \d+\s*[-:–]\s*)?"
_TAKEN_BACK = re.compile(
    rf"^\W*{_LABEL}(?:withdrawn|withdraws|retract(?:ed|ion|s)|kill(?:ed)?|deleted|removed)\b[\s:–—-]",
    re.IGNORECASE,
)
_PUT_RIGHT = re.compile(
    rf"^\W*{_LABEL}(?:correct(?:ed|ion|s)|refile[ds]?|clarification)\b(?:\s*\(.*?\))?[\s:–—-]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d[\d.,]*")


class Finding(Enum):
    """Why the desk corrects what it published."""

    RESTATED = "the data provider restated it"
    ADJUSTED = "its split today had not been allowed for in the previous close"
    OFFICIAL = "that is the official close, as the data provider has it now"
    REWORDED = "the outlet changed its headline"
    TAKEN_BACK = "the outlet took the report back"
    DROPPED = "the outlet's feed no longer carries the report"


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that is no longer right, its class by rule, and the change that mends it."""

    kind: CorrectionKind
    remedy: Remedy
    finding: Finding


@dataclass(frozen=True, slots=True)
class Known:
    """What the provider says at `at`: its quote in `session`, and the move, if any."""

    quote: Quote
    session: Session
    at: datetime
    move: Move | None = None


def restated(brief: Brief, known: Known, lowest: Decimal) -> Found | None:
    """
    Hold the published figures against what the provider says now.

    `lowest` is the smallest threshold that spoke, in points: a move that falls under it, and
    to less than half, was a false premise.
    """
    published = brief.move.reference
    now = _reference(published, known)
    if now is None or _apart(now.price, published.price) <= ROUNDING:
        return _restated_close(brief, known)
    remedy = Remedy(Matter.REFERENCE, str(published.price), str(now.price))
    false = _false_premise(brief, now.price, lowest)
    kind = CorrectionKind.WITHDRAWN if false else CorrectionKind.CORRECTED
    return Found(kind, remedy, Finding.ADJUSTED if now.adjusted else Finding.RESTATED)


def retold(brief: Brief, stories: Iterable[Story], dropped: Collection[str]) -> Found | None:
    """
    Hold the printed cause against what its outlet tells now.

    `stories` are those about the instrument as they read now; `dropped` the ids of those that
    their feed no longer carries, while it carries older ones.
    """
    said = brief.catalyst.attribution
    if said is None:
        return None
    printed = said.story
    own = [one for one in stories if one.outlet == printed.outlet]
    gone = Remedy(Matter.CAUSE, printed.title)
    for story in own:
        if _TAKEN_BACK.match(story.title) and _same_report(story, printed):
            return Found(CorrectionKind.CORRECTED, gone, Finding.TAKEN_BACK)
    if printed.id in dropped:
        return Found(CorrectionKind.CORRECTED, gone, Finding.DROPPED)
    again = [story for story in own if _is_again(story, printed)]
    if not again:
        return None
    newest = max(again, key=lambda story: story.first_seen)
    return _reworded(printed.title, newest.title, said.event)


def _reference(published: Reference, known: Known) -> Reference | None:
    """
    The same reference as it is now; None where that cannot be said.

    One that was adjusted for a split is only held against one that is adjusted too.
    """
    move, same = known.move, (published.kind, published.day)
    if move is not None and (move.reference.kind, move.reference.day) == same:
        lost = published.adjusted is not None and move.reference.adjusted != published.adjusted
        return None if lost else move.reference
    if published.adjusted is not None or published.kind is ReferenceKind.UTC_MIDNIGHT:
        return None
    told = _close_of(published.day, known.quote, known.session)
    return replace(published, price=told) if told else None


def _close_of(day: date, quote: Quote, session: Session) -> Decimal | None:
    """What the quote says that day closed at, None where it does not say so for sure."""
    if day == session.day:
        return quote.regular_last if quote.state in ("POST", "CLOSED") else None
    undated = quote.close_date is None and quote.state == "REGULAR"
    if day != session.previous or not (quote.close_date == day or undated):
        return None
    sound = quote.close is not None and quote.close.is_finite() and quote.close > 0
    return quote.close if sound else None


def _restated_close(brief: Brief, known: Known) -> Found | None:
    """The closing line, that evening and on the following session; a split is no correction."""
    quote, session = known.quote, known.session
    settled = known.at >= brief.session.closes + SETTLES
    over = brief.state is PieceState.CLOSED and settled
    evening = brief.move.reference.kind is ReferenceKind.REGULAR_CLOSE
    told = _close_of(brief.session.day, quote, session) if over and not evening else None
    if told is None or any(action.day > brief.session.day for action in quote.actions):
        return None
    if not ROUNDING < _apart(told, brief.move.last) <= CLOSE_AT_MOST:
        return None
    remedy = Remedy(Matter.PRICE, str(brief.move.last), str(told))
    return Found(CorrectionKind.CORRECTED, remedy, Finding.OFFICIAL)


def _apart(one: Decimal, other: Decimal) -> Decimal:
    """Percent."""
    return abs(one / other - 1) * 100


def _false_premise(brief: Brief, reference: Decimal, lowest: Decimal) -> bool:
    """Whether the farthest that was published shrinks to nothing worth a brief."""
    first = brief.updates[-1] if brief.updates else None
    way = 1 if (first.percent if first else brief.move.percent) > 0 else -1
    figures = [(one.percent, one.last) for one in brief.updates]
    figures.append((brief.move.percent, brief.move.last))
    said, last = max(figures, key=lambda figure: way * figure[0])
    right = way * (last / reference - 1) * 100
    return right < lowest and right < way * said / 2


def _is_again(story: Story, printed: Story) -> bool:
    """The printed item with its title of now, or a later one that is labelled a correction."""
    later = story.first_seen > printed.first_seen and _PUT_RIGHT.match(story.title) is not None
    return story.id == printed.id or (later and _same_report(story, printed))


def _same_report(story: Story, printed: Story) -> bool:
    """The printed item itself, or a later one in mostly the same words."""
    return story.id == printed.id or _alike(_bare(story.title), printed.title) >= ALIKE


def _reworded(old: str, new: str, event: str) -> Found | None:
    """
    None where only a word or two differ. The same event in other words is a slip of form, unless
    a figure is another or the outlet calls it a correction; one that says another thing was not
    out before the move, so the cause is gone.
    """
    words = _bare(new)
    alike, figures = _alike(words, old), _numbers(words) == _numbers(_bare(old))
    if old == new or (figures and alike >= SAME):
        return None
    another = alike < AKIN and not (event and event_of(words).kind == event)
    if another or (_PUT_RIGHT.match(new) and alike < SAME):
        gone = Remedy(Matter.CAUSE, old)
        return Found(CorrectionKind.CORRECTED, gone, Finding.REWORDED)
    slip = figures and not _PUT_RIGHT.match(new)
    kind = CorrectionKind.REFILE if slip else CorrectionKind.CORRECTED
    return Found(kind, Remedy(Matter.HEADLINE, old, new), Finding.REWORDED)


def _bare(title: str) -> str:
    return _PUT_RIGHT.sub("", _TAKEN_BACK.sub("", title)).strip()


def _alike(one: str, other: str) -> Decimal:
    """The share of words that both have: 1 for the same words in any order."""
    first, second = _words(one), _words(other)
    if not first or not second:
        return Decimal(0)
    return Decimal(2 * len(first & second)) / (len(first) + len(second))


def _words(title: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(title)}


def _numbers(title: str) -> set[str]:
    return {number.rstrip(".,") for number in _NUMBER.findall(title)}
