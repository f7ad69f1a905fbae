"""A stream of headlines: candidates, clusters, and what is forgotten."""

from __future__ import annotations

from datetime import timedelta

from bot.desk.cluster import WITHIN, Stream
from tests.builders import at

START = at("09:00")
DEAL = "Tesla to buy battery firm Voltaro for $1.2 billion"
RETOLD = "Voltaro sold to Tesla in $1.2B deal"


def clusters(*titles: str, apart: timedelta = timedelta(minutes=5)) -> list[str]:
    stream = Stream()
    return [stream.add(str(n), title, START + n * apart) for n, title in enumerate(titles)]


def test_the_first_leads() -> None:
    """A cluster bears the id of its first headline, between others too."""
    assert ["0", "1", "0"] == clusters(DEAL, "Nike opens a shop in Oslo", RETOLD)


def test_the_same_words_again() -> None:
    """A copy is the same story, whatever its form; a report on the session only within hours."""
    form, session = "3 Dividend Stocks to Buy Now", "Sector Update: Tech Stocks Rise"

    assert ["0", "0"] == clusters(form, form.upper())
    assert ["0", "0"] == clusters(session, session)
    assert ["0", "1"] == clusters(session, session, apart=timedelta(hours=24))


def test_two_days_later() -> None:
    """After 48 hours the same words are a new story, also where the older one was not dropped."""
    assert ["0", "1"] == clusters(DEAL, DEAL, apart=WITHIN + timedelta(minutes=1))


def test_time_may_run_back() -> None:
    """A pile that is not in the order of time is clustered all the same."""
    assert ["0", "0"] == clusters(DEAL, RETOLD, apart=-timedelta(hours=3))


def test_forgotten() -> None:
    """What is dropped leads no one, and what is kept still does."""
    stream = Stream()
    stream.add("old", DEAL, START)
    stream.add("new", "Nike to cut 775 jobs in Oregon", START + timedelta(hours=1))
    stream.forget(START + timedelta(minutes=30))

    assert "again" == stream.add("again", RETOLD, START + timedelta(hours=2))
    assert "new" == stream.add("more", "Nike lays off 775 in Oregon", START + timedelta(hours=2))


def test_everything_forgotten() -> None:
    """An emptied stream starts afresh."""
    stream = Stream()
    stream.add("old", DEAL, START)
    stream.forget(START + timedelta(days=9))
    stream.forget(START + timedelta(days=9))

    assert "again" == stream.add("again", DEAL, START)


def test_a_chain_does_not_run_away() -> None:
    """A weak likeness to a member needs the leader's word for it."""
    found = clusters(
        DEAL,
        RETOLD,
        "Tesla shares slip after Voltaro deal",
        "Tesla shares slip as deliveries fall 13% in first quarter",
    )

    assert "3" == found[3]
