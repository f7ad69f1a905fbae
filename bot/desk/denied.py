"""
Which stories does the desk leave out? Those of outlets that its operator denied.

They are neither weighed as a cause nor listed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from bot.desk.register import Outlets, is_domain, wider
from bot.model.news import Story

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Denied:
    """
    Outlets by their name in the register or in a feed, and by their domain.

    A story is denied by who published it, and by where its link leads: an aggregator may carry
    what a denied outlet wrote.
    """

    register: Outlets
    names: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()

    def __call__(self, story: Story) -> bool:
        outlet = self.register.find(story.outlet)
        host = _HOST.match(story.link)
        return (
            outlet.name.casefold() in self.names
            or _within(outlet.domain, self.domains)
            or _within(host[1] if host else "", self.domains)
        )


def denied(words: Collection[str], register: Outlets) -> Denied:
    """What the operator wrote, each a name or a domain, as the register understands it."""
    outlets = [register.find(word) for word in words]
    return Denied(
        register,
        names=frozenset(outlet.name.casefold() for outlet in outlets),
        domains=frozenset(outlet.domain.casefold() for outlet in outlets if outlet.domain),
    )


def unknown(words: Collection[str], register: Outlets, outlets: Collection[str]) -> list[str]:
    """Those that name neither a row of the register, nor one of the feeds' `outlets`."""
    known = {outlet.casefold() for outlet in outlets}
    return [
        word
        for word in words
        if not (is_domain(word) or register.find(word).source or word.casefold() in known)
    ]


def _within(host: str, domains: frozenset[str]) -> bool:
    return not domains.isdisjoint(wider(host.casefold()))
