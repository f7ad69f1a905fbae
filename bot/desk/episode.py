"""
One threshold watching one ticker: does it speak now, and why?

    ARMED ──beyond the threshold──▶ PENDING ──held long enough──▶ FIRED ─┐ next rung:
      ▲                                │                            │ ▲  │ speak again
      │◀─────────fell back─────────────┘                            │ └──┘
      └────back inside the re-arm level and cooled down, or reversed┘

No clock and no I/O: `now` is an argument and the verdict is a value. Whatever is measured
comes as a `Reading`; what may be said by itself is asked of `bot.desk.silence` afterwards.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from bot.desk.reading import Reading
from bot.model.alert import Direction, Episode, Measure, Reason, State, Terms, Verdict
from bot.model.no_move import NoMove

REARM_BELOW = Decimal(1)  # points under the threshold, where the terms leave it open
REARM_MULTIPLES = Decimal("0.5")  # the same, of a threshold in multiples
REARM_BEHIND = Decimal("0.5")  # percent behind a line that was crossed
_MULTIPLES = frozenset({Measure.UNUSUAL, Measure.VOLUME})


def step(episode: Episode, terms: Terms, reading: Reading | NoMove, now: datetime) -> Verdict:
    """
    Return the next state of the episode and whether the desk should speak.

    The hold is measured from print to print (`reading.as_of`), so one odd print never
    satisfies it, however often it is looked at. What is unknown leaves everything as it was:
    it neither ends a hold nor counts towards it, and the next known print decides.
    """
    if isinstance(reading, NoMove):
        return Verdict(episode, Reason.UNKNOWN, reading)
    up, down = reading.beyond(True), reading.beyond(False)
    way = _news(episode, terms, reading, up, down) if up or down else None
    if way is not None:
        return _beyond(episode, terms, reading, way, now)
    if episode.state is State.FIRED:
        return _after_firing(episode, terms, reading, now)
    return Verdict(_armed(episode), Reason.WRONG_WAY if up or down else _why_not(terms, reading))


def rearm_level(terms: Terms) -> Decimal:
    """
    The level below which an episode ends: as set, else by rule.

    A point under the threshold (half a multiple), but at least half of it; of a crossing it is
    behind the line, so below 0.
    """
    if terms.measure.crossing:
        return -(terms.rearm or REARM_BEHIND)
    under = REARM_MULTIPLES if terms.measure in _MULTIPLES else REARM_BELOW
    return terms.rearm or max(terms.level - under, terms.level / 2)


def _news(episode: Episode, terms: Terms, reading: Reading, up: bool, down: bool) -> bool | None:
    """The way that is beyond the threshold, wanted, and not said; a running hold goes first."""
    said = episode.up if episode.state is State.FIRED else None
    up = up and said is not True and _wanted(terms, True)
    down = down and said is not False and _wanted(terms, False)
    if up and down:
        farther = (reading.up or 0) >= (reading.down or 0)
        return farther if episode.up is None else episode.up
    return up if up or down else None


def _beyond(episode: Episode, terms: Terms, reading: Reading, up: bool, now: datetime) -> Verdict:
    """A crossing not said yet. What was said stays said until a reversal has held as well."""
    fired = episode.state is State.FIRED
    same = fired or episode.up is up
    since = episode.since if episode.since and same else reading.as_of
    if reading.as_of - since >= terms.hold:
        crossed = Episode(
            state=State.FIRED,
            up=up,
            spoke_at=now,
            rungs=_rungs(terms, reading, up),
            ordinal=episode.ordinal + 1,
            print_at=reading.as_of,
        )
        return Verdict(crossed, Reason.CROSSED)
    if fired:
        return Verdict(replace(episode, since=since), Reason.HOLDING)
    return Verdict(replace(episode, state=State.PENDING, up=up, since=since), Reason.HOLDING)


def _after_firing(episode: Episode, terms: Terms, reading: Reading, now: datetime) -> Verdict:
    if episode.since is not None:
        episode = replace(episode, since=None)
    up = bool(episode.up)
    along = reading.along(up)
    if along is None:  # the line moved: it can be crossed that way no more today
        return Verdict(episode, Reason.ALREADY_SAID)
    if (rungs := _rungs(terms, reading, up)) > episode.rungs:
        said = replace(episode, spoke_at=now, print_at=reading.as_of, rungs=rungs)
        return Verdict(said, Reason.NEXT_RUNG)
    if along >= rearm_level(terms):
        return Verdict(episode, Reason.ALREADY_SAID)
    if episode.spoke_at and now - episode.spoke_at < terms.cooldown:
        return Verdict(episode, Reason.COOLING_DOWN)
    return Verdict(_armed(episode), Reason.REARMED)


def _why_not(terms: Terms, reading: Reading) -> Reason:
    """Inside the threshold, or only inside what extended hours ask for."""
    if reading.floor == reading.level:
        return Reason.WITHIN
    by_day = reading._replace(floor=reading.level)
    enough = any(by_day.beyond(up) and _wanted(terms, up) for up in (True, False))
    return Reason.EXTENDED if enough else Reason.WITHIN


def _rungs(terms: Terms, reading: Reading, up: bool) -> int:
    """How many steps of the ladder lie behind; a rung of 0 is no ladder."""
    along = reading.along(up)
    if along is None or terms.rung <= 0 or along < reading.level:
        return 0
    return int((along - reading.level) // terms.rung)


def _wanted(terms: Terms, up: bool) -> bool:
    return terms.direction is Direction.BOTH or up is (terms.direction is Direction.UP)


def _armed(episode: Episode) -> Episode:
    if episode.state is State.ARMED:
        return episode
    return Episode(spoke_at=episode.spoke_at, ordinal=episode.ordinal, print_at=episode.print_at)
