"""Which companies may a headline mean without naming one: "the iPhone maker", "a burger chain"?"""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.cluster.small import listed
from bot.desk.cluster.tables import TRADED
from bot.desk.cluster.title import stem

_ROLES = frozenset(
    map(
        stem,
        listed(
            """
            maker giant chain group firm company owner parent leader major operator carrier titan
            behemoth heavyweight specialist supplier developer player powerhouse seller provider
            brand platform app network designer builder producer manufacturer pioneer bellwether
            stalwart stock insurer lender retailer club
            """
        ),
    )
)
_ONE_WORD = {
    stem(word): TRADED.get((stem(trade),), frozenset())
    for word, trade in (
        ("chipmaker", "chip"),
        ("carmaker", "car"),
        ("automaker", "auto"),
        ("drugmaker", "drug"),
        ("planemaker", "plane"),
        ("shoemaker", "shoe"),
        ("lender", "bank"),
        ("retailer", "retail"),
        ("insurer", "insurance"),
        ("airline", "airline"),
        ("railroad", "rail"),
        ("streamer", "streaming"),
    )
}


def hinted(stems: Sequence[str]) -> frozenset[str]:
    """The companies that some trade and role in these words fit; "" is a break."""
    found: set[str] = set()
    for at, word in enumerate(stems):
        found |= _ONE_WORD.get(word, frozenset())
        if word in _ROLES:
            for size in (1, 2):
                found |= TRADED.get(tuple(stems[max(0, at - size) : at]), frozenset())
    return frozenset(found)
