"""What an address turned out to be when somebody wants to add it: a feed, or a page that names some."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model.news import Feed, Story


@dataclass(frozen=True, slots=True)
class Offer:
    """A feed that a page names; `kind` is what the page calls it: RSS, Atom, JSON Feed or XML."""

    url: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """
    `url` is where it is, redirects followed: a feed's lasting address, kept where a redirect is temporary.

    A feed has a `preview`, its first stories, and no `offers`; a page has `offers` in its own order.
    """

    url: str
    title: str
    is_feed: bool
    preview: tuple[Story, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """What a list of feeds brings; `left_out` are the addresses that may not be read, and why."""

    feeds: tuple[Feed, ...]
    left_out: tuple[tuple[str, str], ...]
