"""Who did it to whom? "A sues B" is not "B sues A", but it is "B sued by A"."""

from __future__ import annotations

from collections.abc import Sequence

from bot.desk.cluster.small import listed

Role = tuple[str, str, bool]  # a deed, a name, and whether the name did it

_DEEDS = {
    "sue": ("sue", "sues", "suing", "sued"),
    "buy": ("buy", "buys", "buying", "bought", "acquire", "acquires", "acquiring", "acquired"),
    "fine": ("fines", "fined"),
}
DIRECTED = {word: deed for deed, words in _DEEDS.items() for word in words}
_SUFFERED = frozenset(["sued", "bought", "acquired", "fined"])
_AFTER = frozenset(["", *listed("by over for in after at amid as again")])
_BEFORE = frozenset(listed("be been being is was are were get gets got"))


def suffered(words: Sequence[str], at: int) -> bool:
    """Whether the deed at that word was done to the name before it; "" is a break."""
    after = words[at + 1] if at + 1 < len(words) else ""
    passive = words[at] in _SUFFERED and after in _AFTER
    return passive or (at > 0 and words[at - 1] in _BEFORE)


def roles(told: Sequence[str | tuple[str, bool]]) -> frozenset[Role]:
    """
    The roles in a headline's names and deeds, in their order.

    A deed is a pair with whether it was suffered; it stands between its nearest names.
    """
    found: set[Role] = set()
    for at, deed in enumerate(told):
        if isinstance(deed, str):
            continue
        what, passive = deed
        before, after = told[at - 1] if at else deed, told[at + 1] if at + 1 < len(told) else deed
        if isinstance(before, str):
            found.add((what, before, not passive))
        if isinstance(after, str):
            found.add((what, after, passive))
    return frozenset(found)


def swapped(one: frozenset[Role], other: frozenset[Role]) -> bool:
    """Whether some name did in one what was done to it in the other, and never the same."""
    return not one & other and any((deed, name, not did) in other for deed, name, did in one)
