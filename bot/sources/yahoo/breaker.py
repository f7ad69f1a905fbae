"""
May Yahoo be asked now? After a 429 the desk is silent: 1, 2, 5, 15, then 60 minutes.

When a silence is over a single call probes; only its success ends the matter. Thread-safe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from threading import Lock

from bot.errors import Unreachable

_SILENCES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60))


class Breaker:
    """`monotonic` tells real seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._lock = Lock()
        self._strikes = 0
        self._silent_until = 0.0
        self._probing = False

    @contextmanager
    def call(self) -> Iterator[None]:
        """Around one call. Raises `Unreachable` in a silence, and beside a probe."""
        probing = self._admit()
        try:
            yield
        except BaseException:
            self._end(probing, healed=False)
            raise
        self._end(probing, healed=True)

    def check(self) -> None:
        """Before every request of a call. Raises `Unreachable` in a silence."""
        with self._lock:
            self._refuse_in_silence()

    def trip(self) -> Unreachable:
        """Yahoo asked for fewer requests: the next silence begins. Returns what to raise."""
        with self._lock:
            now = self._monotonic()
            if now >= self._silent_until:
                silence = _SILENCES[min(self._strikes, len(_SILENCES) - 1)]
                self._silent_until = now + silence.total_seconds()
                self._strikes += 1
            return self._silence(now)

    def _admit(self) -> bool:
        with self._lock:
            self._refuse_in_silence()
            if not self._strikes:
                return False
            if self._probing:
                raise Unreachable("Yahoo is being asked whether it answers again")
            self._probing = True
            return True

    def _end(self, probing: bool, *, healed: bool) -> None:
        with self._lock:
            if not probing:
                return
            self._probing = False
            if healed:
                self._strikes = 0

    def _refuse_in_silence(self) -> None:
        now = self._monotonic()
        if now < self._silent_until:
            raise self._silence(now)

    def _silence(self, now: float) -> Unreachable:
        left = timedelta(seconds=round(self._silent_until - now))
        return Unreachable(
            f"Yahoo asked for fewer requests (429); the desk is silent for {_words(left)} more",
            retry_after=left,
        )


def _words(span: timedelta) -> str:
    seconds = round(span.total_seconds())
    return f"{seconds} seconds" if seconds < 120 else f"{seconds // 60} minutes"
