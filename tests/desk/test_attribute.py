"""Who said it, citing whom, about what."""

from __future__ import annotations

import pytest

from bot.desk.attribute import TOPIC_AT_MOST, attribution
from bot.desk.events import event_of, unconfirmed
from bot.model.news import Attribution
from tests.builders import BABA, outlet, story, told

WIRE = outlet("Reuters")


def said(title: str, summary: str = "", *, words: str = "Alibaba") -> Attribution:
    return attribution(told(story(title, summary=summary), WIRE, words=words), BABA)


@pytest.mark.parametrize(
    ("title", "summary", "citing"),
    [
        ("Qwen passes 700 million downloads, AIBase data shows", "", ("AIBase",)),
        ("Qwen passes 700 million downloads, AIBase says", "", ("AIBase",)),
        ("Qwen leads", "Downloads passed 700 million, citing AIBase. More soon.", ("AIBase",)),
        ("Qwen leads", "It passed 700 million, according to data from AIBase.", ("AIBase",)),
        (
            "Qwen leads",
            "According to the International Data Corp, it leads.",
            ("International Data Corp",),
        ),
        ("Qwen leads, South China Morning Post reports", "", ("South China Morning Post",)),
        ("Memory prices soften, TrendForce note says", "", ("TrendForce",)),
        ("Alibaba said: cloud grows", "", ("Alibaba",)),
        ("Cloud to grow, Alibaba says", "", ("Alibaba",)),
        ("Cloud to grow, Reuters reports", "", ()),
        ("Alibaba to sell unit, sources say", "", ("sources",)),
        (
            "Alibaba to sell unit",
            "The sale is near, people familiar with the matter said.",
            ("people familiar with the matter",),
        ),
        ("It said nothing", "She said so. Monday said nothing.", ()),
        ("Alibaba opens a data centre", "", ()),
        ("Alibaba reports quarterly results", "", ()),
    ],
)
def test_citing(title: str, summary: str, citing: tuple[str, ...]) -> None:
    """Every link of the chain is kept, and the outlet itself is not one."""
    assert citing == said(title, summary).citing


def test_two_sources_are_kept_in_order() -> None:
    """A report may rest on two."""
    assert said("Qwen leads, citing AIBase", "According to Gartner.").citing == (
        "AIBase",
        "Gartner",
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Qwen passes 700 million downloads", "popularity"),
        ("Alibaba's quarterly revenue beats estimates", "results"),
        ("Alibaba raises its outlook for the year", "guidance"),
        ("Alibaba to buy a stake in a chip designer", "deal"),
        ("Regulator opens probe of food-delivery platforms", "probe"),
        ("Alibaba sued by a former supplier", "lawsuit"),
        ("Beijing sets out a plan for AI in manufacturing", "regulation"),
        ("Alibaba unveils a chip", "product"),
        ("Alibaba starts a $10 billion buyback", "buyback"),
        ("Alibaba chief executive steps down", "people"),
        ("Trading in Alibaba halted", "halt"),
        ("Alibaba files a 6-K", "filing"),
        ("Memory prices soften in January", "prices"),
        ("Bank raises its price target for Alibaba", "price target"),
        ("Bank upgrades Alibaba to overweight", "rating"),
        ("Why Alibaba stock is up today", "recap"),
        ("Alibaba shares jump 9% in Hong Kong", "recap"),
        ("Alibaba ends 10.2% higher in New York", "recap"),
        ("5 China stocks to watch next week", "listicle"),
        ("Is a spin-off next at Alibaba?", "speculation"),
        ("Alibaba opens a canteen", ""),
    ],
)
def test_kinds_of_event(title: str, kind: str) -> None:
    """Headlines about the price come before those about events; neither is a guess."""
    assert kind == event_of(title).kind


def test_the_summary_tells_the_event_where_the_title_does_not() -> None:
    """But a summary cannot make a recap of a plain headline."""
    assert event_of("Alibaba beats", "Quarterly results were better.").kind == "results"
    assert event_of("Alibaba beats", "Shares rose 5%.").kind == ""


@pytest.mark.parametrize(
    ("title", "words", "topic"),
    [
        ("Alibaba's Qwen models pass 700 million downloads", "Alibaba", "Qwen downloads"),
        ("Qwen models pass 700 million downloads", "Qwen", "Qwen downloads"),
        ("Food-delivery probe names Alibaba and Meituan", "Alibaba", "food-delivery probe"),
        ("Regulator opens probe of food-delivery platforms", "Alibaba", "food-delivery probe"),
        (
            "Regulator to investigate competition in food delivery",
            "competition in food delivery",
            "food delivery probe",
        ),
        ("Beijing's plan for AI in manufacturing", "Alibaba", "plan for AI in manufacturing"),
        (
            "China sets out plan to bring AI into manufacturing by 2027",
            "AI into manufacturing",
            "plan for AI in manufacturing",
        ),
        ("Alibaba's quarterly profit beats estimates", "Alibaba", "quarterly results"),
        ("Alibaba raises its outlook", "Alibaba", "outlook"),
        ("Alibaba to buy a stake in a chip designer", "Alibaba", "deal"),
        ("Taobao to merge with a rival", "Taobao", "Taobao deal"),
        ("Alibaba opens a canteen", "Alibaba", ""),
    ],
)
def test_topics(title: str, words: str, topic: str) -> None:
    """A short noun phrase that may stand in a headline beside the company's name."""
    found = said(title, words=words).topic

    assert topic == found
    assert len(found) <= TOPIC_AT_MOST


def test_a_ticker_does_not_lead_a_topic() -> None:
    """ "BABA outlook" is not how a headline reads."""
    assert said("Cloud company (BABA) raises its outlook", words="BABA").topic == "outlook"


def test_topics_are_cut_at_whole_words() -> None:
    """However long the plan is called."""
    long = "Beijing's plan for interoperability of telecommunications networks"

    assert said(long).topic == "plan for interoperability"


@pytest.mark.parametrize("title", ["Alibaba in talks to sell unit", "Alibaba may sell unit"])
def test_hedged_headlines_are_unconfirmed(title: str) -> None:
    """A headline that hedges is not certain; one that states is."""
    assert unconfirmed(title)
    assert not unconfirmed("Alibaba sells unit")
