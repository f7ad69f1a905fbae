"""What does one poll's answer make of what is remembered of the feed? No I/O, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.desk.trouble import TOLD_AFTER, Failing, trouble
from bot.errors import Killed, SourceError
from bot.model.feed import FeedState, Fetched, Relocation
from bot.model.news import Story
from bot.sources.feed_moves import address, origin, proved, relocation
from bot.sources.feed_schedule import Rhythm, skew
from bot.sources.http import Response
from bot.sources.parse_worker import READER

_NOT_THERE = frozenset({401, 403, 404, 410})


@dataclass(slots=True)
class Poll:
    """
    One poll of `state` at market time `now`: `url` is asked, `answer` is what came back.

    `current` when this program's reader has read the last document; a newer reader asks for it
    once more, unconditionally.
    """

    state: FeedState
    now: datetime
    rhythm: Rhythm
    url: str = field(init=False)
    current: bool = field(init=False)
    conditional: bool = False
    answer: Response | None = None
    millis: int = 0
    skew: timedelta | None = None
    silent_until: datetime | None = None

    def __post_init__(self) -> None:
        self.url = address(self.state, self.now)
        self.current = self.state.parser == READER

    def headers(self) -> dict[str, str]:
        """Who asks, and the validators of the last document where they come from `url`."""
        state, headers = self.state, {}
        if self.rhythm.name:
            headers["User-Agent"] = self.rhythm.agent(state.readers)
        at_home = state.moved is None or origin(state.moved.url) == origin(self.url)
        if self.current and at_home and (state.etag or state.last_modified):
            self.conditional = True
            if state.etag:
                headers["If-None-Match"] = state.etag
            if state.last_modified:
                headers["If-Modified-Since"] = state.last_modified
        return headers

    def hear(self, answer: Response, real_now: datetime) -> None:
        self.answer, self.skew = answer, skew(answer.headers, real_now)

    def well(
        self, known: FeedState, stories: tuple[Story, ...] | None = None, fault: str = ""
    ) -> Fetched:
        """The document could be read, or is still the one that could. Troubles are forgotten."""
        answer = self._answer
        moved = relocation(self.state, self.url, answer.permanent_to, self.now)
        etag, last_modified = self._validators(moved)
        wait = self.rhythm.after_answer(answer.headers, known, self.now)
        state = replace(
            known,
            etag=etag,
            last_modified=last_modified,
            parser=READER,
            unread="",
            moved=moved,
            failures=0,
            failing_since=None,
            strikes=0,
            told="",
            polled_at=self.now,
            next_poll_at=self.now + wait,
        )
        faults = [fault] if fault else []
        if answer.permanent_to:
            faults.append(f"it has moved to {answer.permanent_to}")
        why = f"{known.feed.url}: {', and '.join(faults)}" if faults else ""
        return self._fetched(state, stories, why, proved(moved))

    def unreadable(self, error: SourceError, chance: float) -> Fetched:
        """
        A document that is no feed is not asked for again while it is the same.

        One that broke the reader is: it may have been the machine's fault; twice is not.
        """
        if isinstance(error, Killed):
            strikes = self.state.strikes + 1
            return self.failed(str(error), chance, replace(self.state, strikes=strikes))
        etag, last_modified = self._validators(self.state.moved)
        known = self.state
        if etag or last_modified:
            known = replace(
                known, etag=etag, last_modified=last_modified, unread=str(error), parser=READER
            )
        return self.failed(str(error), chance, known)

    def failed(self, why: str, chance: float, known: FeedState | None = None) -> Fetched:
        """Wait longer every time; see `bot.desk.trouble` for who is told, and when it ends."""
        state = known or self.state
        status = self.answer.status if self.answer is not None else 0
        if self.url != state.feed.url and status in _NOT_THERE:
            state, status = _back_home(state), 0
        since = state.failing_since or self.now
        failing = Failing(state.failures + 1, since, status, state.strikes, why)
        told, stopped = trouble(state, failing, self.now)
        due = self.now + self.rhythm.after_failure(failing.failures, chance)
        if self.now < (day := since + TOLD_AFTER):
            due = min(due, day)  # its readers are not to hear of it a day late
        if self.silent_until is not None:
            due = self.silent_until
            why = f"{why} and asked for silence until {due:%H:%M} UTC"
        after = replace(
            state,
            failures=failing.failures,
            failing_since=since,
            told=told,
            stopped=stopped,
            polled_at=self.now,
            next_poll_at=None if stopped else due,
        )
        return self._fetched(after, None, stopped or why)

    @property
    def _answer(self) -> Response:
        if self.answer is None:
            raise RuntimeError("nothing was answered yet")
        return self.answer

    def _validators(self, moved: Relocation | None) -> tuple[str, str]:
        """
        Those of a 200, or what a 304 adds to the known ones; never invented.

        None where they come from elsewhere than the next poll goes: they may not be sent there.
        """
        answer, home = self._answer, moved.url if moved is not None else self.state.feed.url
        if origin(answer.url) != origin(home):
            return "", ""
        etag, modified = _validator(answer, "ETag"), _validator(answer, "Last-Modified")
        if answer.status == 304:
            return etag or self.state.etag, modified or self.state.last_modified
        return etag, modified

    def _fetched(
        self, state: FeedState, stories: tuple[Story, ...] | None, why: str, moved_to: str = ""
    ) -> Fetched:
        status, size = 0, 0
        if self.answer is not None:
            status, size = self.answer.status, len(self.answer.body)
        return Fetched(
            state,
            stories,
            status,
            size,
            self.millis,
            why,
            moved_to=moved_to,
            silent_until=self.silent_until,
            skew=self.skew,
        )


def _back_home(state: FeedState) -> FeedState:
    """It is not where it had moved to; its own address may know better."""
    return replace(state, moved=None, etag="", last_modified="")


def _validator(answer: Response, name: str) -> str:
    value = answer.headers.get(name, "")
    return value if value.isascii() and value.isprintable() else ""
