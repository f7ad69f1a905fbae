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


class Told(NamedTuple):
    """A story as its feed tells it now."""

    story: Story
    keys: Keys

    def known_as(self, id: str) -> Told:
        return Told(replace(self.story, id=id), self.keys._replace(id=id))


@dataclass(frozen=True, slots=True)
class Known:
    """A remembered story, as far as identity needs it."""

    id: str
    feed: str
    title: str
    link: str
    published: datetime | None
    link_key: str
    title_key: str


@dataclass(slots=True)
class Sorted:
    """
    The stories of one poll. `edited` are known ones with other words or another link, under
    their known id; `absorbed` were told again by a rebuilt feed, `why` says so. `carried` are
    the ids of all.
    """

    new: list[Told] = field(default_factory=list)
    edited: list[Told] = field(default_factory=list)
    absorbed: list[Told] = field(default_factory=list)
    carried: set[str] = field(default_factory=set)
    newest: datetime | None = None
    why: str = ""


def told(story: Story) -> Told:
    link = same_link(story.link)
    link_key = _hash(story.feed, "link", link) if link else ""
    title = " ".join(story.title.casefold().split())
    again = f"{story.id}.{link_key}" if link else ""
    return Told(story, Keys(story.id, again, link_key, _hash(story.feed, "title", title)))


def same_link(link: str) -> str:
    """Two links that lead to one page: without scheme, fragment, default port, closing slash."""
    _, _, rest = link.partition("://")
    rest = rest.partition("#")[0]
    host, slash, path = rest.partition("/")
    host = host.lower().removesuffix(":80").removesuffix(":443")
    return (host + slash + path).rstrip("/")


def sort(
    document: Sequence[Told],
    known: Iterable[Known],
    newest: datetime | None = None,
    *,
    first: bool = False,
) -> Sorted:
    """
    Sort one document's stories. `known` holds whatever shares a key with one of them; `newest`
    is the latest time its feed has claimed so far; a `first` document cannot be a rebuilt one.
    """
    seen = _Remembered(known, {one.story.id for one in document})
    shared = Counter(one.keys.link for one in document)
    found = Sorted(newest=_newest(document, newest))
    for each in document:
        one, was = seen.of(each, own_link=shared[each.keys.link] == 1)
        if one.story.id in found.carried:
            continue
        found.carried.add(one.story.id)
        if was is None:
            found.new.append(one)
        elif (was.title, was.link) != (one.story.title, one.story.link):
            found.edited.append(one)
    if not first:
        _absorb(found, newest, seen.titles)
    return found


class _Remembered:
    """Known stories by each of their keys; a link that several share identifies none."""

    def __init__(self, known: Iterable[Known], here: Collection[str]) -> None:
        self.ids = {one.id: one for one in known}
        elsewhere = [one for one in self.ids.values() if one.id not in here]
        self.links = _alone((one.link_key, one) for one in elsewhere)
        self.titles = {one.title_key: one for one in elsewhere}

    def of(self, one: Told, *, own_link: bool) -> tuple[Told, Known | None]:
        """The story under the id it is remembered by, and what is remembered of it."""
        if (was := self.ids.get(one.story.id)) is not None:
            if not _reused(one.story, was):
                return one, was
            return one.known_as(one.keys.again), self.ids.get(one.keys.again)
        was = self.links.get(one.keys.link) if own_link and one.keys.link else None
        if was is None and one.story.published is not None:
            alike = self.titles.get(one.keys.title)
            was = alike if alike and alike.published == one.story.published else None
        return (one.known_as(was.id), was) if was is not None else (one, None)


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


def _absorb(found: Sorted, newest: datetime | None, titles: Collection[str]) -> None:
    count = len(found.carried)
    if count < REBUILT_FROM or newest is None:
        return
    stale = [one for one in found.new if not _newer(one.story, newest)]
    retold = [one for one in found.new if one.keys.title in titles]
    if len(stale) == len(found.new) and len(stale) > REBUILT_SHARE * count:
        found.absorbed = stale
    elif len(retold) > REBUILT_SHARE * count:
        found.absorbed = retold
    else:
        return
    ids = {one.story.id for one in found.absorbed}
    found.new = [one for one in found.new if one.story.id not in ids]
    found.why = f"told {len(ids)} of {count} stories again as if they were new; none counts as news"


def _newer(story: Story, newest: datetime) -> bool:
    return story.published is not None and story.published > newest


def _newest(document: Sequence[Told], so_far: datetime | None) -> datetime | None:
    dates = [one.story.published for one in document if one.story.published is not None]
    return max([*dates, so_far]) if so_far is not None else max(dates, default=None)


def _hash(*parts: str) -> str:
    text = "\n".join(parts).encode("utf-8", "replace")
    return hashlib.blake2b(text, digest_size=10).hexdigest()
