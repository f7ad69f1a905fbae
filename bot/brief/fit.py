"""
Does it fit into Discord, and what goes first when it does not?

`ROOMS` go from generous to tight: rivals, further caveats and older updates go first, and
quotations grow shorter. The correction, the lede, the cause with its disclosure, the first
caveat, the line of context and the footer stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model.brief import Layout

CONTENT, TITLE, DESCRIPTION, FOOTER, EMBED, ALT = 2000, 256, 4096, 2048, 6000, 1024
HEADLINE, NOTIFICATION, LINK = 64, 90, 120
LINE = 240
BRIEF = 900

LISTED = ("caveats", "key_points", "sidebar")
COMMON = ("notification", "line", "headline", "dateline", "lede", "footer")
OF_BRIEF = (*COMMON, "correction", "catalyst", *LISTED, "context", "elsewhere", "updates", "rung")
OF_MARKET = (*COMMON, "correction", "movers", "caveats", "context", "elsewhere", "updates", "rung")
PARTS = tuple(dict.fromkeys((*OF_BRIEF, *OF_MARKET)))

_ABOVE = ("correction",)
_HEAD = ("dateline", "lede")
_SHORTLY = ("movers", "caveats", "elsewhere", "updates")
_BELOW = ("movers", "catalyst", "caveats", "context", "key_points", "sidebar", "updates")


@dataclass(frozen=True, slots=True)
class Room:
    """
    How much a rendering may say. A longer link shows only its host; without `aside` what the
    details say too is left to them, and `short` leaves them all but the move and a caveat.
    """

    quote: int
    link: int
    rivals: int
    caveats: int
    updates: int
    headlines: int = 0
    name: int = 60
    movers: int = 8
    why: int = 300
    corrections: int = 3
    aside: bool = True
    short: bool = False


_SHORT = Room(40, 0, 0, 1, 2, name=30, movers=3, why=60, corrections=0, aside=False, short=True)
ROOMS: Mapping[Layout, tuple[Room, ...]] = {
    Layout.LINE: (Room(0, 0, 0, 0, 0, movers=0),),
    Layout.BRIEF: (
        Room(quote=160, link=240, rivals=2, caveats=3, updates=4),
        Room(quote=100, link=160, rivals=1, caveats=2, updates=2),
        Room(quote=100, link=160, rivals=0, caveats=2, updates=2, movers=5, why=160),
        Room(quote=60, link=LINK, rivals=0, caveats=1, updates=2, name=30, movers=3, why=100),
        Room(40, LINK, 0, caveats=1, updates=2, name=30, movers=3, why=80, aside=False),
        _SHORT,
    ),
    Layout.FULL: (
        Room(250, 400, rivals=2, caveats=30, updates=12, headlines=2, movers=100, corrections=20),
        Room(120, LINK, rivals=1, caveats=12, updates=4, headlines=1, movers=30, corrections=8),
    ),
}
LIMITS: Mapping[Layout, int] = {Layout.LINE: 0, Layout.BRIEF: BRIEF, Layout.FULL: DESCRIPTION}


def fit(parts: Mapping[str, str], layout: Layout, *, short: bool) -> str | None:
    """Join the blocks into a description, or None where that is more than the layout holds."""
    head = "\n".join(filter(None, (parts[name] for name in _HEAD)))
    rest = _SHORTLY if short else _BELOW
    above, below = ([parts[name] for name in names] for names in (_ABOVE, rest))
    text = "\n\n".join(filter(None, (*above, head, *below)))
    return text if len(text) <= LIMITS[layout] else None
