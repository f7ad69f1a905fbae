"""
Does it fit into Discord, and what goes first when it does not?

The least important block goes first; the lede, the cause with its disclosure, the first
caveat and the footer never do. Shorter quotations are tried before a block is dropped:
`ROOMS` go from generous to tight.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.brief.escape import cut
from bot.model.brief import Layout

CONTENT, TITLE, DESCRIPTION, FOOTER, EMBED, ALT = 2000, 256, 4096, 2048, 6000, 1024
HEADLINE, NOTIFICATION, LINK = 64, 90, 120
LINE = 240
BRIEF = 900

NEVER_EMPTY = ("notification", "line", "headline", "dateline", "lede", "catalyst", "footer")
LISTED = ("caveats", "key_points", "sidebar")
PARTS = (*NEVER_EMPTY, *LISTED, "context", "updates", "rung")

_ORDER = ("lede", "catalyst", "caveats", "context", "key_points", "sidebar", "updates")
_DROPPED = ("sidebar", "key_points", "context")


@dataclass(frozen=True, slots=True)
class Room:
    """How much a rendering may say. Lengths are graphemes; a longer link shows only its host."""

    quote: int
    link: int
    rivals: int
    caveats: int
    updates: int
    headlines: int = 0
    name: int = 60


ROOMS: Mapping[Layout, tuple[Room, ...]] = {
    Layout.LINE: (Room(0, 0, 0, 0, 0),),
    Layout.BRIEF: (
        Room(quote=160, link=240, rivals=2, caveats=3, updates=4),
        Room(quote=120, link=240, rivals=1, caveats=3, updates=2),
        Room(quote=90, link=160, rivals=1, caveats=2, updates=2),
        Room(quote=80, link=160, rivals=0, caveats=2, updates=2),
        Room(quote=80, link=LINK, rivals=0, caveats=1, updates=2),
        Room(quote=50, link=LINK, rivals=0, caveats=1, updates=2, name=30),
    ),
    Layout.FULL: (
        Room(quote=250, link=400, rivals=2, caveats=8, updates=12, headlines=2),
        Room(quote=120, link=LINK, rivals=1, caveats=3, updates=4, headlines=1),
    ),
}
LIMITS: Mapping[Layout, int] = {Layout.LINE: 0, Layout.BRIEF: BRIEF, Layout.FULL: DESCRIPTION}


def fit(parts: Mapping[str, str], layout: Layout, *, last: bool) -> str | None:
    """
    Join the blocks into a description within the layout's limit.

    None when they do not fit; in the `last` room the least important blocks are dropped
    first, and None then means that not even the rest fits.
    """
    limit = LIMITS[layout]
    kept = dict(parts)
    for name in ("", *(_DROPPED if last else ())):
        kept.pop(name, None)
        text = _joined(kept)
        if len(text) <= limit:
            return text
    return None


def fit_line(text: str, limit: int) -> str:
    """A plain line of at most `limit` characters, cut between graphemes."""
    short = text
    room = limit
    while len(short) > limit:
        short = cut(text, room)
        room -= 1
    return short


def _joined(parts: Mapping[str, str]) -> str:
    head = "\n".join(filter(None, (parts.get("dateline", ""), parts.get("lede", ""))))
    rest = (parts.get(name, "") for name in _ORDER[1:])
    return "\n\n".join(filter(None, (head, *rest)))
