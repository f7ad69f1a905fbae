"""
Does it fit into Discord, and what goes first when it does not?

`ROOMS` go from generous to tight: rivals, further caveats and older updates go first, and
quotations grow shorter. The lede, the cause with its disclosure, the first caveat, the line of
context and the footer stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.brief import Layout

CONTENT, TITLE, DESCRIPTION, FOOTER, EMBED, ALT = 2000, 256, 4096, 2048, 6000, 1024
HEADLINE, NOTIFICATION, LINK = 64, 90, 120
LINE = 240
BRIEF = 900

NEVER_EMPTY = ("notification", "line", "headline", "dateline", "lede", "catalyst", "footer")
LISTED = ("caveats", "key_points", "sidebar")
PARTS = (*NEVER_EMPTY, *LISTED, "context", "updates", "rung")

_BELOW = ("catalyst", "caveats", "context", "key_points", "sidebar", "updates")


@dataclass(frozen=True, slots=True)
class Room:
    """How much a rendering may say. A longer link shows only its host."""

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
        Room(quote=100, link=160, rivals=1, caveats=2, updates=2),
        Room(quote=100, link=160, rivals=0, caveats=2, updates=2),
        Room(quote=60, link=LINK, rivals=0, caveats=1, updates=2, name=30),
    ),
    Layout.FULL: (
        Room(quote=250, link=400, rivals=2, caveats=8, updates=12, headlines=2),
        Room(quote=120, link=LINK, rivals=1, caveats=3, updates=4, headlines=1),
    ),
}
LIMITS: Mapping[Layout, int] = {Layout.LINE: 0, Layout.BRIEF: BRIEF, Layout.FULL: DESCRIPTION}


def fit(parts: Mapping[str, str], layout: Layout) -> str | None:
    """Join the blocks into a description, or None where that is more than the layout holds."""
    head = "\n".join(filter(None, (parts["dateline"], parts["lede"])))
    text = "\n\n".join(filter(None, (head, *(parts[name] for name in _BELOW))))
    return text if len(text) <= LIMITS[layout] else None
