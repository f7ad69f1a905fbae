"""
One threshold watching one ticker: does it speak now, and why?

    ARMED ──beyond the threshold──▶ PENDING ──held long enough──▶ FIRED ─┐ next rung:
      ▲                                │                            │ ▲  │ speak again
      │◀─────────fell back─────────────┘                            │ └──┘
      └────back inside the re-arm level and cooled down, or reversed┘

No clock and no I/O: `now` is an argument and the verdict is a value.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.model.alert import Direction, Episode, Reason, State, Terms, Verdict
from bot.model.market import Move, NoMove

REARM_BELOW = Decimal(1)  # points under the threshold, where the terms leave it open


def step(episode: Episode, terms: Terms, move: Move | NoMove, now: datetime) -> Verdict:
    """
    Return the next state of the episode and whether the desk should speak.

    The hold is measured from print to print (`move.as_of`), so one odd print never satisfies
    it, however often it is looked at. An unknown move leaves everything as it was: it neither
    ends a hold nor counts towards it, and the next known print decides.
    """
    if isinstance(move, NoMove):
        return Verdict(episode, Reason.UNKNOWN)
    beyond, wanted = abs(move.percent) >= terms.percent, _wanted(terms, move)
    fired = episode.state is State.FIRED
    if beyond and wanted and not (fired and episode.up is move.up):
        return _beyond(episode, terms, move, now)
    if fired:
        return _after_firing(replace(episode, since=None), terms, move.percent, now)
    return Verdict(_armed(episode), Reason.WRONG_WAY if beyond else Reason.WITHIN)


def rearm_level(terms: Terms) -> Decimal:
    """The percent below which an episode ends: as set, else a point under, at least half."""
    return terms.rearm or max(terms.percent - REARM_BELOW, terms.percent / 2)


def _beyond(episode: Episode, terms: Terms, move: Move, now: datetime) -> Verdict:
    """A crossing not said yet. What was said stays said until a reversal has held as well."""
    fired = episode.state is State.FIRED
    same = fired or episode.up is move.up
    since = episode.since if episode.since and same else move.as_of
    if move.as_of - since >= terms.hold:
        rungs = _rungs(terms, abs(move.percent))
        crossed = Episode(State.FIRED, move.up, None, now, rungs, episode.ordinal + 1)
        return Verdict(crossed, Reason.CROSSED)
    if fired:
        return Verdict(replace(episode, since=since), Reason.HOLDING)
    pending = replace(episode, state=State.PENDING, up=move.up, since=since)
    return Verdict(pending, Reason.HOLDING)


def _after_firing(episode: Episode, terms: Terms, percent: Decimal, now: datetime) -> Verdict:
    along = percent if episode.up else -percent  # negative once it has turned
    if (rungs := _rungs(terms, along)) > episode.rungs:
        return Verdict(replace(episode, spoke_at=now, rungs=rungs), Reason.NEXT_RUNG)
    if along >= rearm_level(terms):
        return Verdict(episode, Reason.ALREADY_SAID)
    if episode.spoke_at and now - episode.spoke_at < terms.cooldown:
        return Verdict(episode, Reason.COOLING_DOWN)
    return Verdict(_armed(episode), Reason.REARMED)


def _rungs(terms: Terms, along: Decimal) -> int:
    """How many steps of the ladder lie behind; a rung of 0 is no ladder."""
    if terms.rung <= 0 or along < terms.percent:
        return 0
    return int((along - terms.percent) // terms.rung)


def _wanted(terms: Terms, move: Move) -> bool:
    return terms.direction is Direction.BOTH or move.up is (terms.direction is Direction.UP)


def _armed(episode: Episode) -> Episode:
    return Episode(spoke_at=episode.spoke_at, ordinal=episode.ordinal)
