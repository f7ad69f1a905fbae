"""What explains the move, how well that is established, and why every other story lost."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import catalyst, weigh
from bot.desk.catalyst import choose, forced
from bot.model.gathered import Told
from bot.model.news import Catalyst, Grade, Outlet, OutletKind
from tests.builders import SCMP, at, gathered, outlet, story, told
from tests.desk.weighing import ROUND

ONSET = at("07:46")
REUTERS = outlet("Reuters", kind=OutletKind.WIRE)
ISSUER = outlet("Alibaba Cloud", kind=OutletKind.ISSUER)
REGULATOR = outlet("SEC", kind=OutletKind.REGULATOR)
RELEASES = outlet("Business Wire", kind=OutletKind.RELEASE_WIRE)
XINHUA = outlet("Xinhua", kind=OutletKind.STATE_MEDIA)
RESULTS = "Alibaba's quarterly results beat estimates"


def news(
    title: str,
    by: Outlet = REUTERS,
    when: str = "07:40",
    *,
    words: str = "Alibaba",
    id: str = "",
    summary: str = "",
) -> Told:
    """Out at that New York time, on 12 January unless "2026-01-09T05:00" says otherwise."""
    day, _, clock = when.rpartition("T")
    out = story(
        title, published=at(clock, day=day or "2026-01-12"), summary=summary, id=id or title
    )
    return told(out, by, words=words)


def chosen(*stories: Told, onset: datetime | None = ONSET) -> Catalyst:
    return choose(gathered(told=stories), onset, ROUND)


def lost(found: Catalyst) -> dict[str, str]:
    return {one.story_id: one.lost for one in found.candidates}


@pytest.mark.parametrize(
    ("by", "grade"),
    [
        (ISSUER, Grade.STATED),
        (REGULATOR, Grade.STATED),
        (REUTERS, Grade.REPORTED),
        (SCMP, Grade.REPORTED),
        (XINHUA, Grade.REPORTED),
        (RELEASES, Grade.POSSIBLE),
    ],
)
def test_grade_by_who_says_it(by: Outlet, grade: Grade) -> None:
    """Only the company and the regulator state; a release wire alone is not even a report."""
    assert grade is chosen(news(RESULTS, by)).grade


def test_time_is_a_hard_test() -> None:
    """A second before the onset explains; at the onset it does not, whatever it scores."""
    before = chosen(news(RESULTS, ISSUER, "07:45:59"))
    at_it = chosen(news(RESULTS, ISSUER, "07:46:00"))

    assert Grade.STATED is before.grade
    assert Grade.NONE is at_it.grade
    assert lost(at_it) == {RESULTS: catalyst.LATE}


def test_a_story_cannot_be_older_than_it_was_seen() -> None:
    """A future date in a feed counts as the time the desk saw it."""
    early = story(RESULTS, published=at("23:00"), first_seen=at("07:40"))

    assert Grade.REPORTED is chosen(told(early, REUTERS, words="Alibaba")).grade


def test_without_an_onset_nothing_is_above_possible() -> None:
    """When the move began is not known, so order proves nothing; later than now is still out."""
    found = chosen(
        news(RESULTS, ISSUER), news("Alibaba buys a chip designer", when="11:08"), onset=None
    )

    assert Grade.POSSIBLE is found.grade
    assert lost(found) == {RESULTS: "", "Alibaba buys a chip designer": catalyst.AFTER}


@pytest.mark.parametrize(
    "title",
    [
        "Why Alibaba stock is up today",
        "5 China stocks to watch: Alibaba and more",
        "Alibaba shares close 5% higher in Hong Kong",
        "Alibaba vs. JD.com: which is the better buy?",
        "Price-target round-up: Alibaba and a dozen more",
        "Is Alibaba worth a look?",
    ],
)
def test_words_about_the_price_are_no_cause(title: str) -> None:
    """Recaps, lists, round-ups and talk explain nothing, even alone."""
    found = chosen(news(title))

    assert Grade.NONE is found.grade
    assert found.attribution is None
    assert {title: catalyst.OPINION} == lost(found)


def test_no_stories() -> None:
    """Nothing read, nothing claimed; how much was read is kept."""
    found = choose(gathered(read=31), ONSET, ROUND)

    assert Catalyst(Grade.NONE, read=31) == found


def test_a_story_that_says_little_is_too_weak() -> None:
    """A mention in the summary of an old, eventless story is not a cause."""
    faint = news("Data centres grow", when="2026-01-10T07:00", summary="Alibaba has some.")
    found = chosen(faint)

    assert Grade.NONE is found.grade
    assert lost(found) == {"Data centres grow": catalyst.WEAK}


def test_a_theme_alone_is_only_possible() -> None:
    """A story that names no company never becomes a report about it."""
    plan = "China sets out plan to bring AI into manufacturing"
    found = chosen(news(plan, words="AI into manufacturing"))

    assert Grade.POSSIBLE is found.grade
    assert not found.headline_worthy


def test_what_speaks_against_the_move_is_only_possible() -> None:
    """A company may cut its outlook and rise; that the one followed the other is not claimed."""
    found = chosen(news("Alibaba cuts its outlook after weak quarterly results", ISSUER))

    assert Grade.POSSIBLE is found.grade


def test_what_speaks_against_the_move_gives_way_to_what_came_just_before() -> None:
    """Weaker by points, but in the hour before the rise, and nothing in it points down."""
    against = news("Alibaba cuts its outlook after weak quarterly results", ISSUER, "05:00")
    found = chosen(against, news("Alibaba buys a chip designer", SCMP, "07:10"))

    assert found.attribution is not None
    assert "Alibaba buys a chip designer" == found.attribution.story.title
    assert Grade.REPORTED is found.grade
    assert catalyst.CONTRARY == lost(found)[against.story.id]
    assert "Alibaba buys a chip designer" == forced(found)


def test_what_came_hours_before_does_not_overtake() -> None:
    against = news("Alibaba cuts its outlook after weak quarterly results", ISSUER, "05:00")
    found = chosen(against, news("Alibaba buys a chip designer", when="06:00"))

    assert found.attribution is not None
    assert against.story.id == found.attribution.story.id


def test_an_event_told_after_the_onset_is_kept_beside() -> None:
    """No cause, but worth a line where there is none; a recap and talk are not."""
    late = chosen(news("Why Alibaba is rising", when="10:00"), news(RESULTS, when="09:00"))
    recap = chosen(news("Why Alibaba is rising", when="10:00"))

    assert Grade.NONE is late.grade
    assert late.later is not None
    assert RESULTS == late.later.story.title
    assert recap.later is None
    assert chosen(news(RESULTS, when="11:09"), onset=None).later is None


def test_unconfirmed_never_enters_the_headline() -> None:
    """A report of talks may be the cause, but the headline stays bare."""
    talks = news("Alibaba in talks to buy a chip designer, sources say")
    firm = news("Alibaba to buy a chip designer")

    assert not chosen(talks).headline_worthy
    assert chosen(firm).headline_worthy


def test_a_close_rival_keeps_the_headline_bare() -> None:
    """Where two events speak almost alike, the headline does not take sides."""
    deal = news("Alibaba to buy a chip designer", when="07:30")
    found = chosen(news(RESULTS), deal)

    assert found.grade is Grade.REPORTED
    assert len(found.rivals) == 1
    assert not found.headline_worthy
    assert chosen(news(RESULTS)).headline_worthy


def test_rivals_were_out_before_the_move_too() -> None:
    """Real events of other stories, strongest first, two at most."""
    found = chosen(
        news(RESULTS),
        news("Regulator opens probe of Alibaba's pricing", when="2026-01-09T05:00"),
        news("Alibaba unveils a chip", when="02:00"),
        news("Alibaba starts a $10 billion buyback", when="03:00"),
        news("Why Alibaba stock is up today", when="07:00"),
        news("Alibaba sued by a supplier", when="08:00"),
    )

    assert len(found.rivals) == 2
    assert all(rival.story.out_at < ONSET for rival in found.rivals)
    assert found.rivals[0].story.title == "Alibaba unveils a chip"


def test_one_rival_an_event() -> None:
    """Two outlets with the same probe are one rival."""
    found = chosen(
        news(RESULTS),
        news("Food-delivery probe names Alibaba", when="02:00"),
        news("Regulator to investigate competition in food delivery among giants", XINHUA, "01:00"),
    )

    assert [rival.story.title for rival in found.rivals] == ["Food-delivery probe names Alibaba"]


def test_the_same_story_elsewhere_is_no_rival() -> None:
    """It counts as another outlet that has it on its own, and speaks for the cause."""
    relay = news(RESULTS, outlet("Example Times"), "07:44", id="relay")
    found = chosen(news(RESULTS), relay)

    assert found.also_in == 1
    assert found.rivals == ()
    assert lost(found) == {RESULTS: "", "relay": catalyst.SAME}


def test_relays_of_one_source_are_not_independent() -> None:
    """Two papers that cite AIBase have one origin."""
    title = "Qwen downloads pass 700 million, AIBase says"
    found = chosen(news(title, SCMP, words="Qwen"), news(title, REUTERS, words="Qwen", id="relay"))

    assert found.also_in == 0


def test_of_equals_the_first_out_is_chosen() -> None:
    """The outlet that was first is named."""
    late = news(RESULTS, outlet("Later", kind=OutletKind.WIRE), "07:44", id="late")
    early = news(RESULTS, REUTERS, "07:40", id="early")
    found = chosen(late, early)

    assert found.attribution is not None
    assert found.attribution.story.id == "early"


def test_points_add_up_and_have_reasons() -> None:
    """The trace that Why? prints: every part named, the heaviest first, the sum their sum."""
    (candidate,) = chosen(news(RESULTS)).candidates

    assert [(part.points, part.why) for part in candidate.points] == [
        (30, "the company leads the headline"),
        (20, "an event, told plainly"),
        (20, "kind of outlet: newswire"),
        (20, "out in the 3 hours before"),
        (20, "quarterly figures"),
        (10, "out in the hour before the move began"),
    ]
    assert candidate.score == 120


def test_a_feed_that_a_server_added_makes_at_most_a_possible_cause() -> None:
    """It never enters the headline, and the trace names it."""
    found = chosen(news(RESULTS, outlet("Blog", kind=OutletKind.WIRE, added=True)))

    assert found.grade is Grade.POSSIBLE
    assert not found.headline_worthy
    assert (0, weigh.ADDED) in {(part.points, part.why) for part in found.candidates[0].points}


def late_clock(*seen: str) -> list[Told]:
    """A vendor whose every story claims to be five hours older than it is."""
    return [
        told(
            story(
                f"{RESULTS} ({number})",
                published=at(clock) - timedelta(hours=5),
                first_seen=at(clock),
                id=f"{number}",
            ),
            REUTERS,
            words="Alibaba",
        )
        for number, clock in enumerate(seen)
    ]


def test_a_wrong_clock_proves_nothing_about_timing() -> None:
    """Its claim to have been first does not count: only what this desk read before the onset."""
    found = chosen(*late_clock("05:00", "06:00", "07:00", "07:30", "07:50"))

    assert found.grade is Grade.POSSIBLE
    assert not found.headline_worthy
    assert lost(found)["4"] == catalyst.UNTIMED
    assert found.attribution is not None
    assert found.attribution.story.id != "4"
    assert all((0, weigh.CLOCK) in [(p.points, p.why) for p in c.points] for c in found.candidates)


def test_below_the_reported_band_a_cause_is_only_possible() -> None:
    """Enough to be named, not enough to be a report."""
    found = chosen(news("Alibaba unveils a chip", by=SCMP, when="04:00"))

    assert found.candidates[0].score == 75
    assert found.grade is Grade.POSSIBLE


def test_forced_is_the_best_that_was_in_time() -> None:
    """Too weak to be named, but the one that would be; talk only where there is nothing else."""
    faint = news("Alibaba unveils a chip", when="2026-01-09T05:00", by=RELEASES, id="faint")
    talk = news("Why Alibaba stock is up today", id="talk")
    late = news(RESULTS, when="08:00", id="late")

    assert chosen(faint, talk, late).grade is Grade.NONE
    assert forced(chosen(faint, talk, late)) == "faint"
    assert forced(chosen(talk, late)) == "talk"
    assert forced(chosen(late)) is None


def test_what_comes_after_now_lends_no_weight() -> None:
    """A headline of the future echoes nothing."""
    alone = chosen(news(RESULTS), onset=None)
    echoed = chosen(news(RESULTS), news(RESULTS, SCMP, "11:30", id="later"), onset=None)

    assert lost(echoed) == {RESULTS: "", "later": catalyst.AFTER}
    assert {one.story_id: one.points for one in echoed.candidates}[RESULTS] == (
        alone.candidates[0].points
    )


_TITLES = st.sampled_from(
    [
        RESULTS,
        "Why Alibaba stock is up today",
        "Alibaba in talks to buy a chip designer",
        "Alibaba opens a canteen",
        "China sets out plan to bring AI into manufacturing",
        "Alibaba unveils a chip",
    ]
)
_CLOCKS = st.sampled_from(["04:00", "07:00", "07:45:59", "07:46", "07:46:01", "10:00", "11:30"])
_OUTLETS = st.sampled_from([REUTERS, ISSUER, RELEASES, XINHUA, SCMP])
_STORIES = st.lists(st.tuples(_TITLES, _OUTLETS, _CLOCKS), max_size=8)


def many(rows: Iterable[tuple[str, Outlet, str]]) -> list[Told]:
    return [
        news(title, by, clock, id=f"{number}") for number, (title, by, clock) in enumerate(rows)
    ]


@given(_STORIES, st.sampled_from([ONSET, None]))
def test_nothing_that_came_late_explains(
    rows: list[tuple[str, Outlet, str]], onset: datetime | None
) -> None:
    """Whatever the pile: the cause and its rivals were out before, and the grade says no more."""
    found = chosen(*many(rows), onset=onset)
    began = onset or at("11:08")
    shown = [*found.rivals, *([found.attribution] if found.attribution else [])]

    assert all(said.story.out_at < began for said in shown)
    assert (found.attribution is None) is (found.grade is Grade.NONE)
    assert onset or found.grade in (Grade.POSSIBLE, Grade.NONE)


@given(_STORIES)
def test_every_losing_candidate_says_why(rows: list[tuple[str, Outlet, str]]) -> None:
    """All stories are weighed, and exactly the chosen one has not lost."""
    found = chosen(*many(rows))
    winners = [one.story_id for one in found.candidates if not one.lost]

    assert len(rows) == len(found.candidates)
    assert winners == ([found.attribution.story.id] if found.attribution else [])


@given(_STORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_pile_does_not_matter(
    rows: list[tuple[str, Outlet, str]], random: Random
) -> None:
    """The same stories in another order give the same cause."""
    stories = many(rows)
    shuffled = random.sample(stories, len(stories))

    assert chosen(*stories).attribution == chosen(*shuffled).attribution
