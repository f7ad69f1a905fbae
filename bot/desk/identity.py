"""
Which stories of a poll are new? Identity outlives a changed guid, and a rebuilt feed is not news.

A story is known by its id; else by a link that is its own in the document; else by its title
together with its date. A feed that was rebuilt tells old stories as if they were new: those are
remembered, so that they are not met again, and prove nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple

from bot.model.news import Story

REBUILT_FROM = 8  # stories; fewer say nothing about a whole feed
REBUILT_SHARE = 0.6
_WORD = re.compile(r"\w+")


class Keys(NamedTuple):
    """What a story may be recognised by, all of them within its feed; "" where it has none."""

    id: str
    again: str  # its id where the feed uses a guid for another story
    link: str
    title: str


@dataclass(frozen=True, slots=True)
class Known:
    """A remembered story, as far as identity needs it."""

    id: str
    feed: str
    title: str
    link: str
    published: datetime | None
    keys: Keys


@dataclass(slots=True)
class Sorted:
    """
    The stories of one poll. `edited` are known ones with other words or another link, under
    their known id; `absorbed` were told again by a rebuilt feed, `why` says so.
    """

    new: list[Story] = field(default_factory=list)
    edited: list[Story] = field(default_factory=list)
    absorbed: list[Story] = field(default_factory=list)
    carried: set[str] = field(default_factory=set)
    newest: datetime | None = None
    why: str = ""

    @property
    def all(self) -> list[Story]:
        return [*self.new, *self.edited, *self.absorbed]


def keys_of(story: Story) -> Keys:
    link = same_link(story.link)
    return Keys(
        story.id,
        _hash(story.id, link) if link else "",
        _hash(story.feed, "link", link) if link else "",
        _hash(story.feed, "title", " ".join(story.title.casefold().split())),
    )


def same_link(link: str) -> str:
    """Two links that lead to one page: without scheme, fragment, default port, closing slash."""
    _, _, rest = link.partition("://")
    rest = rest.partition("#")[0]
    host, slash, path = rest.partition("/")
    host = host.lower().removesuffix(":80").removesuffix(":443")
    return (host + slash + path).rstrip("/")


def sort(
    stories: Sequence[Story],
    known: Iterable[Known],
    newest: datetime | None = None,
    *,
    first: bool = False,
) -> Sorted:
    """
    Sort one document's stories. `known` holds whatever shares a key with one of them; `newest`
    is the latest time its feed has claimed so far; a `first` document cannot be a rebuilt one.
    """
    seen = _Remembered(known, {story.id for story in stories})
    own = Counter(keys_of(story).link for story in stories)
    found = Sorted(newest=_newest(stories, newest))
    for story in stories:
        keys = keys_of(story)
        story, one = seen.of(story, keys, own[keys.link] == 1)
        if story.id in found.carried:
            continue
        found.carried.add(story.id)
        if one is None:
            found.new.append(story)
        elif (one.title, one.link) != (story.title, story.link):
            found.edited.append(story)
    if not first:
        _absorb(found, len(found.carried), newest, seen.titles)
    return found


class _Remembered:
    """Known stories by each of their keys; a key that several share identifies none."""

    def __init__(self, known: Iterable[Known], told: Collection[str]) -> None:
        self.ids = {one.id: one for one in known}
        elsewhere = [one for one in self.ids.values() if one.id not in told]
        self.links = _alone((one.keys.link, one) for one in elsewhere)
        self.titles = {one.keys.title: one for one in elsewhere}

    def of(self, story: Story, keys: Keys, own_link: bool) -> tuple[Story, Known | None]:
        """The story under the id it is remembered by, and what is remembered of it."""
        if (one := self.ids.get(story.id)) is not None:
            if not _reused(story, one):
                return story, one
            return replace(story, id=keys.again), self.ids.get(keys.again)
        one = self.links.get(keys.link) if own_link and keys.link else None
        if one is None:
            alike = self.titles.get(keys.title)
            dated = alike is not None and story.published is not None
            one = alike if dated and alike and alike.published == story.published else None
        return (replace(story, id=one.id), one) if one is not None else (story, None)


def _alone(pairs: Iterable[tuple[str, Known]]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    twice: set[str] = set()
    for key, one in pairs:
        if key in found:
            twice.add(key)
        found[key] = one
    return {key: one for key, one in found.items() if key not in twice}


def _reused(story: Story, one: Known) -> bool:
    """The same guid for another story: other words at another place, of another moment."""
    moved = story.link and one.link and same_link(story.link) != same_link(one.link)
    later = story.published is None or story.published != one.published
    return bool(moved and later) and not _alike(story.title, one.title)


def _alike(title: str, other: str) -> bool:
    """An edited title keeps half of the words of the shorter."""
    words, others = (set(_WORD.findall(each.casefold())) for each in (title, other))
    return 2 * len(words & others) >= min(len(words), len(others))


def _absorb(found: Sorted, told: int, newest: datetime | None, titles: dict[str, Known]) -> None:
    if told < REBUILT_FROM or newest is None:
        return
    stale = [one for one in found.new if one.published is None or one.published <= newest]
    retold = [one for one in found.new if keys_of(one).title in titles]
    if len(stale) == len(found.new) and len(stale) > REBUILT_SHARE * told:
        again = stale
    elif len(retold) > REBUILT_SHARE * told:
        again = retold
    else:
        return
    found.absorbed = again
    ids = {one.id for one in again}
    found.new = [one for one in found.new if one.id not in ids]
    found.why = (
        f"told {len(again)} of {told} stories again as if they were new; none counts as news"
    )


def _newest(stories: Sequence[Story], so_far: datetime | None) -> datetime | None:
    told = [one.published for one in stories if one.published is not None]
    return max([*told, so_far]) if so_far is not None else max(told, default=None)


def _hash(*parts: str) -> str:
    text = "\n".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=10).hexdigest()
