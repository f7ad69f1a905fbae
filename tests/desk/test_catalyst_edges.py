"""The catalyst on its edges: a band to the point, a clock to the second, a pile told twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.desk import catalyst, weigh
from bot.desk import features as feature
from bot.desk import traits as trait
from bot.desk.catalyst import choose, weighed
from bot.desk.clocks import EARLY_BY, impossible
from bot.desk.weights import Weights
from bot.model.gathered import Told
from bot.model.news import Attribution, Catalyst, Grade, Outlet, OutletKind, Points, Story
from tests.builders import SCMP, at, gathered, outlet, story, told
from tests.desk.weighing import ROUND

ONSET = at("07:46")
REUTERS = outlet("Reuters", kind=OutletKind.WIRE)
RESULTS = "Alibaba's quarterly results beat estimates"
DEAL = "Alibaba buys a chip designer"
SECOND = timedelta(seconds=1)


def news(title: str, when: str = "07:40", words: str = "Alibaba", **changes: object) -> Told:
    out = story(title, published=at(when), id=title)
    return told(replace(out, **changes), REUTERS, words=words)  # type: ignore[arg-type]


def chosen(
    *stories: Told, on: Weights = ROUND, onset: datetime | None = ONSET, read: int = 7
) -> Catalyst:
    return choose(gathered(told=stories, read=read), onset, on)


def score(*stories: Told) -> int:
    """What the best of them weighs."""
    return max(one.score for one in chosen(*stories).candidates)


def lost(found: Catalyst) -> dict[str, str]:
    return {one.story_id: one.lost for one in found.candidates}


def test_every_band_to_the_point() -> None:
    """On the band it may be claimed; a point below it may not."""
    alone = news(RESULTS)
    enough = score(alone)
    low = replace(ROUND, possible=0, reported=0, headline=0, clear=0)

    def on(**bands: int) -> Catalyst:
        return chosen(alone, on=replace(low, **bands))  # type: ignore[arg-type]

    assert on(possible=enough).grade is Grade.REPORTED
    assert on(possible=enough + 1).grade is Grade.NONE
    assert on(reported=enough).grade is Grade.REPORTED
    assert on(reported=enough + 1).grade is Grade.POSSIBLE
    assert on(headline=enough).headline_worthy
    assert not on(headline=enough + 1).headline_worthy


def test_by_how_much_the_best_must_lead_to_the_point() -> None:
    """Alone it leads by enough; beside a rival by so many points."""
    first, second = news(RESULTS), news(DEAL, "07:30")
    found = chosen(first, second)
    scores = {one.story_id: one.score for one in found.candidates}
    ahead = scores[RESULTS] - scores[DEAL]
    low = replace(ROUND, possible=0, reported=0, headline=0, rival=0)

    assert [one.story.title for one in found.rivals] == [DEAL]
    assert chosen(first, second, on=replace(low, clear=ahead)).headline_worthy
    assert not chosen(first, second, on=replace(low, clear=ahead + 1)).headline_worthy
    assert chosen(first, on=replace(low, clear=ahead + 500)).headline_worthy


def test_a_rival_to_the_point() -> None:
    """On the band it is one; below it, or as talk, or on the same topic, it is behind."""
    first, second = news(RESULTS), news(DEAL, "07:30")
    worth = {one.story_id: one.score for one in chosen(first, second).candidates}[DEAL]

    def with_rival(band: int) -> dict[str, str]:
        return lost(chosen(first, second, on=replace(ROUND, rival=band)))

    assert with_rival(worth) == {RESULTS: "", DEAL: catalyst.RIVAL}
    assert with_rival(worth + 1) == {RESULTS: "", DEAL: catalyst.BEHIND}


def test_a_strong_story_without_an_event_is_no_rival() -> None:
    """Nor is one on the topic of the chosen one, hyphen or not."""
    plain = news("Alibaba holds a conference", "07:30")
    same = news("Alibaba first-quarter results are out", "07:20")
    found = chosen(news(RESULTS), plain, same, on=replace(ROUND, rival=-1000))

    assert found.rivals == ()
    assert lost(found)[plain.story.id] == catalyst.BEHIND


def test_topics_that_differ_by_a_hyphen_are_one() -> None:
    """A food-delivery probe and a food delivery probe."""
    first = news("Alibaba faces food-delivery probe in China", "07:40")
    second = news("Regulator: probe of food delivery at Alibaba widens", "05:10")
    found = chosen(first, second, on=replace(ROUND, rival=-1000, possible=0))

    assert found.attribution is not None
    assert found.rivals == ()


def test_what_too_little_speaks_for() -> None:
    """Without a chosen one nothing is behind another."""
    found = chosen(news(RESULTS), news(DEAL), on=replace(ROUND, possible=1000))

    assert set(lost(found).values()) == {catalyst.WEAK}
    assert (found.read, chosen(news(RESULTS)).read) == (7, 7)


def test_late_is_said_against_the_onset_where_there_is_one() -> None:
    """Else against this brief."""
    late = news(DEAL, "07:46")

    assert lost(chosen(news(RESULTS), late))[DEAL] == catalyst.LATE
    assert lost(chosen(news(RESULTS), news(DEAL, "11:08"), onset=None))[DEAL] == catalyst.AFTER


def test_a_topic_knows_the_company_beside_which_it_stands() -> None:
    """A product may lead it, the company's own name does not come twice."""
    title = "Alibaba says Qwen downloads pass 700 million"
    found = chosen(news(title), on=replace(ROUND, possible=0))

    assert found.attribution is not None
    assert found.attribution.topic == "Qwen downloads"


