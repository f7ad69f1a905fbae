"""One event told twice is one story; two events alike are not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.desk.cluster import origins, same_story
from bot.model.news import Attribution, OutletKind
from tests.builders import SCMP, at, outlet, story

QWEN = "Alibaba's Qwen models pass 700 million downloads on Hugging Face"


def together(one: str, other: str) -> bool:
    return len(same_story([story(one), story(other)])) == 1


@pytest.mark.parametrize(
    "other",
    [
        "UPDATE 2-Alibaba's Qwen models pass 700 million downloads on Hugging Face",
        "EXCLUSIVE: Alibaba's Qwen models pass 700 mn downloads on Hugging Face",
        "Alibaba's Qwen models pass 700 million downloads on Hugging Face - Reuters",
        "Alibaba Qwen models passed 700 million downloads on Hugging Face platform",
        "Downloads of Alibaba's Qwen models on Hugging Face pass 700 million",
    ],
)
def test_the_same_event(other: str) -> None:
    """Wire prefixes, signatures, word order and forms of a word do not make another story."""
    assert together(QWEN, other)


@pytest.mark.parametrize(
    "other",
    [
        "Alibaba's Qwen models pass 600 million downloads on Hugging Face",
        "Meta's Llama models pass 700 million downloads",
        "Alibaba opens a data centre in Johor",
        "models pass 700 million downloads",
    ],
)
def test_another_event(other: str) -> None:
    """Another number, no shared name, or few shared words is another story."""
    assert not together(QWEN, other)


def test_templates_differ_by_their_name() -> None:
    """The same sentence about another company is another story."""
    assert not together("Micron to report results Jan 20", "Seagate to report results Jan 20")


def test_the_same_words_days_apart() -> None:
    """Two days later the same words tell something new."""
    later = story(QWEN, published=at("07:42") + timedelta(hours=49), id="later")

    assert len(same_story([story(QWEN), later])) == 2


def test_groups_keep_the_order_given() -> None:
    """The first of a group leads it, and groups stand in the order of their first."""
    stories = [story(QWEN, id="a"), story("Micron cuts jobs", id="b"), story(QWEN, id="c")]

    assert [[one.id for one in group] for group in same_story(stories)] == [["a", "c"], ["b"]]


def test_nothing_is_no_story() -> None:
    """No stories, no groups."""
    assert same_story([]) == []


def said(by: str, *citing: str, **changes: object) -> Attribution:
    return Attribution(story(outlet=by), outlet(by, **changes), citing)


def test_origins_count_those_who_have_it_on_their_own() -> None:
    """Relays of one source are one origin; so are two outlets of one owner."""
    relays = [said("SCMP", "AIBase"), said("Wire", "AIBase")]
    sisters = [said("Journal", owner="News Corp"), said("Barron's", owner="News Corp")]

    assert origins(relays) == 1
    assert origins(sisters) == 1
    assert origins([*relays, *sisters, said("Reuters")]) == 3


def test_passing_on_is_no_origin() -> None:
    """Release wires and aggregators add nothing."""
    passing = [
        said("Wire", kind=OutletKind.RELEASE_WIRE),
        said("Portal", kind=OutletKind.AGGREGATOR),
    ]

    assert origins(passing) == 0
    assert origins([Attribution(story(), SCMP), *passing]) == 1
