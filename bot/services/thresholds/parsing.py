"""
From a person's words to terms: "5% up", "3% in 1h", "above 180, held 5 minutes".

    words ──clauses──▶ what is left ──direction──▶ what is left ──one kind──▶ wish ──▶ terms

What `bot.services.thresholds.describing` says is read back as the same terms.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from bot.errors import UserError
from bot.model.alert import Direction, Hours, Measure, Terms
from bot.services.thresholds.bounds import check
from bot.services.thresholds.clauses import cut, filled
from bot.services.thresholds.defaults import Defaults
from bot.services.thresholds.figures import number, plain, span
from bot.services.thresholds.kinds import KINDS, SIDES, hysteresis
from bot.services.thresholds.wish import Wish

_NOTHING: Mapping[str, str] = {}
_DEFAULT = frozenset({"", "default", "the default"})
_WAYS = {
    Direction.BOTH: "either way|both ways|up or down",
    Direction.UP: "upwards?|up|rises?|higher",
    Direction.DOWN: "downwards?|down|falls?|drops?|lower",
}
_SIGN_OF = {"+": Direction.UP, "-": Direction.DOWN}


def parse(
    ticker: str, words: str, defaults: Defaults, given: Mapping[str, str] = _NOTHING
) -> Terms:
    """Terms from a person's words; "" is the plain default. `UserError` names the way out."""
    return terms_of(ticker, read(ticker, words, given), defaults)


def read(ticker: str, words: str, given: Mapping[str, str] = _NOTHING) -> Wish:
    """
    What a person asks for. `given` are options that stood in fields of their own.

    `UserError` quotes what cannot be read, with examples.
    """
    left, options = cut(plain(words))
    left, ways = _directed(left)
    options = filled(ticker, options, given)
    if left in _DEFAULT and len(ways) < 2:
        return Wish(direction=next(iter(ways), Direction.BOTH), options=options, typed=words)
    for measure, kind in KINDS.items():
        found = kind.typed.fullmatch(left)
        if found is None:
            continue
        parts = found.groupdict()
        ways |= _told_by(parts)
        if len(ways) > 1 or (ways and measure is Measure.VOLUME):
            break
        return Wish(
            measure=measure,
            level=number(parts["number"]) if parts.get("number") else Decimal(0),
            direction=next(iter(ways), Direction.BOTH),
            window=span(parts["window"]) if parts.get("window") else timedelta(0),
            options=options,
            typed=words,
        )
    raise UserError(
        f"I cannot read the move “{words.strip()[:40]}” for {ticker}",
        hint="try 5%, 5% down, 3% in 1h, above 180, 3x usual, 4% vs benchmark, 2x volume, "
        "52-week high or 200-day average",
    )


def terms_of(
    ticker: str, wish: Wish, defaults: Defaults, usual_move: Decimal | None = None
) -> Terms:
    """The wish, and the defaults where it is open; `UserError` where a figure is absurd."""
    kind, said = KINDS[wish.measure], wish.options
    level = defaults.level(usual_move) if wish.level is None else wish.level
    rung = defaults.rung if kind.rung is None else kind.rung
    terms = Terms(
        level=level,
        direction=wish.direction,
        hold=defaults.hold if said.hold is None else said.hold,
        rearm=hysteresis(wish.measure, level, defaults) if said.rearm is None else said.rearm,
        rung=rung if said.rung is None else said.rung,
        cooldown=defaults.cooldown if said.cooldown is None else said.cooldown,
        measure=wish.measure,
        window=wish.window,
        hours=said.hours or Hours.ALL,
        dollars=said.dollars or Decimal(0),
        anything=bool(said.anything),
    )
    check(ticker, terms, defaults)
    return terms


def _directed(text: str) -> tuple[str, set[Direction]]:
    """The words without those of direction, and the directions they name."""
    ways = set()
    for way, words in _WAYS.items():
        pattern = rf"(?<!\S)(?:{words})(?!\S)"
        if re.search(pattern, text):
            ways.add(way)
            text = " ".join(re.sub(pattern, " ", text).split())
    return text, ways


def _told_by(parts: dict[str, str | None]) -> set[Direction]:
    """The directions of a sign ("-5%") and of a side ("below 150")."""
    sign, side = parts.get("sign"), parts.get("side")
    ways = {_SIGN_OF.get(sign, Direction.BOTH)} if sign else set()
    return ways | {way for way, words in SIDES.items() if side in words}
