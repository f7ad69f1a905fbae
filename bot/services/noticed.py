"""How a notice reads in Discord: its sentence, and a button that tries the feed again."""

from __future__ import annotations

from bot.brief.escape import escape
from bot.model.brief import Rendered
from bot.model.wish import Notice

AGAIN = "again"
"""The action of the button; see `bot.payload.Action`."""


def noticed(notice: Notice) -> Rendered:
    """A plain line: no card, no picture, and no button once the feed is read again."""
    mark = "\N{WHITE HEAVY CHECK MARK}" if notice.over else "\N{WARNING SIGN}\ufe0f"
    return Rendered(
        content=f"{mark} {escape(notice.words)}",
        title="",
        description="",
        footer="",
        colour=0,
        timestamp=notice.at,
        buttons=() if notice.over else (AGAIN,),
    )
