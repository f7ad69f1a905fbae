"""
What a person asks to be put right, as an exact change of the record; or why it cannot be.

Every refusal is one sentence: what was asked, what the brief says, the way out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from bot.brief import remedies, wording
from bot.desk.amend import own_words
from bot.errors import UserError
from bot.model.brief import Brief
from bot.model.piece import Matter, Remedy
from bot.services.faces import Mending

ABSURD = Decimal(50)
"""Points that a corrected move may be from the published one."""

WORDS_AT_MOST = 80

_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")


def remedy_for(brief: Brief, mending: Mending) -> Remedy:
    """The change that is asked for. Raises `UserError`."""
    return _ASKED[mending.matter](brief, mending)


def _cause(brief: Brief, mending: Mending) -> Remedy:
    said = brief.catalyst.attribution
    if said is None:
        raise UserError(
            f"the brief on {brief.instrument.ticker} names no cause, so there is none to take back",
            hint="choose another thing to correct, or withdraw the whole brief",
        )
    if mending.right.strip():
        raise UserError(
            "a cause is taken back, not named by hand",
            hint="leave `right` empty; the brief then says that no catalyst is confirmed",
        )
    return Remedy(Matter.CAUSE, said.story.title)


def _reference(brief: Brief, mending: Mending) -> Remedy:
    right = _price(brief, mending)
    _refuse_same(brief, remedies.close_of(brief), brief.move.reference.price, right)
    _refuse_absurd(brief, brief.move.last, right, right)
    return Remedy(Matter.REFERENCE, str(brief.move.reference.price), str(right))


def _last(brief: Brief, mending: Mending) -> Remedy:
    right = _price(brief, mending)
    _refuse_same(brief, "the price", brief.move.last, right)
    _refuse_absurd(brief, right, brief.move.reference.price, right)
    return Remedy(Matter.PRICE, str(brief.move.last), str(right))


def _wording(brief: Brief, mending: Mending) -> Remedy:
    wrong, right = _both(mending)
    if not wrong or not right:
        raise UserError(
            "to correct words, name those that stand and those that should",
            hint="try dowloads -> downloads",
        )
    if len(right) > WORDS_AT_MOST:
        raise UserError(
            f"words of a correction may have {WORDS_AT_MOST} characters, had {len(right)}",
            hint="correct the few that are wrong",
        )
    if wrong == right:
        raise UserError(f"“{wrong}” reads the same as before", hint="name what it should be")
    if not any(wrong in text for text in own_words(brief)):
        raise UserError(
            f"the desk's own words in this brief do not say “{wrong[:60]}”",
            hint="copy them as they stand; a quoted headline is the outlet's, and stays",
        )
    return Remedy(Matter.WORDS, wrong, right)


def _both(mending: Mending) -> tuple[str, str]:
    """ "dowloads -> downloads", where the wrong words were not named by themselves."""
    wrong, right = mending.wrong, mending.right
    if not wrong.strip():
        wrong, _, right = _ARROW.sub("\n", right).partition("\n")
    return " ".join(wrong.split()), " ".join(right.split())


def _piece(brief: Brief, mending: Mending) -> Remedy:
    return Remedy(Matter.PIECE, "")


def _headline(brief: Brief, mending: Mending) -> Remedy:
    raise UserError(
        "a quoted headline is the outlet's, and follows its feed by itself",
        hint="if it is no cause, take back the cause",
    )


def _price(brief: Brief, mending: Mending) -> Decimal:
    currency = brief.move.currency
    text = mending.right.strip().lstrip("$€£¥").replace(",", "").removesuffix(currency).strip()
    try:
        right = Decimal(text)
    except InvalidOperation:
        right = Decimal("NaN")
    if not right.is_finite() or right <= 0:
        example = f"{brief.move.reference.price:f}"
        raise UserError(
            f"{mending.matter.value} must be a price in {currency}, was "
            f"“{mending.right.strip()[:30]}”",
            hint=f"try {example}",
        )
    return right


def _refuse_same(brief: Brief, what: str, said: Decimal, right: Decimal) -> None:
    if said == right:
        raise UserError(
            f"{what} is {wording.money(said, brief.move.currency)} in the brief already",
            hint="name the right figure, or another thing to correct",
        )


def _refuse_absurd(brief: Brief, last: Decimal, reference: Decimal, right: Decimal) -> None:
    percent = (last / reference - 1) * 100
    if abs(percent - brief.move.percent) > ABSURD:
        price = wording.money(right, brief.move.currency)
        raise UserError(
            f"with {price} the move would be {wording.percent(percent)}, was "
            f"{wording.percent(brief.move.percent)}",
            hint="check the figure; if the brief should not have run, withdraw it",
        )


_ASKED: dict[Matter, Callable[[Brief, Mending], Remedy]] = {
    Matter.CAUSE: _cause,
    Matter.REFERENCE: _reference,
    Matter.PRICE: _last,
    Matter.WORDS: _wording,
    Matter.HEADLINE: _headline,
    Matter.PIECE: _piece,
}
