"""What do people call feeds and filters? Ids, addresses and outlets in; what they mean out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from bot.desk.address import same_feed
from bot.desk.filters import Filter
from bot.errors import UserError
from bot.model.wish import Wished
from bot.services.feed_faces import FeedTyped

LONGEST_OUTLET = 60
LONGEST_CHOICE = 100
_EXAMPLE = "pick one of the list that is offered; /desk feeds list shows them"


def key_of(url: str) -> str:
    """Its address, or a short id where that is longer than what Discord lets one choose."""
    if len(url) <= LONGEST_CHOICE:
        return url
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def name_of(outlet: str, url: str) -> str:
    """ "Chip Notes (chips.example/feed)"."""
    return f"{outlet} ({url.partition('://')[2] or url})"


def outlet_name(said: str, url: str) -> str:
    """What a feed is called: what somebody said, else its host."""
    return " ".join(said.split())[:LONGEST_OUTLET].strip() or urlsplit(url).hostname or url


def means(which: str, url: str, outlet: str) -> bool:
    """Whether somebody who types `which` means that feed."""
    wanted = which.strip()
    by_name = wanted.casefold() in (outlet.casefold(), name_of(outlet, url).casefold())
    return by_name or wanted == key_of(url) or same_feed(wanted) == url


def chosen(own: Sequence[Wished], which: str) -> Wished:
    """The feed of a server's own that is meant. Raises `UserError`."""
    for one in own:
        if means(which, one.wish.feed, one.wish.outlet):
            return one
    raise unknown(which)


def unknown(which: str) -> UserError:
    return UserError(f"this server reads no feed “{which.strip()[:100]}”", hint=_EXAMPLE)


def rules_of(typed: FeedTyped) -> Filter:
    """The filter that is typed. Raises `UserError` for a rule that cannot be."""
    return Filter.of(_rules(typed.allow), _rules(typed.deny))


def _rules(text: str) -> Iterator[str]:
    """Rules between commas; one inside a pattern is part of it."""
    rule = ""
    for part in text.split(","):
        rule = f"{rule},{part}" if rule else part.strip()
        if not rule.startswith("/") or (len(rule) > 1 and rule.rstrip().endswith("/")):
            yield rule.strip()
            rule = ""
    yield rule.strip()
