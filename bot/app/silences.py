"""
Why was nothing said? Every verdict of a replay that did not speak, counted by its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.model.alert import Reason
from bot.model.market import Move
from bot.model.no_move import NoMove
from bot.services.publication import Spoken
from bot.services.sighting import Sight
from bot.services.thresholds import describe


@dataclass(slots=True)
class _Silence:
    """`count` looks from `first` to `last`; `nearest` is the farthest move among them."""

    first: datetime
    last: datetime
    count: int = 0
    nearest: Move | None = None
    nearest_at: datetime | None = None

    def add(self, move: Move | None, now: datetime) -> None:
        if self.count and self.last == now:
            return
        self.count, self.last = self.count + 1, now
        if move and (self.nearest is None or abs(move.percent) > abs(self.nearest.percent)):
            self.nearest, self.nearest_at = move, now


class Silences:
    """Hears every verdict of the watch."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str, str], _Silence] = {}

    def hear(self, sight: Sight, told: Spoken, now: datetime) -> None:
        """Count it, unless it speaks; where nothing is known, the threshold does not matter."""
        reason = told.verdict.reason
        if reason.speaks:
            return
        unknown = reason is Reason.UNKNOWN
        key = (sight.ticker, "" if unknown else describe(told.terms), reason.value)
        if unknown:
            known = told.verdict.unknown
            stated = known in (None, NoMove.HALTED_BY_EXCHANGE)
            key = (sight.ticker, "", sight.why if stated or known is None else known.value)
        silence = self._found.setdefault(key, _Silence(now, now))
        silence.add(sight.move, now)

    def export(self) -> list[dict[str, Any]]:
        """By ticker, threshold and time. `nearest` is the percent that came closest, and when."""
        return [
            {
                "ticker": ticker,
                "threshold": threshold,
                "reason": reason,
                "count": each.count,
                "first": _stamp(each.first),
                "last": _stamp(each.last),
                "nearest": f"{each.nearest.percent:+.2f}" if each.nearest else None,
                "nearest_at": _stamp(each.nearest_at) if each.nearest_at else None,
            }
            for (ticker, threshold, reason), each in sorted(
                self._found.items(), key=lambda found: (*found[0][:2], found[1].first)
            )
        ]


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
