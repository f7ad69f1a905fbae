"""How feeds read in Discord. Whatever comes from a feed or a person is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.brief.escape import cut, escape, link
from bot.model.feed import FeedState
from bot.model.found import Found
from bot.model.wish import Sieve, Wish, Wished
from bot.services.feed_faces import Brought, FeedTyped
from bot.services.feed_lines import rules_said
from bot.services.feed_names import outlet_name, rules_of

_TITLE, _ADDRESS, _REASON = 150, 120, 200
_NAMED = 15


def preview_lines(found: Found, typed: FeedTyped) -> list[str]:
    """What would be added, with its first headlines; those the filter would hold back are marked."""
    rules = rules_of(typed)
    name = escape(outlet_name(typed.outlet or found.title, found.url))
    lines = [f"**{name}**, {address(found.url)}"]
    for story in found.preview:
        why = rules.passes(story.title, story.summary)
        lines.append(f"{_headline(story.title, story.link)}{f' ({escape(why)})' if why else ''}")
    return lines if found.preview else [*lines, "It tells no stories at the moment."]


def latest_lines(found: Found, wish: Wish) -> list[str]:
    """The newest headlines of a feed that was just added."""
    rules = rules_of(FeedTyped("", allow=",".join(wish.allow), deny=",".join(wish.deny)))
    told = [one for one in found.preview if not rules.passes(one.title, one.summary)]
    lines = [_headline(story.title, story.link) for story in told]
    return [f"The latest of **{escape(wish.outlet)}**, a feed that this server added:", *lines]


def feed_line(one: Wished) -> str:
    """A feed of a server's own, how it is, and what it says of its trouble."""
    wish, state = one.wish, one.state
    rules = rules_said(wish.allow, wish.deny)
    parts = [f"• **{escape(wish.outlet)}** {address(wish.feed)}", _state(state)]
    parts += [f"told in <#{wish.channel}>"]
    parts += ["listed for every server by now"] if one.listed else []
    parts += [f"filter: {escape(rules)}"] if rules != "none" else []
    return " · ".join(parts)


def listed_lines(listed: int, troubled: Sequence[FeedState]) -> list[str]:
    """What every server reads, and which of it fails."""
    if not listed:
        return []
    well = "" if troubled else "; none is in trouble"
    lines = [f"Every server reads {listed:,} listed feeds{well}."]
    return [*lines, *(f"• {escape(cut(one.told, _REASON))}" for one in troubled)]


def sieve_line(one: Sieve) -> str:
    """A channel's filter."""
    of = escape(one.ticker) if one.ticker else "everything it subscribes to"
    return f"<#{one.destination}>, {of}: {escape(rules_said(one.allow, one.deny))}"


def brought_lines(brought: Brought) -> list[str]:
    """What an import brought: figures first, then what was left out and why."""
    added, left_out = len(brought.added), len(brought.left_out)
    lines = [f"**{added} added, {left_out} left out**" + (":" if left_out else ".")]
    for url, why in brought.left_out[:_NAMED]:
        lines.append(f"• {address(url)}: {escape(cut(why, _REASON))}")
    if left_out > _NAMED:
        lines.append(f"… and {left_out - _NAMED} more")
    return lines


def address(url: str) -> str:
    """An address that is shown and not followed by Discord."""
    return f"`{cut(url, _ADDRESS).replace('`', '%60')}`"


def monospaced(lines: Iterable[str]) -> str:
    """Plain lines as they are; nothing in them acts."""
    text = cut("\n".join(line.replace("`", "'") for line in lines), 1_850)
    return f"```\n{text}\n```"


def _headline(title: str, address: str) -> str:
    found, text = link(address), escape(cut(title, _TITLE)) or "(no title)"
    return f"• {text} ([{found.host}](<{found.url}>))" if found else f"• {text}"


def _state(state: FeedState) -> str:
    if state.told:
        return escape(cut(state.told, _REASON))
    if state.stopped:
        return f"stopped: {escape(cut(state.stopped, _REASON))}"
    read = f"read {_when(state.polled_at)}" if state.polled_at else "not read yet"
    failing = f", failed {state.failures} times in a row" if state.failures else ""
    return f"{read}{failing}, next {_when(state.next_poll_at)}"


def _when(at: datetime | None) -> str:
    return f"<t:{int(at.timestamp())}:R>" if at else "at once"
