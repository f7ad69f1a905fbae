"""
What is new in a feed? One polite poll: conditional, spaced, and as rare as the server likes.

A feed's faults are values, not exceptions: `Fetched.reason`, "" when all is well. Validators are
sent back byte for byte, to nobody but the origin that gave them; a document that could not be
read is remembered by them too, so that it is not asked for again while it is the same.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.errors import SourceError
from bot.model.feed import FeedState, Fetched
from bot.sources.edgar import NO_CONTACT, wants_contact
from bot.sources.feed_items import stories
from bot.sources.feed_poll import Poll
from bot.sources.feed_schedule import Rhythm, median_gap
from bot.sources.halts import halts
from bot.sources.hosts import Host, Hosts, Pace
from bot.sources.http import Response
from bot.sources.parse_worker import Parsed

_RHYTHM = Rhythm()
_WAIT = frozenset({429, 503})


class _Http(Protocol):
    async def get(self, url: str, headers: Mapping[str, str] | None = None) -> Response: ...


class _Parser(Protocol):
    async def parse(self, body: bytes, content_type: str, url: str) -> Parsed: ...


class _Clock(Protocol):
    def now(self) -> datetime: ...
    def monotonic(self) -> float: ...
    async def sleep(self, seconds: float) -> None: ...


class PoliteFeeds:
    """The `Feeds` port. `chance` jitters the back-off; `clock` is real time and paces hosts."""

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
        pace = Pace(rhythm.spacing.total_seconds(), rhythm.queue, rhythm.at_once)
        self._hosts = Hosts(clock, pace)

    async def fetch(self, state: FeedState, now: datetime) -> Fetched:
        """Poll one feed at market time `now`, which also dates its new stories."""
        poll = Poll(state, now, self._rhythm)
        host = self._hosts.of(poll.url, now)
        if (held := self._held(state, host, now)) is not None:
            return held
        async with self._hosts.turn(host):
            if (held := _silenced(state, host, now)) is not None:
                return held
            answer = await self._ask(poll)
            if isinstance(answer, Response):
                self._silence(poll, host, answer)
        if isinstance(answer, SourceError):
            return poll.failed(str(answer), self._chance.random())
        return await self._judge(poll, answer)

    def _held(self, state: FeedState, host: Host, now: datetime) -> Fetched | None:
        if (held := _silenced(state, host, now)) is not None:
            return held
        if not self._rhythm.contact and wants_contact(state.feed.url):
            why = f"{state.feed.url} is not asked: {NO_CONTACT}"
            return _not_asked(state, now + self._rhythm.interval, why)
        if not (wait := self._hosts.come_back_in(host)):
            return None
        why = f"{state.feed.url} waits for its turn: its host is asked for one feed at a time"
        return _not_asked(state, now + timedelta(seconds=wait), why)

    async def _ask(self, poll: Poll) -> Response | SourceError:
        began = self._clock.monotonic()
        try:
            answer = await self._http.get(poll.url, poll.headers())
        except SourceError as error:
            return error
        finally:
            poll.millis = round((self._clock.monotonic() - began) * 1000)
        poll.hear(answer, self._clock.now())
        return answer

    def _silence(self, poll: Poll, host: Host, answer: Response) -> None:
        if answer.status not in _WAIT:
            return
        if (asked := self._rhythm.after_refusal(answer.headers, poll.now)) is not None:
            poll.silent_until = host.silent_until = poll.now + asked

    async def _judge(self, poll: Poll, answer: Response) -> Fetched:
        if answer.status == 200:
            return await self._read(poll, answer)
        if answer.status == 304 and poll.conditional:
            if poll.state.unread:
                return poll.failed(poll.state.unread, self._chance.random())
            return poll.well(poll.state)
        return poll.failed(f"{poll.url} answered {answer.status}", self._chance.random())

    async def _read(self, poll: Poll, answer: Response) -> Fetched:
        state = poll.state
        digest = hashlib.blake2b(answer.body, digest_size=16).hexdigest()
        if digest == state.body_hash and poll.current:
            return poll.well(state)
        kind = answer.headers.get("Content-Type", "")
        try:
            parsed = await self._parser.parse(answer.body, kind, answer.url)
        except SourceError as error:
            return poll.unreadable(error, self._chance.random())
        halted = halts(parsed, state.feed)
        found = () if halted else stories(parsed, state.feed, poll.now)
        known = replace(
            state,
            body_hash=digest,
            every=parsed.every,
            gap=median_gap(found),
            skip_hours=parsed.skip_hours,
            skip_days=parsed.skip_days,
        )
        read = poll.well(known, found, "its XML is damaged" if parsed.bozo else "")
        return replace(read, halts=halted) if halted else read


def _silenced(state: FeedState, host: Host, now: datetime) -> Fetched | None:
    if (until := host.silent_until) is None or until <= now:
        return None
    why = f"{state.feed.url} is silent until {until:%H:%M} UTC, as its server asked"
    return _not_asked(state, until, why)


def _not_asked(state: FeedState, until: datetime, why: str) -> Fetched:
    return Fetched(replace(state, next_poll_at=until), None, 0, 0, 0, why, asked=False)