def test_only_the_same_story_is_carried_by_others() -> None:
    """What else they tell is not counted."""
    other = told(story(DEAL, published=at("07:30"), id=DEAL), SCMP, words="Alibaba")
    same = told(story(RESULTS, published=at("07:41"), id="same"), SCMP, words="Alibaba")

    assert chosen(news(RESULTS), other).also_in == 0
    assert chosen(news(RESULTS), other, same).also_in == 1


@pytest.mark.parametrize(("clock", "echoes"), [("11:07:59", True), ("11:08", False)])
def test_what_is_out_at_now_is_no_echo(clock: str, echoes: bool) -> None:
    """A headline of before does not gain by what the desk did not know when the move began."""
    like = "Alibaba's quarterly results beat estimates on cloud growth"
    other = told(story(like, published=at(clock), id=like), REUTERS, words="Alibaba")
    found = weighed(gathered(told=[news(RESULTS), other]), ONSET, ROUND)
    first = next(one for one in found if one.weighed.said.story.id == RESULTS)

    assert echoes is (feature.ONE_ECHO in first.weighed.features)


def test_another_outlet_is_told_by_its_name() -> None:
    """Two headlines alike of one outlet are one outlet's."""
    like = "Alibaba's quarterly results beat estimates on cloud growth"

    def elsewhere(by: Outlet) -> bool:
        other = told(story(like, published=at("07:41"), id=like), by, words="Alibaba")
        found = weighed(gathered(told=[news(RESULTS), other]), ONSET, ROUND)
        return feature.OTHER_OUTLET in found[0].weighed.features

    assert elsewhere(SCMP)
    assert not elsewhere(REUTERS)


def test_what_comes_at_now_lends_no_weight() -> None:
    """A second outlet at the very moment of this brief is no origin yet; a second before it is."""

    def further(clock: str) -> bool:
        other = told(story(RESULTS, published=at(clock), id="second"), SCMP, words="Alibaba")
        pile = gathered(told=[news(RESULTS), other])
        found = weighed(pile, ONSET, ROUND)
        first = next(one for one in found if one.weighed.said.story.id == RESULTS)
        return weigh.FURTHER in first.weighed.features

    assert further("11:07:59")
    assert not further("11:08")


@pytest.mark.parametrize(
    ("before", "just"),
    [
        (timedelta(0), False),
        (SECOND, True),
        (timedelta(hours=1), True),
        (timedelta(hours=1) + SECOND, False),
    ],
)
def test_the_hour_before_the_onset_to_the_second(before: timedelta, just: bool) -> None:
    """From a second before it, to an hour before it."""
    out = told(story(RESULTS, published=ONSET - before, id=RESULTS), REUTERS, words="Alibaba")
    (found,) = weighed(gathered(told=[out]), ONSET, ROUND)

    assert just is (weigh.JUST_BEFORE in found.weighed.features)


def said(*citing: str, title: str = RESULTS) -> Attribution:
    return Attribution(story(title), REUTERS, citing, words="Alibaba")


