"""
May this request pass, and what do its headers say? Discord's buckets and its global limit.

A bucket is a route and a channel: `per_route` requests, renewed `window` seconds after the
first of them. The global limit counts every request made with the bot's token.
"""

from __future__ import annotations

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.sandbox.discord.wire import Refused

PROXY = "1.1 google"  # without Via, discord.py takes a 429 for a ban by Cloudflare


@dataclass(frozen=True, slots=True)
class Limits:
    """How much passes: requests a route and window (seconds), and requests a second over all."""

    per_route: int = 5
    window: float = 5.0
    per_second: int = 50


@dataclass(slots=True)
class _Bucket:
    renews_at: float = 0.0
    used: int = 0


@dataclass(slots=True)
class Gatekeeper:
    """Counts requests against the limits; without limits everything passes, unmarked."""

    limits: Limits | None
    clock: Callable[[], float]
    _buckets: dict[tuple[str, str], _Bucket] = field(default_factory=dict)
    _recent: deque[float] = field(default_factory=deque)

    def admit_globally(self) -> None:
        """Count a request made with the token, or raise the global 429."""
        if self.limits is None:
            return
        now = self.clock()
        while self._recent and now - self._recent[0] >= 1:
            self._recent.popleft()
        if len(self._recent) >= self.limits.per_second:
            raise too_many(1 - (now - self._recent[0]), "global")
        self._recent.append(now)

    def admit(self, route: str, subject: str) -> dict[str, str]:
        """Count a request of the route; return its headers, or raise the bucket's 429."""
        if self.limits is None:
            return {}
        now = self.clock()
        bucket = self._buckets.setdefault((route, subject), _Bucket())
        if now >= bucket.renews_at:
            bucket.renews_at, bucket.used = now + self.limits.window, 0
        left = bucket.renews_at - now
        passes = bucket.used < self.limits.per_route
        bucket.used += passes
        headers = {
            "X-RateLimit-Limit": str(self.limits.per_route),
            "X-RateLimit-Remaining": str(self.limits.per_route - bucket.used),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(route.encode()).hexdigest(),
        }
        if not passes:
            raise too_many(left, "user", headers)
        return headers


def too_many(after: float, scope: str, headers: dict[str, str] | None = None) -> Refused:
    """Discord's own 429: `scope` is user, global or shared, `after` in seconds."""
    after = round(after, 3)
    refused = Refused(429, 0, "You are being rate limited.")
    refused.body = {
        "message": "You are being rate limited.",
        "retry_after": after,
        "global": scope == "global",
    }
    refused.headers = {
        **(headers or {}),
        "Retry-After": str(math.ceil(after)),
        "X-RateLimit-Scope": scope,
        "Via": PROXY,
    }
    if scope == "global":
        refused.headers["X-RateLimit-Global"] = "true"
    return refused
