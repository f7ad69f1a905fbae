"""How a threshold reads in Discord: one line each, with its end in the reader's own time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.model.post import Destination, Watch
from bot.services.faces import Setting, Subscriptions


def told_of(place: Destination, still: str = "") -> str:
    """ "<#1> is told of", "You are no longer told of"."""
    who = "You are" if place.guild is None else f"<#{place.id}> is"
    return f"{who} {still}told of"


def setting_line(setting: Setting) -> str:
    """What was set just now, all of it, and what it took the place of."""
    before = f" (instead of {setting.before})" if setting.before else ""
    note = f"; {setting.note}" if setting.note else ""
    watch = setting.watch
    return f"• **{watch.ticker}** {setting.words}{_until(watch)}{before}{note}"


def watch_lines(watches: Sequence[Watch], subscriptions: Subscriptions) -> list[str]:
    """A line a ticker; where there are several thresholds, a line each below it."""
    lines = []
    for ticker in dict.fromkeys(watch.ticker for watch in watches):
        told = [
            f"{subscriptions.describe(watch)}{_until(watch)}"
            for watch in watches
            if watch.ticker == ticker
        ]
        if len(told) == 1:
            lines.append(f"• **{ticker}** {told[0]}")
        else:
            lines += [f"• **{ticker}**", *(f"  • {one}" for one in told)]
    return lines


def by_channel(watches: Sequence[Watch], subscriptions: Subscriptions) -> list[str]:
    """The same under the channels that are told."""
    lines = []
    for channel in sorted({watch.destination for watch in watches}):
        theirs = [watch for watch in watches if watch.destination == channel]
        lines += [f"<#{channel}>", *watch_lines(theirs, subscriptions)]
    return lines


def _until(watch: Watch) -> str:
    return f", until <t:{int(watch.expires.timestamp())}:f>" if watch.expires else ""
