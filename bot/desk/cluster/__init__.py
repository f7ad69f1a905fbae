"""
Which stories tell the same event, and how many outlets tell it on their own?

A headline is read into names, figures and kinds of happening (`reading`), two readings are
weighed against each other (`pair`), and a stream finds the pairs worth weighing (`stream`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.desk.cluster.stream import WITHIN, Stream
from bot.model.news import Attribution, OutletKind, Story

__all__ = ["WITHIN", "Stream", "origins", "same_story"]


def same_story(stories: Iterable[Story]) -> list[list[Story]]:
    """Group stories that tell the same event, in the order given; each group's first leads it."""
    stream, groups = Stream(), dict[str, list[Story]]()
    for number, story in enumerate(stories):
        leader = stream.add(str(number), story.title, story.out_at)
        groups.setdefault(leader, []).append(story)
    return list(groups.values())


def origins(telling: Sequence[Attribution]) -> int:
    """
    How many outlets tell it on their own.

    Relays that cite the same source share one origin, as do outlets of one owner; release
    wires and aggregators pass on what others wrote and count for nothing.
    """
    passing_on = (OutletKind.RELEASE_WIRE, OutletKind.AGGREGATOR)
    own = [one for one in telling if one.outlet.kind not in passing_on]
    return len(
        {(one.citing[0] if one.citing else one.outlet.owner or one.outlet.name) for one in own}
    )
