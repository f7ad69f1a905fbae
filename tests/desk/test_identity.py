"""The same story is met once, whatever its feed does to its guid, and a new one is never missed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import identity
from bot.desk.identity import Known, Sorted, same_link
from bot.model.news import Story
from tests import builders

NOON = builders.at("12:00")
HOUR = timedelta(hours=1)


def tale(number: int, **changes: object) -> Story:
    """The story of that number; each is an hour older than the one before it."""
    story = builders.story(
        f"Story number {number}", id=f"guid-{number}", published=NOON - number * HOUR
    )
    return replace(story, **changes)  # type: ignore[arg-type]


def sort(
    stories: Sequence[Story],
    known: Sequence[Known],
    newest: datetime | None = None,
    *,
    first: bool = False,
) -> Sorted:
    document = [identity.told(one) for one in stories]
    return identity.sort(document, known, newest, first=first)


def known(*stories: Story) -> list[Known]:
    told = [identity.told(one) for one in stories]
    return [
        Known(one.id, one.feed, one.title, one.link, one.published, keys.link, keys.title)
        for one, keys in told
    ]


def outcome(found: Sorted) -> tuple[list[str], ...]:
    """Ids: new, edited, absorbed."""
    return tuple(
        [one.story.id for one in some] for some in (found.new, found.edited, found.absorbed)
    )


def document(count: int = 10) -> list[Story]:
    return [tale(number) for number in range(count)]


def test_what_was_not_told_before_is_new() -> None:
    """By id; what is known with the same words is nothing at all."""
    assert outcome(sort([tale(1), tale(2)], known(tale(2)))) == (["guid-1"], [], [])


def test_a_title_edited_in_place_is_the_same_story() -> None:
    """Under its known id, with the words it has now."""
    found = sort([tale(1, title="CORRECTED: Story number 1")], known(tale(1)))

    assert outcome(found) == ([], ["guid-1"], [])
    assert found.edited[0].story.title == "CORRECTED: Story number 1"


def test_every_guid_changed_is_no_news() -> None:
    """As when a site goes from http to https: the links tell."""
    secure = [
        replace(one, id=f"s-{one.id}", link=one.link.replace("https", "http")) for one in document()
    ]
    found = sort(secure, known(*document()), NOON)

    assert found.new == found.absorbed == []
    assert found.carried == {one.id for one in document()}


def test_guids_and_links_changed_is_no_news_where_titles_and_dates_stay() -> None:
    """A title of the same moment is the same story."""
    moved = [tale(n, id=f"new-{n}", link=f"https://b.example/{n}") for n in range(10)]
    found = sort(moved, known(*document()), NOON)

    assert found.new == []
    assert outcome(found)[1] == [one.id for one in document()]


def test_a_recurring_title_is_a_new_story() -> None:
    """ "Markets at noon" of today is not that of yesterday."""
    today = tale(0, id="b", title="Markets at noon", link="https://x.example/b")
    yesterday = tale(24, id="a", title="Markets at noon", link="https://x.example/a")

    assert outcome(sort([today], known(yesterday))) == (["b"], [], [])


def test_a_link_that_several_share_identifies_none() -> None:
    """A feed whose every item leads to its front page tells as many stories as it has items."""
    front = "https://news.example/"
    items = [tale(number, link=front) for number in range(3)]
    later = tale(0, id="late", title="Another", published=NOON + HOUR, link=front)

    assert len(sort(items, []).new) == 3
    assert outcome(sort([later, *items], known(*items)))[0] == ["late"]


def test_a_guid_used_again_for_another_story_is_a_new_story() -> None:
    """Also on the next poll, when both are known."""
    first = tale(1, id="1", title="Alpha buys Beta")
    second = tale(0, id="1", title="Gamma names a chief", link="https://news.example/gamma")
    found = sort([second], known(first))
    new = found.new[0].story
    after = sort([second], known(first, new))

    assert new.id != first.id
    assert outcome(after) == ([], [], [])


def test_a_slug_that_follows_its_title_is_the_same_story() -> None:
    """Words, link and date changed together, but most words stayed."""
    was = tale(1, title="Alpha in talks to buy Beta")
    now = tale(
        1, title="Alpha agrees to buy Beta", link="https://news.example/agrees", published=NOON
    )

    assert outcome(sort([now], known(was))) == ([], ["guid-1"], [])


def test_a_rebuilt_feed_is_absorbed() -> None:
    """Most of it is new to us and none of it is newer than what we had."""
    rebuilt = [
        tale(n, id=f"r-{n}", title=f"Old tale {n}", link=f"https://r.example/{n}")
        for n in range(1, 11)
    ]
    found = sort(rebuilt, known(*document(3)), NOON)

    assert outcome(found) == ([], [], [one.id for one in rebuilt])
    assert found.why == "told 10 of 10 stories again as if they were new; none counts as news"


def test_a_rebuilt_feed_with_fresh_dates_is_absorbed() -> None:
    """The titles are the old ones; what is really new among them stays news."""
    rebuilt = [
        tale(n, id=f"r-{n}", link=f"https://r.example/{n}", published=NOON + HOUR) for n in range(9)
    ]
    news = tale(99, id="news", published=NOON + HOUR, link="https://r.example/news")
    found = sort([news, *rebuilt], known(*document()), NOON)

    assert outcome(found) == (["news"], [], [one.id for one in rebuilt])


@pytest.mark.parametrize(
    ("stories", "newest", "first"),
    [
        (document(7), NOON + HOUR, False),
        (document(), None, False),
        (document(), NOON + HOUR, True),
        (document(), NOON - HOUR, False),
    ],
    ids=["few", "never dated", "first reading", "one is newer"],
)
def test_a_busy_feed_is_no_rebuilt_one(
    stories: list[Story], newest: datetime | None, first: bool
) -> None:
    """All new, and all news."""
    found = sort(stories, [], newest, first=first)

    assert (len(found.new), found.absorbed, found.why) == (len(stories), [], "")


def test_the_newest_time_only_grows() -> None:
    """What a feed claimed once is remembered."""
    assert sort([tale(3)], [], NOON).newest == NOON
    assert sort([tale(0)], [], NOON - HOUR).newest == NOON
    assert sort([tale(0, published=None)], []).newest is None


@pytest.mark.parametrize(
    ("link", "other"),
    [
        ("http://a.example/x", "https://A.example/x#top"),
        ("https://a.example:443/x/", "https://a.example/x"),
    ],
)
def test_links_that_lead_to_one_page(link: str, other: str) -> None:
    """Whatever is written before the host and after the page."""
    assert same_link(link) == same_link(other)


def test_links_that_differ_in_their_query_are_two() -> None:
    """Many a site keeps its stories there."""
    assert same_link("https://a.example/?p=1") != same_link("https://a.example/?p=2")


@given(st.lists(st.integers(0, 30), unique=True, max_size=25), st.data())
def test_nothing_is_met_twice_and_nothing_is_lost(
    numbers: Sequence[int], data: st.DataObject
) -> None:
    """Whatever part of a document was known, the rest is new, and a second look finds nothing."""
    there = data.draw(st.sets(st.sampled_from(numbers))) if numbers else set()
    stories = [tale(number) for number in numbers]
    found = sort(stories, known(*(tale(number) for number in there)), first=True)
    again = sort(stories, known(*stories), first=True)

    assert {one.story.id for one in found.new} == {f"guid-{n}" for n in numbers if n not in there}
    assert outcome(again) == ([], [], [])
