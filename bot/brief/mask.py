"""
Which words are our own? Quotations, link addresses and names become one neutral sign each.

A company may be called Target and a headline may shout: neither is what the desk says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

MASK = "◌"
QUOTED = re.compile(r"“[^”]*”")

_LINK = re.compile(r"\[([^\]]*)\]\(([^)]*)\)")


def mask(text: str, names: Iterable[str]) -> str:
    """`text` with the mask for whatever is quoted, linked or one of `names`."""
    masked = _LINK.sub(MASK, QUOTED.sub(MASK, text))
    present = frozenset(name for name in names if name in masked)
    return _pattern(present).sub(MASK, masked) if present else masked


@lru_cache(maxsize=256)
def _pattern(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
