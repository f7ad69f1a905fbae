"""What is known of a feed, line by line: for `/desk feeds why` and for `bot feed why`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.desk.clocks import learned
from bot.model.feed import FeedState
from bot.model.wish import Wish
from bot.services.archive import Poll
from bot.services.ledger import Transaction

SHOWN = 12


@dataclass(frozen=True, slots=True)
class Told:
    """A feed, what its stories tell of its clock, whether it is listed, and its last polls."""

    state: FeedState
    listed: bool
    polls: Sequence[Poll]
    clock: str


async def why_lines(tx: Transaction, url: str, own: Wish | None) -> list[str]:
    """Plain lines; `own` is the wish of the server that asks. Empty for an unknown feed."""
    state = await tx.wire.feed(url)
    if state is None:
        return []
    lag = learned(await tx.news.lags(url))
    clock = lag.words if lag else "too few stories yet to judge its clock"
    told = Told(state, await tx.wire.listed(url), await tx.wire.polls(url), clock)
    return list(_lines(told, own))


def _lines(told: Told, own: Wish | None) -> Iterator[str]:
    state = told.state
    yield f"{own.outlet if own else state.feed.outlet} · {state.feed.url}"
    yield f"Wanted by {_wanted(told, own)}"
    yield f"Read {_last(state)}, next {_next(state)}"
    if state.told or state.stopped:
        yield f"Trouble: {state.told or state.stopped}"
    elif state.failures:
        yield f"Failed {state.failures} times in a row since {_at(state.failing_since)}"
    yield f"Clock: {told.clock}"
    if own is not None:
        yield f"Filter: {rules_said(own.allow, own.deny)}"
    yield f"The last polls, the newest first (of {state.polls:,}):" if told.polls else "No poll yet"
    for poll in told.polls[:SHOWN]:
        yield _poll(poll)


def rules_said(allow: Sequence[str], deny: Sequence[str]) -> str:
    """ "only chips, /AI/; never rumour"."""
    parts = [f"only {', '.join(allow)}"] if allow else []
    parts += [f"never {', '.join(deny)}"] if deny else []
    return "; ".join(parts) or "none"


def _wanted(told: Told, own: Wish | None) -> str:
    """Other servers are counted, never named."""
    servers = told.state.readers - int(told.listed) - int(own is not None)
    who = ["the operator's list, for every server"] if told.listed else []
    who += ["this server"] if own is not None else []
    if servers > 0:
        who.append(f"{servers} {'other ' if own else ''}{'server' if servers == 1 else 'servers'}")
    return " and ".join(who) or "nobody"


def _last(state: FeedState) -> str:
    return _at(state.polled_at) if state.polled_at else "never"


def _next(state: FeedState) -> str:
    if state.stopped:
        return "never: it is stopped"
    return _at(state.next_poll_at) if state.next_poll_at else "at once"


def _poll(poll: Poll) -> str:
    status = str(poll.status or "no answer")
    size = f"{poll.size / 1000:,.1f} kB, {poll.millis} ms, {poll.fresh} new"
    due = f", next {poll.next_poll_at:%H:%M}" if poll.next_poll_at else ""
    why = f" – {poll.reason}" if poll.reason else ""
    return f"{poll.at:%b %d %H:%M:%S} {status}, {size}{due}{why}"


def _at(at: datetime | None) -> str:
    return f"{at:%b} {at.day} {at:%H:%M} UTC" if at else "an unknown time"