def test_rumours() -> None:
    """All of those cited are nameless, or the headline hedges; one with a name is enough."""
    people = "people familiar with the matter"

    assert weigh.rumoured(said(people))
    assert weigh.rumoured(said(title="Alibaba may sell a unit, sources say"))
    assert not weigh.rumoured(said(people, "AIBase"))
    assert not weigh.rumoured(said("AIBase"))
    assert not weigh.rumoured(said())


def test_a_rumour_and_further_outlets_are_features() -> None:
    """With the points that the weights give them."""
    rumour = news("Alibaba buys a chip designer, sources say")
    other = told(story(RESULTS, published=at("07:41"), id="two"), SCMP, words="Alibaba")
    (alone,) = weighed(gathered(told=[rumour]), ONSET, ROUND)
    both = weighed(gathered(told=[news(RESULTS), other]), ONSET, ROUND)

    assert Points(weigh.RUMOUR, -15) in alone.weighed.points
    assert all(Points(weigh.FURTHER, 10) in one.weighed.points for one in both)


def test_an_outlet_with_points_of_its_own() -> None:
    """They stand in place of those of its kind."""
    own = replace(ROUND, points={**ROUND.points, f"{weigh.PUBLISHED_BY}Reuters": 33})
    (by_kind,) = weighed(gathered(told=[news(RESULTS)]), ONSET, ROUND)
    (by_name,) = weighed(gathered(told=[news(RESULTS)]), ONSET, own)

    assert Points("kind of outlet: newswire", 20) in by_kind.weighed.points
    assert Points("published by Reuters", 33) in by_name.weighed.points
    assert by_name.score - by_kind.score == 13


def test_the_direction_of_the_move_and_the_outlets_reach_the_features() -> None:
    """A headline that goes the other way, and one that a second outlet has."""
    pile = [news(RESULTS), told(story(DEAL, published=at("07:30"), id=DEAL), SCMP, words="Alibaba")]
    up = gathered(told=pile)
    down = replace(up, move=replace(up.move, last=up.move.reference.price - 5))

    def features(of: object) -> list[frozenset[str]]:
        return [one.weighed.features for one in weighed(of, ONSET, ROUND)]  # type: ignore[arg-type]

    assert features(up) != features(down)


def test_talk_counts_only_without_an_event() -> None:
    """A round-up never; a recap that tells an event is no talk."""
    (movers,) = weighed(gathered(told=[news("5 China stocks to watch: Alibaba")]), ONSET, ROUND)
    (event,) = weighed(
        gathered(told=[news("Alibaba shares rise after deal with Apple")]), ONSET, ROUND
    )

    assert trait.MOVERS in movers.weighed.features and movers.weighed.talk
    assert not event.weighed.talk


def clocked(*lags: timedelta) -> bool:
    """Whether an outlet whose stories were read so long after their own time is impossible."""
    stories = [_read(number, lag) for number, lag in enumerate(lags)]
    return "Reuters" in impossible(stories)


def _read(number: int, lag: timedelta) -> Story:
    seen = at("07:00") + timedelta(minutes=number)
    return story(str(number), outlet="Reuters", published=seen - lag, first_seen=seen)


@pytest.mark.parametrize(
    ("lags", "wrong"),
    [
        ((-EARLY_BY - SECOND,) * 3, True),
        ((-EARLY_BY,) * 3, False),
        ((-EARLY_BY - SECOND,) * 2, False),
        ((-EARLY_BY - SECOND, -EARLY_BY - SECOND, SECOND), True),
        ((-EARLY_BY - SECOND, -EARLY_BY - SECOND, SECOND, SECOND), False),
        ((-EARLY_BY - SECOND, SECOND, SECOND), False),
        ((SECOND, SECOND, SECOND), False),
    ],
)
def test_a_clock_that_runs_ahead(lags: tuple[timedelta, ...], wrong: bool) -> None:
    """More than half of at least three stories, by more than ten minutes."""
    assert wrong is clocked(*lags)


@pytest.mark.parametrize(
    ("first", "later", "wrong"),
    [
        (0, (3 * 3600,) * 3, True),
        (0, (3 * 3600 - 1,) * 3, False),
        (0, (3 * 3600,) * 2, False),
        (0, (4 * 3600, 4 * 3600, 4 * 3600, 60), False),
    ],
)
def test_a_clock_that_is_hours_slow(first: int, later: tuple[int, ...], wrong: bool) -> None:
    """Three hours at least, of each story but those of the first batch, of which three."""
    lags = [timedelta(seconds=one) for one in (first, *later)]

    assert wrong is clocked(*lags)
