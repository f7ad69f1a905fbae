"""What may be said beside the threshold itself: "held 5 minutes", "again every 2 points"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

from bot.errors import UserError
from bot.model.alert import Hours
from bot.services.thresholds.figures import AMOUNT, NUMBER, SPAN, amount, number, plain, span
from bot.services.thresholds.wish import Options

ANYTHING = "thin trading and tiny companies too"

_STEP = rf"(?:{NUMBER})\s*(?:%|percent|points?|pts?|times|x)?"
_NONE = "none|never|no|0"

# What a description adds about today; it says nothing about the threshold.
_ASIDES = (r"(?:[a-z]+|[\d.]+) times its usual daily move of [\d.]+%", r"now [±+-]?[\d.]+%")


@dataclass(frozen=True, slots=True)
class Clause:
    """
    One option: as a phrase among other words, and as a value in a field of its own.

    The group `value` of `phrase` is None where the phrase says "none". `must` finishes the
    sentence "hold for BABA must be …".
    """

    phrase: str
    value: str
    take: Callable[[Options, str], Options]
    must: str
    example: str


def cut(text: str) -> tuple[str, Options]:
    """What is left of plain words without their clauses, and what the clauses say."""
    options = Options()
    for aside in _ASIDES:
        text = re.sub(_apart(aside), " ", text)
    for clause in CLAUSES.values():
        if found := re.search(_apart(clause.phrase), text):
            options = clause.take(options, found["value"] or "none")
            text = f"{text[: found.start()]} {text[found.end() :]}"
    return " ".join(re.sub(r"[,;](?!\d)", " ", text).split()), options


def filled(ticker: str, options: Options, given: Mapping[str, str]) -> Options:
    """`options`, and what stands in fields of their own; `UserError` names the field."""
    for name, typed in given.items():
        clause, value = CLAUSES[name], plain(typed)
        if not re.fullmatch(clause.value, value):
            raise UserError(
                f"{name} for {ticker} must be {clause.must}, was “{typed.strip()[:40]}”",
                hint=f"try {name} {clause.example}",
            )
        options = clause.take(options, value)
    return options


def _apart(pattern: str) -> str:
    """That pattern between spaces, commas and the ends."""
    return rf"(?<![^\s,;])(?:{pattern})(?![^\s,;])"


def _lasting(typed: str) -> timedelta:
    return timedelta(0) if re.fullmatch(_NONE, typed) else span(typed)


def _step(typed: str) -> Decimal:
    return Decimal(0) if re.fullmatch(_NONE, typed) else number(re.split(r"[^\d.,]", typed)[0])


CLAUSES: dict[str, Clause] = {
    "hold": Clause(
        rf"(?:held|hold)(?: for)? (?P<value>{SPAN})|at once",
        rf"{SPAN}|{_NONE}",
        lambda options, typed: replace(options, hold=_lasting(typed)),
        "a time",
        "5m",
    ),
    "cooldown": Clause(
        rf"cool-?\s?down(?: of)? (?P<value>{SPAN})|no cool-?\s?down",
        rf"{SPAN}|{_NONE}",
        lambda options, typed: replace(options, cooldown=_lasting(typed)),
        "a time",
        "30m",
    ),
    "rung": Clause(
        rf"again (?:every|each) (?P<value>{_STEP})|only once|once",
        rf"{_STEP}|{_NONE}",
        lambda options, typed: replace(options, rung=_step(typed)),
        "a step beyond the threshold",
        "5",
    ),
    "rearm": Clause(
        rf"re-?arm(?:s|ed)? (?:inside |at |below |under )?(?P<value>{_STEP})(?: back)?",
        _STEP,
        lambda options, typed: replace(options, rearm=_step(typed)),
        "how far it must fall back",
        "4%",
    ),
    "hours": Clause(
        r"(?:in |during )?(?P<value>regular|extended|all) hours(?: only)?",
        r"(?:regular|extended|all)(?: hours)?",
        lambda options, typed: replace(options, hours=Hours[typed.split()[0].upper()]),
        "regular, extended or all",
        "regular",
    ),
    "traded": Clause(
        rf"(?:at least|min(?:imum|\.)?) (?P<value>{AMOUNT}) traded",
        AMOUNT,
        lambda options, typed: replace(options, dollars=amount(typed)),
        "an amount of money",
        "$5m",
    ),
    "anything": Clause(
        rf"(?P<value>anything|{ANYTHING})",
        "yes|no|true|false|anything",
        lambda options, typed: replace(options, anything=typed not in ("no", "false")),
        "yes or no",
        "yes",
    ),
}
