"""Which colour has a move? One place for the embed's bar and for the picture."""

from __future__ import annotations

from decimal import Decimal

from bot.brief.phrases import DOWN, FLAT, verbs
from bot.model.brief import Colours

GREEN, RED, GREY = 0x3BA55D, 0xED4245, 0x949BA4


def colour_of(percent: Decimal, colours: Colours) -> int:
    """0xRRGGBB by the sign as printed; in East Asia a rise is red."""
    words = verbs(percent)
    if words is FLAT:
        return GREY
    return RED if (words is DOWN) is (colours is Colours.GREEN_UP) else GREEN
