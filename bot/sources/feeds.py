"""
What is new in a feed? One polite poll: conditional, spaced, and as rare as the server likes.

A feed's faults are values, not exceptions: `Fetched.reason`, "" when all is well. Validators are sent back byte for
byte and are remembered only with a body that could be read, so nothing is lost in between.
"""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from bot.errors import SourceError
from bot.services.ports import FeedState, Fetched
from bot.sources.feed_items import stories
from bot.sources.feed_schedule import Rhythm
from bot.sources.http import Response
from bot.sources.parse_worker import Parsed

_WAIT = frozenset({429, 503})
_RHYTHM = Rhythm()


class _Http(Protocol):
    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response: ...


class _Parser(Protocol):
    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed: ...


class _Clock(Protocol):
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


@dataclass(slots=True)
class _Host:
    """One request at a time and a pause after it; silent until it said it would listen again."""

    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    silent_until: datetime | None = None


class PoliteFeeds:
    """The `Feeds` port. `chance` jitters the back-off; `clock` is real time."""

    def __init__(
        self,
        http: _Http,
        parser: _Parser,
        clock: _Clock,
        chance: random.Random,
        rhythm: Rhythm = _RHYTHM,
    ) -> None:
        self._http = http
        self._parser = parser
        self._clock = clock
        self._chance = chance
        self._rhythm = rhythm
        self._hosts: dict[str, _Host] = {}
        self._paces: dict[str, timedelta | None] = {}

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        """Poll one feed at market time `now`, which also dates its new stories."""
        host = self._host(state.feed.url)
        async with self._turn(host):
            if host.silent_until is not None and host.silent_until > now:
                why = f"{state.feed.url} is silent until {host.silent_until:%H:%M} UTC, as its server asked"
                return Fetched(replace(state, next_poll_at=host.silent_until), None, 0, 0, 0, why)
            began = self._clock.monotonic()
            fetched = await self._poll(state, host, now)
            millis = round((self._clock.monotonic() - began) * 1000)
            return replace(fetched, millis=millis)

    async def _poll(self, state: FeedState, host: _Host, now: datetime) -> Fetched:
        try:
            response = await self._http.get(state.feed.url, _validators(state))
        except SourceError as error:
            return self._failed(state, now, str(error))
        if response.status == 200:
            return await self._read(state, response, now)
        if response.status == 304 and _validators(state):
            return self._unchanged(_confirm(state, response), response, now)
        if response.status == 410:
            why = f"{state.feed.url} is gone for good (410); it is not asked again"
            stopped = replace(state, stopped=why, polled_at=now, next_poll_at=None)
            return Fetched(stopped, None, 410, len(response.body), 0, why)
        return self._turned_away(state, host, response, now)

    async def _read(self, state: FeedState, response: Response, now: datetime) -> Fetched:
        body = response.body
        digest = hashlib.blake2b(body, digest_size=16).hexdigest()
        if digest == state.body_hash:
            return self._unchanged(_remember(state, response), response, now)
        kind = response.headers.get("Content-Type", "")
        try:
            parsed = await self._parser.parse(body, kind, response.url)
        except SourceError as error:
            return self._failed(state, now, str(error), response)
        self._paces[state.feed.url] = parsed.every
        found = stories(parsed, state.feed, now)
        faults = ["its XML is damaged"] if parsed.bozo else []
        if response.permanent_to:
            faults.append(f"it has moved to {response.permanent_to}")
        why = f"{state.feed.url}: {', and '.join(faults)}" if faults else ""
        known = replace(_remember(state, response), body_hash=digest)
        return Fetched(self._polled(known, response, now), found, 200, len(body), 0, why)

    def _unchanged(self, known: FeedState, response: Response, now: datetime) -> Fetched:
        size = len(response.body)
        return Fetched(self._polled(known, response, now), None, response.status, size, 0, "")

    def _polled(self, state: FeedState, response: Response, now: datetime) -> FeedState:
        pace = self._paces.get(state.feed.url)
        wait = self._rhythm.after_answer(response.headers, pace, now)
        return replace(state, failures=0, polled_at=now, next_poll_at=now + wait)

    def _turned_away(
        self, state: FeedState, host: _Host, response: Response, now: datetime
    ) -> Fetched:
        status = response.status
        fetched = self._failed(state, now, f"{state.feed.url} answered {status}", response)
        if status not in _WAIT:
            return fetched
        asked = self._rhythm.after_refusal(response.headers, now)
        if asked is None:
            return fetched
        host.silent_until = now + asked
        why = f"{fetched.reason} and asked for silence until {host.silent_until:%H:%M} UTC"
        return replace(
            fetched, state=replace(fetched.state, next_poll_at=host.silent_until), reason=why
        )

    def _failed(
        self, state: FeedState, now: datetime, why: str, response: Response | None = None
    ) -> Fetched:
        failures = state.failures + 1
        wait = self._rhythm.after_failure(failures, self._chance.random())
        after = replace(state, failures=failures, polled_at=now, next_poll_at=now + wait)
        status, size = (response.status, len(response.body)) if response else (0, 0)
        return Fetched(after, None, status, size, 0, why)

    def _host(self, url: str) -> _Host:
        try:
            netloc = urlsplit(url).netloc.lower()
        except ValueError:
            netloc = ""
        return self._hosts.setdefault(netloc, _Host())

    @asynccontextmanager
    async def _turn(self, host: _Host) -> AsyncIterator[None]:
        async with host.turn:
            if (wait := host.free_at - self._clock.monotonic()) > 0:
                await self._clock.sleep(wait)
            yield
            host.free_at = self._clock.monotonic() + self._rhythm.spacing.total_seconds()


def _validators(state: FeedState) -> dict[str, str]:
    told = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in told.items() if value}


def _remember(state: FeedState, response: Response) -> FeedState:
    """Both validators of this answer; one it does not send is forgotten, never invented."""
    return replace(
        state,
        etag=_validator(response, "ETag"),
        last_modified=_validator(response, "Last-Modified"),
    )


def _confirm(state: FeedState, response: Response) -> FeedState:
    """A 304 may bring a newer validator; what it does not mention still holds."""
    return replace(
        state,
        etag=_validator(response, "ETag") or state.etag,
        last_modified=_validator(response, "Last-Modified") or state.last_modified,
    )


def _validator(response: Response, name: str) -> str:
    value = response.headers.get(name, "")
    return value if value.isascii() and value.isprintable() else ""
