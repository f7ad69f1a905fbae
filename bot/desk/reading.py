"""
How far along is the thing that a threshold measures, or why can that not be said?

One reading fits every measure: how far up and how far down, in one unit, and from where on it
is news. What moves either way (the move itself, within a window, in usual moves, beyond the
benchmark) needs half as much again in extended hours. What is crossed (a price, an average, an
extreme) is read in percent beyond the line, and only where the reference lay on this side.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from math import log
from typing import NamedTuple

from bot.desk.facts import Facts
from bot.model.alert import Episode, Measure, Said, State, Terms
from bot.model.no_move import NoMove

EXTENDED = Decimal("1.5")  # times the level, in extended hours
A_DAY = timedelta(days=1)
SETTLED = timedelta(minutes=5)  # of a session, before any volume is called normal
_NONE = Decimal(0)

_Lines = tuple[Decimal, Decimal] | None
"""What is crossed on the way up, and what on the way down."""


class Reading(NamedTuple):
    """
    How far along, each way, in the unit of `level`; None where that way is no news.

    Negative once it has turned. `floor` is what makes it news now, `as_of` the print's time.
    """

    up: Decimal | None
    down: Decimal | None
    as_of: datetime
    level: Decimal
    floor: Decimal

    def along(self, up: bool) -> Decimal | None:
        return self.up if up else self.down

    def beyond(self, up: bool) -> bool:
        """A line is crossed strictly: to stand on it is not to be beyond it."""
        along = self.up if up else self.down
        return along is not None and along >= self.floor and along > _NONE


def read(terms: Terms, facts: Facts, episode: Episode) -> Reading | NoMove:
    """Read what `terms` measures; `episode` says what a window was already told of."""
    return _READ[terms.measure](terms, facts, episode)


def said_of(terms: Terms, facts: Facts, reading: Reading, up: bool) -> Said:
    """What a reading says that speaks, as a fact for the brief."""
    lines = _LINES[terms.measure](terms, facts) if terms.measure.crossing else None
    line = lines[0 if up else 1] if lines else None
    return Said(terms.measure, up, reading.along(up) or _NONE, line, terms.window)


def _move(terms: Terms, facts: Facts, _episode: Episode) -> Reading:
    return _either_way(terms, facts, facts.move.percent)


def _unusual(terms: Terms, facts: Facts, _episode: Episode) -> Reading | NoMove:
    if not facts.past.sigma:
        return NoMove.NO_HISTORY
    size = log(facts.move.last / facts.move.reference.price) / float(facts.past.sigma) * 100
    return _either_way(terms, facts, Decimal(f"{size:.4f}"))


def _beyond(terms: Terms, facts: Facts, _episode: Episode) -> Reading | NoMove:
    """The plain difference of two percents that are measured from the same kind of close."""
    other, move = facts.benchmark, facts.move
    if other is None or other.reference.kind is not move.reference.kind:
        return NoMove.NO_BENCHMARK
    if other.phase.extended is not move.phase.extended:
        return NoMove.NO_BENCHMARK
    return _either_way(terms, facts, move.percent - other.percent)


def _window(terms: Terms, facts: Facts, episode: Episode) -> Reading | NoMove:
    """
    The rise from the lowest and the fall from the highest print of the window.

    What was told is not told again: once it spoke, the window begins at the print it spoke of,
    except that the way that fired is followed from where it came.
    """
    start = _start(terms, facts)
    if facts.track is None or start is None:
        return NoMove.NO_HISTORY
    told = max(start, episode.print_at or start)
    fired = episode.state is State.FIRED
    rise = _rise(terms, facts, start if fired and episode.up else told)
    fall = _fall(terms, facts, start if fired and not episode.up else told)
    return _reading(terms, facts, rise, fall)


def _start(terms: Terms, facts: Facts) -> datetime | None:
    """Where the window begins: a day of it is a session, and shorter ones stay in this leg."""
    as_of = facts.move.as_of
    if facts.evening or terms.window < A_DAY:
        return max(as_of - terms.window, facts.begins)
    back = terms.window.days
    if len(facts.past.days) < back:
        return None
    return as_of - (facts.session.day - facts.past.days[-back])


def _rise(terms: Terms, facts: Facts, since: datetime) -> Decimal:
    low = _extreme(facts, since, low=True)
    if low is None:
        return _NONE
    if low[0] < facts.begins and _percent(facts.move.reference.price, low[1]) >= terms.level:
        low = _extreme(facts, facts.begins, low=True)  # it was a rise by the close before already
    return _percent(facts.move.last, low[1]) if low else _NONE


def _fall(terms: Terms, facts: Facts, since: datetime) -> Decimal:
    high = _extreme(facts, since, low=False)
    if high is None:
        return _NONE
    if high[0] < facts.begins and -_percent(facts.move.reference.price, high[1]) >= terms.level:
        high = _extreme(facts, facts.begins, low=False)
    return -_percent(facts.move.last, high[1]) if high else _NONE


def _extreme(facts: Facts, since: datetime, *, low: bool) -> tuple[datetime, Decimal] | None:
    if facts.track is None:
        return None
    return facts.track.low(since) if low else facts.track.high(since)


def _crossing(terms: Terms, facts: Facts, _episode: Episode) -> Reading | NoMove:
    """Percent beyond the line, on a way that the reference had not gone yet."""
    lines = _LINES[terms.measure](terms, facts)
    if lines is None:
        return NoMove.NO_HISTORY
    (above, below), last, was = lines, facts.move.last, facts.move.reference.price
    up = _percent(last, above) if was <= above else None
    down = -_percent(last, below) if was >= below else None
    return Reading(up, down, facts.move.as_of, _NONE, _NONE)


def _level(terms: Terms, _facts: Facts) -> _Lines:
    return terms.level, terms.level


def _average200(_terms: Terms, facts: Facts) -> _Lines:
    """Compared at the decimals of the last price, as a reader does."""
    average, last = facts.past.average200, facts.move.last
    if average is None:
        return None
    line = average.quantize(last) if last.as_tuple().exponent else average
    return line, line


def _range52(_terms: Terms, facts: Facts) -> _Lines:
    return None if facts.past.year is None else (facts.past.year[1], facts.past.year[0])


def _volume(terms: Terms, facts: Facts, _episode: Episode) -> Reading | NoMove:
    """Shares so far against those of other days by this time; more is news, less is not."""
    past, quote, passed = facts.past, facts.quote, facts.quote.as_of - facts.session.opens
    if past.curve is None:
        return NoMove.NO_HISTORY
    if facts.move.phase.extended or facts.session.half_day or passed < SETTLED:
        return NoMove.NO_NORMAL
    normal = (past.usual or quote.average_volume or 0) * past.curve.by(passed)
    if not normal or not quote.volume:
        return NoMove.NO_NORMAL
    ratio = Decimal(f"{quote.volume / normal:.4f}")
    return Reading(ratio, None, quote.as_of, terms.level, terms.level)


def _either_way(terms: Terms, facts: Facts, along: Decimal) -> Reading:
    return _reading(terms, facts, along, -along)


def _reading(terms: Terms, facts: Facts, up: Decimal, down: Decimal) -> Reading:
    move, level = facts.move, terms.level
    return Reading(up, down, move.as_of, level, level * EXTENDED if move.phase.extended else level)


def _percent(now: Decimal, then: Decimal) -> Decimal:
    return (now / then - 1) * 100


_READ: dict[Measure, Callable[[Terms, Facts, Episode], Reading | NoMove]] = {
    Measure.MOVE: _move,
    Measure.WINDOW: _window,
    Measure.LEVEL: _crossing,
    Measure.UNUSUAL: _unusual,
    Measure.BEYOND: _beyond,
    Measure.AVERAGE200: _crossing,
    Measure.RANGE52: _crossing,
    Measure.VOLUME: _volume,
}
_LINES: dict[Measure, Callable[[Terms, Facts], _Lines]] = {
    Measure.LEVEL: _level,
    Measure.AVERAGE200: _average200,
    Measure.RANGE52: _range52,
}
