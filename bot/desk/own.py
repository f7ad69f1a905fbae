"""
What do servers add, and what do they hold back? Feeds and filters that are theirs alone.

What a server adds touches that server only: it can make a cause that is possible at most, it is
named as the server's own, and nobody else reads of it. What it filters is filtered there only.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import overload

from bot.desk.amend import OF_THE_CAUSE
from bot.desk.catalyst import choose
from bot.desk.caveats import warn
from bot.desk.filters import Filter
from bot.desk.weights import Weights
from bot.model.brief import AnyBrief, Brief, Caveat, Context, LocalCause, Variant
from bot.model.gathered import Gathered, Own, Told
from bot.model.news import Catalyst, Grade, Outlet, OutletKind, Story
from bot.model.piece import Update, UpdateKind
from bot.model.wish import Overheard, Sieve, Wish


def sift(
    heard: Iterable[Overheard],
    wishes: Mapping[str, Sequence[Wish]],
    find: Callable[[str], Outlet],
) -> tuple[Own, ...]:
    """
    Which servers read which of the stories that feeds of their own told: those that pass.

    `wishes` are by feed; `find` looks an outlet up in the register.
    """
    read: dict[int, list[Told]] = defaultdict(list)
    for one in heard:
        for wish in wishes.get(one.story.feed, ()):
            if passes(wish, one.story):
                read[wish.guild].append(
                    Told(one.story, outlet_of(wish, one.story, find), one.words)
                )
    same: dict[tuple[Told, ...], list[int]] = defaultdict(list)
    for guild, told in read.items():
        same[tuple(told)].append(guild)
    return tuple(Own(tuple(guilds), told) for told, guilds in same.items())


def passes(rules: Wish | Sieve, story: Story) -> bool:
    """Whether the story may be told there."""
    return not Filter(rules.allow, rules.deny).passes(story.title, story.summary)


def outlet_of(wish: Wish, story: Story, find: Callable[[str], Outlet]) -> Outlet:
    """
    The outlet as the server calls it. By its address, and not by that name, it is what it is.

    An owner is disclosed whatever tells of one: the address, the name, or where the story leads.
    """
    home = find(_host(wish.feed))
    found = (home, find(wish.outlet), find(_host(story.link)))
    owned = next((one for one in found if one.owner), home)
    return replace(
        owned,
        name=wish.outlet,
        short=wish.outlet,
        domain=home.domain,
        kind=home.kind if home.source else OutletKind.PRESS,
        added=True,
    )


def local_causes(
    gathered: Gathered, context: Context, onset: datetime | None, weights: Weights
) -> tuple[LocalCause, ...]:
    """For a brief without a cause: those that servers find in feeds of their own."""
    found = []
    for own in gathered.own:
        there = replace(gathered, told=own.told)
        catalyst = choose(there, onset, weights)
        if catalyst.attribution is not None:
            found.append(LocalCause(own.guilds, catalyst, warn(there, catalyst, context)))
    return tuple(found)


def held_back(brief: AnyBrief, guild: int | None, sieves: Sequence[Sieve]) -> tuple[str, ...]:
    """The stories of the brief, by id, that do not pass a channel's filters."""
    if not isinstance(brief, Brief):
        return ()
    here = [one for one in sieves if one.ticker in ("", brief.instrument.ticker)]
    stories = {story.id: story for story in _stories(_with_local(brief, guild))}
    return tuple(id for id, story in stories.items() if not all(passes(one, story) for one in here))


@overload
def read_there(brief: Brief, variant: Variant) -> Brief: ...
@overload
def read_there(brief: AnyBrief, variant: Variant) -> AnyBrief: ...
def read_there(brief: AnyBrief, variant: Variant) -> AnyBrief:
    """The record as it is read in that variant: a server's own cause, a channel's filter."""
    if not isinstance(brief, Brief):
        return brief
    brief = _with_local(brief, variant.guild)
    return _without(brief, frozenset(variant.aside)) if variant.aside else brief


def cause_aside(brief: AnyBrief, variant: Variant) -> bool:
    """Whether the cause that everybody reads is held back there."""
    said = brief.catalyst.attribution if isinstance(brief, Brief) else None
    return said is not None and said.story.id in variant.aside


def _with_local(brief: Brief, guild: int | None) -> Brief:
    if brief.catalyst.grade is not Grade.NONE or guild is None:
        return brief
    for cause in brief.local:
        if guild in cause.guilds:
            return replace(brief, catalyst=cause.catalyst, caveats=cause.caveats)
    return brief


def _without(brief: Brief, aside: Collection[str]) -> Brief:
    catalyst, said = brief.catalyst, brief.catalyst.attribution
    headlines = tuple(one for one in brief.context.headlines if one.id not in aside)
    context = replace(brief.context, headlines=headlines)
    rivals = tuple(one for one in catalyst.rivals if one.story.id not in aside)
    later = catalyst.later
    if later is not None and later.story.id in aside:
        later = None
    if said is None or said.story.id not in aside:
        kept = replace(catalyst, rivals=rivals, later=later)
        return replace(brief, catalyst=kept, context=context)
    gone = len({story.id for story in _stories(brief)} & set(aside))
    weighed = tuple(one for one in catalyst.candidates if one.story_id not in aside)
    none = Catalyst(Grade.NONE, candidates=weighed, read=max(0, catalyst.read - gone), later=later)
    caveats = tuple(one for one in brief.caveats if one.code not in OF_THE_CAUSE)
    updates = tuple(_unnamed(one) for one in brief.updates)
    return replace(
        brief,
        catalyst=none,
        context=context,
        caveats=(_set_aside(gone), *caveats),
        updates=updates,
    )


def _set_aside(stories: int) -> Caveat:
    were = "1 headline was" if stories == 1 else f"{stories} headlines were"
    return Caveat("aside", f"{were} set aside by this channel's filter.")


def _unnamed(update: Update) -> Update:
    """A stamped line does not name the outlet of what is held back."""
    if update.kind is not UpdateKind.CATALYST:
        return update
    return replace(update, kind=UpdateKind.DETAILS, text="")


def _stories(brief: Brief) -> Iterator[Story]:
    catalyst = brief.catalyst
    for said in (catalyst.attribution, *catalyst.rivals, catalyst.later):
        if said is not None:
            yield said.story
    yield from brief.context.headlines


def _host(url: str) -> str:
    rest = url.partition("://")[2]
    ends = min((at for at in map(rest.find, "/?#") if at >= 0), default=len(rest))
    return rest[:ends].rpartition("@")[2].partition(":")[0].lower()
