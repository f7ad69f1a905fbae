"""What goes wrong next, and when: before Discord applied the request, or after."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Self

from bot.sandbox.discord.wire import Json


class Kind(StrEnum):
    RATE_LIMIT = "rate_limit"  # Discord's own 429: `scope`, `seconds` until retry
    STATUS = "status"  # an upstream's page with that `status`
    ERROR = "error"  # Discord's JSON error: `status`, `code`, `message`
    DROP = "drop"  # the socket is aborted
    SLOW = "slow"  # the answer comes `seconds` later
    CLOUDFLARE = "cloudflare"  # a 1015 page without Via: `seconds` until retry


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with the next `times` requests it matches."""

    kind: Kind
    applied: bool = False  # the request took effect all the same
    method: str = ""  # empty: any
    path: str = ""  # a regular expression, searched in the path as received
    times: int = 1
    status: int = 500
    code: int = 0
    message: str = ""
    scope: str = "user"
    seconds: float = 1.0

    @classmethod
    def of(cls, spelled: Json) -> Self:
        """Read a fault from the control route; ValueError names what is not understood."""
        known = {each.name for each in fields(cls)}
        unknown = sorted(set(spelled) - known)
        if unknown:
            raise ValueError(f"a fault has no {', '.join(unknown)}; it has {sorted(known)}")
        kind = Kind(spelled.get("kind", ""))
        if spelled.get("applied") and kind in (Kind.RATE_LIMIT, Kind.CLOUDFLARE):
            raise ValueError(f"a request answered with {kind} was never applied")
        return cls(**{**spelled, "kind": kind})

    def matches(self, method: str, path: str) -> bool:
        return self.method in ("", method) and re.search(self.path, path) is not None


@dataclass(slots=True)
class Faults:
    """The faults that are still to come, in the order they were added; and the big switch."""

    on_down: Callable[[], None] = lambda: None
    struck: int = 0
    strike: asyncio.Event = field(default_factory=asyncio.Event)  # set when one strikes
    _waiting: list[tuple[Fault, int]] = field(default_factory=list)
    _down: bool = False

    @property
    def down(self) -> bool:
        """While set, every request is answered 503 and no gateway socket lives."""
        return self._down

    @down.setter
    def down(self, down: bool) -> None:
        self._down = down
        if down:
            self.on_down()

    def add(self, fault: Fault) -> None:
        self._waiting.append((fault, fault.times))

    def rate_limit(
        self, scope: str = "user", seconds: float = 1.0, *, method: str = "", path: str = ""
    ) -> None:
        """The next matching request is answered 429 of that scope: user, global, shared."""
        self.add(Fault(Kind.RATE_LIMIT, scope=scope, seconds=seconds, method=method, path=path))

    def fail(
        self, status: int = 500, *, applied: bool = False, method: str = "", path: str = ""
    ) -> None:
        """The next matching request is answered with an upstream's error page."""
        self.add(Fault(Kind.STATUS, applied, method, path, status=status))

    def error(
        self, code: int, status: int = 400, message: str = "", *, method: str = "", path: str = ""
    ) -> None:
        """The next matching request is refused with that JSON error code."""
        fault = Fault(Kind.ERROR, False, method, path, 1, status, code, message)
        self.add(fault)

    def drop(self, *, applied: bool = False, method: str = "", path: str = "") -> None:
        """The next matching request's socket is aborted."""
        self.add(Fault(Kind.DROP, applied, method, path))

    def slow(
        self, seconds: float, *, applied: bool = False, method: str = "", path: str = ""
    ) -> None:
        """The next matching request waits, before or after taking effect."""
        self.add(Fault(Kind.SLOW, applied, method, path, seconds=seconds))

    def cloudflare(self, seconds: float = 900.0, *, method: str = "", path: str = "") -> None:
        """The next matching request meets Cloudflare's ban page instead of Discord."""
        self.add(Fault(Kind.CLOUDFLARE, method=method, path=path, seconds=seconds))

    def clear(self) -> None:
        """Nothing goes wrong any more; Discord is up."""
        self._waiting.clear()
        self.down = False

    def waiting(self) -> list[Json]:
        return [{**asdict(fault), "times": left} for fault, left in self._waiting]

    def take(self, method: str, path: str) -> Fault | None:
        """The fault that strikes this request, counted down."""
        for index, (fault, left) in enumerate(self._waiting):
            if fault.matches(method, path):
                self._waiting[index : index + 1] = [(fault, left - 1)] if left > 1 else []
                self.struck += 1
                self.strike.set()
                return fault
        return None
